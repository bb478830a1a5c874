"""Many relationships at once: copies of one, in the log and in the tables, under ids that count up."""

from __future__ import annotations

from uuid import UUID

from kith.domain.timers import timers
from kith.workflows import Kith
from kith.workflows.readmodels.schema import micros
from kith.workflows.settings import on_postgres
from kith.workflows.stores.sql import COLUMNS

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
IN_SQLITE = "printf('%016x%016x', ?, n)"
IN_POSTGRES = "lpad(to_hex(?::bigint), 16, '0') || lpad(to_hex(n::bigint), 16, '0')"


def clone(kith: Kith, address: str, template: UUID, count: int, *, number: int) -> list[UUID]:
    """Copy a relationship so many times; sets of copies differ by their number. Nobody is found by an address."""
    due = _due(kith, template)
    id_ = IN_POSTGRES if on_postgres(address) else IN_SQLITE
    told: dict[str, str] = {"id": id_, "next_due": due}
    row = ", ".join(told.get(column, column) for column in COLUMNS["relationships"])
    values = (count, number, template.hex)
    owner = kith.seeker().id.hex
    with kith.store.writing() as transaction:
        transaction.query(
            f"INSERT INTO stored_events (originator_id, originator_version, topic, state) {NUMBERS} "
            f"SELECT {id_}, originator_version, topic, state FROM numbers, stored_events "
            "WHERE originator_id = ? ORDER BY n, originator_version",
            values,
        )
        transaction.query(
            f"INSERT INTO relationships {NUMBERS} SELECT {row} FROM numbers, relationships "
            "WHERE id = ? AND seeker_id = ?",
            (*values, owner),
        )
    return [UUID(int=number << 64 | n) for n in range(1, count + 1)]


def _due(kith: Kith, template: UUID) -> str:
    """When the first of its timers fires, in SQL."""
    due = min(
        (t.due for t in timers(kith.relationship(template), kith.seeker().policy, kith.seeker().calendar)), default=None
    )
    return "NULL" if due is None else str(micros(due))


def spare(kith: Kith, template: UUID) -> None:
    """Take it off the due sheet, so that no sweep fires its timers; its copies stand there."""
    with kith.store.writing() as transaction:
        transaction.query("UPDATE relationships SET next_due = NULL WHERE id = ?", (template.hex,))
