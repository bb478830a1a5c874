"""Reads the owner's own files, Profile.csv and Positions.csv, and tells former colleagues by shared employer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from kith.domain.people import company_key
from kith.workflows.importers.linkedin.cells import clean, full_name, or_none, shown
from kith.workflows.importers.linkedin.dates import Trouble, month
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows
from kith.workflows.records import OwnerRecord, Position

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_profile(rows: Rows, log: ProblemLog) -> OwnerRecord | None:
    """The owner as the first row of Profile.csv tells them."""
    for line, (first, last, headline, summary, industry, location, country) in rows:
        with log.row(line):
            if name := full_name(first, last):
                place = or_none(location) or or_none(country)
                return OwnerRecord(name, or_none(headline), summary.strip() or None, or_none(industry), place)
            log.left_out(line, "Your profile has no name; it was left out.")
    return None


def read_positions(rows: Rows, log: ProblemLog) -> tuple[Position, ...]:
    """The owner's jobs; one whose dates cannot be read is left out."""
    jobs: list[Position] = []
    for line, cells in rows:
        with log.row(line):
            job = _position(line, cells, log)
            jobs += [job] if job else []
    return tuple(jobs)


def _position(line: int, cells: tuple[str, ...], log: ProblemLog) -> Position | None:
    company, title, start_text, end_text = cells
    if not clean(company):
        if any(cells):
            log.left_out(line, "This position names no company; it was left out.")
        return None
    start, end = month(start_text), month(end_text)
    if isinstance(start, Trouble) or isinstance(end, Trouble):
        text = start_text if isinstance(start, Trouble) else end_text
        log.left_out(line, f"The date {shown(text)} of this position cannot be read; the position was left out.")
        return None
    return Position(clean(company), clean(title), start, end)


class Jobs(dict[str | None, tuple[Position, ...]]):
    """The owner's positions by the name of a company, however it is written."""

    def __init__(self, positions: Iterable[Position]) -> None:
        super().__init__({None: ()})
        self._by_key: defaultdict[str, list[Position]] = defaultdict(list)
        for position in positions:
            if position.start:
                self._by_key[company_key(position.company)].append(position)

    def __missing__(self, company: str | None) -> tuple[Position, ...]:
        """The positions in a company that was not met before."""
        made = self[company] = tuple(self._by_key.get(company_key(company or ""), ()))
        return made

    def evidence(self, company: str | None, since: date) -> str | None:
        """Why somebody of that company, connected on that day, is a former colleague; None where nothing shows it."""
        for position in self[company]:
            if position.start and position.start <= since and _lasted(position.end, since):
                return f"worked at {position.company} when you connected ({_MONTHS[since.month - 1]} {since.year})"
        return None


def _lasted(end: date | None, day: date) -> bool:
    """Whether a position that ended in that month, or still lasts, was held on the day."""
    return end is None or (day.year, day.month) <= (end.year, end.month)
