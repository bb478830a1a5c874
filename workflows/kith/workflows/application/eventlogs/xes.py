"""XES (IEEE 1849): one trace for each relationship, with the extensions concept, time, lifecycle and organizational."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID
from xml.sax.saxutils import quoteattr

from kith.workflows.application.eventlogs.telling import Told, Trace

EXTENSIONS: Final = {
    "Concept": "concept", "Time": "time", "Lifecycle": "lifecycle", "Organizational": "org"
}  # fmt: skip
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
)
GLOBALS: Final = """\
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
    <string key="lifecycle:transition" value="complete"/>
    <string key="org:role" value="seeker"/>
  </global>
  <classifier name="Event" keys="concept:name"/>
"""
TAIL: Final = "</log>\n"
_UNKNOWN = (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_REPLACED: Final = dict.fromkeys(_UNKNOWN, "\N{REPLACEMENT CHARACTER}")
"""Characters that XML 1.0 does not know."""


def head(seeker: UUID) -> Iterator[str]:
    """What stands before the traces."""
    yield HEAD
    for name, prefix in EXTENSIONS.items():
        yield f'  <extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
    yield GLOBALS
    yield f"  {_string('concept:name', 'Kith')}  {_string('seeker', str(seeker))}"


def trace(of: Trace, *, named: bool) -> Iterator[str]:
    """One relationship."""
    yield f"  <trace>\n    {_string('concept:name', str(of.id))}"
    if named:
        yield f"    {_string('person', of.name)}"
    for told in of.events:
        yield f"    <event>\n      {'      '.join(_event(told))}    </event>\n"
    yield "  </trace>\n"


def _event(told: Told) -> Iterator[str]:
    yield _string("concept:name", told.name)
    yield _date("time:timestamp", told.at)
    yield _string("lifecycle:transition", "complete")
    yield _string("org:role", told.details["role"])
    yield _string("id", told.id)
    yield _date("recorded_at", told.recorded_at)
    yield from (_string(name, value) for name, value in told.details.items() if name != "role")


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value.translate(_REPLACED))}/>\n'


def _date(key: str, at: datetime) -> str:
    return f'<date key="{key}" value="{at.isoformat(timespec="milliseconds")}"/>\n'
