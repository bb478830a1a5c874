"""People and the board straight from the tables: needs only the standard library, so that it answers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from kith.domain.people import email_key, linkedin_key, name_key
from kith.workflows.readmodels.schema import instant, micros

Query = Callable[[str, Sequence[Any]], list[Any]]

EVERYBODY = 2**31 - 1
_COLUMNS = (
    "r.id, r.name, r.company, r.position, r.origin, r.stage, r.earned, r.tier, r.closed, r.snoozed_until, "
    "r.last_touch, r.last_inbound, r.gifts, r.waiting"
)


class Listed(NamedTuple):
    """One person in a list."""

    id: str
    name: str
    company: str | None
    position: str | None
    origin: str
    stage: int
    earned: int
    """The highest stage reached without skipping one."""
    tier: int | None
    status: str
    """active, snoozed, dormant or closed."""
    last_touch: datetime | None
    last_inbound: datetime | None
    gifts: int
    waiting: str | None
    """Asks that wait for an answer."""


def people(
    query: Query, seeker_id: str, now: datetime, *, search: str = "", least_stage: int = 1, limit: int = EVERYBODY
) -> list[Listed]:
    """People by name; ``search`` looks in names, companies and positions."""
    where, parameters = "", []
    if search.strip():
        where = f"AND (r.name_key {_LIKE} OR lower(r.company) {_LIKE} OR lower(r.position) {_LIKE})"
        text = f"%{_literal(search.lower())}%"
        parameters = [f"%{_literal(name_key(search))}%", text, text]
    sql = f"""
        SELECT {_COLUMNS}, s.dormant_days FROM relationships r JOIN seekers s ON s.id = r.seeker_id
        WHERE r.seeker_id = ? AND r.stage >= ? {where} ORDER BY r.name_key, r.id LIMIT ?
    """
    rows = query(sql, (seeker_id, least_stage, *parameters, limit))
    return [_listed(row, now) for row in rows]


def _listed(row: Sequence[Any], now: datetime) -> Listed:
    id_, name, company, position, origin, stage, earned, tier, closed, snoozed, touch, inbound, gifts, waiting, days = (
        row
    )
    status = _status(bool(closed), snoozed, touch, now, days)
    return Listed(
        id_, name, company, position, origin, stage, earned, tier, status, None if touch is None else instant(touch),
        None if inbound is None else instant(inbound), gifts, waiting,
    )  # fmt: skip


def _status(closed: bool, snoozed: int | None, touch: int | None, now: datetime, days: int) -> str:
    if closed:
        return "closed"
    if snoozed is not None and micros(now) < snoozed:
        return "snoozed"
    asleep = touch is not None and now - instant(touch) >= timedelta(days=days)
    return "dormant" if asleep else "active"


def find(query: Query, seeker_id: str, who: str) -> list[str]:
    """The ids of the relationships that ``who`` may stand for: an address, the start of an id, or a name.

    An address decides; then a whole name, a whole id or the start of one (six digits or more), then a part of a name.
    """
    key = linkedin_key(who) or email_key(who)
    if key:
        sql = "SELECT relationship_id FROM identities WHERE seeker_id = ? AND key = ?"
        return [row[0] for row in query(sql, (seeker_id, key))]
    whole = "SELECT id FROM relationships WHERE seeker_id = ? AND name_key = ?"
    folded = name_key(who)
    found = [row[0] for row in query(whole, (seeker_id, folded))]
    start = who.strip().replace("-", "").lower()
    if not found and len(start) >= 6 and all(c in "0123456789abcdef" for c in start):
        sql = "SELECT id FROM relationships WHERE seeker_id = ? AND id LIKE ?"
        found = [row[0] for row in query(sql, (seeker_id, f"{start}%"))]
    if not found and folded:
        sql = f"SELECT id FROM relationships WHERE seeker_id = ? AND (name_key {_LIKE} OR name_key {_LIKE}) LIMIT 20"
        part = _literal(folded)
        found = [row[0] for row in query(sql, (seeker_id, f"{part}%", f"% {part}%"))]
    return found


def known_by(query: Query, keys: Sequence[str]) -> list[str]:
    """The ids of all seekers' relationships to the person whom these identity keys belong to.

    Each seeker's keys are looked up: an index of keys over all seekers would cost every import, and this is asked
    only where an introduction is at stake.
    """
    if not keys:
        return []
    sql = f"""
        SELECT DISTINCT i.relationship_id FROM seekers s CROSS JOIN identities i
        WHERE i.seeker_id = s.id AND i.key IN ({", ".join("?" * len(keys))})
    """
    return [row[0] for row in query(sql, keys)]


_LIKE = "LIKE ? ESCAPE '!'"


def _literal(text: str) -> str:
    """The text without a meaning of its own in a LIKE."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
