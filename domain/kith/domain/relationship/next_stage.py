"""What the next stage of a relationship lacks: its conditions, each with why, what is missing, and the earliest day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kith.domain.calendar import Calendar
from kith.domain.policy import Policy
from kith.domain.relationship.state import Chat, Relationship
from kith.domain.stages import Stage


class StageFinding(NamedTuple):
    """What was found of one condition of a stage."""

    stage: Stage
    holds: bool
    why: str
    """One plain sentence for the seeker."""
    missing: str = ""
    """What would make it hold, as a phrase; empty when it holds."""
    earliest: datetime | None = None
    """The first instant at which it can hold, where only time stands in the way of that."""


def next_stage(state: Relationship, policy: Policy, calendar: Calendar) -> tuple[StageFinding, ...]:
    """The conditions of the stage after the one that is earned; none after the last stage.

    Advances that the facts call for are taken to be on record: see ``kith.domain.relationship.course.advances``.
    """
    if state.earned is Stage.REFERRAL:
        return ()
    return tuple(_CONDITIONS[Stage(state.earned + 1)](state, policy, calendar))


def _nurtured(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    if state.origin.knows_your_work:
        yield _exchange(state, policy)
        return
    name, heard = state.person.name, state.last_inbound is not None
    told = f"{name} has {'' if heard else 'not '}written back."
    yield StageFinding(Stage.NURTURED, heard, told, "" if heard else f"a word from {name}")
    yield from _over_time(state, policy, calendar)


def _exchange(state: Relationship, policy: Policy) -> StageFinding:
    """Of somebody who knows one's work; were there an exchange, the stage would have been reached."""
    name, days = state.person.name, policy.head_start_days
    missing = f"a word from {name} and one from you within {days} days"
    if state.last_inbound is None and state.last_outbound is not None:
        missing = f"a word from {name} within {days} days of yours"
    elif state.last_outbound is None and state.last_inbound is not None:
        missing = f"a word from you within {days} days of theirs"
    why = f"{name} knows your work ({state.origin}), and the two of you have not exchanged a word within {days} days."
    return StageFinding(Stage.NURTURED, False, why, missing)


def _over_time(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    days = sorted({calendar.day(touch.at) for touch in state.touches})
    lacking = max(policy.nurtured_touches - len(days), 0)
    why = f"You have been in touch on {_counted(len(days), 'day')}; {policy.nurtured_touches} make a tie."
    more = f"a touch on {_counted(lacking, 'more day')}" if lacking else ""
    yield StageFinding(Stage.NURTURED, not lacking, why, more)
    spread = policy.nurtured_spread_days
    apart = (days[-1] - days[0]).days if days else 0
    if not days or apart >= spread:
        why = f"Those days are spread over {_counted(apart, 'day')}; it takes {spread}."
        yield StageFinding(Stage.NURTURED, apart >= spread, why, "" if apart >= spread else "a first touch")
        return
    earliest = calendar.midnight(days[0] + timedelta(days=spread))
    why = f"Those days are spread over {_counted(apart, 'day')}; it takes {spread}, so that it is no whim."
    yield StageFinding(Stage.NURTURED, False, why, f"a touch on {calendar.spelled(earliest)} or later", earliest)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _value_given(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    why = f"You have given {state.person.name} nothing yet."
    yield StageFinding(Stage.VALUE_GIVEN, False, why, "a gift: something of use to them, and why it is")


def _coffee_chat(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    chats = [(_steps(state, chat), chat) for chat in state.chats]
    if not chats:
        why = f"You and {state.person.name} have had no coffee chat yet."
        yield StageFinding(Stage.COFFEE_CHAT, False, why, "a coffee chat, prepared beforehand or written down after")
        return
    (used, thanked), chat = max(chats, key=lambda one: (sum(one[0]), one[1].fact.at))
    day = calendar.spelled(chat.fact.at)
    yield StageFinding(Stage.COFFEE_CHAT, True, f"You had a coffee chat on {day}.")
    why = f"It was {'' if used else 'neither '}prepared {'or' if used else 'nor'} written down."
    yield StageFinding(Stage.COFFEE_CHAT, used, why, "" if used else "what you learned in it, written down")
    why = f"You have {'' if thanked else 'not '}said thank you for it."
    yield StageFinding(Stage.COFFEE_CHAT, thanked, why, "" if thanked else "your thanks")


def _steps(state: Relationship, chat: Chat) -> tuple[bool, bool]:
    """Whether a chat was made use of, and whether it was thanked for."""
    return chat.learnings or state.preparation(chat) is not None, chat.fact.version in state.thanked


def _intro(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    why = f"{state.person.name} has not introduced you to anybody, and you have not asked for it in vain."
    yield StageFinding(Stage.INTRO, False, why, "a warm introduction, or that it did not work out")


def _referral(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[StageFinding]:
    why = f"{state.person.name} has not referred you for an opening."
    yield StageFinding(Stage.REFERRAL, False, why, "a referral")


_CONDITIONS: dict[Stage, Callable[[Relationship, Policy, Calendar], Iterator[StageFinding]]] = {
    Stage.NURTURED: _nurtured,
    Stage.VALUE_GIVEN: _value_given,
    Stage.COFFEE_CHAT: _coffee_chat,
    Stage.INTRO: _intro,
    Stage.REFERRAL: _referral,
}
"""The conditions of each stage."""
