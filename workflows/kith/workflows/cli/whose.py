"""Whose relationships a command is about, where several seekers share a store."""

from __future__ import annotations

from uuid import UUID

from kith.domain.errors import Ambiguous, NotFound
from kith.workflows.cli.session import NOT_BEGUN
from kith.workflows.errors import SeveralSeekers
from kith.workflows.readmodels.people import Query

LEAST = 4
"""Characters of an id that are taken for one."""
LISTED = 10


def whose(query: Query, told: str | None) -> tuple[str, str]:
    """The id, without hyphens, and the time zone of the seeker who is meant: the one who was named, or the only one.

    Raises NotFound, Ambiguous or SeveralSeekers.
    """
    if told is not None:
        return _named(query, told.strip())
    found = query("SELECT id, time_zone FROM seekers LIMIT 2", ())
    if not found:
        raise NotFound(NOT_BEGUN)
    if len(found) > 1:
        raise SeveralSeekers
    return found[0][0], found[0][1]


def _named(query: Query, told: str) -> tuple[str, str]:
    digits = told.replace("-", "").lower()
    by_id = len(digits) >= LEAST and set(digits) <= set("0123456789abcdef")
    found = _found(query, "id LIKE ?", f"{digits}%") if by_id else []
    found = found or _found(query, "name = ?", told)
    if not found:
        raise NotFound(f"There is no seeker {told!r} in this store; kith seekers lists them.")
    if len(found) > 1:
        named = [f"{UUID(id_)}  {name}" for id_, _, name in found]
        raise Ambiguous(f"Several seekers answer to {told!r}; say which one by its id.", named)
    return found[0][0], found[0][1]


def _found(query: Query, where: str, value: str) -> list[tuple[str, str, str]]:
    rows = query(f"SELECT id, time_zone, name FROM seekers WHERE {where} ORDER BY name, id LIMIT {LISTED}", (value,))
    return [(id_, time_zone, name) for id_, time_zone, name in rows]
