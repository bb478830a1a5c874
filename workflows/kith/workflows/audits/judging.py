"""Puts policies to a log: those who are judged together, one after the other, each by its own events in order."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.log import Log
from kith.workflows.audits.reading.reader import FOR_EVER
from kith.workflows.audits.reading.revisions import Change
from kith.workflows.audits.revising import Revising
from kith.workflows.audits.roles import Together, together
from kith.workflows.audits.vocabulary.names import BY_WORDS
from kith.workflows.readmodels.schema import micros

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""
AT_ONCE = 50_000
"""Events between two words of progress; of those judged together, no more are held at a time."""
_STRETCH = 40
"""More than that are sorted by stretches of 2**40 microseconds, 13 days."""


class Judging:
    """Policies that are being put to a log."""

    def __init__(self, policies: Sequence[Compiled], log: Log, *, as_of: int, happened: bool) -> None:
        self.log, self.happened = log, happened
        self.monitors = [
            policy.step.monitor(policy, log, as_of=as_of, since=_since(policy, log), in_order=happened)
            for policy in policies
        ]
        self.scopes = together(self.monitors, log)

    def run(
        self, changes: Mapping[int, Sequence[Change]] | None = None, progress: Progress = lambda _, __: None
    ) -> None:
        """Judge everything; ``changes`` tell which rows read differently from some row on, as recorded."""
        scopes = self.scopes
        revising = Revising(self.log, scopes, changes or {})
        revising.run()
        closed, done, told = self._closed(), 0, 0
        revising.end(closed)
        for scope in scopes:
            for key, rows in scope.groups().items():
                if not revising.has(scope, key):
                    self._judge(scope, rows, closed)
                done += len(rows)
                if done >= told + AT_ONCE:
                    told = done
                    progress(done, len(self.log) * len(scopes))
        progress(1, 1)

    def _judge(self, scope: Together, rows: Sequence[int], closed: Mapping[int, int]) -> None:
        """Show all of those that are judged together to the monitors that judge any of them."""
        present = set(map(self.log.code.__getitem__, rows))
        alike = [one for one in scope.alike if not one.judged.isdisjoint(present)]
        states: dict[AnyMonitor, Any] = {}
        for some in self._in_order(rows) if alike else ():
            codes = [*map(self.log.code.__getitem__, some)]
            for monitors, roles, _ in alike:
                events = [(row, role) for row, code in zip(some, codes, strict=True) if (role := roles[code])]
                for monitor in monitors:
                    states[monitor] = monitor.see(states.get(monitor), events)
        for monitor, state in states.items():
            if state is not None:
                monitor.end(state, closed)

    def _in_order(self, rows: Sequence[int]) -> Iterable[Sequence[int]]:
        """The rows in the order of the audit, some at a time; those of one instant as they were recorded."""
        at = self.log.at.__getitem__
        if len(rows) <= AT_ONCE:
            return [sorted(rows, key=at) if self.happened else rows]
        if not self.happened:
            return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
        stretches: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))
        for row in rows:
            stretches[at(row) >> _STRETCH].append(row)
        return (sorted(stretches.pop(stretch), key=at) for stretch in sorted(stretches))

    def _closed(self) -> Mapping[int, int]:
        """Of each relationship that is closed in the end, the row of its closing."""
        ends = {BY_WORDS[name].kinds[0].topic: name == "closing" for name in ("closing", "reopening")}
        codes = {code: ends[sign.topic] for code, sign in enumerate(self.log.signs) if sign.topic in ends}
        found: dict[int, int] = {}
        if codes:
            rows = [row for row, code in enumerate(self.log.code) if code in codes]
            for row in sorted(rows, key=self.log.at.__getitem__) if self.happened else rows:
                found.update({self.log.of(row): row}) if codes[self.log.code[row]] else found.pop(
                    self.log.of(row), None
                )
        return found


def _since(policy: Compiled, log: Log) -> int:
    """From when on events are judged: the first instant of the day, in the days of the seeker if there is one."""
    if policy.since is None:
        return -FOR_EVER
    return micros(log.calendar.at(policy.since, time()))
