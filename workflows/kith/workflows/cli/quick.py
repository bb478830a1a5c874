"""The way to the everyday reads: the store's file opened read-only, without the engine and its models."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from kith.domain.calendar import Calendar
from kith.domain.errors import NotApplicable, NotFound
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import NOT_BEGUN, now, session
from kith.workflows.errors import NotAStore, StoreBusy, StoreError, StoreTooNew
from kith.workflows.readmodels.people import Query
from kith.workflows.readmodels.schema import APPLICATION_ID, SCHEMA

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
    if "://" in where or not Path(where).is_file():
        with engine() as kith:
            seeker = kith.seeker()
            with kith.store.reading() as reading:
                yield Look(reading.query, seeker.id.hex, seeker.calendar, now())
        return
    with closing(_connect(where)) as connection:
        try:
            connection.execute("BEGIN")
            yield _looking(connection, where)
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


def _looking(connection: sqlite3.Connection, where: str) -> Look:
    _check(connection, where)
    found = connection.execute("SELECT id, time_zone FROM seekers LIMIT 2").fetchall()
    if not found:
        raise NotFound(NOT_BEGUN)
    if len(found) > 1:
        raise NotApplicable("This store holds several seekers; say which one.")
    return Look(_querying(connection), found[0][0], Calendar(found[0][1]), now())


def _querying(connection: sqlite3.Connection) -> Query:
    return lambda sql, parameters: connection.execute(sql, parameters).fetchall()


def _check(connection: sqlite3.Connection, where: str) -> None:
    """Refuse, in the store's own sentences, what the store would refuse."""
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
