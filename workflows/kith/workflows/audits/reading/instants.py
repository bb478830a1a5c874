"""Instants as whole microseconds since 1970, read from stored bytes, and reckoned with in a seeker's own days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
_MICROSECOND: Final = timedelta(microseconds=1)
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


class _Offsets(dict[int, int | None]):
    """How far a zone's clocks are ahead on each day of UTC; None if they change on it, or shortly before."""

    def __init__(self, calendar: Calendar) -> None:
        self._zone = calendar.zone

    def __missing__(self, day: int) -> int | None:
        offset = self._at(day * DAY - _SAFE)
        even = all(self._at(day * DAY + hours * 3_600 * SECOND) == offset for hours in range(25))
        self[day] = offset if even else None
        return self[day]

    def _at(self, at: int) -> int:
        offset = instant(at).astimezone(self._zone).utcoffset()
        assert offset is not None
        return offset // _MICROSECOND


class Times:
    """A seeker's days, in microseconds."""

    def __init__(self, calendar: Calendar | None = None) -> None:
        self.calendar = calendar or Calendar()
        self._offsets = _Offsets(self.calendar)

    def plus(self, at: int, span: Span) -> int:
        """The instant so much later."""
        return self.plus_days(at, span.days) if span.days else at + span.micros

    def plus_days(self, at: int, days: int) -> int:
        """The same time by the clock some days later, as ``Calendar.plus_days`` has it."""
        plain = at + days * DAY
        offset = self._offsets[at // DAY]
        if offset is not None and offset == self._offsets[plain // DAY]:
            return plain
        return micros(self.calendar.plus_days(instant(at), days))

    def local(self, at: int) -> datetime:
        """What the seeker's calendar and clock show then."""
        return instant(at).astimezone(self.calendar.zone)

    def spelled(self, at: int) -> str:
        """The seeker's date then, as people read it."""
        return self.calendar.spelled(instant(at))
