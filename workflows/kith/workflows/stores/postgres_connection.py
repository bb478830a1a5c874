"""Connections to PostgreSQL: how they are made, how our statements read there, and what goes wrong in plain words."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

from kith.domain.errors import Conflict, KithError
from kith.workflows.errors import (
    NotMigrated,
    StoreBusy,
    StoreError,
    StoreInterrupted,
    StoreTooNew,
)
from kith.workflows.readmodels.people import Query
from kith.workflows.readmodels.schema import SCHEMA

try:
    import psycopg
    from psycopg import errors as pg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.types.json import Json
    from psycopg.types.string import StrDumperUnknown, TextBinaryLoader, TextLoader
except ImportError as missing:
    raise StoreError("A store on PostgreSQL needs one more package: pip install 'kithkin[postgres]'.") from missing

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # it warns of lost connections, which we tell ourselves
Connection = psycopg.Connection[tuple[Any, ...]]
USUAL: dict[str, str | int] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "tcp_user_timeout": 30_000,
    "fallback_application_name": "kith",
}
"""What an address leaves open. Times are those of libpq: seconds, the third in milliseconds."""
READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
SCHEMA_SQL = "SELECT value FROM kith_meta WHERE key = 'schema'"


def connect(url: str) -> Connection:
    """A connection of one's own, which begins and ends transactions by statements. Raises StoreError."""
    try:
        connection = psycopg.connect(conninfo(url), autocommit=True)
    except psycopg.Error as error:
        raise unreachable(error) from None
    adapt(connection)
    return connection


def conninfo(url: str) -> str:
    """The address with what it leaves open; raises StoreError for one that is none."""
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise StoreError("That is no address of a PostgreSQL database: postgresql://user@host:5432/name.") from None
    if "@" in str(told.get("host", "")):  # an error would print a part of the password as the host's name
        raise StoreError("That is no address of a PostgreSQL database: an @ within a password is written %40.")
    usual = {name: value for name, value in USUAL.items() if name not in told}
    return make_conninfo(url, **usual)


def check(connection: Connection) -> None:
    """Refuse a database whose tables are not those that this code knows. Raises NotMigrated and StoreTooNew."""
    schema = schema_of(connection)
    if schema is None or schema < SCHEMA:
        raise NotMigrated(
            "The database has no tables of Kith's yet; run kith store migrate."
            if schema is None
            else f"The store has schema {schema}, and this Kith needs {SCHEMA}; run kith store migrate."
        )
    if schema > SCHEMA:
        raise StoreTooNew(
            f"The store was written by a newer Kith (schema {schema}, this one knows {SCHEMA}); nothing was touched. "
            "Upgrade Kith to open it."
        )


def schema_of(connection: Connection) -> int | None:
    """The schema of the tables; None if there are none."""
    try:
        found = connection.execute(SCHEMA_SQL).fetchone()
    except pg.UndefinedTable:
        return None
    except psycopg.Error as error:
        raise told(error, connection) from None
    return int(found[0]) if found else None


@contextmanager
def looking(url: str) -> Generator[Query]:
    """A consistent look at the tables, on a connection of its own. Raises StoreError."""
    with closing(connect(url)) as connection:
        check(connection)
        try:
            connection.execute(READING)
            yield lambda sql, parameters: connection.execute(translated(sql), parameters, binary=True).fetchall()
        except psycopg.Error as error:
            raise told(error, connection) from None


@lru_cache(maxsize=256)
def translated(sql: str) -> bytes:
    """A statement with ``?`` for each parameter, as psycopg takes it."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


# Errors


def told(error: psycopg.Error, connection: Connection) -> KithError:
    """The error in the store's own words. What the database says of values is left out: they may be personal."""
    if isinstance(error, pg.UniqueViolation | pg.SerializationFailure | pg.DeadlockDetected):
        return Conflict()
    if isinstance(error, pg.LockNotAvailable | pg.TooManyConnections):
        return StoreBusy()
    if isinstance(error, pg.UndefinedTable | pg.UndefinedColumn):
        return NotMigrated()
    if connection.closed or _is_lost(error):
        return StoreInterrupted()
    plain = isinstance(error, psycopg.OperationalError | pg.InsufficientPrivilege)
    why = error.diag.message_primary if plain else None
    return StoreError(f"The store could not be used: {why or f'{type(error).__name__}, {error.sqlstate}'}.")


def _is_lost(error: psycopg.Error) -> bool:
    """Whether the server goes away, or is gone: what has no state of SQL's, the client itself found, as it reads."""
    if type(error) is psycopg.OperationalError and error.sqlstate is None:
        return True
    return isinstance(error, pg.AdminShutdown | pg.CrashShutdown | pg.CannotConnectNow)


def unreachable(error: psycopg.Error) -> StoreError:
    """Why no connection could be had, as the server or the network says it."""
    if isinstance(error, pg.TooManyConnections):
        return StoreBusy("The PostgreSQL server has no connection left for us; nothing was written. Try again.")
    why = " ".join(str(error).split()) or type(error).__name__
    end = "" if why.endswith((".", "?")) else "."
    return StoreError(f"The PostgreSQL server can't be reached: {why}{end} Check the address, and try again.")


# Texts: PostgreSQL has no room for the character NUL, and what people paste may hold one.

_MARK = "\ufffe"


class _Dumper(StrDumperUnknown):
    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        """The text, with NUL written as two other characters."""
        return super().dump(_written(obj))


class _Loader(TextLoader):
    def load(self, data: bytes | bytearray | memoryview) -> bytes | str:
        """The text as it was written."""
        return _read(super().load(data))


class _BinaryLoader(TextBinaryLoader):
    def load(self, data: bytes | bytearray | memoryview) -> bytes | str:
        """The text as it was written."""
        return _read(super().load(data))


def _written(text: str) -> str:
    if "\x00" in text or _MARK in text:
        return text.replace(_MARK, f"{_MARK}1").replace("\x00", f"{_MARK}0")
    return text


def as_json(rows: list[dict[str, Any]]) -> Json:
    """Rows as one value of JSON, with NUL in their texts written as in others."""
    from pydantic_core import to_json  # noqa: PLC0415 - everyday reads, which write no rows, do without it

    told = to_json(rows)
    if b"\\u0000" in told or _MARK.encode() in told:
        told = to_json([{name: _written(v) if isinstance(v, str) else v for name, v in row.items()} for row in rows])
    return Json(told, dumps=bytes)


def _read(text: bytes | str) -> bytes | str:
    if isinstance(text, str) and _MARK in text:
        return text.replace(f"{_MARK}0", "\x00").replace(f"{_MARK}1", _MARK)
    return text


def adapt(connection: Connection) -> None:
    """Let the connection take texts as they are."""
    connection.adapters.register_dumper(str, _Dumper)
    connection.adapters.register_loader("text", _Loader)
    connection.adapters.register_loader("text", _BinaryLoader)
