"""The timeline of one relationship: what broke a policy, and the events that it rests on, as places on a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kith.workflows.audits.report import AuditReport, Involved
from kith.workflows.audits.reports.grouping import Relationship
from kith.workflows.audits.reports.wording import called

TOP = 26
"""Pixels above the first lane, for the days."""
LANE = 38
"""Pixels from one lane to the next: a name, and the line under it."""
BROKEN = "policy broken"


class Mark(NamedTuple):
    """Something that happened, at ``x`` percent of the width."""

    x: str
    told: str


class Lane(NamedTuple):
    """One kind of event."""

    name: str
    y: int
    marks: tuple[Mark, ...]

    @property
    def broken(self) -> bool:
        """Whether it shows the violations."""
        return self.name == BROKEN


class Tick(NamedTuple):
    """A day on the axis."""

    x: str
    day: str
    anchor: str


class Row(NamedTuple):
    """One line of the table that says the same."""

    at: datetime
    what: str
    event: str | None
    """The event's id; None where a policy was broken."""


class Timeline(NamedTuple):
    """The drawing: as wide as the page lets it, ``height`` pixels high."""

    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    """The same as a table, in the order in which it happened."""


def timeline(relationship: Relationship, report: AuditReport) -> Timeline:
    """The timeline of what one relationship broke. Events of others, against which it is held, say whose they are."""
    events = _events(relationship)
    broken = [(found.violation.at, found.audited.policy.name) for found in relationship.found]
    moments = [*(at for at, _ in broken), *(event.at for event in events)]
    start, end = min(moments), max(moments)
    kinds: dict[str, list[tuple[datetime, str]]] = {}
    for event in events:
        lane = event.name if event.relationship in (None, relationship.id) else f"{event.name}, others"
        kinds.setdefault(lane, []).append((event.at, _what(event, relationship, report)))
    lanes = tuple(
        Lane(name, TOP + LANE * number, _marks(happened, start, end))
        for number, (name, happened) in enumerate({BROKEN: broken, **kinds}.items())
    )
    return Timeline(TOP + LANE * len(lanes), lanes, _ticks(start, end), _rows(relationship, report, events))


def _events(relationship: Relationship) -> tuple[Involved, ...]:
    found = {event.id: event for one in relationship.found for event in one.violation.events}
    return tuple(sorted(found.values(), key=lambda event: (event.at, event.id)))


def _what(event: Involved, relationship: Relationship, report: AuditReport) -> str:
    whose = event.relationship
    return event.name if whose in (None, relationship.id) else f"{event.name}, {called(report, whose)}"


def _rows(relationship: Relationship, report: AuditReport, events: Iterable[Involved]) -> tuple[Row, ...]:
    broken = (Row(one.violation.at, f"{BROKEN}: {one.audited.policy.name}", None) for one in relationship.found)
    rows = [*(Row(event.at, _what(event, relationship, report), event.id) for event in events), *broken]
    return tuple(sorted(rows, key=lambda row: row.at))


def _marks(happened: Iterable[tuple[datetime, str]], start: datetime, end: datetime) -> tuple[Mark, ...]:
    return tuple(Mark(_x(at, start, end), f"{at:%Y-%m-%d}: {what}") for at, what in happened)


def _x(at: datetime, start: datetime, end: datetime) -> str:
    share = (at - start) / (end - start) if end > start else 0.5
    return f"{100 * share:.2f}"


def _ticks(start: datetime, end: datetime) -> tuple[Tick, ...]:
    middle = start + (end - start) / 2
    one_day = start.date() == end.date()
    days = [(middle, "middle")] if one_day else [(start, "start"), (end, "end")]
    return tuple(Tick(_x(at, start, end), f"{at:%Y-%m-%d}", anchor) for at, anchor in days)
