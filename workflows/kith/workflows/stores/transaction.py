"""One transaction on the log and its read models: all that is the same in every database."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, ClassVar
from uuid import UUID

from kith.domain.log import Recorded
from kith.workflows.application.owners import Owners
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import START, Chosen, LogRow, OnCorrupt, Place
from kith.workflows.readmodels.rows import Change, Row, Rows
from kith.workflows.readmodels.schema import OF_RELATIONSHIP
from kith.workflows.stores.mapper import decode, encode
from kith.workflows.stores.sql import COMMAND, DELETES, EVENTS, PRIMARY, REMEMBER, UPSERTS

SCANNED = 1_000
"""Rows that a scan of the log takes at a time."""
STREAMED = 5_000
"""Rows of a log that is only looked at; more at a time are no faster."""
HEAD_BYTES = 34
"""The first bytes of an event, which tell when it happened."""


class Transaction(ABC):
    """Reads and writes of the log and the read models; statements have ``?`` for each parameter."""

    page_sql: ClassVar[str]
    """Place (two columns) and columns of the rows after a place (two parameters), in order, with ``{where}``."""
    containing_sql: ClassVar[str]
    """Whether the bytes of an event contain a text (one parameter)."""
    settled_sql: ClassVar[str]
    """Whether nothing can come to stand before a row any more."""

    @abstractmethod
    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query on the read models."""

    @abstractmethod
    def _execute(self, sql: str, parameters: Sequence[Any] = ()) -> object:
        """Carry out a statement that gives no rows."""

    @abstractmethod
    def _executemany(self, sql: str, rows: Iterable[Row]) -> object:
        """Carry out a statement once for each row."""

    @abstractmethod
    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows that are new; raises Conflict, then or later in the transaction, if one is not."""

    @abstractmethod
    def _upsert(self, table: str, rows: Sequence[Row]) -> None:
        """Bring rows up to date, each with another key, or insert those that are new."""

    @abstractmethod
    def _of_many(self, originators: Sequence[str]) -> list[Row]:
        """Id, version, topic and state of the events of many aggregates, one aggregate after the other."""

    @abstractmethod
    def _append(self, rows: Sequence[Row], commands: Sequence[Row]) -> None:
        """Insert rows of the log, and those of commands that are not there yet.

        Raises Conflict, then or later in the transaction, if a version is taken.
        """

    # The log

    def events(self, originator: UUID, after: int = 0) -> list[Recorded]:
        """The aggregate's events above a version, oldest first."""
        return [decode(originator, *row) for row in self.query(EVENTS, (originator.hex, after))]

    def events_of(self, originators: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """The events of many aggregates, each oldest first; one of which a row can't be read is left out."""
        if not originators:
            return {}
        found = groupby(self._of_many([id_.hex for id_ in originators]), key=itemgetter(0))
        read = ((id_ := UUID(hex_), [_read(id_, *row[1:]) for row in rows]) for hex_, rows in found)
        return {id_: events for id_, of_one in read if len(events := _readable(of_one)) == len(of_one)}

    def scan(self, on_corrupt: OnCorrupt, containing: str = "", *, chosen: Chosen | None = None) -> Iterator[Recorded]:
        """The log in the order in which it was written."""
        rows = self._rows(START, SCANNED, containing)
        while rows:
            for row in rows:
                if chosen is not None and not chosen(row[2], row[4]):
                    continue
                recorded = _read(UUID(row[2]), *row[3:])
                if isinstance(recorded, CorruptEvent):
                    on_corrupt(recorded)
                else:
                    yield recorded
            rows = self._rows(rows[-1][:2], SCANNED, containing) if len(rows) == SCANNED else []

    def page(self, after: Place, size: int, *, settled: bool = True) -> list[tuple[Place, Recorded | CorruptEvent]]:
        """The next rows of the log after a place, each with its own place."""
        return [((row[0], row[1]), _read(UUID(row[2]), *row[3:])) for row in self._rows(after, size, settled=settled)]

    def _rows(self, after: Place, size: int, containing: str = "", *, settled: bool = False) -> list[Row]:
        """The next rows after a place: their own place, then the columns of an event."""
        where = f"AND {self.containing_sql} " if containing else ""
        where += f"AND {self.settled_sql}" if settled else ""
        told = (containing.encode(),) if containing else ()
        return self.query(self.page_sql.format(where=where), (*after, *told, size))

    def last_sequence(self) -> int:
        """The highest number of the log's sequence."""
        last: int = self.query("SELECT COALESCE(MAX(sequence), 0) FROM stored_events")[0][0]
        return last

    @abstractmethod
    def rows_of(self, topics: Sequence[str], whole: Sequence[str]) -> Iterator[Sequence[LogRow]]:
        """The rows of these topics in the order of the log, many at a time; all bytes only of ``whole``."""

    def command(self, seeker_id: UUID, command_id: str) -> list[Recorded]:
        """The events that a seeker's command wrote to the aggregate it was about."""
        found = self.query(COMMAND, (seeker_id.hex, command_id))
        if not found:
            return []
        originator, version = found[0]
        events = self.events(UUID(originator), version - 1)
        return [recorded for recorded in events if recorded.command_id == command_id]

    def append(self, seeker_id: UUID, recorded: Sequence[Recorded]) -> None:
        """Write events and the ids of the seeker's commands."""
        first = {r.command_id: r for r in reversed(recorded)}
        self._append(
            [(r.originator_id.hex, r.originator_version, r.event.TOPIC, encode(r)) for r in recorded],
            [(seeker_id.hex, id_, r.originator_id.hex, r.originator_version) for id_, r in first.items()],
        )

    def rebuild_commands(self, on_corrupt: OnCorrupt) -> None:
        """Recreate the table of command ids from the log: of each command the first event that it wrote."""
        first: dict[tuple[str, str], tuple[str, int]] = {}
        owners = Owners()
        for recorded in self.scan(on_corrupt):
            owner = owners.of(recorded)
            if owner is not None:
                place = (recorded.originator_id.hex, recorded.originator_version)
                first.setdefault((owner.hex, recorded.command_id), place)
        self._executemany(REMEMBER, ((*command, *place) for command, place in first.items()))

    # The read models

    def write_rows(self, changes: Sequence[Change]) -> None:
        """Bring the rows of relationships up to date."""
        self._upsert("relationships", [row for change in changes for row in change.rows.relationships])
        gone = [one.who for one in changes if not one.rows.relationships]
        if gone:
            self._executemany(DELETES["relationships"], gone)
        for number, table in enumerate(OF_RELATIONSHIP[1:], 1):
            changed = [one for one in changes if one.stood[number] != one.rows[number]]
            if not changed:
                continue
            rows = [row for one in changed for row in one.rows[number]]
            key = slice(len(PRIMARY[table]))
            kept = {row[key] for row in rows}
            stood = (row[key] for one in changed for row in one.stood[number])
            self._executemany(DELETES[table], [one for one in stood if one not in kept])
            self._executemany(UPSERTS[table], rows)

    def insert_rows(self, rows: Iterable[Rows]) -> None:
        """Insert the rows of relationships that are new."""
        for table, of_each in zip(OF_RELATIONSHIP, zip(*rows, strict=True), strict=False):
            self._insert(table, list(chain.from_iterable(of_each)))

    def write_seeker(self, row: Row) -> None:
        """Bring the row of a seeker up to date."""
        self._execute(UPSERTS["seekers"], row)

    def clear_rows(self, seeker: UUID | None = None) -> None:
        """Empty the read models, of one seeker or all of them."""
        for table in OF_RELATIONSHIP:
            where, parameters = ("WHERE seeker_id = ?", (seeker.hex,)) if seeker else ("", ())
            self._execute(f"DELETE FROM {table} {where}", parameters)
        if seeker is None:
            self._execute("DELETE FROM seekers")
            self._execute("DELETE FROM commands")


def _readable(found: list[Recorded | CorruptEvent]) -> list[Recorded]:
    return [one for one in found if isinstance(one, Recorded)]


def _read(originator: UUID, version: int, topic: str, state: bytes) -> Recorded | CorruptEvent:
    try:
        return decode(originator, version, topic, state)
    except CorruptEvent as corrupt:
        return corrupt
