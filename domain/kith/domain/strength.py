"""How strong a relationship is as the beginning of a way: three parts, each from 0 to 1, and their mean.

Moderately weak ties are not punished, for they lead to jobs more often than strong ones (Rajkumar, Saint-Jacques,
Bojinov, Brynjolfsson & Aral, Science 2022, randomised over 20 million people): from the stage nurtured on a
relationship counts in full, and neither how often nor how long two people have been in touch counts at all. A tie that
fell asleep keeps half (Levin, Walter & Murnighan, Organization Science 2011, found dormant ties as useful as current
ones). The numbers are value choices.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final, NamedTuple

from kith.domain.stages import Stage

ONLY_MET: Final = 0.2
"""The stage's part of somebody with whom nothing but the beginning is on record."""
EVEN: Final = 0.5
"""The goodwill's part where as much was given as was asked, be it nothing."""
FRESH_DAYS: Final = 60
"""For so many days after their last word its part is whole."""
HALF_LIFE_DAYS: Final = 365
"""In so many days more half of what can be lost is lost."""
ASLEEP: Final = 0.5
"""What remains of a tie however long it has been silent."""


class Part(NamedTuple):
    """One part of a strength: its value from 0 to 1, and the sentence that explains it."""

    name: str
    value: float
    why: str


class Acquaintance(NamedTuple):
    """One of the seeker's people, as far as a way through them goes by it."""

    id: str
    name: str
    company: str | None
    position: str | None
    stage: Stage
    gifts: int
    favours: int
    """Introductions and referrals that the seeker asked of them, open or accepted."""
    last_inbound: datetime | None


def strength_of(person: Acquaintance, now: datetime) -> float:
    """The mean of the three parts: each counts a third."""
    return (_stage(person.stage) + _goodwill(person) + _recency(person, now)) / 3


def parts_of(person: Acquaintance, now: datetime) -> tuple[Part, ...]:
    """The parts, each explained."""
    return (
        Part("stage", _stage(person.stage), _stage_told(person)),
        Part("goodwill", _goodwill(person), _goodwill_told(person)),
        Part("two-way recency", _recency(person, now), _recency_told(person, now)),
    )


def _stage(stage: Stage) -> float:
    return ONLY_MET if stage is Stage.MET else 1.0


def _stage_told(person: Acquaintance) -> str:
    if person.stage is Stage.MET:
        return "You have met, and are not in touch yet."
    return f"You have reached {person.stage.words}."


def _goodwill(person: Acquaintance) -> float:
    balance = person.gifts - person.favours
    return 1.0 if balance > 0 else EVEN if balance == 0 else 0.0


def _goodwill_told(person: Acquaintance) -> str:
    return f"You gave {_count(person.gifts, 'gift')} and asked {_count(person.favours, 'favour')}."


def _recency(person: Acquaintance, now: datetime) -> float:
    if person.last_inbound is None:
        return 0.0
    late = max(0, _days(person.last_inbound, now) - FRESH_DAYS)
    return ASLEEP + (1 - ASLEEP) * math.exp2(-late / HALF_LIFE_DAYS)


def _recency_told(person: Acquaintance, now: datetime) -> str:
    if person.last_inbound is None:
        return "No word from them to you is on record."
    days = _days(person.last_inbound, now)
    when = "today" if days == 0 else "yesterday" if days == 1 else f"{days:,} days ago"
    return f"Their last word to you was {when}."


def _days(since: datetime, now: datetime) -> int:
    """Days by the calendar of the time zone that ``now`` is in."""
    return max(0, (now.date() - since.astimezone(now.tzinfo).date()).days)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
