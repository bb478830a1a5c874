"""The tables on PostgreSQL: made and brought up to date by ``kith store migrate`` alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

import psycopg
from psycopg import errors as pg

from kith.workflows.application.redrawing import rebuild
from kith.workflows.errors import NotAStore
from kith.workflows.readmodels.schema import FORMER, INDEXES, SCHEMA, TABLES
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
    "UPDATE stored_events SET xid = '3' WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())",
    "ALTER TABLE stored_events ENABLE TRIGGER append_only",
)


def lock_key(seeker_id: UUID | None) -> int:
    """The number of the advisory lock on a seeker's part of the store; of None, on the whole store."""
    whose = b"the whole store" if seeker_id is None else seeker_id.bytes
    return int.from_bytes(blake2b(whose, digest_size=8, person=b"kith lock").digest(), "big", signed=True)


class Migration(NamedTuple):
    """What a migration found and did, or would do."""

    found: int | None
    """The schema as it was; None where there were no tables."""
    schema: int
    steps: tuple[str, ...]
    """One sentence for each; none where nothing is to be done."""


def migrate(url: str, *, dry_run: bool = False) -> Migration:
    """Make the tables or bring them up to date, in one transaction. Several processes may do so at once.

    Raises NotAStore for a database in which a table of another program has the name of one of ours, and StoreTooNew.
    """
    with closing(connect(url)) as connection:
        try:
            with connection.transaction(force_rollback=dry_run):
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key(None),))
                return _migrate(connection)
        except pg.DuplicateTable as error:
            raise NotAStore(
                f"The database holds other tables ({error.diag.message_primary}); nothing was touched."
            ) from None
        except psycopg.Error as error:
            raise told(error, connection) from None


def _migrate(connection: Connection) -> Migration:
    found = _schema(connection)
    if found is not None and found > SCHEMA:
        check(connection)
    return Migration(found, SCHEMA, tuple(_steps(connection, found)))


def _schema(connection: Connection) -> int | None:
    exists = connection.execute("SELECT to_regclass('kith_meta') IS NOT NULL").fetchone()
    return schema_of(connection) if exists and exists[0] else None


def _steps(connection: Connection, found: int | None) -> Iterator[str]:
    """Carry the steps out, and name each."""
    if found is None:
        _make(connection, LOG)
        _make(connection, _read_models())
        yield f"The tables were made, with schema {SCHEMA}."
    elif found < SCHEMA:
        _make(connection, (f"DROP TABLE IF EXISTS {table}" for table in (*FORMER, *TABLES)))
        _make(connection, _read_models())
        done = rebuild(PostgresTransaction(connection))
        yield f"Schema {found} became {SCHEMA}; the tables of {done.relationships} people were made anew from the log."
    if connection.execute(FOREIGN).fetchone():
        _make(connection, IN_ORDER)
        yield "The log came from another server; its order was put right. Readers of the log begin anew."
    connection.execute(
        "INSERT INTO kith_meta VALUES ('schema', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (str(SCHEMA),),
    )


def _read_models() -> Iterator[str]:
    """The tables of every store; texts are ordered by their bytes, as in SQLite."""
    for table, columns in TABLES.items():
        yield f"CREATE TABLE {table} ({columns.replace(' TEXT', BY_BYTES)})"
    for name, columns in INDEXES.items():
        yield f"CREATE INDEX {name} ON {columns}"


def _make(connection: Connection, statements: Iterator[str] | tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement.encode())
