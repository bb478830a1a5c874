"""What is wrong with policies: each problem with its place, and the nearest thing that is known."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from typing import NamedTuple

from kith.domain.errors import InvalidInput
from kith.workflows.audits.report import WHOLE, Place
from kith.workflows.audits.vocabulary.values import Bad


class Problem(NamedTuple):
    """One problem, in one sentence."""

    place: Place
    what: str
    hint: str = ""
    """What was perhaps meant, as it is to be written; empty if nothing is near."""

    @property
    def about_steps(self) -> bool:
        """Whether a line of a policy is wrong, and does not say already where the steps are listed."""
        in_a_policy = self.place.line != WHOLE and not self.place.file.endswith(".toml")
        return in_a_policy and "kith policy steps" not in self.what

    def __str__(self) -> str:
        """As a line: file, line, sentence, and what was perhaps meant."""
        return f"{self.place}: {self.what}{f' Did you mean “{self.hint}”?' if self.hint else ''}"


def unreadable(file: str, error: OSError | UnicodeDecodeError) -> Problem:
    """A file that can't be read."""
    if isinstance(error, OSError):
        return Problem(Place(file, WHOLE), f"The file can't be read: {str(error.strerror).lower()}.")
    binary = b"\0" in error.object and not error.object.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    why = "it is no text" if binary else "it is not written in UTF-8; save it as UTF-8"
    return Problem(Place(file, WHOLE), f"The file can't be read: {why}.")


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
