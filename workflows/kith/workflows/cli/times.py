"""Instants as people say them, in the seeker's time zone, and back again as words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from kith.domain.calendar import Calendar
from kith.domain.errors import InvalidInput

NOON = time(12)
YEARS = range(1900, 2200)
DAYS = {"day": 1, "week": 7}
HOURS = {"minute": 1 / 60, "hour": 1}
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_AGO = re.compile(r"(?P<count>\d{1,4}|an?|one)\s+(?P<unit>minute|hour|day|week)s?\s+ago")
_IN = re.compile(r"in\s+(?P<count>\d{1,4}|an?|one)\s+(?P<unit>minute|hour|day|week)s?")
_CLOCK = re.compile(r"(?P<day>\S+)\s+(?:at\s+)?(?P<clock>\d{1,2}:\d{2})")


def past(text: str, calendar: Calendar, now: datetime) -> datetime:
    """When something happened. A date alone is its noon, but never later than now on the present day."""
    found = _read(text, calendar, now)
    if isinstance(found, datetime):
        return found
    noon = _at(found, NOON, calendar)
    return min(noon, now) if found == calendar.day(now) else noon


def ahead(text: str, calendar: Calendar, now: datetime) -> datetime:
    """When something is to be. A date alone is its noon."""
    found = _read(text, calendar, now)
    return found if isinstance(found, datetime) else _at(found, NOON, calendar)


def day_start(text: str, calendar: Calendar, now: datetime) -> datetime:
    """The instant, or the first one of a date alone."""
    found = _read(text, calendar, now)
    return found if isinstance(found, datetime) else calendar.midnight(found)


def as_of(text: str, calendar: Calendar, now: datetime) -> datetime:
    """The instant up to which to look. A date alone is the last instant of that day, or now on the present one."""
    found = _read(text, calendar, now)
    if isinstance(found, datetime):
        return found
    return now if found == calendar.day(now) else calendar.midnight(found + timedelta(days=1)) - timedelta.resolution


def a_date(text: str, calendar: Calendar, now: datetime) -> date:
    """The day alone."""
    found = _read(text, calendar, now)
    return calendar.day(found) if isinstance(found, datetime) else found


def _read(text: str, calendar: Calendar, now: datetime) -> date | datetime:
    said = " ".join(text.strip().lower().split())
    try:
        found = _named(said, calendar, now) or _relative(said, calendar, now) or _written(text.strip(), calendar)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            f"{text!r} is no time I can read; say it like 2026-11-23, “2026-11-23 14:30”, yesterday, “3 days ago”."
        ) from error
    if found.year not in YEARS:
        raise InvalidInput(f"{text!r} is too far away: years from {YEARS[0]} to {YEARS[-1]} are kept.")
    return found


def _named(said: str, calendar: Calendar, now: datetime) -> date | datetime | None:
    if said == "now":
        return now
    if said in _NAMED:
        return calendar.day(now) + timedelta(days=_NAMED[said])
    clock = _CLOCK.fullmatch(said)
    if clock and clock["day"] in _NAMED:
        day = calendar.day(now) + timedelta(days=_NAMED[clock["day"]])
        return _at(day, datetime.strptime(clock["clock"], "%H:%M").time(), calendar)  # noqa: DTZ007 - a time of day
    return None


def _relative(said: str, calendar: Calendar, now: datetime) -> datetime | None:
    found, sign = _AGO.fullmatch(said), -1
    if found is None:
        found, sign = _IN.fullmatch(said), 1
    if found is None:
        return None
    count = sign * (int(found["count"]) if found["count"].isdigit() else 1)
    if found["unit"] in DAYS:
        return calendar.plus_days(now, count * DAYS[found["unit"]])
    return now + timedelta(hours=count * HOURS[found["unit"]])


def _written(text: str, calendar: Calendar) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=calendar.zone).astimezone(UTC)


def _at(day: date, clock: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, clock, calendar.zone).astimezone(UTC)


# Words


def day(at: datetime, calendar: Calendar) -> str:
    """A date as people read it: ``23 November 2026``."""
    local = calendar.day(at)
    return f"{local.day} {local:%B %Y}"


def weekday(at: datetime, calendar: Calendar) -> str:
    """A date with its day of the week: ``Monday 23 November 2026``."""
    return f"{calendar.day(at):%A} {day(at, calendar)}"


def moment(at: datetime, calendar: Calendar) -> str:
    """A date and a time that sort: ``2026-11-23 09:00``."""
    return f"{at.astimezone(calendar.zone):%Y-%m-%d %H:%M}"


def due(at: datetime, now: datetime, calendar: Calendar) -> str:
    """How far away something is: ``due in 2 days``, ``overdue by 1 day``."""
    days = calendar.days_between(now, at)
    if days == 0:
        clock = f"{at.astimezone(calendar.zone):%H:%M}"
        return f"due today at {clock}" if at >= now else f"overdue since {clock} today"
    if days == 1:
        return "due tomorrow"
    return f"due in {days} days" if days > 0 else f"overdue by {-days} day{'' if days == -1 else 's'}"
