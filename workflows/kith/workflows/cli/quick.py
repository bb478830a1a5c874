"""The way to the everyday reads: the store's file or database opened for reading, without the engine and its models."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from kith.domain.calendar import Calendar
from kith.domain.errors import NotFound
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import NOT_BEGUN, now, session
from kith.workflows.cli.whose import whose
from kith.workflows.errors import NotAStore, StoreBusy, StoreError, StoreTooNew
from kith.workflows.readmodels.people import Query
from kith.workflows.readmodels.schema import APPLICATION_ID, SCHEMA
from kith.workflows.settings import on_postgres

BUSY_SECONDS = 30.0


@dataclass(frozen=True)
class Look:
    """A consistent look at the tables of one seeker."""

    query: Query
    seeker: str
    calendar: Calendar
    now: datetime


@contextmanager
def look() -> Generator[Look]:
    """Open the store for reading. Raises NotFound where nobody has begun, and what the store itself would raise."""
    where = session().where
    with _database(where) if on_postgres(where) else _file(where) as query:
        if query is not None:
            yield _looking(query)
            return
    with engine() as kith:
        seeker = kith.seeker()
        with kith.store.reading() as reading:
            yield Look(reading.query, seeker.id.hex, seeker.calendar, now())


def _looking(query: Query) -> Look:
    id_, time_zone = whose(query, session().whose)
    return Look(query, id_, Calendar(time_zone), now())


@contextmanager
def _database(where: str) -> Generator[Query]:
    from kith.workflows.stores.postgres_connection import looking  # noqa: PLC0415 - its driver is needed only here

    with looking(where) as query:
        yield query


@contextmanager
def _file(where: str) -> Generator[Query | None]:
    """The tables of a file; None where there is none, or one that is to be brought up to date first."""
    if not Path(where).is_file():
        yield None
        return
    with closing(_connect(where)) as connection:
        try:
            connection.execute("BEGIN")
            current = _check(connection, where)
            yield (lambda sql, parameters: connection.execute(sql, parameters).fetchall()) if current else None
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error) or "busy" in str(error)
            raise StoreBusy if busy else StoreError(f"The store could not be used: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise NotAStore(f"{where} is no Kith store; nothing was touched.") from error


def _connect(where: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(Path(where).absolute()))}?mode=ro"
    try:
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise StoreError(f"The store {where} can't be opened: {error}.") from error


def _check(connection: sqlite3.Connection, where: str) -> bool:
    """Whether the schema is ours. Refuses, in the store's own sentences, what the store would refuse."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if not application and not connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
        raise NotFound(NOT_BEGUN)
    if application != APPLICATION_ID:
        raise NotAStore(f"{where} is no Kith store; nothing was touched.")
    if schema > SCHEMA:
        raise StoreTooNew(
            f"{where} was written by a newer Kith (schema {schema}, this one knows {SCHEMA}); nothing was touched. "
            "Upgrade Kith to open it."
        )
    return bool(schema == SCHEMA)
