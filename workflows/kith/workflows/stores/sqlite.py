"""The store in one SQLite file (or in memory): WAL, synchronous=FULL, one transaction and one fdatasync per command."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteCursor

from kith.domain.errors import Conflict
from kith.domain.log import Recorded
from kith.workflows.errors import CorruptEvent, NotAStore, StoreBusy, StoreError, StoreTooNew
from kith.workflows.ports import OnCorrupt
from kith.workflows.readmodels.rows import Row, Rows
from kith.workflows.readmodels.schema import APPLICATION_ID, INDEXES, OF_RELATIONSHIP, SCHEMA, TABLES
from kith.workflows.stores.mapper import decode, encode
from kith.workflows.stores.recorder import (
    APPEND_ONLY,
    COLUMNS,
    EVENTS_TABLE,
    INSERT,
    KithDatastore,
    KithLog,
    KithRecorder,
)
from kith.workflows.stores.sql import DELETES, INSERTS, MOST_VALUES, UPSERTS, of_many

BUSY_SECONDS = 30.0
PAGE_BYTES = 4_096
CHECKPOINT_PAGES = 8_192
"""32 MB of log between checkpoints; the last process to close the file makes one anyhow."""
CACHE_KIB = 32_768
"""Pages kept in memory: an import touches the whole of its indexes, and SQLite's own 2 MB made it twice as slow."""


class SQLiteStore:
    """A log with its read models in one file that several processes may share."""

    def __init__(self, path: Path | str) -> None:
        """Open the store at ``path``, or make it; ``:memory:`` keeps it in memory.

        Raises NotAStore and StoreTooNew, and touches nothing then.
        """
        self._lock = RLock()
        self._connection = _connect(str(path))
        try:
            _prepare(self._connection, str(path))
        except BaseException:
            self._connection.close()
            raise
        self.log = KithLog(KithRecorder(KithDatastore(self._cursor)))
        """The same log as the eventsourcing library offers it."""

    @contextmanager
    def _cursor(self, commit: bool) -> Generator[SQLiteCursor]:
        with self._lock:
            self._connection.row_factory = sqlite3.Row
            try:
                with self.writing() if commit else self.reading():
                    yield SQLiteCursor(self._connection.cursor())
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error
            finally:
                self._connection.row_factory = None

    def writing(self) -> AbstractContextManager[SQLiteTransaction]:
        """A transaction that writes."""
        return self._transaction("BEGIN IMMEDIATE")

    def reading(self) -> AbstractContextManager[SQLiteTransaction]:
        """A consistent look."""
        return self._transaction("BEGIN")

    @contextmanager
    def _transaction(self, begin: str) -> Generator[SQLiteTransaction]:
        connection = self._connection
        with self._lock:
            try:
                if connection.in_transaction:
                    raise StoreError("A command can't be given inside another one.")
                connection.execute(begin)
                try:
                    yield SQLiteTransaction(connection)
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise _told(error) from error
            except sqlite3.ProgrammingError as error:
                raise StoreError("The store is closed; open it again.") from error

    def close(self) -> None:
        """Let go of the file."""
        self.log.close()
        self._connection.close()


class SQLiteTransaction:
    """One transaction: reads and writes of the log and the read models."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._executemany = connection.executemany

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query on the read models."""
        return self._execute(sql, parameters).fetchall()

    def mark(self) -> object:
        """What others wrote, and what this connection wrote."""
        return self._execute("PRAGMA data_version").fetchone()[0], self._connection.total_changes

    def events(self, originator: UUID, after: int = 0) -> list[Recorded]:
        """The aggregate's events above a version, oldest first."""
        sql = (
            "SELECT originator_version, topic, state FROM stored_events "
            "WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version"
        )
        return [decode(originator, *row) for row in self._execute(sql, (originator.hex, after))]

    def scan(self, on_corrupt: OnCorrupt, containing: str = "") -> Iterator[Recorded]:
        """The log in the order in which it was written."""
        where = "WHERE instr(state, CAST(? AS BLOB)) > 0" if containing else ""
        sql = f"SELECT {COLUMNS} FROM stored_events {where} ORDER BY sequence"
        for row in self._execute(sql, (containing,) if containing else ()):
            recorded = _read(*row)
            if isinstance(recorded, CorruptEvent):
                on_corrupt(recorded)
            else:
                yield recorded

    def page(self, after: int, size: int) -> list[tuple[int, Recorded | CorruptEvent]]:
        """The next rows of the log after a place in its sequence, each with its own place."""
        sql = f"SELECT sequence, {COLUMNS} FROM stored_events WHERE sequence > ? ORDER BY sequence LIMIT ?"
        return [(row[0], _read(*row[1:])) for row in self._execute(sql, (after, size))]

    def command(self, command_id: str) -> list[Recorded]:
        """The events that a command wrote to the aggregate it was about."""
        sql = "SELECT originator_id, originator_version FROM commands WHERE command_id = ?"
        found = self._execute(sql, (command_id,)).fetchone()
        if found is None:
            return []
        events = self.events(UUID(found[0]), found[1] - 1)
        return [recorded for recorded in events if recorded.command_id == command_id]

    def append(self, recorded: Sequence[Recorded]) -> None:
        """Write events and their command ids."""
        stored = [(r.originator_id.hex, r.originator_version, r.event.TOPIC, encode(r)) for r in recorded]
        self._insert(INSERT, stored)
        first = {r.command_id: r for r in reversed(recorded)}
        self._remember((r.command_id, r.originator_id.hex, r.originator_version) for r in first.values())

    def write_rows(self, who: Row, keys: tuple[Row, ...], rows: Rows) -> None:
        """Bring the rows of a relationship up to date."""
        for row in rows.relationships:
            self._execute(UPSERTS["relationships"], row)
        if not rows.relationships:
            self._execute(DELETES["relationships"], who)
        if keys != rows.identities:
            self._executemany(DELETES["identities"], [key[:2] for key in keys if key not in rows.identities])
            self._executemany(UPSERTS["identities"], rows.identities)

    def insert_rows(self, rows: Iterable[Rows]) -> None:
        """Insert the rows of relationships that are new."""
        for table, of_each in zip(OF_RELATIONSHIP, zip(*rows, strict=True), strict=False):
            self._insert(INSERTS[table], list(chain.from_iterable(of_each)))

    def _insert(self, insert: str, rows: Sequence[Row]) -> None:
        """Insert rows that are new, many by each statement: one for each row took half as long again."""
        many = MOST_VALUES // len(rows[0]) if rows else 1
        single = len(rows) // many * many
        try:
            for start in range(0, single, many):
                self._execute(*of_many(insert, rows[start : start + many]))
            self._executemany(insert, rows[single:])
        except sqlite3.IntegrityError as error:
            raise Conflict from error

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

    def rebuild_commands(self, on_corrupt: OnCorrupt) -> None:
        """Recreate the table of command ids from the log: of each command the first event that it wrote."""
        first: dict[str, tuple[str, int]] = {}
        for recorded in self.scan(on_corrupt):
            first.setdefault(recorded.command_id, (recorded.originator_id.hex, recorded.originator_version))
        self._remember((id_, *place) for id_, place in first.items())

    def _remember(self, commands: Iterable[tuple[str, str, int]]) -> None:
        self._executemany("INSERT INTO commands VALUES (?, ?, ?) ON CONFLICT (command_id) DO NOTHING", commands)

    def integrity(self) -> list[str]:
        """What the database itself finds wrong with its file."""
        found = [row[0] for row in self._execute("PRAGMA quick_check(20)")]
        return [] if found == ["ok"] else [f"The file is damaged: {problem}." for problem in found]


def _read(originator: str, version: int, topic: str, state: bytes) -> Recorded | CorruptEvent:
    try:
        return decode(UUID(originator), version, topic, state)
    except CorruptEvent as corrupt:
        return corrupt


def _connect(path: str) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise StoreError(f"The store {path} can't be opened: {error}.") from error
    return connection


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    try:
        known = _check(connection, path)
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        if not known:
            _create(connection)
    except sqlite3.OperationalError as error:
        raise _told(error) from error
    except sqlite3.DatabaseError as error:
        raise NotAStore(f"{path} is no Kith store; nothing was touched.") from error


def _check(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file is a store of ours that this code knows; False for an empty one."""
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]  # first: another may be making it
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if not tables and not application:
        return False
    if application != APPLICATION_ID:
        raise NotAStore(f"{path} is no Kith store; nothing was touched.")
    if schema > SCHEMA:
        known = f"schema {schema}, this one knows {SCHEMA}"
        raise StoreTooNew(
            f"{path} was written by a newer Kith ({known}); nothing was touched. Upgrade Kith to open it."
        )
    return True


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in (EVENTS_TABLE, *APPEND_ONLY):
        connection.execute(statement)
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) WITHOUT ROWID")
    for name, columns in INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def _told(error: sqlite3.OperationalError) -> StoreError:
    if "locked" in str(error) or "busy" in str(error):
        return StoreBusy()
    return StoreError(f"The store could not be used: {error}.")
