"""The library's recorder on our tables in PostgreSQL: its notification log misses nothing, though writers overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Notification, StoredEvent

from kith.domain.errors import Conflict
from kith.workflows.stores.postgres_transaction import SETTLED
from kith.workflows.stores.recording import MOST, bounds, hexed, notification, row

if TYPE_CHECKING:
    from kith.workflows.stores.postgres import PostgresStore

BITS = 24
"""Of a notification's id, for the place within its transaction: up to 16 million events in one."""
NUMBERED = f"""
    SELECT id, originator_id, originator_version, topic, state FROM (
        SELECT (xid::text::bigint << {BITS}) + row_number() OVER (PARTITION BY xid ORDER BY sequence) - 1 AS id, xid,
               sequence, originator_id, originator_version, topic, state
        FROM stored_events WHERE xid >= ?::text::xid8 AND {SETTLED}) AS numbered
    WHERE id BETWEEN ? AND ? {{chosen}} ORDER BY xid, sequence LIMIT ?
"""


class PostgresRecorder(ApplicationRecorder):
    """The library's view of the log.

    Sequence numbers are drawn before transactions end, and so a reader that remembers one can miss what commits
    later with a lower one. A notification's id is therefore the number of its transaction and its place within it,
    and only transactions older than every open one are told.
    """

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Write events, while nobody else writes. Their notification ids are known when they are told."""
        rows = [row(stored) for stored in stored_events]
        try:
            with self._store.writing() as transaction:
                transaction.put(rows)
        except Conflict as conflict:
            raise IntegrityError(conflict) from conflict
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one aggregate between two versions."""
        sql = (
            "SELECT originator_version, topic, state FROM stored_events WHERE originator_id = ? "
            f"AND originator_version BETWEEN ? AND ? ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT ?"
        )
        first = -MOST if gt is None else gt + 1
        parameters = (hexed(originator_id), first, MOST if lte is None else lte, MOST if limit is None else limit)
        with self._store.reading() as reading:
            return [StoredEvent(originator_id, *one) for one in reading.query(sql, parameters)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log from ``start`` to ``stop``, up to the oldest transaction that is still open."""
        first, last = bounds(start, stop, inclusive_of_start=inclusive_of_start)
        sql = NUMBERED.format(chosen="AND topic = ANY(?)" if topics else "")
        told = (list(topics),) if topics else ()
        with self._store.reading() as reading:
            found = reading.query(sql, (first >> BITS, first, last, *told, limit))
        return [notification(one) for one in found]

    def max_notification_id(self) -> int | None:
        """The id of the last event that is told."""
        sql = f"""
            SELECT (xid::text::bigint << {BITS}) + count(*) - 1 FROM stored_events
            WHERE xid = (SELECT xid FROM stored_events WHERE {SETTLED} ORDER BY xid DESC LIMIT 1) GROUP BY xid
        """
        with self._store.reading() as reading:
            found = reading.query(sql)
        return found[0][0] if found else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """There is nothing to subscribe to; readers ask for the next notifications."""
        raise NotImplementedError("Ask for the notifications after the last one you know.")
