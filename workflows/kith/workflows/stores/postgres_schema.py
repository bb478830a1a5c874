"""The tables on PostgreSQL: made and brought up to date by ``kith store migrate`` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

import psycopg
from psycopg import errors as pg

from kith.workflows.application.redrawing import rebuild
from kith.workflows.errors import NotAStore
from kith.workflows.readmodels.schema import FORMER, INDEXES, SCHEMA, TABLES
from kith.workflows.stores.migration import Migration, made, renewed
from kith.workflows.stores.postgres_connection import Connection, check, connect, schema_of, told
from kith.workflows.stores.postgres_transaction import FOREIGN, PostgresTransaction

LOG = (
    """
    CREATE TABLE stored_events (
        sequence BIGINT GENERATED ALWAYS AS IDENTITY, xid XID8 NOT NULL DEFAULT pg_current_xact_id(),
        originator_id TEXT COLLATE "C" NOT NULL, originator_version BIGINT NOT NULL, topic TEXT COLLATE "C" NOT NULL,
        state BYTEA NOT NULL, PRIMARY KEY (xid, sequence), UNIQUE (originator_id, originator_version))
    """,
    """
    CREATE FUNCTION kith_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'object_not_in_prerequisite_state'; END $$
    """,
    """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION kith_append_only()
    """,
    "CREATE TABLE kith_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
"""The log and what guards it. Its order is that of transactions, and within them of the sequence."""
BY_BYTES = ' TEXT COLLATE "C"'
IN_ORDER = (
    "ALTER TABLE stored_events DISABLE TRIGGER append_only",
    "UPDATE stored_events SET xid = '3'",
    "ALTER TABLE stored_events ENABLE TRIGGER append_only",
)
"""All rows alike: were only those of the future moved, they would come to stand before the older ones."""


@lru_cache(maxsize=1_024)
def lock_key(seeker_id: UUID | None) -> int:
    """The number of the advisory lock on a seeker's part of the store; of None, on the whole store."""
    whose = b"the whole store" if seeker_id is None else seeker_id.bytes
    return int.from_bytes(blake2b(whose, digest_size=8, person=b"kith lock").digest(), "big", signed=True)


def migrate(url: str, *, dry_run: bool = False) -> Migration:
    """Make the tables or bring them up to date, in one transaction. Several processes may do so at once.

    Raises NotAStore for a database in which a table of another program has the name of one of ours, and StoreTooNew.
    """
    with closing(connect(url)) as connection:
        try:
            with connection.transaction():
                if not dry_run:
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key(None),))
                return _migrate(connection, dry_run=dry_run)
        except pg.DuplicateTable as error:
            other = error.diag.message_primary
            raise NotAStore(f"The database is another program's ({other}); nothing was touched.") from None
        except psycopg.Error as error:
            raise told(error, connection) from None


def _migrate(connection: Connection, *, dry_run: bool) -> Migration:
    found = _found(connection)
    if found is not None and found > SCHEMA:
        check(connection)
    steps = list(_steps(connection, found))
    for _, step in () if dry_run else steps:
        step(connection)
    return Migration(found, SCHEMA, tuple(sentence for sentence, _ in steps))


def _found(connection: Connection) -> int | None:
    exists = connection.execute("SELECT to_regclass('kith_meta') IS NOT NULL").fetchone()
    return schema_of(connection) if exists and exists[0] else None


def _steps(connection: Connection, found: int | None) -> Iterator[tuple[str, Callable[[Connection], None]]]:
    """What is to be done, in a sentence and as a function that does it."""
    if found is None:
        yield made(SCHEMA), _make
    elif found < SCHEMA:
        yield renewed(found, SCHEMA), _renew
    if found is not None and connection.execute(FOREIGN).fetchone():
        yield "The log came from another server: its order is put right, and its readers have to begin anew.", _order


def _make(connection: Connection) -> None:
    _run(connection, LOG)
    _run(connection, _read_models())
    connection.execute("INSERT INTO kith_meta VALUES ('schema', %s)", (str(SCHEMA),))


def _renew(connection: Connection) -> None:
    _run(connection, (f"DROP TABLE IF EXISTS {table}" for table in (*FORMER, *TABLES)))
    _run(connection, _read_models())
    rebuild(PostgresTransaction(connection))
    connection.execute("UPDATE kith_meta SET value = %s WHERE key = 'schema'", (str(SCHEMA),))


def _order(connection: Connection) -> None:
    _run(connection, IN_ORDER)


def _read_models() -> Iterator[str]:
    """The tables of every store; texts are ordered by their bytes, as in SQLite."""
    for table, columns in TABLES.items():
        yield f"CREATE TABLE {table} ({columns.replace(' TEXT', BY_BYTES)})"
    for name, columns in INDEXES.items():
        yield f"CREATE INDEX {name} ON {columns}"


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())
