"""What a seeker can do about a relationship: each decision is a pure function from the state to its events.

Facts are never refused for being against the policy, only for making no sense, for lying in the future, or for being
on record already (then nothing happens). Asks go through the guards first: see ``kith.domain.guards.decide``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kith.domain.asks import Ask, AskKind, ChatAsk, FirstMessage, IntroAsk, Nudge, ReferralAsk
from kith.domain.calendar import Calendar, aware
from kith.domain.decision import Decision
from kith.domain.errors import InFuture, InvalidInput, NotApplicable
from kith.domain.log import Event
from kith.domain.people import company_key
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.ties import Background, NotedKind

# Facts


def record(state: Relationship, fact: Event, now: datetime) -> list[Event]:
    """Record a fact. Nothing happens if the source's own id for it is on record already."""
    if fact.at > now:
        raise InFuture
    known = getattr(fact, "external_id", None)
    return [] if known and known in state.external_ids else [fact]


def hold(state: Relationship, chat: e.ChatHeld, now: datetime) -> list[Event]:
    """Record a chat; nobody holds two at once, so one at the very instant of another says the same, or corrects it."""
    known = (r.event for r in standing(state.events) if isinstance(r.event, e.ChatHeld) and r.event.at == chat.at)
    same = next(known, None)
    if same is None:
        return record(state, chat, now)
    told = chat.model_dump(include={"minutes", "learnings", "follow_ups"}, exclude_defaults=True)
    if any(getattr(same, field) != value for field, value in told.items()):
        raise NotApplicable(
            f"A chat with {state.person.name} at that time is on record, and says something else: correct it with "
            "kith undo EVENT --set FIELD=VALUE; kith show lists events with their ids."
        )
    return []


def note_tie(state: Relationship, other: Relationship, told: e.TiesNoted, today: date) -> list[Event]:
    """Record that this person and another know each other; once, whichever of the two it was recorded of."""
    if state.id == other.id:
        raise InvalidInput(f"Everybody knows themselves: say whom else {state.person.name} knows.")
    if told.since is not None and told.since > today:
        raise InFuture
    known = [tie for tie in state.ties if other.id in tie.others] + [
        tie for tie in other.ties if state.id in tie.others
    ]
    said = [tie for tie in known if tie.kind is NotedKind.NOTED]
    again = any(told.note in ("", tie.note) and told.since in (None, tie.since) for tie in said)
    return [] if again else [told]


def note_backgrounds(state: Relationship, places: Iterable[e.BackgroundNoted]) -> list[Event]:
    """Record where the person worked or studied; each once, however the place is written."""

    def key(one: e.BackgroundNoted | Background) -> tuple[str, str, int | None, int | None]:
        return one.kind, company_key(one.place), one.start, one.end

    known = {key(one) for one in state.backgrounds}
    new = {key(told): told for told in places}
    return [told for at, told in new.items() if at not in known]


def thank(state: Relationship, version: int, note: str, at: datetime, now: datetime) -> list[Event]:
    """Record thanks for the chat, introduction or referral of that version; once."""
    received = {c.fact.version for c in state.chats} | {m.fact.version for m in state.introductions}
    if version not in received | {given.fact.version for given in state.referrals}:
        raise NotApplicable(f"There is nothing of {state.person.name} to thank for under that id.")
    return [] if version in state.thanked else record(state, e.ThanksSent(at=at, thanks_for=version, note=note), now)


def set_tier(state: Relationship, tier: int | None, now: datetime) -> list[Event]:
    """Choose how often to keep in touch, 1 (closest) to 4; None ends it."""
    if tier is not None and not 1 <= tier <= 4:
        raise InvalidInput("A tier is a number from 1 (closest) to 4 (outermost), or none.")
    return [] if tier == state.tier else [e.TierSet(at=now, tier=tier)]


def report_introduction(state: Relationship, version: int, note: str, at: datetime, now: datetime) -> list[Event]:
    """Record that the connector heard what came of an introduction; once."""
    made = next((made for made in state.introductions if made.fact.version == version), None)
    if made is None:
        raise NotApplicable(f"{state.person.name} made no introduction under that id.")
    told = e.IntroductionReported(at=at, introduction=version, note=note)
    return [] if made.reported else record(state, told, now)


def learn_outcome(state: Relationship, version: int, outcome: str, at: datetime, now: datetime) -> list[Event]:
    """Record what a referral led to."""
    given = _referral(state, version)
    learned = e.OutcomeLearned(at=at, referral=version, outcome=outcome)
    return [] if given.outcome == learned.outcome else record(state, learned, now)


def report_outcome(state: Relationship, version: int, note: str, at: datetime, now: datetime) -> list[Event]:
    """Record that the referrer heard the outcome."""
    given = _referral(state, version)
    if given.outcome is None:
        raise NotApplicable("Nothing is known of that referral's outcome yet; record it first with kith refer outcome.")
    return [] if given.reported else record(state, e.OutcomeReported(at=at, referral=version, note=note), now)


def _referral(state: Relationship, version: int) -> Any:
    for given in state.referrals:
        if given.fact.version == version:
            return given
    raise NotApplicable(f"{state.person.name} gave no referral under that id.")


# Asks


def make(
    ask: Ask, decision: Decision, ids: tuple[UUID, UUID | None], overrides: Mapping[str, str], stranger: bool
) -> list[Event]:
    """The events of an ask that the guards let through, at the instant of the decision."""
    ask_id, introduction_id = ids
    at, by = decision.at, decision.policy
    past = tuple(finding.guard for finding in decision.findings if finding.overridden)
    over: list[Event] = [
        e.GuardOverridden(at=at, ask_id=ask_id, guard=guard, reason=_reason(guard, overrides)) for guard in past
    ]
    common: dict[str, Any] = {"at": at, "ask_id": ask_id, "policy": by, "overridden": past}
    match ask:
        case FirstMessage():
            return [*over, e.FirstMessageSent(**common, ask=ask, stranger=stranger)]
        case ChatAsk():
            return [*over, e.ChatAsked(**common, ask=ask)]
        case IntroAsk() if introduction_id is not None:
            return [*over, e.IntroAsked(**common, ask=ask, introduction_id=introduction_id)]
        case ReferralAsk():
            return [*over, e.ReferralAsked(**common, ask=ask, opening=ask.opening)]
        case Nudge():
            return [*over, e.Nudged(**{**common, "ask_id": ask.ask_id}, ask=ask)]
        case _:
            raise NotApplicable("An introduction is made, not asked for, here.")


def _reason(guard: str, overrides: Mapping[str, str]) -> str:
    return overrides.get(guard) or overrides["intro-before-referral"]


def refuse(ask: Ask, decision: Decision) -> list[Event]:
    """The refusal, recorded."""
    return [
        e.AskRefused(
            at=decision.at,
            ask=ask,
            kind=decision.kind,
            guards=tuple(finding.guard for finding in decision.missing),
            policy=decision.policy,
            findings=decision.findings,
        )
    ]


def waiting(state: Relationship, kind: AskKind) -> MadeAsk:
    """The ask of that kind that waits for an answer; raises NotApplicable if none does.

    An answer that comes after the lapse is a fact like any other, so the last ask may also have lapsed.
    """
    asks = [ask for ask in state.asks if ask.kind is kind]
    found = [ask for ask in asks if ask.is_open] or [ask for ask in asks[-1:] if ask.settled == "lapsed"]
    return _latest(state, kind, found, "waits for an answer")


def answered(ask: MadeAsk, at: datetime) -> MadeAsk:
    """The ask, if it can have been answered then; raises InvalidInput for an answer from before it."""
    if aware(at) < ask.at:
        raise InvalidInput("Nobody answers before they are asked: that is earlier than the ask.")
    return ask


def live(state: Relationship, kind: AskKind) -> MadeAsk:
    """The ask of that kind that is open or promised; raises NotApplicable if none is."""
    found = [ask for ask in state.asks if ask.kind is kind and (ask.is_open or ask.is_promised)]
    return _latest(state, kind, found, "is open or agreed")


def asked_for(state: Relationship, kind: AskKind, at: datetime) -> MadeAsk | None:
    """The ask that a favour answers: an open or promised one, or the last one, if the favour came after its lapse."""
    asks = [ask for ask in state.asks if ask.kind is kind and ask.at <= at]
    found = [ask for ask in asks if ask.is_open or ask.is_promised] or [a for a in asks[-1:] if a.settled == "lapsed"]
    return found[-1] if found else None


def promised(state: Relationship, kind: AskKind) -> MadeAsk:
    """The agreed ask of that kind; raises NotApplicable if none is."""
    return _latest(state, kind, [ask for ask in state.asks if ask.kind is kind and ask.is_promised], "is agreed")


def _latest(state: Relationship, kind: AskKind, found: list[MadeAsk], told: str) -> MadeAsk:
    if not found:
        raise NotApplicable(f"No {kind} ask to {state.person.name} {told}; kith show tells where you stand.")
    return found[-1]


def agree(ask: MadeAsk, due: datetime | None, at: datetime, policy: Policy, calendar: Calendar) -> list[Event]:
    """They said yes. A chat is due when it takes place, a favour by a date of its own."""
    if ask.kind is AskKind.FIRST_MESSAGE:
        raise NotApplicable("A first message is settled by any word from them: log what they said with kith log.")
    if due is not None and aware(due) < ask.at:
        raise InvalidInput("What was agreed lies before it was asked for.")
    if ask.kind is not AskKind.CHAT and due is None:
        due = calendar.plus_days(at, policy.promise_days)
    return [e.AskAgreed(at=at, ask_id=ask.id, due=due)]


def lapse(state: Relationship, now: datetime, policy: Policy, calendar: Calendar) -> list[Event]:
    """The asks whose time was up by now, each at the instant at which it lapsed."""
    ends = ((calendar.plus_days(ask.at, policy.ask_lapse_days), ask) for ask in state.open_asks)
    return [e.AskLapsed(at=end, ask_id=ask.id) for end, ask in ends if end <= now]


# Status


def close(state: Relationship, reason: str, now: datetime, *, refuses_contact: bool = False) -> list[Event]:
    """End the relationship, taking open asks and promises back; at their wish if they refuse contact."""
    if state.refuses_contact if refuses_contact else state.closed:
        return []
    ends: Event = e.ContactRefused(at=now) if refuses_contact else e.Closed(at=now, reason=reason)
    asks = [ask for ask in state.asks if ask.is_open or ask.is_promised]
    return [*(e.AskWithdrawn(at=now, ask_id=ask.id) for ask in asks), ends]


def reopen(state: Relationship, now: datetime) -> list[Event]:
    """Go on with a closed relationship; raises NotApplicable where the person wants no contact."""
    if state.refuses_contact:
        raise NotApplicable(
            f"{state.person.name} wants no contact, and that binds; if it was recorded in error, take that event back."
        )
    return [e.Reopened(at=now)] if state.closed else []


def snooze(state: Relationship, until: datetime, now: datetime) -> list[Event]:
    """Hide the person from the agenda until then."""
    if aware(until) <= now:
        raise InvalidInput("A snooze ends in the future.")
    return [] if state.snoozed_until == until else [e.Snoozed(at=now, until=until)]


def settle_debt(state: Relationship, debt: str, how: str, now: datetime) -> list[Event]:
    """Mark a due action as done elsewhere or not needed."""
    return [] if debt in state.settled_debts else [e.DebtSettled(at=now, debt=debt, how=how)]
