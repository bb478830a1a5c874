"""Puts policies to a log: each event, in order, goes to the monitors to which it is something."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any, NamedTuple, Protocol

from kith.workflows.audits.compiled import RELATIONSHIP, Compiled, Scope
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.instants import Times
from kith.workflows.audits.reading.log import GONE, Log, Sign
from kith.workflows.audits.reading.reader import FOR_EVER
from kith.workflows.audits.reading.revisions import Change
from kith.workflows.audits.vocabulary.names import BY_WORDS
from kith.workflows.readmodels.schema import micros

See = Callable[[int, Any, int], None]
AT_ONCE = 50_000
"""Events between two words of progress."""
_STRETCH = 40
"""Events are sorted by stretches of 2**40 microseconds, 13 days, so that few are held at a time."""


class Keys(Protocol):
    """Of each aggregate, the key of those that are judged together with it; None if it is not judged."""

    def __getitem__(self, aggregate: int, /) -> Hashable: ...


class Way(NamedTuple):
    """Where an event goes: to a monitor, under a key, and as what."""

    monitor: AnyMonitor
    see: See
    keys: Keys
    role: int


def in_order(log: Log) -> Iterator[Sequence[int]]:
    """The rows in the order in which they happened; those of one instant as they were recorded."""
    stretches: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))
    for row, at in enumerate(log.at):
        stretches[at >> _STRETCH].append(row)
    for stretch in sorted(stretches):
        yield sorted(stretches.pop(stretch), key=log.at.__getitem__)


def as_recorded(log: Log) -> Iterator[Sequence[int]]:
    """The rows in the order in which they were recorded."""
    for start in range(0, len(log), AT_ONCE):
        yield range(start, min(start + AT_ONCE, len(log)))


class Judging:
    """Policies that are being put to a log."""

    def __init__(self, policies: Sequence[Compiled], log: Log, *, as_of: int, happened: bool) -> None:
        self.log, self.happened = log, happened
        self.monitors = [
            policy.step.monitor(policy, log, as_of=as_of, since=_since(policy, log), in_order=happened)
            for policy in policies
        ]
        self._of_topic: defaultdict[str, list[AnyMonitor]] = defaultdict(list)
        for monitor in self.monitors:
            for topic in frozenset().union(*(events.topics for _, events in monitor.policy.roles())):
                self._of_topic[topic].append(monitor)
        self._telling = {topic: _telling(many, topic) for topic, many in self._of_topic.items()}
        self._roles: dict[object, list[tuple[AnyMonitor, int]]] = {}
        self._keys = _tables(log)
        self._ways: dict[int, tuple[Way, ...]] = {GONE: ()}

    def ways(self, code: int) -> tuple[Way, ...]:
        """Where events of a code go."""
        found = self._ways.get(code)
        if found is None:
            found = self._ways[code] = tuple(self._found(self.log.signs[code]))
        return found

    def _found(self, sign: Sign) -> Iterator[Way]:
        told = self.log.told(sign)
        for monitor, role in self._roles_of(sign, told):
            keys = self._keys_of(monitor.policy.scope, sign, told)
            if keys is not None:
                yield Way(monitor, monitor.see, keys, role)

    def _roles_of(self, sign: Sign, told: Mapping[str, Any]) -> list[tuple[AnyMonitor, int]]:
        """What an event is to whom; found out once for all that differ only in what no policy tells apart by."""
        same = (sign.topic, *(told.get(name) for name in self._telling.get(sign.topic, ())))
        found = self._roles.get(same)
        if found is None:
            monitors = self._of_topic.get(sign.topic, ())
            roles = ((monitor, monitor.policy.role_of(sign, told)) for monitor in monitors)
            found = self._roles[same] = [(monitor, role) for monitor, role in roles if role]
        return found

    def _keys_of(self, scope: Scope, sign: Sign, told: Mapping[str, Any]) -> Keys | None:
        if scope.attribute is not None:
            value = told.get(scope.attribute)
            return None if value is None else _Under(self.log.seeker, value)
        if scope.by == "seeker":
            return self.log.seeker if not sign.topic.startswith("connector-load.") else None
        if scope.by == "all":
            return self._keys["all"]
        return self._keys[scope.by] if not sign.topic.startswith(("seeker.", "connector-load.")) else None

    # Running

    def run(self, order: Iterable[Sequence[int]], progress: Callable[[int], None] = lambda _: None) -> None:
        """Show every event to the monitors."""
        done, code, aggregate = 0, self.log.code, self.log.aggregate
        ways = [[(way.see, way.keys, way.role) for way in self.ways(n)] for n in range(len(self.log.signs))]
        for rows in order:
            for row in rows:
                for see, keys, role in ways[code[row]]:
                    key = keys[aggregate[row]]
                    if key is not None:
                        see(row, key, role)
            done += len(rows)
            progress(done)

    def run_revised(self, changes: Mapping[int, Sequence[Change]]) -> None:
        """Show every event in the order of recording, while facts are taken back and corrected on the way.

        What is judged together with one of these is seen anew, without being judged again, before it is next judged.
        """
        past = _Past(self, {change.row for many in changes.values() for change in many})
        for row in range(len(self.log) + 1):
            for change in changes.get(row, ()):
                past.change(change)
            if row == len(self.log):
                past.renew_all()
                return
            for way in self.ways(self.log.code[row]):
                key = way.keys[self.log.aggregate[row]]
                if key is not None:
                    past.renew(way.monitor, key, row)
                    way.see(row, key, way.role)

    def finish(self) -> None:
        """The log is over."""
        closed = self._closed()
        for monitor in self.monitors:
            monitor.finish(closed)

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


class _Past:
    """The events that monitors have seen, where some of them are read differently afterwards."""

    def __init__(self, judging: Judging, revised: Iterable[int]) -> None:
        self._judging, self._log = judging, judging.log
        self._stale: set[tuple[AnyMonitor, Hashable]] = set()
        self._of: dict[Hashable, list[int]] = {self._log.of(row): [] for row in revised}
        for row in range(len(self._log)) if self._of else ():
            if (relationship := self._log.of(row)) in self._of:
                self._of[relationship].append(row)

    def change(self, change: Change) -> None:
        """An event reads differently from now on."""
        self._stale.update(self._seeing(change.row))
        self._log.change(*change)
        self._stale.update(self._seeing(change.row))

    def _seeing(self, row: int) -> Iterator[tuple[AnyMonitor, Hashable]]:
        for way in self._judging.ways(self._log.code[row]):
            yield way.monitor, way.keys[self._log.aggregate[row]]

    def renew(self, monitor: AnyMonitor, key: Hashable, until: int) -> None:
        """Let a monitor see the past anew, if it changed since."""
        if (monitor, key) not in self._stale:
            return
        self._stale.discard((monitor, key))
        before = monitor.states.pop(key, None)
        monitor.quiet = True
        for row in self._rows(monitor, key, until):
            for way in self._judging.ways(self._log.code[row]):
                if way.monitor is monitor and way.keys[self._log.aggregate[row]] == key:
                    way.see(row, key, way.role)
        monitor.quiet = False
        monitor.restore(key, before)

    def _rows(self, monitor: AnyMonitor, key: Hashable, until: int) -> Iterable[int]:
        if monitor.policy.scope.by != RELATIONSHIP:
            return range(until)
        return (row for row in self._of[key] if row < until)

    def renew_all(self) -> None:
        """Let every monitor see the past anew whose past changed since."""
        for monitor, key in list(self._stale):
            self.renew(monitor, key, len(self._log))


class _Under:
    """Keys of what shares an attribute within one seeker's log."""

    def __init__(self, seeker: Sequence[int], value: Hashable) -> None:
        self._seeker, self._value = seeker, value

    def __getitem__(self, aggregate: int) -> Hashable:
        return self._seeker[aggregate], self._value


class _Everything:
    """One key for all."""

    def __getitem__(self, aggregate: int) -> Hashable:
        return 0


def _tables(log: Log) -> Mapping[str, Keys]:
    """Keys by scope."""
    relationships = log.relationship
    return {
        RELATIONSHIP: relationships,
        "all": _Everything(),
        "connector": [log.person.get(number) for number in relationships],
        "company": [log.company.get(number) for number in relationships],
    }


def _telling(monitors: Iterable[AnyMonitor], topic: str) -> tuple[str, ...]:
    """The attributes by which policies tell events of a topic apart."""
    names: set[str] = set()
    for monitor in monitors:
        for _, events in monitor.policy.roles():
            names.update(name for of, name in events.reads() if of == topic and name)
    return tuple(sorted(names))


def _since(policy: Compiled, log: Log) -> int:
    """From when on events are judged: the first instant of the day, in the days of the seeker if there is one."""
    if policy.since is None:
        return -FOR_EVER
    times = log.times[0] if len(log.times) == 1 else Times()
    return micros(times.calendar.at(policy.since, time()))
