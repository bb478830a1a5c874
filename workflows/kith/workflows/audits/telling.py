"""What monitors found, as violations: the events with their ids and times, whom they are about, and what came late."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from operator import lt
from typing import TypeVar
from uuid import UUID

from pydantic_core import from_json

from kith.domain.log import EVENTS, event_id
from kith.domain.speaking import SPEAKING
from kith.workflows.audits.monitors.base import AnyMonitor, Found
from kith.workflows.audits.reading.log import Log
from kith.workflows.audits.report import Audited, Involved, Order, Violation
from kith.workflows.audits.roles import Together
from kith.workflows.ports import Reading
from kith.workflows.readmodels.schema import instant

One = TypeVar("One")
AT_ONCE = 400
"""Ids in one question to the store."""
RECORDED = """
    WITH wanted (id, version) AS (VALUES {events})
    SELECT id, version, state FROM wanted CROSS JOIN stored_events
    WHERE originator_id = id AND originator_version = version
"""
"""A cross join has SQLite look each event up; for a list of pairs it would look through the whole log."""
EVENT = "(CAST(? AS TEXT), CAST(? AS BIGINT))"
NAMES = "SELECT id, name FROM relationships WHERE id IN ({ids})"


class Teller:
    """Tells what the monitors of one audit found."""

    def __init__(self, reading: Reading, log: Log, order: Order, scopes: Iterable[Together]) -> None:
        self._reading, self._log, self._order = reading, log, order
        self._recorded: dict[int, datetime] = {}
        self._seen_as = {
            monitor: (scope, alike.roles) for scope in scopes for alike in scope.alike for monitor in alike.monitors
        }

    def violations(self, monitor: AnyMonitor) -> Iterator[Violation]:
        """The violations of one policy, in the order in which they came about."""
        found = sorted(monitor.found, key=self._place)
        rows = {row for one in found for row in one.rows}
        late = self._late(monitor, rows) if rows else {}
        self._look_up(rows.union(late.values()))
        for one in found:
            learned_late = any(self._recorded[row] > self._recorded[late[row]] for row in one.rows if row in late)
            yield Violation(
                monitor.policy.policy.id, self._relationships(one), tuple(map(self._involved, one.rows)),
                instant(one.at), one.sentence, learned_late,
            )  # fmt: skip

    def _place(self, found: Found) -> tuple[int, int]:
        happened = self._order is Order.HAPPENED
        return (found.at if happened else 0, found.rows[0])

    def _relationships(self, found: Found) -> tuple[UUID, ...]:
        ids = (self._log.relationship_of(row) for row in found.rows)
        return tuple(dict.fromkeys(id_ for id_ in ids if id_ is not None))

    def _involved(self, row: int) -> Involved:
        log = self._log
        name = SPEAKING[EVENTS[log.topic(row)]]
        id_ = event_id(log.uuids[log.aggregate[row]], log.version[row])
        return Involved(id_, name, instant(log.at[row]), self._recorded[row], log.relationship_of(row))

    def _look_up(self, rows: Iterable[int]) -> None:
        """When these events were recorded."""
        log = self._log
        wanted = {(log.ids[log.aggregate[row]], log.version[row]): row for row in rows if row not in self._recorded}
        for events in _few(sorted(wanted)):
            sql = RECORDED.format(events=", ".join([EVENT] * len(events)))
            for id_, version, state in self._reading.query(sql, [part for event in events for part in event]):
                self._recorded[wanted[id_, version]] = datetime.fromisoformat(from_json(state)["$"]["r"])

    def _late(self, monitor: AnyMonitor, wanted: Set[int]) -> Mapping[int, int]:
        """Which rows stand after one that happened later, of all that are something to the policy; with that one."""
        if self._order is not Order.HAPPENED:
            return {}
        (scope, roles), log = self._seen_as[monitor], self._log
        late, last = dict[int, int](), dict[Hashable, int]()
        for row in range(self._in_order_from):
            code = log.code[row]
            if roles[code]:
                key = scope.key(row, code)
                latest = last.setdefault(key, row)
                if log.at[row] >= log.at[latest]:
                    last[key] = row
                elif row in wanted:
                    late[row] = latest
        return late

    @cached_property
    def _in_order_from(self) -> int:
        """From which row on everything was recorded in the order in which it happened."""
        return bytearray(map(lt, self._log.at, accumulate(self._log.at, max))).rfind(1) + 1


def names_of(reading: Reading, audited: Iterable[Audited]) -> Mapping[UUID, str]:
    """The names of the people whom violations are about."""
    about = {id_ for one in audited for violation in one.violations for id_ in violation.relationships}
    found: dict[UUID, str] = {}
    for ids in _few(sorted(id_.hex for id_ in about)):
        found.update((UUID(id_), name) for id_, name in reading.query(NAMES.format(ids=_marks(ids)), ids))
    return found


def _few(many: Sequence[One]) -> Iterator[Sequence[One]]:
    for start in range(0, len(many), AT_ONCE):
        yield many[start : start + AT_ONCE]


def _marks(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))
