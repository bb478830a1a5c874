"""Reads endorsements and recommendations: received ones are inbound, given ones outbound."""

from typing import Final

from kith.domain.people import linkedin_key, name_key
from kith.workflows.importers.linkedin.cells import full_name, or_none, shown
from kith.workflows.importers.linkedin.dates import Dates, Instant, Trouble
from kith.workflows.importers.linkedin.found import Found, profile_url
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows
from kith.workflows.records import Direction, InteractionRecord, fingerprint

# A hidden one was given all the same; only its receiver does not show it.
_STANDS: Final = frozenset({"", "visible", "accepted", "hidden", "not visible"})
_UNDONE: Final = frozenset({"deleted", "rejected", "withdrawn", "removed"})


def read_endorsements(rows: Rows, log: ProblemLog, direction: Direction) -> Found:
    """Each endorsement is an interaction, also while it waits for its acceptance: the act is done."""
    reader = _Reader(log, direction)
    for number, (first, last, url, skill, date, status) in reader.dated(rows):
        with log.row(number):
            if status.strip().casefold() in _UNDONE:
                log.counts["endorsements_undone"] += 1
            else:
                reader.endorsement(number, full_name(first, last), linkedin_key(url), skill, date)
    log.counts["endorsements"] += len(reader.found.interactions)
    return reader.found


def read_recommendations(rows: Rows, log: ProblemLog, direction: Direction) -> Found:
    """Each accepted recommendation is an interaction; the file tells only names, so none has a key."""
    reader = _Reader(log, direction)
    for number, (first, last, company, _, date, status) in reader.dated(rows):
        with log.row(number):
            if status.strip().casefold() in _STANDS:
                reader.recommendation(number, full_name(first, last), or_none(company), date)
            else:
                log.counts["recommendations_not_accepted"] += 1
    log.counts["recommendations"] += len(reader.found.interactions)
    return reader.found


class _Reader:
    """Reads the rows of one file, all in one direction."""

    def __init__(self, log: ProblemLog, direction: Direction) -> None:
        self.found = Found()
        self._log = log
        self._direction: Direction = direction
        self._table: list[tuple[int, tuple[str, ...]]] = []
        self._dates = Dates(lambda: (cells[4] for _, cells in self._table), "month first")

    def dated(self, rows: Rows) -> list[tuple[int, tuple[str, ...]]]:
        """All rows; the dates in their fifth field tell the order of day and month."""
        self._table = list(rows)
        return self._table

    def endorsement(self, number: int, name: str, key: str | None, skill: str, date: str) -> None:
        """One endorsement, known again by person, skill and date."""
        instant = self._instant(number, name, date, "endorsement")
        if instant is None:
            return
        at, zone_known, stamp = instant
        place = self._log.place(number)
        keys = (key,) if key else ()
        if key:
            self.found.meet(key, name, profile_url(key), place)
        external_id = "endorsement:" + fingerprint(self._direction, name_key(name), skill.casefold().strip(), stamp)
        self._keep(
            InteractionRecord(keys, name, None, at, self._direction, "endorsement", external_id, zone_known, place)
        )

    def recommendation(self, number: int, name: str, company: str | None, date: str) -> None:
        """One recommendation, known again by person and date."""
        instant = self._instant(number, name, date, "recommendation")
        if instant is None:
            return
        at, zone_known, stamp = instant
        place, direction = self._log.place(number), self._direction
        external_id = "recommendation:" + fingerprint(direction, name_key(name), stamp)
        self._keep(
            InteractionRecord((), name, company, at, direction, "recommendation", external_id, zone_known, place)
        )

    def _instant(self, number: int, name: str, date: str, what: str) -> Instant | None:
        if not name:
            self._log.left_out(number, f"This {what} names nobody; it was left out.")
            return None
        instant = self._dates.instant(date)
        if isinstance(instant, Trouble):
            self._log.left_out(number, f"The date {shown(date)} {instant.value}; the {what} was left out.")
            return None
        return instant

    def _keep(self, record: InteractionRecord) -> None:
        if not self.found.add(record):
            self._log.counts["duplicate_rows"] += 1
