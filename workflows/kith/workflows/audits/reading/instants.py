"""Instants as whole microseconds since 1970, read from stored bytes, and reckoned with in a seeker's own days."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from kith.domain.calendar import Calendar
from kith.workflows.audits.vocabulary.values import Span
from kith.workflows.readmodels.schema import instant, micros

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
_SAFE: Final = 4 * 3_600 * SECOND
"""No change of the clocks moves them by more."""
HEAD: Final = b'{"at":"'
"""How every stored event begins: when it happened comes first."""
HEAD_BYTES: Final = len(HEAD) + len("2026-01-05T12:00:00.000000Z")
_CLOCK: Final = {b":%02d:%02d" % (m, s): (m * 60 + s) * SECOND for m in range(60) for s in range(60)}
_hours: dict[bytes, int] = {}
"""Of each hour, its beginning: a log has few of them, and reading an instant anew took twice as long."""
_FULL: Final = 100_000


def happened(state: bytes) -> int:
    """When an event happened, from the beginning of its stored bytes; raises ValueError where that says nothing."""
    try:
        start = _hours[state[7:20]] + _CLOCK[state[20:26]]
    except KeyError:
        return _read(state)
    if state[26:27] == b"Z":
        return start
    return _read(state) if state[33:34] != b"Z" else start + int(state[27:33])


def _read(state: bytes) -> int:
    if not state.startswith(HEAD):
        raise ValueError("an event begins with when it happened")
    text = state[len(HEAD) : state.index(b'"', len(HEAD)) if b'"' in state[len(HEAD) :] else HEAD_BYTES].decode()
    at = micros_of(text)
    if len(_hours) >= _FULL:
        _hours.clear()
    if text.endswith("Z"):
        _hours[state[7:20]] = micros_of(f"{text[:13]}:00:00Z")
    return at


def micros_of(text: str) -> int:
    """The instant of an ISO 8601 text with its zone; raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return micros(at.astimezone(UTC))


class Times:
    """A seeker's days, in microseconds."""

    def __init__(self, calendar: Calendar | None = None) -> None:
        self.calendar = calendar or Calendar()
        self._even = self.calendar.zone_name == "UTC"
        self._offset = lru_cache(maxsize=65_536)(self._offset_at)

    def plus(self, at: int, span: Span) -> int:
        """The instant so much later."""
        return self.plus_days(at, span.days) if span.days else at + span.micros

    def plus_days(self, at: int, days: int) -> int:
        """The same time by the clock some days later, as ``Calendar.plus_days`` has it."""
        plain = at + days * DAY
        if self._even or self._quarter(at) == self._quarter(plain) == self._quarter(plain - _SAFE):
            return plain
        return micros(self.calendar.plus_days(instant(at), days))

    def _quarter(self, at: int) -> int:
        """How far the clocks are ahead then: they change at a full quarter of an hour."""
        return self._offset(at // (900 * SECOND))

    def _offset_at(self, quarter: int) -> int:
        offset = instant(quarter * 900 * SECOND).astimezone(self.calendar.zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    def local(self, at: int) -> datetime:
        """What the seeker's calendar and clock show then."""
        return instant(at).astimezone(self.calendar.zone)

    def spelled(self, at: int) -> str:
        """The seeker's date then, as people read it."""
        return self.calendar.spelled(instant(at))
