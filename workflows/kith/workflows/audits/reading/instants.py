"""Instants as whole microseconds since 1970, read from stored bytes, and reckoned with in a seeker's own days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
_MINUTES: Final = {b"T%02d:%02d" % (h, m): (h * 60 + m) * 60 * SECOND for h in range(24) for m in range(60)}
_SECONDS: Final = {b":%02d" % s: s * SECOND for s in range(60)}
_Z: Final = ord("Z")


class _Days(dict[bytes, int]):
    """The beginning of each day in UTC: a log has few of them, and reading an instant anew takes twice as long."""

    def __missing__(self, day: bytes) -> int:
        self[day] = micros_of(f"{day.decode()}T00:00:00Z")
        return self[day]


_DAYS: Final = _Days()


def happened(state: bytes) -> int:
    """When an event happened, from the beginning of its stored bytes; raises ValueError where that says nothing."""
    if state[:7] == HEAD:
        whole = state[26:27] == b"Z"
        if whole or state[33:34] == b"Z":
            start = _DAYS[state[7:17]] + _MINUTES[state[17:23]] + _SECONDS[state[23:26]]
            return start if whole else start + int(state[27:33])
    else:
        raise ValueError("an event begins with when it happened")
    return micros_of(state[7 : state.index(b'"', 7)].decode())


def all_happened(states: Iterable[bytes]) -> list[int]:
    """When many events happened, each written as we write it; raises ValueError or KeyError where one is not."""
    days, minutes, seconds = _DAYS, _MINUTES, _SECONDS
    return [
        days[state[7:17]] + minutes[state[17:23]] + seconds[state[23:26]]
        + (0 if state[26] == _Z else int(state[27:33]))
        for state in states
    ]  # fmt: skip


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


class _Shifts(dict[int, int | None]):
    """How much later the same time by the clock some days after is, by the day of UTC; None if that differs."""

    def __init__(self, offsets: _Offsets, days: int) -> None:
        self._offsets, self._days = offsets, days

    def __missing__(self, day: int) -> int | None:
        self[day] = self._shift(self._offsets[day], self._offsets[day + self._days], day)
        return self[day]

    def _shift(self, here: int | None, there: int | None, day: int) -> int | None:
        if here is None or there is None:
            return None
        shift = self._days * DAY + here - there
        reached = {(day * DAY + shift) // DAY, (day * DAY + DAY - 1 + shift) // DAY}
        return shift if all(self._offsets[one] == there for one in reached) else None


class Times:
    """A seeker's days, in microseconds."""

    def __init__(self, calendar: Calendar | None = None) -> None:
        self.calendar = calendar or Calendar()
        self._offsets = _Offsets(self.calendar)

    def after(self, span: Span) -> Callable[[int], int]:
        """What gives the instant so much later than another."""
        if not span.days:
            return lambda at: at + span.micros
        shifts = _Shifts(self._offsets, span.days)

        def later(at: int) -> int:
            shift = shifts[at // DAY]
            return self._plus_days(at, span.days) if shift is None else at + shift

        return later

    def plus_days(self, at: int, days: int) -> int:
        """The same time by the clock some days later, as ``Calendar.plus_days`` has it."""
        plain = at + days * DAY
        offset = self._offsets[at // DAY]
        if offset is not None and offset == self._offsets[plain // DAY]:
            return plain
        return self._plus_days(at, days)

    def _plus_days(self, at: int, days: int) -> int:
        return micros(self.calendar.plus_days(instant(at), days))

    def local(self, at: int) -> datetime:
        """What the seeker's calendar and clock show then."""
        return instant(at).astimezone(self.calendar.zone)

    def spelled(self, at: int) -> str:
        """The seeker's date then, as people read it."""
        return self.calendar.spelled(instant(at))
