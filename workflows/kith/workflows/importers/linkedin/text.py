"""Opens one CSV file of an export as text, finds its header, and says why where it cannot."""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from kith.workflows.importers.archive import Member
from kith.workflows.importers.linkedin.headers import Layout, folded

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_HEADER_WITHIN: Final = 100
_MOST_COLUMNS: Final = 100
_LONGEST_HEADER: Final = 20_000
_OLD_LAYOUT: Final = "This is the layout that LinkedIn used until about 2018, which is not supported."
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """A whole file cannot be read: the line, and one plain sentence that says why."""

    def __init__(self, line: int, reason: str, *, supported: bool = True) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.supported = supported


class Header(NamedTuple):
    """The row that names the columns: its line, its cells, its delimiter and where the known columns stand."""

    line: int
    cells: list[str]
    delimiter: str
    columns: dict[str, int]


def open_lines(member: Member, advanced: Callable[[int], None] | None = None) -> io.TextIOWrapper:
    """The physical lines with their ends, as UTF-8 (or UTF-16 where a mark at the start says so)."""
    stream = member.open(advanced)
    try:
        start = stream.peek(3)[:3]
    except BaseException:
        stream.close()
        raise
    wide = start[:2] in _WIDE_TEXT
    if start == b"\xef\xbb\xbf":
        stream.read(3)
    return io.TextIOWrapper(stream, encoding="utf-16" if wide else "utf-8", newline="")


def find_header(lines: Iterator[str], layout: Layout) -> Header:
    """The header, however many lines stand before it; raises Unreadable if there is none we know."""
    first: list[str] = []
    for number, line in enumerate(islice(lines, _HEADER_WITHIN), 1):
        for delimiter in DELIMITERS:
            cells = _cells(line, delimiter)
            if len(cells) > _MOST_COLUMNS:
                continue
            if layout.unsupported and layout.unsupported <= set(map(folded, cells)):
                raise Unreadable(number, _OLD_LAYOUT, supported=False)
            if columns := layout.match(cells):
                return Header(number, cells, delimiter, columns)
            first = max(first, cells, key=len)
    raise Unreadable(1, _unknown_header(first))


def first_foreign_line(member: Member) -> int:
    """The first line whose bytes are no UTF-8."""
    with member.open() as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


def _cells(line: str, delimiter: str) -> list[str]:
    if len(line) > _LONGEST_HEADER or delimiter not in line:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _unknown_header(cells: list[str]) -> str:
    if not cells:
        return "No row names the columns: the file is empty, or not separated by commas, semicolons or tabs."
    named = ", ".join(repr(cell.strip()[:40]) for cell in cells[:6])
    return f"No row names the columns that are needed; the nearest has {named}."
