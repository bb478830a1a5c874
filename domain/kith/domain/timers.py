"""What becomes due by time alone: one row per promise of the policy, derived from the state of a relationship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from kith.domain.asks import AskKind
from kith.domain.calendar import Calendar
from kith.domain.debts import Debt, debts
from kith.domain.policy import Policy
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.stages import Stage


class Timer(NamedTuple):
    """Something that becomes due. Kind and subject name it within its relationship."""

    kind: str
    """lapse, nudge, promise, thanks, answer, outcome, report, follow-up, keep-in-touch, dormant, cooldown or wake."""
    subject: str
    """The id of the ask or the version of the event that armed it."""
    due: datetime


def timers(
    state: Relationship, policy: Policy, calendar: Calendar, owed: Iterable[Debt] | None = None
) -> Iterator[Timer]:
    """The timers that this state arms. Reminders keep to working hours; a lapse is to the minute.

    ``owed`` are its debts, where they are known already.

    One that has fired is armed no more, nor is one that would have been due before that: it is over with it.
    """
    if state.is_bare or state.removed or state.closed or state.refuses_contact:
        return
    fired = {(known.kind, known.subject): known.due for known in state.fired}
    for timer in _armed(state, policy, calendar, debts(state, policy, calendar) if owed is None else owed):
        last = fired.get((timer.kind, timer.subject))
        if last is None or timer.due > last:
            yield timer


def _armed(state: Relationship, policy: Policy, calendar: Calendar, owed: Iterable[Debt]) -> Iterator[Timer]:
    for ask in state.asks:
        yield from _of_ask(ask, policy, calendar)
    for debt in owed:
        yield Timer(debt.kind, debt.key.partition(":")[2], calendar.working(debt.due))
    yield from _of_course(state, policy, calendar)


REMINDERS = {
    "nudge": "a nudge about the ask is allowed from now on",
    "promise": "what was agreed is due",
    "thanks": "thanks are due",
    "answer": "their message waits for an answer",
    "outcome": "the outcome of the referral is to be told",
    "report": "what came of the introduction is to be told",
    "follow-up": "what you promised is due",
    "keep-in-touch": "it is time to be in touch",
    "cooldown": "a favour may be asked again",
    "wake": "the snooze is over",
}
"""What it means that a timer fired, by its kind, in plain words. Lapses and dormancy have events of their own."""


def _of_ask(ask: MadeAsk, policy: Policy, calendar: Calendar) -> Iterator[Timer]:
    if ask.is_open:
        yield Timer("lapse", str(ask.id), calendar.plus_days(ask.at, policy.ask_lapse_days))
        if len(ask.nudged) < policy.nudges:
            ripe = calendar.plus_days(max((ask.at, *ask.nudged)), policy.nudge_after_days)
            yield Timer("nudge", str(ask.id), calendar.working(ripe))
    elif ask.is_promised and ask.due:
        yield Timer("promise", str(ask.id), ask.due)


def _of_course(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Timer]:
    last = state.last_touch
    if state.tier is not None:
        since = max(filter(None, (last.at if last else None, state.tier_at)))
        due = calendar.working(calendar.plus_days(since, policy.tier(state.tier)))
        yield Timer("keep-in-touch", str(last.version if last and last.at == since else state.tier_by), due)
    if last is not None:
        due = calendar.plus_days(last.at, policy.dormant_days)
        if state.dormant_since is None or due > state.dormant_since:  # later: there was a touch since
            yield Timer("dormant", str(last.version), due)
    if state.snoozed_until is not None:
        yield Timer("wake", str(state.snoozed_by), state.snoozed_until)
    favour = _last_favour(state)
    if favour is not None and favour.settled_at and state.earned >= Stage.COFFEE_CHAT:
        yield Timer("cooldown", str(favour.id), calendar.plus_days(favour.settled_at, policy.ask_cooldown_days))


def _last_favour(state: Relationship) -> MadeAsk | None:
    favours = (AskKind.INTRO, AskKind.REFERRAL)
    settled = [(ask.settled_at, ask.version, ask) for ask in state.asks if ask.kind in favours and ask.settled_at]
    return max(settled)[-1] if settled else None


def cooldown_ends(state: Relationship, policy: Policy, calendar: Calendar) -> datetime | None:
    """When this person may be asked for a favour again; None if nothing stands against it."""
    favour = _last_favour(state)
    return calendar.plus_days(favour.settled_at, policy.ask_cooldown_days) if favour and favour.settled_at else None
