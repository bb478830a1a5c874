"""Who knows whom: what speaks for a tie between two of the seeker's people, and how much it weighs.

This module needs nothing but the standard library, for the domain's events and the read models share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from itertools import permutations
from typing import Final, NamedTuple
from uuid import UUID

from kith.domain.people import company_key


class NotedKind(StrEnum):
    """How it came to be on record that people know of each other."""

    NOTED = "noted"
    """The seeker said so."""
    THREAD = "group thread"
    MEETING = "meeting"


class BackgroundKind(StrEnum):
    """What somebody did at a place."""

    WORKED = "worked"
    STUDIED = "studied"


MOST_IN_A_GROUP: Final = 10
"""People besides the seeker. Larger threads and meetings are announcements: they make no ties.

A value choice; it bounds what one group adds to 45 pairs.
"""
SAME_EMPLOYER: Final = 0.3
SAME_SCHOOL: Final = 0.2
AT_SOME_TIME: Final = 0.1
"""Shared employers and schools where it is not known that it was at the same time. All three are value choices: a
shared workplace makes a tie likely in a team and unlikely in a corporation, and no employer's size is on record."""
STRONGEST_SHARED: Final = max(SAME_EMPLOYER, SAME_SCHOOL, AT_SOME_TIME)

NO_EMPLOYER: Final = frozenset({
    "career break", "confidential", "consultant", "freelance", "freelancer", "independent", "independent consultant",
    "n a", "na", "none", "not employed", "retired", "self", "self employed", "selfemployed", "selbststandig", "stealth",
    "stealth mode", "stealth mode startup", "stealth startup", "student", "unemployed", "various",
})  # fmt: skip
"""What people write where they have no employer; two freelancers are no colleagues."""


class Noted(NamedTuple):
    """That a person and others know of each other, as it stands in the person's relationship."""

    version: int
    at: datetime
    others: tuple[UUID, ...]
    kind: NotedKind
    people: int | None
    note: str
    since: date | None
    external_id: str | None

    def pairs(self, one: UUID) -> Iterable[tuple[UUID, UUID]]:
        """Everybody with everybody else, both ways round."""
        return permutations(dict.fromkeys((one, *self.others)), 2)


class Background(NamedTuple):
    """Where a person worked or studied, in years; ``end`` is None where it is not known, or not over."""

    kind: BackgroundKind
    place: str
    start: int | None = None
    end: int | None = None
    version: int = 0
    now: bool = False
    """Whether they are there now; since when is not known then."""

    @property
    def years(self) -> str:
        """`2015 to 2019`, `since 2020`; empty where nothing is known."""
        if self.start is None:
            return f"until {self.end}" if self.end else ""
        return f"since {self.start}" if self.end is None else f"{self.start} to {self.end}"

    def meets(self, other: Background) -> bool | None:
        """Whether the two were there at the same time; None where the years do not tell."""
        if self.now and other.now:
            return True
        starts, ends = (self.start, other.start), (self.end, other.end)
        if None in starts:
            return None
        first_end = min((end for end in ends if end is not None), default=None)
        return first_end is None or max(start for start in starts if start is not None) <= first_end


class Evidence(NamedTuple):
    """Something that speaks for a tie: how much, from 0 to 1, and in a sentence's words."""

    weight: float
    why: str


def employer_key(company: str | None) -> str | None:
    """By which two people are at the same employer; None where what is written is no employer."""
    key = company_key(company) if company else ""
    return key if key and key not in NO_EMPLOYER else None


def place_key(kind: BackgroundKind, place: str) -> str | None:
    """By which two people were at the same place; None where what is written is no employer."""
    return employer_key(place) if kind is BackgroundKind.WORKED else company_key(place)


def noted_weight(kind: str, people: int | None) -> float:
    """How much a note, a thread or a meeting speaks for each of its ties.

    A note of the seeker's counts in full. Of a group of n people everybody divides their attention among n − 1 others:
    a thread with two others counts 1/2, one with ten 1/10 (Newman 2001, on papers written together).
    """
    return 1.0 if kind == NotedKind.NOTED or people is None else 1 / (people - 1)


def shared_weight(one: Background, other: Background) -> float:
    """How much a place that both were at speaks for their tie; 0 if they were not there together."""
    if one.now and other.now:
        return SAME_EMPLOYER
    together = one.meets(other)
    if one.kind is not other.kind or together is False:
        return 0.0
    if together is None:
        return AT_SOME_TIME
    return SAME_SCHOOL if one.kind is BackgroundKind.STUDIED else SAME_EMPLOYER


def shared(one: Background, other: Background) -> Evidence | None:
    """What a place that both were at speaks for their tie; None if they were not there together."""
    weight = shared_weight(one, other)
    if not weight:
        return None
    verb = "work" if one.now and other.now else one.kind.value
    when = "; whether at the same time is not known" if weight == AT_SOME_TIME else " at the same time"
    return Evidence(weight, f"both {verb} at {one.place}{'' if one.now and other.now else when}")


class Source(NamedTuple):
    """One event that says that two people know of each other."""

    kind: NotedKind
    people: int | None
    id: str
    """The same for what tells of the same thread or meeting."""
    at: datetime
    note: str = ""
    since: date | None = None


def noted(sources: Iterable[Source]) -> list[Evidence]:
    """What notes, threads and meetings speak for one tie. Threads and meetings add up, to 1 at most."""
    found = list(sources)
    groups = {source.id: source for source in found if source.kind is not NotedKind.NOTED}
    told = [Evidence(1.0, _said(source)) for source in found if source.kind is NotedKind.NOTED]
    if groups:
        weight = sum(noted_weight(source.kind, source.people) for source in groups.values())
        told.append(Evidence(min(1.0, weight), _grouped(list(groups.values()))))
    return told


def _said(source: Source) -> str:
    since = f" since {source.since.year}" if source.since else ""
    return f"you noted that they know each other{since}{f' ({source.note})' if source.note else ''}"


def _grouped(groups: list[Source]) -> str:
    last = max(source.at for source in groups)
    smallest = min(source.people or 0 for source in groups)
    if len(groups) == 1:
        return f"both were in a {groups[0].kind} of {smallest} people with you, in {last:%B %Y}"
    kinds = " and ".join(sorted({f"{source.kind}s" for source in groups}))
    return f"both were in {len(groups)} {kinds} with you, the last in {last:%B %Y}, the smallest of {smallest} people"
