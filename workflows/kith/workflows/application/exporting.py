"""The log in the formats of process mining, written one relationship after the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Literal, NamedTuple, get_args
from uuid import UUID

from kith.domain.errors import InvalidInput
from kith.domain.relationship.evolve import fold
from kith.workflows.application import redrawing
from kith.workflows.application.desk import Desk
from kith.workflows.application.eventlogs import ocel, xes
from kith.workflows.application.eventlogs.objects import Objects, relationship_id, seeker_link, seeker_thing
from kith.workflows.application.eventlogs.ocel import Thing
from kith.workflows.application.eventlogs.telling import Told, Trace, happenings, trace
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import Reading

Format = Literal["xes", "ocel2"]
FORMATS: tuple[str, ...] = get_args(Format)
AT_ONCE = 200
"""Relationships that are read together."""
IN_MEMORY = 8_000_000
"""Characters of objects that are kept in memory until the events are written; more of them wait in a file."""


class Exported(NamedTuple):
    """What was written."""

    events: int
    relationships: int
    unreadable: tuple[UUID, ...]
    """Relationships that were left out, for a row of theirs can't be read."""


class Exporting:
    """Hands the log out for process mining."""

    _desk: Desk

    def export_event_log(self, out: IO[str], format: Format, *, pseudonymous: bool = False) -> Exported:  # noqa: A002 - the word for it
        """Write what happened to this seeker's relationships as XES (a trace for each) or OCEL 2.0 in JSON.

        Events stand as they were recorded, those that were taken back or corrected since with a mark. No text of
        anybody's is written; names are, unless ``pseudonymous``. Raises InvalidInput for another format.
        """
        if format not in FORMATS:
            raise InvalidInput(f"{format!r} is no format of an event log; there are {' and '.join(FORMATS)}.")
        traces = _Traces(self._desk)
        events = (_write_xes if format == "xes" else _write_ocel)(out, traces, not pseudonymous)
        return Exported(events, traces.read, tuple(traces.unreadable))


class _Traces:
    """The relationships of one seeker, read some at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.owner = desk, desk.seeker_now()
        self.read, self.unreadable = 0, list[UUID]()

    def __iter__(self) -> Iterator[Trace]:
        ids = self._desk.look_at_all(self._ids)
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            found = self._desk.look_at_all(lambda reading: reading.events_of(some))  # noqa: B023 - asked at once
            self.unreadable += [id_ for id_ in some if id_ not in found]
            for state in filter(None, (fold(found[id_]) for id_ in some if id_ in found)):
                self.read += 1
                yield trace(state)

    def happenings(self) -> list[Told]:
        """What happened to the seeker, beginning with their registration."""
        return happenings(self._desk.look_at_all(lambda reading: reading.events(self.owner.id)))

    def _ids(self, reading: Reading) -> list[UUID]:
        return redrawing.relationships_of(reading, self.owner.id, self._leave_out)

    def _leave_out(self, problem: CorruptEvent) -> None:
        if not problem.topic.startswith("introduction."):
            self.unreadable.append(problem.originator)


def _write_xes(out: IO[str], traces: _Traces, named: bool) -> int:
    events = 0
    out.writelines(xes.head(traces.owner.id))
    for one in traces:
        events += len(one.events)
        out.writelines(xes.trace(one, named=named))
    out.write(xes.TAIL)
    return events


def _write_ocel(out: IO[str], traces: _Traces, named: bool) -> int:
    """The objects are known when the events are written, and come after them."""
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as waiting:
        events, objects = ocel.Items(out), _Once(ocel.Items(waiting))
        out.write(ocel.head())
        own = traces.happenings()
        objects.write(seeker_thing(traces.owner, own[0].at, named=named))
        for told in own:
            events.write(ocel.event(told, [seeker_link(traces.owner.id)]))
        for one in traces:
            found = Objects(one, traces.owner.id, named=named)
            for told in one.events:
                events.write(ocel.event(told, found.links(told)))
            for thing in found.things():
                objects.write(thing)
        for id_ in traces.unreadable:
            objects.write(Thing(relationship_id(id_), "relationship"))
        out.write(ocel.BETWEEN)
        waiting.seek(0)
        shutil.copyfileobj(waiting, out)
    out.write(ocel.TAIL)
    return events.count


class _Once:
    """Writes each object the first time that it comes."""

    def __init__(self, items: ocel.Items) -> None:
        self._items, self._known = items, set[str]()

    def write(self, thing: Thing) -> None:
        if thing.id not in self._known:
            self._known.add(thing.id)
            self._items.write(ocel.thing(thing))
