"""What is wrong with policies: each problem with its place, and the nearest thing that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kith.domain.errors import InvalidInput
from kith.workflows.audits.report import Place
from kith.workflows.audits.vocabulary.values import Bad


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

    def tell(self, place: Place, bad: Bad) -> None:
        """Whatever can't be read there."""
        for one in bad.each():
            self.add(place, str(one), one.hint)
