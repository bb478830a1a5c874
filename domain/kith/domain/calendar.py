"""The seeker's own days: local dates, days added by the wall clock, working hours and quiet days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kith.domain.errors import InvalidInput


@lru_cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises InvalidInput for a name that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"There is no time zone called {name!r}; use a name like Europe/Lisbon.") from error


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def aware(at: datetime) -> datetime:
    """The instant itself; raises InvalidInput for one without a time zone, which is no instant."""
    if at.utcoffset() is None:
        raise InvalidInput("A time needs its time zone: without one nobody knows when it was.")
    return at


def spelled(day: date) -> str:
    """A date as people read it: 6 January 2027."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """A date with its day of the week: Wednesday 6 January 2027."""
    return f"{_WEEKDAYS[day.weekday()]} {spelled(day)}"


@dataclass(frozen=True)
class Calendar:
    """How one seeker counts days. All instants that go in and come out are aware; what comes out is UTC."""

    zone_name: str = "UTC"
    opens: time = time(9)
    closes: time = time(18)
    quiet_days: frozenset[int] = frozenset({5, 6})
    """Weekdays without reminders, Monday = 0."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The seeker's time zone."""
        return zone(self.zone_name)

    def day(self, at: datetime) -> date:
        """The seeker's date at that instant."""
        return at.astimezone(self.zone).date()

    def spelled(self, at: datetime) -> str:
        """The seeker's date at that instant, as people read it."""
        return spelled(self.day(at))

    def plus_days(self, at: datetime, days: int) -> datetime:
        """The same wall-clock time some days later.

        A local time that a change of the clocks skips is read with the offset from before the gap, and one that
        occurs twice is its first occurrence (RFC 5545, section 3.3.5): Python's sum has ``fold=0``, which means both.
        No days later is the instant itself.
        """
        if not days:
            return at.astimezone(UTC)
        return (at.astimezone(self.zone) + timedelta(days=days)).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """The first instant of a local date."""
        return _both(day, time(), self.zone)[0]

    def at(self, day: date, clock: time) -> datetime:
        """The instant at which the clocks show that time on that date; see ``plus_days`` for changes of the clocks."""
        return _both(day, clock, self.zone)[0]

    def days_between(self, earlier: datetime, later: datetime) -> int:
        """Local dates from one instant to another."""
        return (self.day(later) - self.day(earlier)).days

    def working(self, at: datetime) -> datetime:
        """The instant itself if it lies in working hours, else the start of the next ones."""
        local = at.astimezone(self.zone)
        if len(self.quiet_days) == 7 or self._open(local):
            return at
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        while True:
            first, second = _both(day, self.opens, self.zone)
            shown = first if first >= at else second
            if self._open(shown.astimezone(self.zone)):  # not so where the day, or all its working hours, were skipped
                return shown
            day += timedelta(days=1)

    def _open(self, local: datetime) -> bool:
        return local.weekday() not in self.quiet_days and self.opens <= local.time() < self.closes


@lru_cache(maxsize=4_096)
def _both(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the second instant at which the clocks show that; they seldom differ."""
    local = datetime.combine(day, clock, zone)
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
