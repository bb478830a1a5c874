"""Judges in the order of recording where facts were taken back or corrected on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.log import Log
from kith.workflows.audits.reading.revisions import Change
from kith.workflows.audits.roles import Alike, Together


class Revising:
    """Those judged together of whom something reads differently from some row on.

    Before they are next judged, their past is seen anew, without being judged again.
    """

    def __init__(self, log: Log, scopes: Sequence[Together], changes: Mapping[int, Sequence[Change]]) -> None:
        self._log, self._changes = log, changes
        self._codes: defaultdict[int, set[int]] = defaultdict(set)
        """Of each row that changes, all codes that it ever has."""
        for change in (change for many in changes.values() for change in many):
            self._codes[change.row] |= {log.code[change.row], change.code}
        self._groups = {scope: self._groups_of(scope) for scope in scopes}

    def _groups_of(self, scope: Together) -> dict[Hashable, _Group]:
        keys = {scope.key(row, code) for row, codes in self._codes.items() for code in codes} - {None}
        groups = {key: _Group(self._log, scope, key) for key in keys}
        for row, code in enumerate(self._log.code) if groups else ():
            for key in {scope.key(row, one) for one in self._codes.get(row, (code,))} & keys:
                groups[key].rows.append(row)
        return groups

    def has(self, scope: Together, key: Hashable) -> bool:
        """Whether those are judged here."""
        return key in self._groups[scope]

    def _all(self) -> Iterator[_Group]:
        for groups in self._groups.values():
            yield from groups.values()

    def run(self) -> None:
        """Judge them, row by row."""
        groups_of: defaultdict[int, list[_Group]] = defaultdict(list)
        for group in self._all():
            for row in group.rows:
                groups_of[row].append(group)
        for row in sorted({*groups_of, *self._changes}):
            for change in self._changes.get(row, ()):
                self._change(change, groups_of[change.row])
            for group in groups_of.get(row, ()):
                group.see(row)

    def _change(self, change: Change, groups: Sequence[_Group]) -> None:
        for group in groups:
            group.forget(change.row)
        self._log.change(*change)
        for group in groups:
            group.forget(change.row)

    def end(self, closed: Mapping[int, int]) -> None:
        """The log is over; ``closed`` tells of each closed relationship the row of its closing."""
        for group in self._all():
            group.end(closed)


class _Group:
    """Events that are judged together, and what the monitors remember of them."""

    def __init__(self, log: Log, scope: Together, key: Hashable) -> None:
        self._log, self._scope, self._key = log, scope, key
        self.rows: list[int] = []
        """All that ever belong to it, in the order of recording."""
        self._seen = 0
        """How many of them were seen."""
        self._states: dict[AnyMonitor, Any] = {}
        self._stale: set[int] = set()
        """Those of the monitors, by their place, who know an event otherwise than it reads now."""

    def _interested(self, row: int) -> Iterator[tuple[int, Alike, int]]:
        """To whom an event is something, as it reads now, and what."""
        code = self._log.code[row]
        if self._scope.key(row, code) == self._key:
            for place, alike in enumerate(self._scope.alike):
                if alike.roles[code]:
                    yield place, alike, alike.roles[code]

    def forget(self, row: int) -> None:
        """An event is about to read differently, or now does."""
        self._stale.update(place for place, _, _ in self._interested(row))

    def see(self, row: int) -> None:
        """Judge one more event."""
        for place, alike, role in self._interested(row):
            self._renew(place)
            for monitor in alike.monitors:
                self._states[monitor] = monitor.see(self._states.get(monitor), [(row, role)])
        self._seen += 1

    def _renew(self, place: int) -> None:
        """Let monitors see the past anew, if it changed since."""
        if place not in self._stale:
            return
        self._stale.discard(place)
        alike = self._scope.alike[place]
        past = [(row, alike.roles[self._log.code[row]]) for row in self.rows[: self._seen] if self._here(row)]
        events = [(row, role) for row, role in past if role]
        for monitor in alike.monitors:
            before = self._states.pop(monitor, None)
            state = monitor.remember(events)
            self._states[monitor] = None if state is None else monitor.resumed(state, before)

    def _here(self, row: int) -> bool:
        return self._scope.key(row, self._log.code[row]) == self._key

    def end(self, closed: Mapping[int, int]) -> None:
        """There are no more of them."""
        for place in list(self._stale):
            self._renew(place)
        for monitor, state in self._states.items():
            if state is not None:
                monitor.end(state, closed)
