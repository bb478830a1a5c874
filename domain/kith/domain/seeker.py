"""The seeker: profile, goals, the policy in force, and the book of asks that bind across relationships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Annotated, Any, ClassVar, NamedTuple
from uuid import UUID

from pydantic import Field

from kith.domain.asks import AskKind
from kith.domain.calendar import Calendar, spelled
from kith.domain.errors import NotApplicable
from kith.domain.focus import FocusAdded, FocusRemoved
from kith.domain.log import Event, Instant, PersonalLine, PersonalText, Recorded, Value
from kith.domain.openings import Opening, OpeningClosed, OpeningNoted, Openings, closed, noted
from kith.domain.people import company_key
from kith.domain.policy import PRESETS, Policy

# Events


class Job(Value):
    """A position that the seeker held."""

    company: PersonalText
    title: PersonalText = ""
    start: date | None = None
    end: date | None = None


class SeekerRegistered(Event):
    """A seeker begins."""

    TOPIC: ClassVar[str] = "seeker.registered.v1"
    name: PersonalLine
    time_zone: str


class ProfileUpdated(Event):
    """The seeker's own profile changed; fields left out stay as they were."""

    TOPIC: ClassVar[str] = "seeker.profile-updated.v1"
    name: PersonalLine | None = None
    headline: PersonalText | None = None
    intro: PersonalText | None = None
    picture: bool | None = None
    """Whether the public profile has a picture."""
    jobs: tuple[Job, ...] | None = None
    time_zone: str | None = None
    opens: time | None = None
    closes: time | None = None
    quiet_days: tuple[Annotated[int, Field(ge=0, le=6)], ...] | None = None


class GoalsSet(Event):
    """Where the seeker wants to go."""

    TOPIC: ClassVar[str] = "seeker.goals-set.v1"
    companies: tuple[PersonalLine, ...] = ()
    roles: tuple[PersonalLine, ...] = ()


class PolicyAdopted(Event):
    """From here on the seeker goes by this policy."""

    TOPIC: ClassVar[str] = "seeker.policy-adopted.v1"
    policy: Policy
    hash: str


class AskBooked(Event):
    """An ask that binds across relationships was made."""

    TOPIC: ClassVar[str] = "seeker.ask-booked.v1"
    ask_id: UUID
    relationship_id: UUID
    kind: AskKind
    lapses: Instant
    opening: str = ""
    stranger: bool = False
    fingerprint: tuple[int, ...] = ()
    """Of a first message: enough to recognise a copy, too little to read (see ``kith.domain.wording``)."""


class AskCleared(Event):
    """A booked ask was settled, or what had been agreed on it was kept."""

    TOPIC: ClassVar[str] = "seeker.ask-cleared.v1"
    ask_id: UUID
    how: str
    """agreed, kept, declined, withdrawn, lapsed, answered or failed."""


class ReferralBooked(Event):
    """A referral was given for an opening."""

    TOPIC: ClassVar[str] = "seeker.referral-booked.v1"
    relationship_id: UUID
    opening: str
    referral: int


class ReferralUnbooked(Event):
    """A booked referral turned out not to have been given."""

    TOPIC: ClassVar[str] = "seeker.referral-unbooked.v1"
    relationship_id: UUID
    referral: int


class OutcomeBooked(Event):
    """What a referral led to is known, so its referrer is to hear of it."""

    TOPIC: ClassVar[str] = "seeker.outcome-booked.v1"
    relationship_id: UUID
    referral: int


class OutcomeCleared(Event):
    """The referrer has heard the outcome, or need not."""

    TOPIC: ClassVar[str] = "seeker.outcome-cleared.v1"
    relationship_id: UUID
    referral: int


class ImportStarted(Event):
    """An import batch began."""

    TOPIC: ClassVar[str] = "seeker.import-started.v1"
    batch: UUID
    format: str
    digest: str


class ImportFinished(Event):
    """An import batch is complete."""

    TOPIC: ClassVar[str] = "seeker.import-finished.v1"
    batch: UUID
    people: int
    facts: int


class ImportUndone(Event):
    """An import batch was taken back."""

    TOPIC: ClassVar[str] = "seeker.import-undone.v1"
    batch: UUID
    reason: PersonalText


class DigestClaimed(Event):
    """The digest of a day is about to be sent; nobody else sends it from here on."""

    TOPIC: ClassVar[str] = "seeker.digest-claimed.v1"
    day: date
    """The day in the seeker's time zone."""


class DigestSent(Event):
    """The digest of a day was sent."""

    TOPIC: ClassVar[str] = "seeker.digest-sent.v1"
    day: date


# State


class Profile(NamedTuple):
    """What others see of the seeker."""

    name: str
    headline: str = ""
    intro: str = ""
    picture: bool = False
    jobs: tuple[Job, ...] = ()


class BookedAsk(NamedTuple):
    """An ask in the book."""

    id: UUID
    relationship_id: UUID
    kind: AskKind
    at: datetime
    lapses: datetime
    opening: str
    stranger: bool
    fingerprint: tuple[int, ...]
    status: str = "open"
    """open, promised or settled."""

    def is_open(self, now: datetime) -> bool:
        """Waiting for an answer, and not lapsed by time."""
        return self.status == "open" and now < self.lapses


class BookedReferral(NamedTuple):
    """A referral in the book."""

    relationship_id: UUID
    referral: int
    opening: str


class AskedReferral(NamedTuple):
    """Somebody who was ever asked for a referral, whatever became of it."""

    opening: str
    relationship_id: UUID


class OpenLoop(NamedTuple):
    """An outcome that its referrer has not heard."""

    relationship_id: UUID
    referral: int
    known_at: datetime


class Batch(NamedTuple):
    """An import."""

    id: UUID
    format: str
    digest: str
    at: datetime
    finished: bool = False
    undone: bool = False


@dataclass(frozen=True)
class Seeker:
    """The state of one seeker."""

    id: UUID
    version: int
    profile: Profile
    calendar: Calendar
    policy: Policy = PRESETS["default"]
    companies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    asks: tuple[BookedAsk, ...] = ()
    """Introduction and referral asks that are open or promised, and first messages that still count."""
    referrals: tuple[BookedReferral, ...] = ()
    loops: tuple[OpenLoop, ...] = ()
    batches: tuple[Batch, ...] = ()
    digests: frozenset[date] = frozenset()
    """The days whose digest was claimed."""
    unsent: tuple[date, ...] = ()
    """Those of which it is not known whether they were sent."""
    openings: Openings = ()
    asked_referrals: frozenset[AskedReferral] = frozenset()
    focus: tuple[UUID, ...] = ()
    """The relationships that come first, longest in focus first."""

    def wants(self, company: str | None) -> bool:
        """Whether that is one of the seeker's target companies."""
        return bool(company) and company_key(company or "") in self._wanted

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(company_key(company) for company in self.companies)

    def open_favours(self, now: datetime) -> tuple[BookedAsk, ...]:
        """The introduction and referral asks that are open over the whole network."""
        return tuple(a for a in self.asks if a.kind is not AskKind.FIRST_MESSAGE and a.is_open(now))

    def opening_at(self, company: str | None) -> Opening | None:
        """The open opening at that company for which nobody refers yet or was asked to, the one that ends first."""
        return self.unreferred.get(company_key(company)) if company else None

    @cached_property
    def unreferred(self) -> Mapping[str, Opening]:
        """The openings that ``opening_at`` tells, by the key of their company."""
        taken = {ask.opening for ask in self.asks} | {given.opening for given in self.referrals}
        free = [one for one in self.openings if one.is_open and one.key not in taken]
        free.sort(key=lambda one: (one.deadline or date.max, one.noted_at), reverse=True)
        return {company_key(one.company): one for one in free}

    def first_messages(self) -> tuple[BookedAsk, ...]:
        """The first messages still remembered, oldest first."""
        return tuple(ask for ask in self.asks if ask.kind is AskKind.FIRST_MESSAGE)


REMEMBERED_FIRST_MESSAGES = 50
Changes = dict[str, Any]


def evolve(state: Seeker | None, recorded: Recorded) -> Seeker:
    """The state after one more event."""
    event = recorded.event
    if state is None:
        assert isinstance(event, SeekerRegistered), "a seeker begins with their registration"
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


def _profile_updated(state: Seeker, _: Recorded, event: ProfileUpdated) -> Changes:
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


def _policy_adopted(state: Seeker, _: Recorded, event: PolicyAdopted) -> Changes:
    return {"policy": event.policy, "asks": _lapsing(state.asks, event.policy, state.calendar)}


def _lapsing(asks: tuple[BookedAsk, ...], policy: Policy, calendar: Calendar) -> tuple[BookedAsk, ...]:
    """The asks with the lapses that the relationships' own timers have from now on."""
    return tuple(ask._replace(lapses=calendar.plus_days(ask.at, policy.ask_lapse_days)) for ask in asks)


def _ask_booked(state: Seeker, recorded: Recorded, event: AskBooked) -> Changes:
    asked = BookedAsk(
        event.ask_id, event.relationship_id, event.kind, event.at, event.lapses, event.opening, event.stranger,
        event.fingerprint,
    )  # fmt: skip
    messages = [ask.id for ask in state.first_messages()]
    forgotten = messages[: 1 - REMEMBERED_FIRST_MESSAGES] if asked.kind is AskKind.FIRST_MESSAGE else []
    kept = (ask for ask in state.asks if ask.id not in (*forgotten, asked.id))
    referral = {AskedReferral(asked.opening, asked.relationship_id)} if asked.kind is AskKind.REFERRAL else frozenset()
    return {"asks": (*kept, asked), "asked_referrals": state.asked_referrals | referral}


def _ask_cleared(state: Seeker, _: Recorded, event: AskCleared) -> Changes:
    asks = []
    for ask in state.asks:
        if ask.id != event.ask_id:
            asks.append(ask)
        elif ask.kind is AskKind.FIRST_MESSAGE:
            asks.append(ask._replace(status="settled"))
        elif event.how == "agreed":
            asks.append(ask._replace(status="promised"))
    return {"asks": tuple(asks)}


def _referral_booked(state: Seeker, _: Recorded, event: ReferralBooked) -> Changes:
    return {"referrals": (*state.referrals, BookedReferral(event.relationship_id, event.referral, event.opening))}


def _same(entry: BookedReferral | OpenLoop, event: ReferralUnbooked | OutcomeCleared) -> bool:
    return (entry.relationship_id, entry.referral) == (event.relationship_id, event.referral)


def _referral_unbooked(state: Seeker, _: Recorded, event: ReferralUnbooked) -> Changes:
    return {"referrals": tuple(entry for entry in state.referrals if not _same(entry, event))}


def _outcome_booked(state: Seeker, _: Recorded, event: OutcomeBooked) -> Changes:
    return {"loops": (*state.loops, OpenLoop(event.relationship_id, event.referral, event.at))}


def _outcome_cleared(state: Seeker, _: Recorded, event: OutcomeCleared) -> Changes:
    return {"loops": tuple(entry for entry in state.loops if not _same(entry, event))}


def claim_digest(state: Seeker, day: date, now: datetime) -> list[Event]:
    """Take it on oneself to send a day's digest; nothing happens if it was claimed before."""
    return [] if day in state.digests else [DigestClaimed(at=now, day=day)]


def digest_sent(state: Seeker, day: date, now: datetime) -> list[Event]:
    """Record that a claimed digest was sent; raises NotApplicable for one that nobody claimed."""
    if day not in state.digests:
        raise NotApplicable(f"Nobody claimed the digest of {spelled(day)}.")
    return [DigestSent(at=now, day=day)] if day in state.unsent else []


def _with_batch(state: Seeker, batch: UUID, **changes: Any) -> Changes:
    return {"batches": tuple(b._replace(**changes) if b.id == batch else b for b in state.batches)}


HANDLERS: dict[type[Event], Callable[[Seeker, Recorded, Any], Changes]] = {
    ProfileUpdated: _profile_updated,
    GoalsSet: lambda _, __, event: {"companies": event.companies, "roles": event.roles},
    PolicyAdopted: _policy_adopted,
    AskBooked: _ask_booked,
    AskCleared: _ask_cleared,
    ReferralBooked: _referral_booked,
    ReferralUnbooked: _referral_unbooked,
    OutcomeBooked: _outcome_booked,
    OutcomeCleared: _outcome_cleared,
    ImportStarted: lambda state, _, event: {
        "batches": (*state.batches, Batch(event.batch, event.format, event.digest, event.at))
    },
    ImportFinished: lambda state, _, event: _with_batch(state, event.batch, finished=True),
    ImportUndone: lambda state, _, event: _with_batch(state, event.batch, undone=True),
    DigestClaimed: lambda state, _, event: {
        "digests": state.digests | {event.day},
        "unsent": (*state.unsent, event.day),
    },
    DigestSent: lambda state, _, event: {"unsent": tuple(day for day in state.unsent if day != event.day)},
    OpeningNoted: lambda state, _, event: {"openings": noted(state.openings, event)},
    OpeningClosed: lambda state, _, event: {"openings": closed(state.openings, event)},
    FocusAdded: lambda state, _, event: {"focus": (*state.focus, event.relationship_id)},
    FocusRemoved: lambda state, _, event: {"focus": tuple(id_ for id_ in state.focus if id_ != event.relationship_id)},
}
"""What each event changes."""
