"""Which stages a relationship has reached: derived from the facts that remain, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kith.domain.calendar import Calendar
from kith.domain.log import Event
from kith.domain.policy import Policy
from kith.domain.relationship.events import FactCorrected, FactsRetracted, StageAdvanced, StageCorrected
from kith.domain.relationship.state import Chat, Contact, Relationship
from kith.domain.stages import Direction, Stage


class Reached(NamedTuple):
    """A stage with the instant and the evidence (versions) that completed it."""

    stage: Stage
    at: datetime
    evidence: tuple[int, ...]


def reached(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Reached]:
    """The stages above met that the facts satisfy, lowest first, as far as none is missing."""
    at = datetime.min.replace(tzinfo=state.opened_at.tzinfo)
    for rule in (_nurtured, _value_given, _coffee_chat, _intro, _referral):
        stage = rule(state, policy, calendar)
        if stage is None:
            return
        at = max(at, stage.at)
        yield stage._replace(at=at)


def _nurtured(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    """Two-way and over time; or one exchange with somebody who already knows one's work."""
    ways = [_over_time(state, policy, calendar)]
    if state.origin.knows_your_work:
        ways.append(_exchange(state, timedelta(days=policy.head_start_days)))
    return min((way for way in ways if way), key=lambda way: way.at, default=None)


def _over_time(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    days: dict[object, Contact] = {}
    inbound: Contact | None = None
    first: Contact | None = None
    for touch in state.by_time:
        first = first or touch
        days.setdefault(calendar.day(touch.at), touch)
        if inbound is None and touch.direction is Direction.INBOUND:
            inbound = touch
        spread = calendar.days_between(first.at, touch.at)
        if inbound and len(days) >= policy.nurtured_touches and spread >= policy.nurtured_spread_days:
            middle = list(days.values())[: policy.nurtured_touches - 1]
            return Reached(Stage.NURTURED, touch.at, _versions(*middle, inbound, touch))
    return None


def _exchange(state: Relationship, within: timedelta) -> Reached | None:
    last: dict[Direction, Contact] = {}
    for touch in state.by_time:
        other = last.get(Direction.INBOUND if touch.direction is Direction.OUTBOUND else Direction.OUTBOUND)
        if other is not None and touch.at - other.at <= within:
            return Reached(Stage.NURTURED, touch.at, _versions(other, touch))
        last[touch.direction] = touch
    return None


def _versions(*touches: Contact) -> tuple[int, ...]:
    return tuple(sorted({touch.version for touch in touches}))


def _value_given(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    gift = min(state.gifts, key=lambda gift: gift.at, default=None)
    return Reached(Stage.VALUE_GIVEN, gift.at, (gift.version,)) if gift else None


def _coffee_chat(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    complete = (chat for chat in state.chats if (chat.prepared or chat.learnings) and chat.fact.version in state.thanked)
    return min((_completed(state, chat) for chat in complete), key=lambda way: way.at, default=None)


def _completed(state: Relationship, chat: Chat) -> Reached:
    thanks = state.thanked[chat.fact.version]
    evidence = (chat.prepared, chat.fact.version, thanks.version)
    at = max(chat.fact.at, thanks.at)
    return Reached(Stage.COFFEE_CHAT, at, tuple(version for version in evidence if version is not None))


def _intro(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    evidence = [made.fact for made in state.introductions] + list(state.no_introduction)
    if state.agreed_to_meet:
        evidence.append(state.agreed_to_meet)
    first = min(evidence, key=lambda fact: fact.at, default=None)
    return Reached(Stage.INTRO, first.at, (first.version,)) if first else None


def _referral(state: Relationship, policy: Policy, calendar: Calendar) -> Reached | None:
    first = min((given.fact for given in state.referrals), key=lambda fact: fact.at, default=None)
    return Reached(Stage.REFERRAL, first.at, (first.version,)) if first else None


def advances(state: Relationship, policy: Policy, calendar: Calendar) -> list[Event]:
    """The advances that the facts call for and the log does not have yet."""
    earned = [step for step in reached(state, policy, calendar) if step.stage > state.earned]
    events: list[Event] = [
        StageAdvanced(at=step.at, stage=step.stage, evidence=step.evidence, policy=policy.hash) for step in earned
    ]
    top = max((step.stage for step in earned), default=state.earned)
    return events + _volunteered(state, top, policy)


def _volunteered(state: Relationship, earned: Stage, policy: Policy) -> list[Event]:
    """A favour that nobody asked for moves the stage directly; the stages passed over are named as skipped."""
    favours = [(Stage.REFERRAL, given.fact) for given in state.referrals if given.volunteered]
    favours += [(Stage.INTRO, made.fact) for made in state.introductions if made.volunteered]
    for stage, fact in favours:
        if stage > max(state.stage, earned):
            skipped = tuple(below for below in stage.below() if below > earned)
            return [
                StageAdvanced(
                    at=fact.at, stage=stage, evidence=(fact.version,), policy=policy.hash, volunteered=True,
                    skipped=skipped,
                )
            ]  # fmt: skip
    return []


def correction(state: Relationship, now: datetime, policy: Policy, calendar: Calendar) -> list[Event]:
    """What taking a fact back or correcting it does to the stage: it is recomputed from what remains.

    Stages whose evidence still stands stay reached whatever the policy says today; only what rested on a revised fact
    is judged anew.
    """
    revision = state.events[-1]
    if not isinstance(revision.event, FactsRetracted | FactCorrected) or state.removed:
        return []
    derived = [step.stage for step in reached(state, policy, calendar)]
    earned = min(state.earned, max([_still_standing(state), *derived]))
    shown = min(state.stage, max([earned, *_still_skipped(state)]))
    if (earned, shown) == (state.earned, state.stage):
        return []
    version = revision.originator_version
    return [StageCorrected(at=now, stage=shown, earned=earned, retraction=version, policy=policy.hash)]


def _still_standing(state: Relationship) -> Stage:
    standing = Stage.MET
    for advance in sorted(state.advances, key=lambda advance: advance.stage):
        if advance.skipped or advance.stage != standing + 1 or not _intact(state, advance.evidence):
            continue
        standing = advance.stage
    return standing


def _still_skipped(state: Relationship) -> list[Stage]:
    return [advance.stage for advance in state.advances if advance.skipped and _intact(state, advance.evidence)]


def _intact(state: Relationship, evidence: tuple[int, ...]) -> bool:
    return state.revised.isdisjoint(evidence)
