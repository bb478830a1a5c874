"""The statements on the log and the read models, the latter made once from their tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, compress

from kith.workflows.readmodels.rows import Row
from kith.workflows.readmodels.schema import OF_RELATIONSHIP, TABLES

MOST_VALUES = 900
"""Values in one statement: up to version 3.31, SQLite takes 999."""
_COLUMN = re.compile(r"(?:^|,)\s*([a-z_]+) (?:TEXT|INTEGER|BIGINT)")
PRIMARY = {
    "seekers": ("id",),
    "relationships": ("seeker_id", "id"),
    "identities": ("seeker_id", "key"),
    "ties": ("seeker_id", "one", "other", "noted_by", "version"),
    "backgrounds": ("seeker_id", "relationship_id", "version"),
}

COLUMNS: dict[str, tuple[str, ...]] = {table: tuple(_COLUMN.findall(columns)) for table, columns in TABLES.items()}
"""Column names by table, in their order."""


def _values(table: str) -> str:
    return f"VALUES ({', '.join('?' * len(COLUMNS[table]))})"


def inserting(table: str, rows: str) -> str:
    """The statement that inserts rows that are new, wherever they come from."""
    return f"INSERT INTO {table} {rows}"


def upserting(table: str, rows: str) -> str:
    """The statement that brings rows up to date, or inserts those that are new."""
    others = [column for column in COLUMNS[table] if column not in PRIMARY[table]]
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    action = f"UPDATE SET {changes}" if others else "NOTHING"
    return f"{inserting(table, rows)} ON CONFLICT ({', '.join(PRIMARY[table])}) DO {action}"


def _delete(table: str, columns: tuple[str, ...]) -> str:
    return f"DELETE FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in columns)}"


INSERTS = {table: inserting(table, _values(table)) for table in OF_RELATIONSHIP}
UPSERTS = {table: upserting(table, _values(table)) for table in PRIMARY}
DELETES = {table: _delete(table, PRIMARY[table]) for table in OF_RELATIONSHIP}
"""Deletes one row by its key."""

EVENTS = (
    "SELECT originator_version, topic, state FROM stored_events "
    "WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version"
)
COMMAND = "SELECT originator_id, originator_version FROM commands WHERE seeker_id = ? AND command_id = ?"
REMEMBER = "INSERT INTO commands VALUES (?, ?, ?, ?) ON CONFLICT (seeker_id, command_id) DO NOTHING"


def marks(values: Sequence[object]) -> str:
    """A question mark for each value; a list without values would be no SQL."""
    return ", ".join("?" * len(values)) or "NULL"


def of_many(insert: str, rows: Sequence[Row]) -> tuple[str, Row]:
    """A statement that inserts all of these rows by itself, and its values.

    A column that none of the rows tells stands in it as NULL: Python would look for an adapter of each None, which
    took a third of the time.
    """
    if None not in rows[0]:
        return _inserting(insert, len(rows), (True,) * len(rows[0])), tuple(chain.from_iterable(rows))
    columns = tuple(zip(*rows, strict=True))
    told = tuple([column[0] is not None or column.count(None) < len(rows) for column in columns])
    left = zip(*compress(columns, told), strict=True)
    return _inserting(insert, len(rows), told), tuple(chain.from_iterable(left))


@cache
def _inserting(insert: str, rows: int, told: tuple[bool, ...]) -> str:
    """The statement; where it fails, the rows before stay until the transaction is rolled back, as all of ours is then.

    To take them back by itself, without ``OR FAIL``, SQLite would copy each page before it changes it.
    """
    head, _ = insert.removeprefix("INSERT ").split(" VALUES ")
    row = f"({', '.join('?' if one else 'NULL' for one in told)})"
    return f"INSERT OR FAIL {head} VALUES {', '.join([row] * rows)}"
