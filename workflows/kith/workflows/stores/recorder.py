"""The library's recorder on our tables in SQLite: a sequence that is never reused, and our own transactions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore

from kith.workflows.stores.recording import bounds, notification, row

COLUMNS = "originator_id, originator_version, topic, state"
EVENTS_TABLE = """
    CREATE TABLE IF NOT EXISTS stored_events (
        sequence INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL, state BLOB NOT NULL, UNIQUE (originator_id, originator_version))
"""
APPEND_ONLY = tuple(
    f"""
    CREATE TRIGGER IF NOT EXISTS no_{verb} BEFORE {verb} ON stored_events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """
    for verb in ("UPDATE", "DELETE")
)
"""The log only grows, and so no number of its sequence is ever used again."""
INSERT = f"INSERT INTO stored_events ({COLUMNS}) VALUES (?, ?, ?, ?)"


class KithDatastore(SQLiteDatastore):
    """The library's datastore with transactions of ours: BEGIN IMMEDIATE, one connection, synchronous=FULL."""

    def __init__(self, transaction: Callable[[bool], AbstractContextManager[SQLiteCursor]]) -> None:
        super().__init__(":memory:")
        self._begin = transaction

    @contextmanager
    def transaction(self, *, commit: bool) -> Generator[SQLiteCursor]:
        """A cursor in a transaction."""
        with self._begin(commit) as cursor:
            yield cursor


class KithRecorder(SQLiteApplicationRecorder):
    """Writes events with one executemany; notification ids are the sequence."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore)
        self.select_max_notification_id_statement = "SELECT MAX(sequence) FROM stored_events"
        self.select_events_statement = f"SELECT {COLUMNS} FROM stored_events WHERE originator_id=? "

    def construct_create_table_statements(self) -> list[str]:
        """Our table of events."""
        return [EVENTS_TABLE]

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        c.executemany(INSERT, [row(stored) for stored in stored_events])
        c.execute("SELECT last_insert_rowid()")
        last: int = c.fetchone()[0]
        return range(last - len(stored_events) + 1, last + 1)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log in the order of its sequence, from ``start`` to ``stop``."""
        first, last = bounds(start, stop, inclusive_of_start=inclusive_of_start)
        chosen = f"AND topic IN ({','.join('?' * len(topics))})" if topics else ""
        sql = f"SELECT sequence, {COLUMNS} FROM stored_events WHERE sequence BETWEEN ? AND ? {chosen} "
        with self.datastore.transaction(commit=False) as c:
            c.execute(f"{sql} ORDER BY sequence LIMIT ?", (first, last, *topics, limit))
            return [notification(found) for found in c.fetchall()]
