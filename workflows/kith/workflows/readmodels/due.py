"""What is due by now, straight from the due sheet: what these queries cost depends on what is due alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zlib import crc32

from kith.workflows.readmodels.schema import micros

Query = Callable[[str, Sequence[Any]], list[Any]]


class Place(NamedTuple):
    """A relationship's place in the order in which something becomes due."""

    next_due: int
    relationship_id: str


BEGINNING = Place(-(2**63), "")

PAGE = """
    SELECT next_due, id FROM relationships
    WHERE seeker_id = ? AND next_due <= ? AND (next_due, id) > (?, ?) ORDER BY next_due, id LIMIT ?
"""
COUNT = "SELECT COUNT(*) FROM relationships WHERE seeker_id = ? AND next_due <= ?"
SEEKERS = """
    SELECT id FROM (
        SELECT id, (SELECT MIN(next_due) FROM relationships WHERE seeker_id = seekers.id AND next_due <= ?) AS first_due
        FROM seekers LIMIT 9223372036854775807
    ) of_each
    WHERE first_due IS NOT NULL ORDER BY first_due, id
"""
"""Of each seeker, the top of their due sheet: an index by the instant alone would cost every command a page.

The limit, which limits nothing, keeps SQLite from looking it up twice."""


def due_relationships(query: Query, seeker_id: str, now: datetime, after: Place, limit: int) -> list[Place]:
    """The next relationships of a seeker of which anything is due by now."""
    return [Place(*row) for row in query(PAGE, (seeker_id, micros(now), *after, limit))]


def count_due(query: Query, seeker_id: str, now: datetime) -> int:
    """Of how many relationships of a seeker anything is due by now."""
    count: int = query(COUNT, (seeker_id, micros(now)))[0][0]
    return count


def due_seekers(query: Query, now: datetime, shard: int, shards: int) -> list[str]:
    """The seekers of a shard with anything due by now, who have waited longest first."""
    return [id_ for (id_,) in query(SEEKERS, (micros(now),)) if shard_of(id_, shards) == shard]


def shard_of(seeker_id: str, shards: int) -> int:
    """The shard of a seeker: the same for the same id, on every machine and for ever."""
    return crc32(seeker_id.encode()) % shards
