"""Writing read models anew from the log: of one seeker when the policy changed, or of everybody by ``kith rebuild``."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.states import Fold, State
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import OnCorrupt, Reading, Writing
from kith.workflows.readmodels.rows import Row, Rows, relationship_rows, seeker_row
from kith.workflows.readmodels.schema import OF_RELATIONSHIP

CHUNK = 1_000
READ_AT_ONCE = 200
"""Aggregates that are read by one query."""


class Rebuilt(NamedTuple):
    """What a rebuild did."""

    seekers: int
    relationships: int
    corrupt: list[CorruptEvent]
    """Rows that can't be read; the relationships that they belong to have no rows until they are mended."""


def redraw(transaction: Writing, seeker: Seeker) -> None:
    """Write the rows of all relationships of one seeker anew."""
    ids = transaction.query("SELECT id FROM relationships WHERE seeker_id = ?", (seeker.id.hex,))
    transaction.clear_rows(seeker.id)
    states = _folded(transaction, [UUID(id_) for (id_,) in ids], fold, _told_by_the_scan)
    _insert(transaction, states, {seeker.id: seeker}, None)


def rebuild(transaction: Writing, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Recreate every read model from the log."""
    corrupt: list[CorruptEvent] = []
    found = seekers(transaction, _told_by_the_scan)
    transaction.clear_rows()
    for seeker in found.values():
        transaction.write_seeker(seeker_row(seeker))
    transaction.rebuild_commands(corrupt.append)
    count = _insert(transaction, relationships(transaction, _told_by_the_scan), found, progress)
    return Rebuilt(len(found), count, corrupt)


def _insert(
    transaction: Writing, states: Iterator[Relationship], found: dict[UUID, Seeker],
    progress: Callable[[int, int], None] | None,
) -> int:  # fmt: skip
    total = len(relationship_ids(transaction)) if progress else 0
    count, waiting = 0, list[Rows]()
    for state in states:
        if state.removed or state.seeker_id not in found:
            continue
        waiting.append(relationship_rows(state, found[state.seeker_id]))
        count += 1
        if len(waiting) == CHUNK:
            transaction.insert_rows(waiting)
            waiting = []
            if progress:
                progress(count, total)
    transaction.insert_rows(waiting)
    return count


def _told_by_the_scan(problem: CorruptEvent) -> None:
    """A scan of the whole log names every damaged row, so that each is named once."""


def relationship_ids(reading: Reading) -> list[UUID]:
    """Every relationship that was ever opened, in the order of the log."""
    return _born(reading, e.RelationshipOpened.TOPIC)


def relationships_of(reading: Reading, seeker_id: UUID, on_corrupt: OnCorrupt) -> list[UUID]:
    """Every relationship that a seeker ever opened, also those that were taken back, in the order of the log."""
    named = reading.scan(on_corrupt, str(seeker_id))
    opened = ((r.originator_id, r.event) for r in named)
    return [id_ for id_, event in opened if isinstance(event, e.RelationshipOpened) and event.seeker_id == seeker_id]


def _born(reading: Reading, topic: str) -> list[UUID]:
    sql = "SELECT originator_id FROM stored_events WHERE originator_version = 1 AND topic = ? ORDER BY sequence"
    return [UUID(id_) for (id_,) in reading.query(sql, (topic,))]


def relationships(reading: Reading, on_corrupt: OnCorrupt) -> Iterator[Relationship]:
    """Every relationship, folded from the log; one with a row that can't be read is told and left out."""
    return _folded(reading, relationship_ids(reading), fold, on_corrupt)


def _folded(reading: Reading, ids: Sequence[UUID], fold: Fold[State], on_corrupt: OnCorrupt) -> Iterator[State]:
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        found = reading.events_of(some)
        for id_ in some:
            try:
                state = fold(found[id_] if id_ in found else reading.events(id_))
            except CorruptEvent as problem:
                on_corrupt(problem)
                continue
            if state is not None:
                yield state


def seekers(reading: Reading, on_corrupt: OnCorrupt) -> dict[UUID, Seeker]:
    """Every seeker by id, folded from the log."""
    born = _born(reading, s.SeekerRegistered.TOPIC)
    return {seeker.id: seeker for seeker in _folded(reading, born, s.fold, on_corrupt)}


def differences(reading: Reading) -> list[str]:
    """What differs between the read models and the log, one sentence each; damaged rows first."""
    corrupt: list[CorruptEvent] = []
    deque(reading.scan(corrupt.append), maxlen=0)
    found = seekers(reading, _told_by_the_scan)
    expected: dict[str, set[Row]] = {table: set() for table in OF_RELATIONSHIP}
    for state in relationships(reading, _told_by_the_scan):
        if state.seeker_id in found:
            for table, rows in zip(OF_RELATIONSHIP, relationship_rows(state, found[state.seeker_id]), strict=True):
                expected[table].update(rows)
    stale = [table for table in OF_RELATIONSHIP if set(reading.query(f"SELECT * FROM {table}")) != expected[table]]
    if set(reading.query("SELECT * FROM seekers")) != {seeker_row(seeker) for seeker in found.values()}:
        stale.append("seekers")
    told = [f"The table {table} differs from the log; kith rebuild recreates it." for table in stale]
    return [str(problem) for problem in corrupt] + told
