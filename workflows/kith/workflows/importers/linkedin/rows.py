"""Reads the rows of one CSV file, each with the line it starts on, and recovers from quotation marks left open."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from operator import itemgetter
from typing import Final

from kith.workflows.importers.linkedin.headers import Layout
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.text import DELIMITERS, Header, Unreadable

LONGEST_FIELD: Final = 32 * 1024 * 1024


class _Broken(Exception):
    """The row in progress is not what it seems: too many lines, or lines that make no row together."""


class Rows:
    """The rows of one file: iterate for (line, fields), the fields in the layout's order and "" where absent.

    `reopen` yields the physical lines of the file from its first. The rows are read straight through until one breaks;
    from there on every line is kept until its row is complete, so that it can be read again as a row of its own.
    """

    def __init__(self, reopen: Callable[[], Iterator[str]], header: Header, layout: Layout, log: ProblemLog) -> None:
        self._reopen = reopen
        self._header = header
        self._layout = layout
        self._log = log
        self._width = len(header.cells)
        self._pick = _picker([header.columns.get(column, self._width) for column in layout.columns], self._width)
        self._line = header.line
        self._waiting: deque[str] = deque()
        self._pending: list[str] = []
        self._broken_at = 0
        self._good = self._bad = self._otherwise = 0
        if csv.field_size_limit() < LONGEST_FIELD:
            csv.field_size_limit(LONGEST_FIELD)

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The good rows; the others become problems. Raises Unreadable where every row has another delimiter."""
        read, source = self._straight, self._lines_left()
        while True:
            try:
                yield from read(source)
                break
            except (csv.Error, _Broken):
                if read == self._straight:
                    read, source = self._carefully, self._lines_left()
                else:
                    self._give_up_a_line()
        self._settle()

    def _lines_left(self) -> Iterator[str]:
        return islice(self._reopen(), self._line, None)

    def _straight(self, source: Iterator[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Rows of the right width, until one breaks."""
        width, most, before, last, pick = self._width, self._layout.most_lines, self._line, 0, self._pick
        reader = csv.reader(source, delimiter=self._header.delimiter, strict=True)
        for row in reader:
            end = reader.line_num
            if end - last > most:
                raise _Broken
            if len(row) == width or self._fits(row, end - last):
                self._good += 1
                yield before + last + 1, pick(row)
            elif row:
                raise _Broken
            last = end
            self._line = before + end

    def _carefully(self, source: Iterator[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The same, with the lines of the row in progress in `_pending`; rows of another width become problems."""
        pending, width = self._pending, self._width
        for row in csv.reader(self._feed(source), delimiter=self._header.delimiter, strict=True):
            start, fits = self._line + 1, len(row) == width or self._fits(row, len(pending))
            self._line += len(pending)
            text = pending[0]
            pending.clear()
            if fits:
                self._good += 1
                if self._broken_at:
                    self._report_break(start - 1)
                yield start, self._pick(row)
            elif row:
                self._wrong_width(len(row), text)

    def _feed(self, source: Iterator[str]) -> Iterator[str]:
        pending, waiting, most = self._pending, self._waiting, self._layout.most_lines
        while waiting:
            pending.append(waiting.popleft())
            yield pending[-1]
        for line in source:
            pending.append(line)
            if len(pending) > most:
                raise _Broken
            yield line

    def _fits(self, row: list[str], lines: int) -> bool:
        """Whether a row of another width can be read: empty cells too many are cut, and a blank row is emptied.

        Raises _Broken where it has many lines.
        """
        if not any(row):
            row.clear()
            return False
        if len(row) > self._width and not any(row[self._width :]):
            del row[self._width :]
            return True
        if lines > 1:
            raise _Broken
        return False

    def _wrong_width(self, cells: int, text: str) -> None:
        self._bad += 1
        other = self._delimiter_that_fits(text)
        self._otherwise += other is not None
        if not self._broken_at:
            hint = f"; it seems to be separated by {other}" if other else ""
            self._log.left_out(
                self._line, f"This row has {cells} columns where the header has {self._width}{hint}; it was left out."
            )

    def _delimiter_that_fits(self, text: str) -> str | None:
        for mark, name in DELIMITERS.items():
            if mark != self._header.delimiter and text.count(mark) >= self._width - 1 > 0:
                return name
        return None

    def _give_up_a_line(self) -> None:
        """The first line of the row in progress is given up; the others are read again, as rows of their own."""
        self._line += 1
        self._bad += 1
        self._waiting.extendleft(reversed(self._pending[1:]))
        self._pending.clear()
        self._broken_at = self._broken_at or self._line

    def _report_break(self, last: int) -> None:
        """Says what was lost, once it is known how far the damage reaches."""
        lost = last - self._broken_at
        more = f", with the {lost} lines after it" if lost > 1 else ", with the line after it" if lost else ""
        self._log.left_out(
            self._broken_at,
            "A quotation mark is missing in this row, or stands where none may: "
            f"it was left out{more}, and reading went on from there.",
        )
        self._broken_at = 0

    def _settle(self) -> None:
        if self._broken_at:
            self._report_break(self._line)
        if self._bad and not self._good and self._otherwise == self._bad:
            raise Unreadable(self._header.line + 1, "The rows are not separated by the same character as the header.")


def _picker(places: list[int], width: int) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes the cells at these places out of a row; a place after its end is empty."""
    pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*places)
    return (lambda row: pick([*row, ""])) if width in places else pick
