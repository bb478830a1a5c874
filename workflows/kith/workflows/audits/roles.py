"""What the events of each code are to each policy, and which are judged together, found out once for each code."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from kith.workflows.audits.compiled import JUDGED, RELATIONSHIP, Scope
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.log import GONE, Log, Sign


class Keys(Protocol):
    """Of each aggregate, the key of those that are judged together with it; None if it is not judged."""

    def __getitem__(self, aggregate: int, /) -> Hashable: ...


class Alike(NamedTuple):
    """Monitors to which all events are the same."""

    monitors: list[AnyMonitor]
    roles: bytes
    """By code, what an event is to them; 0 if it is nothing."""
    judged: frozenset[int]
    """The codes of what they judge."""


class Together:
    """The policies of one scope, and which events they judge together."""

    def __init__(self, log: Log, alike: list[Alike], keys: Sequence[Keys | None]) -> None:
        self.alike, self._log, self._keys = alike, log, keys

    def key(self, row: int, code: int) -> Hashable:
        """The key of those that are judged together with an event, if it had that code; None if it is nothing here."""
        keys = self._keys[code]
        return None if keys is None else keys[self._log.aggregate[row]]

    def groups(self) -> Mapping[Hashable, array[int]]:
        """By key, the rows that are judged together, as they were recorded."""
        found: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("i"))
        keys, aggregates = self._keys, self._log.aggregate
        for row, code in enumerate(self._log.code):
            of = keys[code]
            if of is not None:
                found[of[aggregates[row]]].append(row)
        found.pop(None, None)
        return found


def together(monitors: Sequence[AnyMonitor], log: Log) -> list[Together]:
    """The monitors by their scopes."""
    return [_Scoped(scope, many, log).together() for scope, many in _by_scope(monitors)]


def _by_scope(monitors: Iterable[AnyMonitor]) -> Iterable[tuple[Scope, list[AnyMonitor]]]:
    found: dict[str, tuple[Scope, list[AnyMonitor]]] = {}
    for monitor in monitors:
        scope = monitor.policy.scope
        found.setdefault(scope.by, (scope, []))[1].append(monitor)
    return found.values()


class _Scoped:
    """Monitors of one scope, while it is found out what is what to them."""

    def __init__(self, scope: Scope, monitors: list[AnyMonitor], log: Log) -> None:
        self._scope, self._monitors, self._log = scope, monitors, log
        self._wide = _tables(log).get(scope.by)
        self._of_topic: defaultdict[str, list[int]] = defaultdict(list)
        for place, monitor in enumerate(monitors):
            for topic in frozenset().union(*(events.topics for _, events in monitor.policy.roles())):
                self._of_topic[topic].append(place)
        self._telling = {topic: self._told_by(topic) for topic in self._of_topic}
        self._roles: dict[object, list[tuple[int, int]]] = {}

    def _told_by(self, topic: str) -> tuple[str, ...]:
        """The attributes by which policies tell events of a topic apart."""
        names: set[str] = set()
        for place in self._of_topic[topic]:
            for _, events in self._monitors[place].policy.roles():
                names.update(name for of, name in events.reads() if of == topic and name)
        return tuple(sorted(names))

    def together(self) -> Together:
        """The monitors, with what is what to them."""
        signs = self._log.signs
        tables = [bytearray(len(signs)) for _ in self._monitors]
        keys: list[Keys | None] = [None] * len(signs)
        for code in range(GONE + 1, len(signs)):
            told = self._log.told(signs[code]) if signs[code].topic in self._of_topic else {}
            for place, role in self._roles_of(signs[code], told):
                keys[code] = self._keys_of(signs[code], told)
                tables[place][code] = role
        return Together(self._log, list(_alike(self._monitors, map(bytes, tables))), keys)

    def _roles_of(self, sign: Sign, told: Mapping[str, Any]) -> list[tuple[int, int]]:
        """What an event is to whom; found out once for all that differ only in what no policy tells apart by."""
        same = (sign.topic, *(told.get(name) for name in self._telling.get(sign.topic, ())))
        found = self._roles.get(same)
        if found is None:
            places = self._of_topic.get(sign.topic, ())
            roles = ((place, self._monitors[place].policy.role_of(sign, told)) for place in places)
            found = self._roles[same] = [(place, role) for place, role in roles if role]
        return found

    def _keys_of(self, sign: Sign, told: Mapping[str, Any]) -> Keys | None:
        if self._scope.attribute is not None:
            value = told.get(self._scope.attribute)
            return None if value is None else _Under(self._log.seeker, value)
        nowhere = _NOWHERE.get(self._scope.by, ())
        return None if sign.topic.startswith(nowhere) else self._wide


_NOWHERE = {
    **dict.fromkeys([RELATIONSHIP, "connector", "company"], ("seeker.", "connector-load.")),
    "seeker": ("connector-load.",),
}
"""By scope, the beginnings of the topics of events that belong to none."""


def _alike(monitors: Iterable[AnyMonitor], tables: Iterable[bytes]) -> Iterator[Alike]:
    same: defaultdict[bytes, list[AnyMonitor]] = defaultdict(list)
    for monitor, roles in zip(monitors, tables, strict=True):
        same[roles].append(monitor)
    for roles, many in same.items():
        yield Alike(many, roles, frozenset(code for code, role in enumerate(roles) if role & JUDGED))


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
        "seeker": log.seeker,
        "all": _Everything(),
        "connector": [log.person.get(number) for number in relationships],
        "company": [log.company.get(number) for number in relationships],
    }
