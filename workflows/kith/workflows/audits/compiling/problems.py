"""What is wrong with policies: each problem with its place, and the nearest thing that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kith.domain.errors import InvalidInput
from kith.workflows.audits.report import Place

NEAR = 60
"""From here on, of 100, a step is near enough to be named: its parts may be anything."""
NEAR_WORD = 70
"""And a word."""


class Problem(NamedTuple):
    """One problem, in one sentence."""

    place: Place
    what: str
    hint: str = ""
    """What was perhaps meant, as it is to be written; empty if nothing is near."""

    def __str__(self) -> str:
        """As a line: file, line, sentence, and what was perhaps meant."""
        return f"{self.place}: {self.what}{f' Did you mean “{self.hint}”?' if self.hint else ''}"


class FaultyPolicies(InvalidInput):
    """The policies can't be run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        super().__init__("\n".join(map(str, self.problems)))


class Problems(list[Problem]):
    """The problems found so far."""

    def add(self, place: Place, what: str, hint: str = "") -> None:
        """One more."""
        self.append(Problem(place, what, hint))


def nearest(text: str, known: Iterable[str], least: int = NEAR_WORD) -> str:
    """The known text that is most like it; empty if none is near."""
    found = process.extractOne(
        text.casefold(), list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least
    )
    return found[0] if found else ""
