"""Dormant ties: strong once, silent for years. Which they are, how strong they were, and how to begin again.

Levin, Walter & Murnighan (2011): people who wrote to such ties again got advice that was as useful as that of their
current ones, and more of it was new to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kith.domain.agenda import Action, Urgency
from kith.domain.outlines.facts import Subject, quoted
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Direction, Stage

REVIVE = "revive"


class DormantTie(NamedTuple):
    """Somebody who was close once."""

    id: UUID
    name: str
    company: str | None
    stage: Stage
    """The stage that was reached."""
    last: datetime
    """The last word of either."""
    days: int
    """Days on which the two were in touch."""
    gifts: int
    wanted: bool
    """Whether they work at one of the seeker's target companies."""
    why: tuple[str, ...]
    """What the tie was made of, and how long it has been silent."""
    openers: tuple[str, ...]
    """Gifts to begin with again, from the record; never an ask."""


def revival(state: Relationship, seeker: Seeker) -> Action | None:
    """Writing again to a tie that was strong once, from the day on which it has been silent long enough."""
    last, name = state.last_touch, state.person.name
    if last is None or state.earned < Stage.NURTURED:
        return None
    start = seeker.calendar.plus_days(last.at, 365 * seeker.policy.revive_years)
    who = "Their" if last.direction is Direction.INBOUND else "Your"
    when = seeker.calendar.spelled(last.at)
    why = f"You and {name} were close once. {who} last word is from {when}; such ties are worth as much as new ones."
    do = f"Write to {name} with something of use to them, and no ask."
    return Action(f"{REVIVE}:{last.version}", REVIVE, Urgency.REVIVE, start, None, None, why, do)


def tie(state: Relationship, seeker: Seeker, now: datetime) -> DormantTie:
    """What there is to know of a dormant tie."""
    assert state.last_touch is not None, "a tie was in touch once"
    days = len({seeker.calendar.day(touch.at) for touch in state.touches})
    person, wanted = state.person, seeker.wants(state.person.company)
    why = tuple(_why(state, seeker, now, days))
    return DormantTie(
        state.id, person.name, person.company, state.earned, state.last_touch.at, days, len(state.gifts), wanted, why,
        tuple(_openers(Subject(state, seeker))),
    )  # fmt: skip


def ranked(ties: list[DormantTie]) -> list[DormantTie]:
    """Those first who are where the seeker wants to go; then by how far they came, and how often they were in touch.

    It orders what to do next, and says nothing of anybody's worth.
    """
    return sorted(ties, key=lambda one: (not one.wanted, -one.stage, -one.days, -one.gifts, one.name, one.id))


def _why(state: Relationship, seeker: Seeker, now: datetime, days: int) -> Iterator[str]:
    assert state.last_touch is not None, "a tie was in touch once"
    if seeker.wants(state.person.company):
        yield f"works at {state.person.company}, one of your target companies"
    if state.origin.knows_your_work:
        yield f"knows your work: {state.origin.value}"
    yield f"you reached {state.earned.words}"
    first, last = (seeker.calendar.day(touch.at).year for touch in (state.by_time[0], state.by_time[-1]))
    between = f"between {first} and {last}" if first != last else f"in {first}"
    yield f"in touch on {_count(days, 'day')} {between}"
    if state.gifts:
        yield f"you gave {_count(len(state.gifts), 'gift')}"
    yield f"silent for {_silence(seeker.calendar.days_between(state.last_touch.at, now))}"


def _silence(days: int) -> str:
    years, months = days // 365, days % 365 // 30
    parts = [_count(years, "year"), _count(min(months, 11), "month") if months else ""]
    return " and ".join(filter(None, parts))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _openers(subject: Subject) -> Iterator[str]:
    """At most three, what was noted first."""
    person, found = subject.state.person, 0
    for recorded in subject.events:
        told = _topic(recorded.event)
        if told and found < 2:
            found += 1
            yield f"{told}: send what is new about it, a result, an article, a person to know"
    work = " at ".join(filter(None, (person.position, person.company)))
    if work:
        yield f"Their work ({quoted(work)}): send something that helps them with it, and say why you thought of them"
    if subject.state.origin.knows_your_work or not (found or work):
        yield "What you remember of working with them: offer to put it into a recommendation"


def _topic(event: object) -> str | None:
    match event:
        case e.FactNoted():
            return f"You noted “{quoted(event.text)}”"
        case e.ChatHeld() if event.learnings:
            return f"You learned “{quoted(event.learnings)}”"
        case _:
            return None
