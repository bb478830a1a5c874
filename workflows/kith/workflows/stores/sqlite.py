"""The store in one SQLite file (or in memory): WAL, synchronous=FULL, one transaction and one fdatasync per command."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteCursor

from kith.domain.errors import Conflict, NotFound
from kith.workflows.errors import NotAStore, StoreError
from kith.workflows.ports import LogRow
from kith.workflows.readmodels.rows import Row
from kith.workflows.readmodels.schema import SCHEMA
from kith.workflows.stores.log import KithLog
from kith.workflows.stores.migration import Migration, made, renewed
from kith.workflows.stores.recorder import COLUMNS, INSERT, KithDatastore, KithRecorder
from kith.workflows.stores.sql import INSERTS, MOST_VALUES, REMEMBER, UPSERTS, marks, of_many
from kith.workflows.stores.sqlite_file import BUSY_SECONDS, CACHE_KIB, begin, connect, prepare, schema_of, told
from kith.workflows.stores.transaction import HEAD_BYTES, STREAMED, Transaction

ROWS_OF = f"""
    SELECT sequence, originator_id, originator_version, topic,
           CASE WHEN topic IN ({{whole}}) THEN state ELSE substr(state, 1, {HEAD_BYTES}) END
    FROM stored_events NOT INDEXED WHERE topic IN ({{topics}}) ORDER BY sequence
"""
"""Going by no index: the whole table in its own order is faster than any other way to most of its rows."""


STREAM_CACHE_KIB = 2_048
"""Pages that are read once need not be kept."""


class SQLiteStore:
    """A log with its read models in one file that several processes may share."""

    all_wait = True
    turn_seconds = 0.0005
    pause_seconds = 0.0005  # whoever waits looks only now and then whether it is their turn

    def __init__(self, path: Path | str) -> None:
        """Open the store at ``path``, or make it; ``:memory:`` keeps it in memory. An older one is brought up to date.

        Raises NotAStore and StoreTooNew, and touches nothing then.
        """
        self._lock = RLock()
        self._connection, self._patient = connect(str(path)), True
        try:
            prepare(self._connection, str(path), SQLiteTransaction)
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

    def writing(self, seeker_id: UUID | None = None) -> AbstractContextManager[SQLiteTransaction]:  # noqa: ARG002 - the port's
        """A transaction that writes. There is one at a time, whosever it is."""
        return self._transaction(writing=True)

    def reading(self) -> AbstractContextManager[SQLiteTransaction]:
        """A consistent look."""
        return self._transaction(writing=False)

    @contextmanager
    def _transaction(self, *, writing: bool) -> Generator[SQLiteTransaction]:
        connection = self._connection
        with self._lock:
            try:
                if connection.in_transaction:
                    raise StoreError("A command can't be given inside another one.")
                self._be_patient(not writing)
                begin(connection, writing=writing)
                try:
                    yield SQLiteTransaction(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:  # where the disk is full, SQLite may have rolled back already
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.OperationalError as error:
                raise told(error) from error
            except sqlite3.ProgrammingError as error:
                raise StoreError("The store is closed; open it again.") from error

    def _be_patient(self, patient: bool) -> None:
        """Whether SQLite itself waits for others, as it is to where it reads."""
        if patient is not self._patient:
            self._connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1_000 if patient else 0:.0f}")
            self._patient = patient

    def close(self) -> None:
        """Let go of the file."""
        self.log.close()
        self._connection.close()


OF_MANY = (
    f"SELECT {COLUMNS} FROM stored_events WHERE originator_id IN ({{ids}}) ORDER BY originator_id, originator_version"
)


class SQLiteTransaction(Transaction):
    """One transaction on a connection."""

    page_sql = (
        f"SELECT 0, sequence, {COLUMNS} FROM stored_events WHERE ? = 0 AND sequence > ? {{where}} "
        "ORDER BY sequence LIMIT ?"
    )
    containing_sql = "instr(state, ?) > 0"
    settled_sql = "TRUE"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query on the read models."""
        return self._execute(sql, parameters).fetchall()

    def _execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, parameters)

    def _executemany(self, sql: str, rows: Iterable[Row]) -> sqlite3.Cursor:
        return self._connection.executemany(sql, rows)

    def _of_many(self, originators: Sequence[str]) -> list[Row]:
        found = list[Row]()
        for start in range(0, len(originators), MOST_VALUES):
            some = originators[start : start + MOST_VALUES]
            found += self.query(OF_MANY.format(ids=", ".join("?" * len(some))), some)
        return found

    def _upsert(self, table: str, rows: Sequence[Row]) -> None:
        self._executemany(UPSERTS[table], rows)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        self._insert_by(INSERTS[table], rows)

    def _insert_by(self, sql: str, rows: Sequence[Row]) -> None:
        """Insert rows that are new, many by each statement: one for each row took half as long again."""
        many = MOST_VALUES // len(rows[0]) if rows else 1
        single = len(rows) // many * many
        try:
            for start in range(0, single, many):
                self._execute(*of_many(sql, rows[start : start + many]))
            self._executemany(sql, rows[single:])
        except sqlite3.IntegrityError as error:
            raise Conflict from error

    def _append(self, rows: Sequence[Row], commands: Sequence[Row]) -> None:
        self._insert_by(INSERT, rows)
        self._executemany(REMEMBER, commands)

    def rows_of(self, topics: Sequence[str], whole: Sequence[str]) -> Iterator[Sequence[LogRow]]:
        """The rows of these topics in the order of the log, many at a time; all bytes only of ``whole``."""
        sql = ROWS_OF.format(whole=marks(whole), topics=marks(topics))
        self._execute(f"PRAGMA cache_size = -{STREAM_CACHE_KIB}")
        try:
            cursor = self._execute(sql, (*whole, *topics))
            while rows := cursor.fetchmany(STREAMED):
                yield rows
        finally:
            self._execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    def mark(self) -> object:
        """What others wrote, and what this connection wrote."""
        return self._others, self._connection.total_changes

    @cached_property
    def _others(self) -> int:
        """A number that others change by writing, which they can't within this transaction."""
        version: int = self._execute("PRAGMA data_version").fetchone()[0]
        return version

    def integrity(self) -> list[str]:
        """What the database itself finds wrong with its file."""
        found = [row[0] for row in self._execute("PRAGMA quick_check(20)")]
        return [] if found == ["ok"] else [f"The file is damaged: {problem}." for problem in found]


def migrate(path: str, *, dry_run: bool = False) -> Migration:
    """Bring a file up to date, as opening it does; raises NotFound where there is none."""
    if not Path(path).exists():
        raise NotFound(f"There is no store at {path} yet; kith init makes one.")
    with closing(connect(path)) as connection:
        try:
            found = schema_of(connection, path)
        except sqlite3.DatabaseError as error:
            raise NotAStore(f"{path} is no Kith store; nothing was touched.") from error
    if found == SCHEMA:
        return Migration(found, SCHEMA, ())
    if not dry_run:
        SQLiteStore(path).close()
    return Migration(found, SCHEMA, (made(SCHEMA) if found is None else renewed(found, SCHEMA),))
