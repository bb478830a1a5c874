"""OCEL 2.0 in JSON: events, and the objects that they are about, as the standard's schema wants them.

Every attribute is a string or a time, written as text: the published schema allows no other JSON values.
Source: OCEL 2.0 specification, section on the JSON format (Berti and others, 2023, arXiv:2403.01975).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import IO, Any, Final, NamedTuple

from kith.domain.relationship import events as e
from kith.domain.speaking import REPLY, SPEAKING
from kith.workflows.application.eventlogs.telling import HAPPENINGS, Told, details_of

OBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "seeker": ("name",),
    "person": ("name",),
    "relationship": ("origin", "stage"),
    "ask": ("kind",),
    "introduction": (),
    "opening": ("role", "company"),
}
"""The attributes of objects by type."""


BETWEEN: Final = '\n], "objects": ['
"""Between the events and the objects."""
TAIL: Final = "\n]}\n"


class Attribute(NamedTuple):
    """What an object is from an instant on."""

    name: str
    value: str
    since: datetime


class Link(NamedTuple):
    """A relationship of the standard: from an event or an object to an object."""

    to: str
    qualifier: str


class Thing(NamedTuple):
    """An object of the standard."""

    id: str
    type: str
    attributes: tuple[Attribute, ...] = ()
    links: tuple[Link, ...] = ()


class Items:
    """The items of a list, one a line, written as they come."""

    def __init__(self, out: IO[str]) -> None:
        self._out, self.count = out, 0

    def write(self, item: str) -> None:
        """Write the next one."""
        self._out.write(f",\n{item}" if self.count else f"\n{item}")
        self.count += 1


def head() -> str:
    """The types, and the beginning of the events."""
    kinds: dict[str, list[str]] = {}
    for kind, name in SPEAKING.items():
        if kind.TOPIC.startswith("relationship.") or kind in HAPPENINGS:
            kinds[name] = [*details_of(kind)]
    kinds[REPLY] = kinds[SPEAKING[e.Touched]]
    told = {"objectTypes": _types(OBJECTS), "eventTypes": _types(kinds)}
    return f'{json.dumps(told, ensure_ascii=False)[:-1]}, "events": ['


def _types(attributes: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "attributes": [{"name": one, "type": _type(one)} for one in of_it]}
        for name, of_it in attributes.items()
    ]


def _type(attribute: str) -> str:
    return "time" if attribute == "recorded_at" else "string"


def event(told: Told, links: Iterable[Link]) -> str:
    """One event with the objects that it is about."""
    details = {"recorded_at": _instant(told.recorded_at), **told.details}
    return _json({
        "id": told.id, "type": told.name, "time": _instant(told.at),
        "attributes": [{"name": name, "value": value} for name, value in details.items()],
        "relationships": _links(links),
    })  # fmt: skip


def thing(one: Thing) -> str:
    """One object."""
    return _json({
        "id": one.id, "type": one.type,
        "attributes": [{"name": a.name, "value": a.value, "time": _instant(a.since)} for a in one.attributes],
        "relationships": _links(one.links),
    })  # fmt: skip


def _links(links: Iterable[Link]) -> list[dict[str, str]]:
    return [{"objectId": link.to, "qualifier": link.qualifier} for link in links]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
