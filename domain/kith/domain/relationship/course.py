"""Which stages a relationship has reached: derived from the facts that remain, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from kith.domain.calendar import Calendar
from kith.domain.log import Event
from kith.domain.policy import Policy
from kith.domain.relationship.events import (
    FactCorrected,
    FactsRetracted,
    PersonDescribed,
    StageAdvanced,
    StageCorrected,
)
from kith.domain.relationship.state import NEVER, Advance, Chat, Contact, Happened, Relationship
from kith.domain.stages import Direction, Stage

_REVISING = (FactsRetracted, FactCorrected)
_REREADING = (*_REVISING, PersonDescribed)
"""Events that change how the past is read."""


class Reached(NamedTuple):
    """A stage with the instant and the evidence (versions) that completed it."""

    stage: Stage
    at: datetime
    evidence: tuple[int, ...]


def reached(
    state: Relationship, policy: Policy, calendar: Calendar, since: datetime | None = None
) -> Iterator[Reached]:
    """The stages above met that the facts satisfy, lowest first, as far as none is missing.

    A stage that was reached under another policy counts as long as its evidence stands. ``since`` says that only
    what happened from then on is new: a stage that stood by then is as it was.
    """
    at = NEVER
    for stage, rule in _RULES:
        known = _standing(state, stage)
        settled = known is not None and since is not None and known.at <= since
        step = known if settled else rule(state, policy, calendar) or known
        if step is None:
            return
        at = max(at, step.at)
        yield step._replace(at=at)


def news_since(events: Iterable[Event]) -> datetime | None:
    """From when on these events tell something new; None if they change how the past is read."""
    since: datetime | None = None
    for event in events:
        if isinstance(event, _REREADING):
            return None
        if since is None or event.at < since:
            since = event.at
    return since


def _standing(state: Relationship, stage: Stage) -> Reached | None:
    for advance in state.advances:
        if advance.stage is stage and not advance.skipped and _intact(state, advance):
            return Reached(stage, advance.at, advance.evidence)
    return None


def _nurtured(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    """Two-way and over time; or one exchange with somebody who already knows one's work."""
    ways = [_over_time(state, policy, calendar)]
    if state.origin.knows_your_work:
        ways.append(_exchange(state, policy.head_start_days, calendar))
    return min((way for way in ways if way), key=lambda way: way.at, default=None)


def _over_time(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    days: dict[date, Contact] = {}
    inbound: Contact | None = None
    for touch in state.by_time:
        day = calendar.day(touch.at)
        days.setdefault(day, touch)
        if inbound is None and touch.direction is Direction.INBOUND:
            inbound = touch
        spread = (day - next(iter(days))).days
        if inbound and len(days) >= policy.nurtured_touches and spread >= policy.nurtured_spread_days:
            middle = list(days.values())[: policy.nurtured_touches - 1]
            return Reached(Stage.NURTURED, touch.at, _versions(*middle, inbound, touch))
    return None


def _exchange(state: Relationship, days: int, calendar: Calendar) -> Reached | None:
    last: dict[Direction, Contact] = {}
    for touch in state.by_time:
        other = last.get(Direction.INBOUND if touch.direction is Direction.OUTBOUND else Direction.OUTBOUND)
        if other is not None and touch.at <= calendar.plus_days(other.at, days):
            told = (state.origin_by,) if state.origin_by > 1 else ()
            return Reached(Stage.NURTURED, touch.at, (*told, *_versions(other, touch)))
        last[touch.direction] = touch
    return None


def _versions(*touches: Contact) -> tuple[int, ...]:
    return tuple(sorted({touch.version for touch in touches}))


def _value_given(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    gift = min(state.gifts, key=lambda gift: gift.at, default=None)
    return Reached(Stage.VALUE_GIVEN, gift.at, (gift.version,)) if gift else None


def _coffee_chat(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    thanked = state.thanked
    thanks = ((chat, thanked[chat.fact.version]) for chat in state.chats if chat.fact.version in thanked)
    ways = (_completed(state, chat, sent) for chat, sent in thanks)
    return min((way for way in ways if way), key=lambda way: way.at, default=None)


def _completed(state: Relationship, chat: Chat, thanks: Happened) -> Reached | None:
    prepared = state.preparation(chat)
    if prepared is None and not chat.learnings:
        return None
    evidence = (*([prepared.version] if prepared else []), chat.fact.version, thanks.version)
    return Reached(Stage.COFFEE_CHAT, max(chat.fact.at, thanks.at), evidence)


def _intro(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    first = min(state.warm_introductions, key=lambda fact: fact.at, default=None)
    return Reached(Stage.INTRO, first.at, (first.version,)) if first else None


def _referral(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    first = min((given.fact for given in state.referrals), key=lambda fact: fact.at, default=None)
    return Reached(Stage.REFERRAL, first.at, (first.version,)) if first else None


_RULES = (
    (Stage.NURTURED, _nurtured),
    (Stage.VALUE_GIVEN, _value_given),
    (Stage.COFFEE_CHAT, _coffee_chat),
    (Stage.INTRO, _intro),
    (Stage.REFERRAL, _referral),
)


def advances(state: Relationship, policy: Policy, calendar: Calendar, since: datetime | None = None) -> list[Event]:
    """The advances that the facts call for and the log does not have yet.

    A stage that is on record is told again where what was learned since shows that it was reached earlier, or on other
    evidence than a fact that was taken back: the order in which facts are recorded does not matter.
    """
    known = {advance.stage: advance for advance in state.advances if not advance.skipped}
    favours = _favours(state)
    events: list[Event] = []
    for step in reached(state, policy, calendar, since):
        if step.stage > state.earned or _tells_better(state, step, known.get(step.stage), policy, cascade=bool(events)):
            volunteered = not favours.keys().isdisjoint(step.evidence)
            events.append(_advance(step, policy, volunteered=volunteered))
    top = max((event.stage for event in events if isinstance(event, StageAdvanced)), default=state.earned)
    return events + _volunteered(state, favours, max(top, state.earned), policy)


def _advance(step: Reached, policy: Policy, *, volunteered: bool, skipped: tuple[Stage, ...] = ()) -> StageAdvanced:
    return StageAdvanced(
        at=step.at,
        stage=step.stage,
        evidence=step.evidence,
        policy=policy.hash,
        volunteered=volunteered,
        skipped=skipped,
    )


def _tells_better(
    state: Relationship, step: Reached, known: Advance | None, policy: Policy, *, cascade: bool = False
) -> bool:
    """Whether the facts tell more truly than the log when a stage was reached; a changed policy alone never does."""
    if known is None or (step.at, step.evidence) == (known.at, known.evidence):
        return False
    earlier = step.at < known.at and known.policy == policy.hash
    return earlier or (cascade and step.at != known.at) or not _intact(state, known)


def _favours(state: Relationship) -> dict[int, Reached]:
    """The favours that nobody asked for, by version."""
    favours = [(Stage.REFERRAL, given.fact) for given in state.referrals if given.volunteered]
    favours += [(Stage.INTRO, made.fact) for made in state.introductions if made.volunteered]
    return {fact.version: Reached(stage, fact.at, (fact.version,)) for stage, fact in favours}


def _volunteered(state: Relationship, favours: dict[int, Reached], earned: Stage, policy: Policy) -> list[Event]:
    """A favour that nobody asked for moves the stage directly; the stages passed over are named as skipped."""
    first = min(favours.values(), key=lambda step: (-step.stage, step.at), default=None)
    if first is None or first.stage <= earned:
        return []
    known = next((a for a in state.advances if a.skipped and a.stage == first.stage), None)
    if known is not None and not _tells_better(state, first, known, policy):
        return []
    skipped = tuple(below for below in first.stage.below() if below > earned)
    return [_advance(first, policy, volunteered=True, skipped=skipped)] if skipped else []


def correction(state: Relationship, now: datetime, policy: Policy, calendar: Calendar) -> list[Event]:
    """What taking a fact back or correcting it does to the stage: it is recomputed from what remains.

    Stages whose evidence still stands stay reached whatever the policy says today; only what rested on a revised fact
    is judged anew.
    """
    revision = state.events[-1]
    if not isinstance(revision.event, _REVISING) or state.removed:
        return []
    derived = max((step.stage for step in reached(state, policy, calendar)), default=Stage.MET)
    earned = min(state.earned, derived)
    shown = min(state.stage, max([earned, *(step.stage for step in _favours(state).values())]))
    if (earned, shown) == (state.earned, state.stage):
        return []
    version = revision.originator_version
    return [StageCorrected(at=now, stage=shown, earned=earned, retraction=version, policy=policy.hash)]


def _intact(state: Relationship, advance: Advance) -> bool:
    """Whether nothing that an advance rests on was taken back or corrected since."""
    shaken = state.revised.intersection(advance.evidence)
    return not shaken or shaken.isdisjoint(_revised_after(state, advance.version))


def _revised_after(state: Relationship, version: int) -> set[int]:
    found: set[int] = set()
    for recorded in state.events:
        if recorded.originator_version > version:
            if isinstance(recorded.event, FactsRetracted):
                found.update(recorded.event.versions)
            elif isinstance(recorded.event, FactCorrected):
                found.add(recorded.event.version)
    return found
