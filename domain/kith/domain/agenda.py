"""Who next: the actions of the day in the order of their urgency, each with why and what to do.

This module needs nothing but the standard library, for it also serves the quick reads of the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple


class Urgency(IntEnum):
    """The classes of actions, most urgent first."""

    OWED = 1
    PROMISED = 2
    EARNED = 3
    RIPENING = 4
    KEEP_IN_TOUCH = 5
    REVIVE = 6

    @property
    def words(self) -> str:
        """The class in the words people use."""
        return _WORDS[self]


_WORDS = {
    Urgency.OWED: "you owe this",
    Urgency.PROMISED: "promised",
    Urgency.EARNED: "earned",
    Urgency.RIPENING: "ripening",
    Urgency.KEEP_IN_TOUCH: "keep in touch",
    Urgency.REVIVE: "revive",
}

ORDER = (
    "What you owe comes first, then what is promised, asks that are earned, ties one step from the next stage, keeping "
    "in touch, and reviving old ties; within each, target companies and people in focus first, then what is due "
    "soonest, then moderately weak ties (Rajkumar et al. 2022). At most one action a person."
)
"""The order, explained; never a ranking of people's worth."""


class Action(NamedTuple):
    """Something worth doing about one person."""

    key: str
    """Names the action within its relationship, so that it can be dismissed."""
    kind: str
    urgency: Urgency
    start: datetime
    """From when it is worth showing."""
    until: datetime | None
    """Until when; None for good."""
    due: datetime | None
    why: str
    do: str
    favour: bool = False
    """Whether it asks for a favour, so that the limits of the whole network apply."""
    close_tie: bool = False
    """Whether the tie is other than moderately weak."""


class Candidate(NamedTuple):
    """An action with the person whom it is about."""

    relationship_id: str
    name: str
    company: str | None
    stage: int
    action: Action


def choose(
    candidates: Iterable[Candidate],
    now: datetime,
    preferred: Callable[[Candidate], bool],
    size: int,
    *,
    favours: bool = True,
) -> list[Candidate]:
    """The actions of the day in their order, at most one a person.

    ``preferred`` tells people in focus and at target companies; ``favours`` is whether the whole network allows one
    more favour to be asked.
    """
    shown = [c for c in candidates if _is_on(c.action, now) and (favours or not c.action.favour)]
    shown.sort(key=lambda c: _rank(c, preferred))
    chosen: dict[str, Candidate] = {}
    for candidate in shown:
        chosen.setdefault(candidate.relationship_id, candidate)
        if len(chosen) == size:
            break
    return list(chosen.values())


def _is_on(action: Action, now: datetime) -> bool:
    return action.start <= now and (action.until is None or now < action.until)


def _rank(candidate: Candidate, preferred: Callable[[Candidate], bool]) -> tuple[int, bool, datetime, bool, str, str]:
    action = candidate.action
    return (
        action.urgency,
        not preferred(candidate),
        action.due or action.start,
        action.close_tie,
        candidate.name,
        candidate.relationship_id,
    )
