"""Collects what is wrong with one file, up to a bound, and counts the rows that were left out."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from kith.workflows.importers.linkedin.cells import TooLong
from kith.workflows.records import Level, Place, Problem

MOST_PROBLEMS: Final = 1_000


class ProblemLog:
    """The problems of one file. After 1,000 of them only their number is kept."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.counts: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._more = 0
        self._last_line = 1

    def place(self, line: int) -> Place:
        """That line of the file."""
        return Place(self.file, line)

    def error(self, line: int, reason: str) -> None:
        """Something could not be read."""
        self._add(line, reason, "error")

    def left_out(self, line: int, reason: str) -> None:
        """A row was left out because it could not be read."""
        self.counts["rows_left_out"] += 1
        self._add(line, reason, "error")

    @contextmanager
    def row(self, line: int) -> Generator[None]:
        """Around the reading of a row: one with an absurdly long cell is left out."""
        try:
            yield
        except TooLong as error:
            self.left_out(line, error.reason)

    def warning(self, line: int, reason: str) -> None:
        """Something was read, but not all of it."""
        self._add(line, reason, "warning")

    def note(self, line: int, reason: str) -> None:
        """Something that is worth knowing and harmless."""
        self._add(line, reason, "note")

    def closed(self) -> list[Problem]:
        """All problems in the order of their lines, and at the end how many more there were."""
        found = sorted(self._problems, key=lambda problem: problem.place.line)
        if self._more:
            reason = f"{self._more} more rows of this file have problems; they are not listed one by one."
            found.append(Problem(self.place(self._last_line), reason, "warning"))
        return found

    def _add(self, line: int, reason: str, level: Level) -> None:
        if len(self._problems) >= MOST_PROBLEMS:
            self._more += 1
            self._last_line = max(self._last_line, line)
            return
        self._problems.append(Problem(self.place(line), reason, level))
