"""The store's file: whose it is, its settings, its tables, and how one of an earlier schema is brought up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from kith.workflows.application.redrawing import rebuild
from kith.workflows.errors import NotAStore, StoreBusy, StoreError, StoreTooNew
from kith.workflows.ports import Writing
from kith.workflows.readmodels.schema import APPLICATION_ID, FORMER, INDEXES, SCHEMA, TABLES
from kith.workflows.stores.recorder import APPEND_ONLY, EVENTS_TABLE

BUSY_SECONDS = 30.0
LOOK_SECONDS = 0.0002
"""Between two looks whether it is our turn to write: SQLite itself waits up to 0.1 s, and misses turn after turn."""
PAGE_BYTES = 8_192
"""Of a new file; an older one keeps its own. With 4 KB an import waits twice as long for its commits."""
CHECKPOINT_BYTES = 33_554_432
"""Log between checkpoints; the last process to close the file makes one anyhow."""
CACHE_KIB = 32_768
"""Pages kept in memory: an import touches the whole of its indexes, and SQLite's own 2 MB made it twice as slow."""


def connect(path: str) -> sqlite3.Connection:
    """A connection to the file, which is made if it is missing."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise StoreError(f"The store {path} can't be opened: {error}.") from error
    return connection


def begin(connection: sqlite3.Connection, *, writing: bool) -> None:
    """Begin a transaction; one that writes begins as soon as nobody else does, which is looked for by ourselves."""
    if not writing:
        connection.execute("BEGIN")
        return
    ends = time.monotonic() + BUSY_SECONDS
    while not _begun(connection, last=time.monotonic() > ends):
        time.sleep(LOOK_SECONDS)


def _begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def prepare(connection: sqlite3.Connection, path: str, begin: Callable[[sqlite3.Connection], Writing]) -> None:
    """Set the connection up, and make the tables or bring them up to date."""
    try:
        known = _check(connection, path)
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_BYTES // _page_bytes(connection)}")
        if not known:
            _bring_up_to_date(connection, begin)
    except sqlite3.OperationalError as error:
        raise told(error) from error
    except sqlite3.DatabaseError as error:
        raise NotAStore(f"{path} is no Kith store; nothing was touched.") from error


def _page_bytes(connection: sqlite3.Connection) -> int:
    size: int = connection.execute("PRAGMA page_size").fetchone()[0]
    return size


def _check(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file is a store as this code knows it; False for an empty one and one of an earlier schema."""
    return schema_of(connection, path) == SCHEMA


def schema_of(connection: sqlite3.Connection, path: str) -> int | None:
    """The file's schema; None where there are no tables yet. Raises NotAStore and StoreTooNew."""
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]  # first: another may be making it
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = _schema(connection)
    if not tables and not application:
        return None
    if application != APPLICATION_ID:
        raise NotAStore(f"{path} is no Kith store; nothing was touched.")
    if schema > SCHEMA:
        known = f"schema {schema}, this one knows {SCHEMA}"
        raise StoreTooNew(
            f"{path} was written by a newer Kith ({known}); nothing was touched. Upgrade Kith to open it."
        )
    return schema


def _schema(connection: sqlite3.Connection) -> int:
    schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return schema


def _bring_up_to_date(connection: sqlite3.Connection, begin: Callable[[sqlite3.Connection], Writing]) -> None:
    """Make the tables in one transaction, and fill those for quick reading from the log, if there is one."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _schema(connection) != SCHEMA:  # else another process was faster
            _make_tables(connection)
            rebuild(begin(connection))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _make_tables(connection: sqlite3.Connection) -> None:
    for statement in (EVENTS_TABLE, *APPEND_ONLY):
        connection.execute(statement)
    for table in (*FORMER, *TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({columns}) WITHOUT ROWID")
    for name, columns in INDEXES.items():
        connection.execute(f"CREATE INDEX {name} ON {columns}")


def told(error: sqlite3.OperationalError) -> StoreError:
    """The error in the store's own words."""
    if "locked" in str(error) or "busy" in str(error):
        return StoreBusy()
    return StoreError(f"The store could not be used: {error}.")
