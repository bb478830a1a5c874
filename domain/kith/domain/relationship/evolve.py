"""How a relationship's events become its state; taking a fact back folds again from what remains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from kith.domain.asks import AskKind, Question
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.state import (
    Advance,
    Chat,
    Contact,
    Fired,
    Happened,
    Introduction,
    MadeAsk,
    Person,
    Prepared,
    Referral,
    Relationship,
)
from kith.domain.stages import Channel, Direction, Origin
from kith.domain.ties import Background, Noted

Changes = dict[str, Any]
Handler = Callable[[Relationship, Recorded, Any], Changes]


def evolve(state: Relationship | None, recorded: Recorded) -> Relationship:
    """The state after one more event."""
    if state is None:
        return _opened(recorded)
    if type(recorded.event) in REVISIONS:
        return _refold((*state.events, recorded))
    return changed(state, {**_changes(state, recorded), "events": (*state.events, recorded)})


def fold(events: Iterable[Recorded], state: Relationship | None = None) -> Relationship | None:
    """The state after all of these events, oldest first; None if there are none.

    The copy that these events make is changed in place, for nobody has seen it yet, and has all of them at once: a
    copy for each of them took half of the time.
    """
    told = tuple(events)
    history = told if state is None else state.events + told
    copy: Relationship | None = None
    for recorded in told:
        if type(recorded.event) in REVISIONS:
            return _refold(history)
        if copy is None:
            copy = _opened(recorded) if state is None else changed(state, _changes(state, recorded))
            copy.__dict__["events"] = history
        else:
            _change(copy.__dict__, _changes(copy, recorded))
    return copy or state


def _changes(state: Relationship, recorded: Recorded) -> Changes:
    handler = HANDLERS.get(type(recorded.event))
    changes = handler(state, recorded, recorded.event) if handler else {}
    changes["version"] = recorded.originator_version
    return changes


def changed(state: Relationship | None, changes: Mapping[str, Any]) -> Relationship:
    """The state with some fields changed; a new one where there is none.

    It does what ``dataclasses.replace`` does without running forty setters, which took half of the time of an import:
    a field that never changed stands on the class with its default. What was derived is derived anew.
    """
    after = object.__new__(Relationship)
    fields = after.__dict__
    if state is not None:
        fields.update(state.__dict__)
    _change(fields, changes)
    return after


def _change(fields: Changes, changes: Mapping[str, Any]) -> None:
    if "touches" in changes:
        fields.pop("by_time", None)
    fields.update(changes)


def _opened(recorded: Recorded) -> Relationship:
    event = cast("e.RelationshipOpened", recorded.event)
    id_ = event.person_id or recorded.originator_id
    person = Person(id_, event.name, event.company, event.position, event.email, event.url, event.keys)
    return changed(
        None,
        {
            "id": recorded.originator_id,
            "seeker_id": event.seeker_id,
            "person": person,
            "version": recorded.originator_version,
            "opened_at": event.at,
            "origin": event.origin,
            "since": event.since,
            "introduced_by": event.introduced_by,
            "events": (recorded,),
        },
    )


def standing(events: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """The events that were not taken back, corrected ones as they now read, without the corrections themselves."""
    gone, corrections = _revisions(events)
    return tuple(
        _corrected(recorded, corrections.get(recorded.originator_version, ()))
        for recorded in events
        if recorded.originator_version not in gone and type(recorded.event) not in REVISIONS
    )


def _revisions(events: tuple[Recorded, ...]) -> tuple[set[int], dict[int, list[dict[str, Any]]]]:
    """Versions taken back, and changes by version; newest first, for a revision can itself be taken back."""
    gone: set[int] = set()
    changed: dict[int, list[dict[str, Any]]] = {}
    for recorded in reversed(events):
        if recorded.originator_version in gone:
            continue
        if isinstance(recorded.event, e.FactsRetracted):
            gone.update(recorded.event.versions)
        elif isinstance(recorded.event, e.FactCorrected):
            changed.setdefault(recorded.event.version, []).insert(0, recorded.event.changes)
    return gone, changed


def _corrected(recorded: Recorded, changes: Iterable[dict[str, Any]]) -> Recorded:
    for change in changes:
        recorded = recorded._replace(event=corrected(recorded.event, change))
    return recorded


def corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    """The event with some of its fields changed; raises pydantic's ValidationError where they do not fit."""
    return type(event).model_validate({**event.model_dump(), **changes})


def _refold(events: tuple[Recorded, ...]) -> Relationship:
    gone, corrections = _revisions(events)
    remaining = standing(events)
    opening = next((r for r in remaining if isinstance(r.event, e.RelationshipOpened)), None)
    state = changed(_opened(opening or events[0]), {"events": remaining})
    for recorded in remaining:
        if recorded is not opening:
            state = changed(state, _changes(state, recorded))
    kept = any(not isinstance(r.event, COURSE) for r in remaining)
    return changed(
        state,
        {
            "events": events,
            "version": events[-1].originator_version,
            "removed": not kept,
            "revised": frozenset(gone) | frozenset(corrections),
            "external_ids": state.external_ids | _unwanted(events, gone),
        },
    )


def _unwanted(events: tuple[Recorded, ...], gone: set[int]) -> set[str]:
    """The sources' own ids of facts that were taken back one by one: a later import does not bring them again."""
    one_by_one = {
        version
        for recorded in events
        if isinstance(recorded.event, e.FactsRetracted) and recorded.event.batch is None
        for version in recorded.event.versions
    }
    ids = (getattr(r.event, "external_id", None) for r in events if r.originator_version in gone & one_by_one)
    return {external_id for external_id in ids if external_id}


REVISIONS: frozenset[type[Event]] = frozenset({e.FactsRetracted, e.FactCorrected})
"""Events that change how the earlier ones are read."""
COURSE: tuple[type[Event], ...] = (e.StageAdvanced, e.StageCorrected, e.WentDormant, e.TimerFired, e.AskRefused)
"""Events that follow from others; alone they do not keep a relationship on record."""


def _touch(state: Relationship, recorded: Recorded, direction: Direction, channel: Channel) -> Changes:
    version, at, touches = recorded.originator_version, recorded.event.at, state.touches
    changes: Changes = {}
    if direction is not Direction.INBOUND:
        out = Contact(version, at, Direction.OUTBOUND, channel)
        touches = (*touches, out)
        changes["last_touch"] = _later(state.last_touch, out)
        changes["last_outbound"] = _later(state.last_outbound, out)
    if direction is not Direction.OUTBOUND:
        back = Contact(version, at, Direction.INBOUND, channel)
        touches = (*touches, back)
        changes["last_touch"] = _later(state.last_touch, back)
        changes["last_inbound"] = _later(state.last_inbound, back)
        changes |= _heard(state, back)
    changes["touches"] = touches
    return changes


def _heard(state: Relationship, contact: Contact) -> Changes:
    """A word from them wakes and answers a first message; one of long ago that is learned of only now does not."""
    changes: Changes = {}
    if state.asks and any(
        ask.is_open and ask.kind is AskKind.FIRST_MESSAGE and ask.at <= contact.at for ask in state.asks
    ):
        changes["asks"] = tuple(_answered(ask, contact.at) for ask in state.asks)
    if state.dormant_since is not None and _later(state.last_touch, contact) is contact:
        changes["dormant_since"] = None
    snoozed = state.recorded(state.snoozed_by) if state.snoozed_until is not None else None
    if snoozed is not None and contact.at >= snoozed.at:
        changes["snoozed_until"] = None
    return changes


def _later(known: Contact | None, new: Contact) -> Contact:
    if known is None or known.at < new.at:
        return new
    return known if (known.at, known.version) > (new.at, new.version) else new


def _answered(ask: MadeAsk, at: datetime) -> MadeAsk:
    if ask.is_open and ask.kind is AskKind.FIRST_MESSAGE and ask.at <= at:
        return ask._replace(settled="answered", settled_at=at)
    return ask


def _happened(recorded: Recorded) -> Happened:
    return Happened(recorded.originator_version, recorded.at, recorded.recorded_at)


def _described(state: Relationship, recorded: Recorded, event: e.PersonDescribed) -> Changes:
    told = {name: getattr(event, name) for name in ("name", "company", "position", "email", "url")}
    keys = (*state.person.keys, *(key for key in event.keys if key not in state.person.keys))
    person = state.person._replace(keys=keys, **{name: value for name, value in told.items() if value is not None})
    if event.origin is None:
        return {"person": person}
    return {"person": person, "origin": event.origin, "origin_by": recorded.originator_version}


def _noted(state: Relationship, recorded: Recorded, event: e.FactNoted) -> Changes:
    return {"notes": (*state.notes, (recorded.originator_version, event.text))}


def _tied(state: Relationship, recorded: Recorded, event: e.TiesNoted) -> Changes:
    noted = Noted(
        recorded.originator_version, recorded.at, event.others, event.kind, event.people, event.note, event.since,
        event.external_id,
    )  # fmt: skip
    return {"ties": (*state.ties, noted)} | _known(state, event.external_id)


def _background(state: Relationship, recorded: Recorded, event: e.BackgroundNoted) -> Changes:
    noted = Background(event.kind, event.place, event.start, event.end, recorded.originator_version)
    return {"backgrounds": (*state.backgrounds, noted)}


def _known(state: Relationship, external_id: str | None) -> Changes:
    return {"external_ids": state.external_ids | {external_id}} if external_id else {}


def _touched(state: Relationship, recorded: Recorded, event: e.Touched) -> Changes:
    changes = _touch(state, recorded, event.direction, event.channel)
    if event.external_id:
        changes |= _known(state, event.external_id)
    if event.note:
        changes["notes"] = (*state.notes, (recorded.originator_version, event.note))
    return changes


def _gift_given(state: Relationship, recorded: Recorded, event: e.GiftGiven) -> Changes:
    given = {"gifts": (*state.gifts, _happened(recorded))}
    return _touch(state, recorded, Direction.OUTBOUND, Channel.GIFT) | given | _known(state, event.external_id)


def _chat_prepared(state: Relationship, recorded: Recorded, event: e.ChatPrepared) -> Changes:
    return {"questions": (*state.questions, *_noted_down(recorded, event.questions))}


def _noted_down(recorded: Recorded, questions: Iterable[Question]) -> Iterator[Prepared]:
    return (Prepared(recorded.originator_version, recorded.at, question) for question in questions)


def _chat_held(state: Relationship, recorded: Recorded, event: e.ChatHeld) -> Changes:
    changes = _touch(state, recorded, Direction.MUTUAL, Channel.CHAT)
    chat = Chat(_happened(recorded), bool(event.learnings.strip()), event.follow_ups)
    return changes | {
        "chats": (*state.chats, chat),
        "asks": tuple(_held(ask, recorded.at) for ask in changes.get("asks", state.asks)),
    } | _known(state, event.external_id)  # fmt: skip


def _held(ask: MadeAsk, at: datetime) -> MadeAsk:
    return _kept(ask, AskKind.CHAT, at) if ask.is_open or ask.is_promised else ask


def _kept(ask: MadeAsk, kind: AskKind, at: datetime) -> MadeAsk:
    """The ask as answered by the favour itself, also where the favour came after its lapse."""
    if ask.kind is not kind or at < ask.at or not (ask.is_open or ask.is_promised or ask.settled == "lapsed"):
        return ask
    settled_at = ask.settled_at if ask.is_promised else at
    return ask._replace(settled="agreed", settled_at=settled_at, kept=True)


def _thanked(state: Relationship, recorded: Recorded, event: e.ThanksSent) -> Changes:
    thanks = (*state.thanks, (event.thanks_for, _happened(recorded)))
    return _touch(state, recorded, Direction.OUTBOUND, Channel.THANKS) | {"thanks": thanks}


def _introduction_received(state: Relationship, recorded: Recorded, event: e.IntroductionReceived) -> Changes:
    made = Introduction(_happened(recorded), event.ask_id, event.volunteered)
    changes = _answer(state, recorded, event.ask_id, lambda ask: _kept(ask, AskKind.INTRO, recorded.at))
    return changes | {"introductions": (*state.introductions, made)}


def _answer(
    state: Relationship, recorded: Recorded, ask_id: UUID | None, change: Callable[[MadeAsk], MadeAsk]
) -> Changes:
    """A word from them that also changes one ask."""
    changes = _touch(state, recorded, Direction.INBOUND, Channel.ANSWER)
    return changes | {"asks": _with_ask(changes.get("asks", state.asks), ask_id, change)}


def _with_ask(
    asks: tuple[MadeAsk, ...], ask_id: UUID | None, change: Callable[[MadeAsk], MadeAsk]
) -> tuple[MadeAsk, ...]:
    return tuple(change(ask) if ask.id == ask_id else ask for ask in asks)


def _introduction_failed(state: Relationship, recorded: Recorded, event: e.IntroductionFailed) -> Changes:
    return _settled(state, recorded, event.ask_id, "failed")


def _introduction_agreed(state: Relationship, recorded: Recorded, event: e.IntroductionAgreed) -> Changes:
    origin = state.origin if state.origin.knows_your_work else Origin.INTRODUCED
    return _touch(state, recorded, Direction.INBOUND, Channel.ANSWER) | {
        "agreed_to_meet": min(filter(None, (state.agreed_to_meet, _happened(recorded))), key=lambda fact: fact.at),
        "introduced_by": event.introduced_by or state.introduced_by,
        "origin": origin,
    }


def _referral_given(state: Relationship, recorded: Recorded, event: e.ReferralGiven) -> Changes:
    given = Referral(
        _happened(recorded), event.opening, event.role, event.company, event.ask_id, event.volunteered
    )  # fmt: skip
    changes = _answer(state, recorded, event.ask_id, lambda ask: _kept(ask, AskKind.REFERRAL, recorded.at))
    return changes | {"referrals": (*state.referrals, given)}


def _with_referral(state: Relationship, version: int, **changes: Any) -> tuple[Referral, ...]:
    return tuple(r._replace(**changes) if r.fact.version == version else r for r in state.referrals)


def _outcome_learned(state: Relationship, recorded: Recorded, event: e.OutcomeLearned) -> Changes:
    waiting = next((r.known for r in state.referrals if r.fact.version == event.referral and r.reported is None), None)
    known = waiting or _happened(recorded)
    return {"referrals": _with_referral(state, event.referral, outcome=event.outcome, known=known, reported=None)}


def _outcome_reported(state: Relationship, recorded: Recorded, event: e.OutcomeReported) -> Changes:
    reported = _with_referral(state, event.referral, reported=recorded.originator_version)
    return _touch(state, recorded, Direction.OUTBOUND, Channel.REPORT) | {"referrals": reported}


def _ask_made(state: Relationship, recorded: Recorded, event: Any) -> Changes:
    made = MadeAsk(event.ask_id, event.ask.kind, recorded.originator_version, recorded.at, event.ask)
    changes = _touch(state, recorded, Direction.OUTBOUND, Channel.ASK) | {"asks": (*state.asks, made)}
    if isinstance(event, e.ChatAsked):
        changes["questions"] = (*state.questions, *_noted_down(recorded, event.ask.questions))
    return changes


def _nudged(state: Relationship, recorded: Recorded, event: e.Nudged) -> Changes:
    nudged = _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(nudged=(*ask.nudged, recorded.at)))
    return _touch(state, recorded, Direction.OUTBOUND, Channel.ASK) | {"asks": nudged}


def _agreed(state: Relationship, recorded: Recorded, event: e.AskAgreed) -> Changes:
    at, due = recorded.at, event.due
    return _answer(
        state, recorded, event.ask_id, lambda ask: ask._replace(settled="agreed", settled_at=at, due=due, kept=False)
    )


def _declined(state: Relationship, recorded: Recorded, event: e.AskDeclined) -> Changes:
    changes = _answer(state, recorded, event.ask_id, lambda ask: ask)
    return changes | _settled(state, recorded, event.ask_id, "declined", changes["asks"])


def _settled(
    state: Relationship, recorded: Recorded, ask_id: UUID, how: str, asks: tuple[MadeAsk, ...] | None = None
) -> Changes:
    at = recorded.at
    settled = _with_ask(asks or state.asks, ask_id, lambda ask: ask._replace(settled=how, settled_at=at, kept=True))
    changes: Changes = {"asks": settled}
    ask = state.ask(ask_id)
    if ask is not None and ask.kind is AskKind.INTRO and how != "withdrawn":
        changes["no_introduction"] = (*state.no_introduction, _happened(recorded))
    return changes


def _withdrawn(state: Relationship, recorded: Recorded, event: e.AskWithdrawn) -> Changes:
    return _settled(state, recorded, event.ask_id, "withdrawn")


def _lapsed(state: Relationship, recorded: Recorded, event: e.AskLapsed) -> Changes:
    return _settled(state, recorded, event.ask_id, "lapsed")


def _rescheduled(state: Relationship, _: Recorded, event: e.ChatRescheduled) -> Changes:
    return {"asks": _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(due=event.due))}


def _cancelled(state: Relationship, _: Recorded, event: e.ChatCancelled) -> Changes:
    return {"asks": _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(kept=True, due=None))}


def _timer_fired(state: Relationship, _: Recorded, event: e.TimerFired) -> Changes:
    fired = Fired(event.kind, event.subject, event.due)
    others = []
    for known in state.fired:
        if known[:2] == fired[:2]:
            fired = max(known, fired)
        else:
            others.append(known)
    return {"fired": (*others, fired)}


def _advanced(state: Relationship, recorded: Recorded, event: e.StageAdvanced) -> Changes:
    advance = Advance(
        recorded.originator_version, recorded.at, event.stage, event.evidence, event.policy, event.volunteered,
        event.skipped,
    )  # fmt: skip
    others = (a for a in state.advances if (a.stage, bool(a.skipped)) != (advance.stage, bool(advance.skipped)))
    return {
        "advances": (*others, advance),
        "stage": max(state.stage, event.stage),
        "earned": state.earned if event.skipped else max(state.earned, event.stage),
    }


def _stage_corrected(state: Relationship, _: Recorded, event: e.StageCorrected) -> Changes:
    kept = tuple(a for a in state.advances if a.stage <= event.earned or (a.skipped and a.stage <= event.stage))
    return {"stage": event.stage, "earned": event.earned, "advances": kept}


HANDLERS: dict[type[Event], Handler] = {
    e.PersonDescribed: _described,
    e.FactNoted: _noted,
    e.TiesNoted: _tied,
    e.BackgroundNoted: _background,
    e.TierSet: lambda _, recorded, event: {
        "tier": event.tier,
        "tier_at": recorded.at,
        "tier_by": recorded.originator_version,
    },
    e.ContactRefused: lambda _, __, ___: {"refuses_contact": True},
    e.Touched: _touched,
    e.GiftGiven: _gift_given,
    e.ChatPrepared: _chat_prepared,
    e.ChatHeld: _chat_held,
    e.ThanksSent: _thanked,
    e.IntroductionReceived: _introduction_received,
    e.IntroductionFailed: _introduction_failed,
    e.IntroductionAgreed: _introduction_agreed,
    e.ReferralGiven: _referral_given,
    e.OutcomeLearned: _outcome_learned,
    e.OutcomeReported: _outcome_reported,
    e.FirstMessageSent: _ask_made,
    e.ChatAsked: _ask_made,
    e.IntroAsked: _ask_made,
    e.ReferralAsked: _ask_made,
    e.Nudged: _nudged,
    e.AskAgreed: _agreed,
    e.AskDeclined: _declined,
    e.AskWithdrawn: _withdrawn,
    e.AskLapsed: _lapsed,
    e.ChatRescheduled: _rescheduled,
    e.ChatCancelled: _cancelled,
    e.StageAdvanced: _advanced,
    e.StageCorrected: _stage_corrected,
    e.Snoozed: lambda _, recorded, event: {
        "snoozed_until": event.until,
        "snoozed_by": recorded.originator_version,
    },
    e.WentDormant: lambda _, recorded, __: {"dormant_since": recorded.at},
    e.TimerFired: _timer_fired,
    e.Closed: lambda _, __, ___: {"closed": True},
    e.Reopened: lambda _, __, ___: {"closed": False},
    e.DebtSettled: lambda state, _, event: {"settled_debts": state.settled_debts | {event.debt}},
}
"""What each event changes; those that are missing change nothing but the version."""
