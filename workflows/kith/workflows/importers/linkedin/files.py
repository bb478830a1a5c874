"""Opens the files of one export one by one; one that cannot be read is a problem, unless nothing else can be."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final, TypeVar

from kith.workflows.importers.archive import Archive, Progress, base_name
from kith.workflows.importers.linkedin.headers import LAYOUTS, Kind
from kith.workflows.importers.linkedin.members import choose_members
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows
from kith.workflows.importers.linkedin.text import (
    DELIMITERS,
    Header,
    Unreadable,
    find_header,
    first_foreign_line,
    open_lines,
)
from kith.workflows.records import ImportRefused, Problem

_T = TypeVar("_T")
_OWN: Final[frozenset[Kind]] = frozenset({"profile", "positions"})
_FOREIGN: Final = "This line is not in UTF-8."
_NEXT: Final = "Download the export again, or save the file again as CSV UTF-8."


class Files:
    """The files of one export, with the log of each."""

    def __init__(self, archive: Archive, progress: Progress | None) -> None:
        self._members = choose_members(archive)
        self._progress = progress
        self._bytes = 0
        self._all_bytes = sum(member.size for member in self._members.values())
        self._logs: dict[Kind, ProblemLog] = {}
        self._failed: dict[Kind, Problem] = {}

    def log(self, kind: Kind) -> ProblemLog:
        """Where the problems of that file go."""
        if kind not in self._logs:
            member = self._members.get(kind)
            self._logs[kind] = ProblemLog(base_name(member.name) if member else "")
        return self._logs[kind]

    def read(self, kind: Kind, reader: Callable[[Rows, ProblemLog], _T], nothing: _T) -> _T:
        """What the reader makes of the file; `nothing` where there is no such file or it cannot be read."""
        if kind not in self._members:
            return nothing
        try:
            return self._read(kind, reader)
        except Unreadable as error:
            self._fail(kind, error.line, error.reason)
        except UnicodeError:
            self._fail(kind, first_foreign_line(self._members[kind]), _FOREIGN)
        return nothing

    def names(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(base_name(member.name) for kind, member in self._members.items() if kind not in self._failed)

    def problems(self) -> list[Problem]:
        """All problems, file by file."""
        return [problem for log in self._logs.values() for problem in log.closed()]

    def counts(self) -> Counter[str]:
        """What was read and left out in all files together."""
        return sum((log.counts for log in self._logs.values()), Counter())

    def check(self) -> None:
        """Raises ImportRefused where nothing but the owner's own files could be read."""
        if self._failed and not self._members.keys() - self._failed.keys() - _OWN:
            problem = next(iter(self._failed.values()))
            raise ImportRefused(f"{problem.place}: {problem.reason}")

    def _read(self, kind: Kind, reader: Callable[[Rows, ProblemLog], _T]) -> _T:
        log, layout = self.log(kind), LAYOUTS[kind]
        member = self._members[kind]
        with ExitStack() as opened:
            header = find_header(opened.enter_context(open_lines(member)), layout)
            _announce(header, layout.unknown(header.cells), log)
            rows = Rows(lambda: opened.enter_context(open_lines(member, self._advanced)), header, layout, log)
            return reader(rows, log)

    def _fail(self, kind: Kind, line: int, reason: str) -> None:
        """Forgets what was read of the file: half of it would be worse than nothing."""
        log = self._logs[kind] = ProblemLog(base_name(self._members[kind].name))
        log.error(line, f"{reason} The whole file was left out. {_NEXT}")
        self._failed[kind] = log.closed()[0]

    def _advanced(self, size: int) -> None:
        self._bytes = min(self._bytes + size, self._all_bytes)
        if self._progress:
            self._progress(self._bytes, self._all_bytes)


def _announce(header: Header, unknown: list[str], log: ProblemLog) -> None:
    """Says what is unusual about the header."""
    if unknown:
        named = ", ".join(repr(cell[:40]) for cell in unknown[:6])
        log.note(header.line, f"These columns are not known and were not read: {named}.")
    if header.delimiter != ",":
        name = DELIMITERS[header.delimiter]
        log.note(header.line, f"The columns are separated by {name}, as spreadsheets save them, and were read so.")
