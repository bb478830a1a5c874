"""How a seeker's events become their state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from kith.domain.asks import AskKind
from kith.domain.calendar import Calendar
from kith.domain.log import Event, Recorded
from kith.domain.policy import Policy
from kith.domain.seeker import events as e
from kith.domain.seeker.state import Batch, BookedAsk, BookedReferral, OpenLoop, Profile, Seeker

Changes = dict[str, Any]


def evolve(state: Seeker | None, recorded: Recorded) -> Seeker:
    """The state after one more event."""
    event = recorded.event
    if state is None:
        assert isinstance(event, e.SeekerRegistered), "a seeker begins with their registration"
        calendar = Calendar(event.time_zone)
        return Seeker(recorded.originator_id, recorded.originator_version, Profile(event.name), calendar)
    handler = HANDLERS.get(type(event))
    changes = handler(state, recorded, event) if handler else {}
    return replace(state, version=recorded.originator_version, **changes)


def fold(events: Iterable[Recorded], state: Seeker | None = None) -> Seeker | None:
    """The state after all of these events, oldest first; None if there are none."""
    for recorded in events:
        state = evolve(state, recorded)
    return state


def _profile_updated(state: Seeker, _: Recorded, event: e.ProfileUpdated) -> Changes:
    told = {name: getattr(event, name) for name in ("name", "headline", "intro", "picture", "jobs")}
    profile = state.profile._replace(**{name: value for name, value in told.items() if value is not None})
    calendar = replace(
        state.calendar,
        zone_name=event.time_zone or state.calendar.zone_name,
        opens=event.opens or state.calendar.opens,
        closes=event.closes or state.calendar.closes,
        quiet_days=state.calendar.quiet_days if event.quiet_days is None else frozenset(event.quiet_days),
    )
    return {"profile": profile, "calendar": calendar, "asks": _lapsing(state.asks, state.policy, calendar)}


def _policy_adopted(state: Seeker, _: Recorded, event: e.PolicyAdopted) -> Changes:
    return {"policy": event.policy, "asks": _lapsing(state.asks, event.policy, state.calendar)}


def _lapsing(asks: tuple[BookedAsk, ...], policy: Policy, calendar: Calendar) -> tuple[BookedAsk, ...]:
    """The asks with the lapses that the relationships' own timers have from now on."""
    return tuple(ask._replace(lapses=calendar.plus_days(ask.at, policy.ask_lapse_days)) for ask in asks)


REMEMBERED_FIRST_MESSAGES = 50


def _ask_booked(state: Seeker, recorded: Recorded, event: e.AskBooked) -> Changes:
    asked = BookedAsk(
        event.ask_id, event.relationship_id, event.kind, event.at, event.lapses, event.opening, event.stranger,
        event.fingerprint,
    )  # fmt: skip
    messages = [ask.id for ask in state.first_messages()]
    forgotten = messages[: 1 - REMEMBERED_FIRST_MESSAGES] if asked.kind is AskKind.FIRST_MESSAGE else []
    return {"asks": (*(ask for ask in state.asks if ask.id not in (*forgotten, asked.id)), asked)}


def _ask_cleared(state: Seeker, _: Recorded, event: e.AskCleared) -> Changes:
    asks = []
    for ask in state.asks:
        if ask.id != event.ask_id:
            asks.append(ask)
        elif ask.kind is AskKind.FIRST_MESSAGE:
            asks.append(ask._replace(status="settled"))
        elif event.how == "agreed":
            asks.append(ask._replace(status="promised"))
    return {"asks": tuple(asks)}


def _referral_booked(state: Seeker, _: Recorded, event: e.ReferralBooked) -> Changes:
    return {"referrals": (*state.referrals, BookedReferral(event.relationship_id, event.referral, event.opening))}


def _same(entry: BookedReferral | OpenLoop, event: e.ReferralUnbooked | e.OutcomeCleared) -> bool:
    return (entry.relationship_id, entry.referral) == (event.relationship_id, event.referral)


def _referral_unbooked(state: Seeker, _: Recorded, event: e.ReferralUnbooked) -> Changes:
    return {"referrals": tuple(entry for entry in state.referrals if not _same(entry, event))}


def _outcome_booked(state: Seeker, _: Recorded, event: e.OutcomeBooked) -> Changes:
    return {"loops": (*state.loops, OpenLoop(event.relationship_id, event.referral, event.at))}


def _outcome_cleared(state: Seeker, _: Recorded, event: e.OutcomeCleared) -> Changes:
    return {"loops": tuple(entry for entry in state.loops if not _same(entry, event))}


def _with_batch(state: Seeker, batch: UUID, **changes: Any) -> Changes:
    return {"batches": tuple(b._replace(**changes) if b.id == batch else b for b in state.batches)}


HANDLERS: dict[type[Event], Callable[[Seeker, Recorded, Any], Changes]] = {
    e.ProfileUpdated: _profile_updated,
    e.GoalsSet: lambda _, __, event: {"companies": event.companies, "roles": event.roles},
    e.PolicyAdopted: _policy_adopted,
    e.AskBooked: _ask_booked,
    e.AskCleared: _ask_cleared,
    e.ReferralBooked: _referral_booked,
    e.ReferralUnbooked: _referral_unbooked,
    e.OutcomeBooked: _outcome_booked,
    e.OutcomeCleared: _outcome_cleared,
    e.ImportStarted: lambda state, _, event: {
        "batches": (*state.batches, Batch(event.batch, event.format, event.digest, event.at))
    },
    e.ImportFinished: lambda state, _, event: _with_batch(state, event.batch, finished=True),
    e.ImportUndone: lambda state, _, event: _with_batch(state, event.batch, undone=True),
    e.DigestClaimed: lambda state, _, event: {
        "digests": state.digests | {event.day},
        "unsent": (*state.unsent, event.day),
    },
    e.DigestSent: lambda state, _, event: {"unsent": tuple(day for day in state.unsent if day != event.day)},
}
"""What each event changes."""
