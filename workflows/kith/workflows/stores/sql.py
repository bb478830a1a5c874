"""The statements on the read models, made once from their tables."""

from __future__ import annotations

import re
from functools import cache

from kith.workflows.readmodels.schema import OF_RELATIONSHIP, TABLES

MOST_VALUES = 900
"""Values in one statement: up to version 3.31, SQLite takes 999."""
_COLUMN = re.compile(r"(?:^|,)\s*([a-z_]+) (?:TEXT|INTEGER|BIGINT)")
_PRIMARY = {
    "seekers": ("id",),
    "relationships": ("seeker_id", "id"),
    "identities": ("seeker_id", "key"),
}

COLUMNS = {table: tuple(_COLUMN.findall(columns)) for table, columns in TABLES.items()}
"""Column names by table, in their order."""


def _insert(table: str) -> str:
    marks = ", ".join("?" * len(COLUMNS[table]))
    return f"INSERT INTO {table} VALUES ({marks})"


def _upsert(table: str) -> str:
    others = [column for column in COLUMNS[table] if column not in _PRIMARY[table]]
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    action = f"UPDATE SET {changes}" if others else "NOTHING"
    return f"{_insert(table)} ON CONFLICT ({', '.join(_PRIMARY[table])}) DO {action}"


def _delete(table: str, columns: tuple[str, ...]) -> str:
    return f"DELETE FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in columns)}"


INSERTS = {table: _insert(table) for table in OF_RELATIONSHIP}
UPSERTS = {table: _upsert(table) for table in _PRIMARY}
DELETES = {table: _delete(table, _PRIMARY[table]) for table in OF_RELATIONSHIP}
"""Deletes one row by its key."""


@cache
def of_many(insert: str, rows: int) -> str:
    """The statement that inserts so many rows instead of one.

    Where it fails, the rows before stay until the transaction is rolled back (``OR FAIL``), as all of ours is then:
    to take them back by itself, SQLite would copy each page before it changes it.
    """
    head, row = insert.removeprefix("INSERT ").split(" VALUES ")
    return f"INSERT OR FAIL {head} VALUES {', '.join([row] * rows)}"
