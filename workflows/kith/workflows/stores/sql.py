"""The statements on the read models, made once from their tables."""

from __future__ import annotations

import re
from operator import itemgetter

from kith.workflows.readmodels.rows import Row
from kith.workflows.readmodels.schema import OF_RELATIONSHIP, TABLES

_COLUMN = re.compile(r"(?:^|,)\s*([a-z_]+) (?:TEXT|INTEGER|BIGINT)")
_PRIMARY = {
    "seekers": ("id",),
    "relationships": ("seeker_id", "id"),
    "identities": ("seeker_id", "key"),
    "timers": ("due", "seeker_id", "relationship_id", "kind", "subject"),
    "agenda": ("seeker_id", "relationship_id", "key"),
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
KEYS = {table: _delete(table, _PRIMARY[table]) for table in OF_RELATIONSHIP}
"""Deletes one row by its key."""
AGENDA_OF_ONE = "SELECT * FROM agenda WHERE seeker_id = ? AND relationship_id = ?"

_KEY = {table: itemgetter(*(COLUMNS[table].index(name) for name in _PRIMARY[table])) for table in OF_RELATIONSHIP}


def key_of(table: str, row: Row) -> Row:
    """The key of a row."""
    key: Row = _KEY[table](row)
    return key
