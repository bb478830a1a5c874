"""The seeker's own days: time zones, clocks that change, working hours and quiet days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.calendar import Calendar, zone
from kith.domain.errors import InvalidInput

LISBON, NEW_YORK, BEIRUT = Calendar("Europe/Lisbon"), Calendar("America/New_York"), Calendar("Asia/Beirut")
ZONES = st.sampled_from(
    ["UTC", "Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
)
INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2035-01-01"), timezones=st.just(UTC)
)

CHANGES = st.builds(
    lambda day, minutes: datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from(["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-10-03", "2026-04-04", "2011-12-30"]),
    st.integers(-2_000, 2_000),
)
"""Around changes of the clocks: New York, Lisbon, Lord Howe, and Apia's skipped day."""
QUIET = st.frozensets(st.integers(0, 6), max_size=6)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_days_are_added_by_the_wall_clock() -> None:
    assert LISBON.plus_days(utc("2026-03-28T12:00"), 1) == utc("2026-03-29T11:00")
    assert LISBON.plus_days(utc("2026-10-24T11:00"), 1) == utc("2026-10-25T12:00")


def test_a_local_time_that_does_not_exist_is_read_with_the_offset_before_the_gap() -> None:
    assert NEW_YORK.plus_days(utc("2026-03-07T07:30"), 1) == utc("2026-03-08T07:30")


def test_a_local_time_that_occurs_twice_is_its_first_occurrence() -> None:
    assert NEW_YORK.plus_days(utc("2026-10-31T05:30"), 1) == utc("2026-11-01T05:30")


def test_no_days_later_is_the_same_instant_also_when_its_hour_comes_twice() -> None:
    second = utc("2026-10-25T01:30")
    assert LISBON.plus_days(second, 0) == second


def test_a_day_that_a_country_skipped_is_counted_by_the_wall_clock() -> None:
    apia = Calendar("Pacific/Apia")
    assert apia.plus_days(utc("2011-12-29T22:00"), 1) == utc("2011-12-30T22:00")
    assert apia.plus_days(utc("2011-12-29T22:00"), 2) == utc("2011-12-30T22:00")


def test_half_an_hour_of_summer_time_is_one_too() -> None:
    lord_howe = Calendar("Australia/Lord_Howe")
    assert lord_howe.plus_days(utc("2026-10-02T15:45"), 1) == utc("2026-10-03T15:45")
    assert lord_howe.plus_days(utc("2026-10-02T17:00"), 1) == utc("2026-10-03T16:30")


def test_twenty_nine_february_is_a_day_like_any_other() -> None:
    assert LISBON.plus_days(utc("2028-02-28T12:00"), 1) == utc("2028-02-29T12:00")
    assert LISBON.plus_days(utc("2028-02-29T12:00"), 365) == utc("2029-02-28T12:00")


def test_an_opening_hour_that_does_not_exist_is_read_with_the_offset_before_the_gap() -> None:
    early = Calendar("America/New_York", opens=time(2, 30), quiet_days=frozenset())
    assert early.working(utc("2026-03-08T05:00")) == utc("2026-03-08T07:30")
    assert early.at(date(2026, 3, 8), time(2, 30)) == utc("2026-03-08T07:30")


def test_an_opening_hour_that_comes_twice_is_never_in_the_past() -> None:
    night = Calendar("Europe/Lisbon", opens=time(1, 30), quiet_days=frozenset())
    assert night.working(utc("2026-10-25T00:10")) == utc("2026-10-25T00:30")
    assert night.working(utc("2026-10-25T01:10")) == utc("2026-10-25T01:30")


def test_a_skipped_working_day_does_not_remind_on_a_quiet_one() -> None:
    friday_that_was_skipped = Calendar("Pacific/Apia").working(utc("2011-12-30T06:00"))
    assert friday_that_was_skipped == utc("2012-01-01T19:00")


def test_a_day_without_a_midnight_begins_when_it_begins() -> None:
    assert BEIRUT.midnight(date(2026, 3, 29)) == utc("2026-03-28T22:00")
    assert BEIRUT.day(utc("2026-03-28T22:00")) == date(2026, 3, 29)
    assert BEIRUT.day(utc("2026-03-28T21:59")) == date(2026, 3, 28)


def test_days_between_are_dates_not_hours() -> None:
    assert LISBON.days_between(utc("2026-01-05T23:59"), utc("2026-01-06T00:01")) == 1
    assert LISBON.days_between(utc("2026-01-05T00:01"), utc("2026-01-05T23:59")) == 0


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2026-01-05T08:59", "2026-01-05T09:00"),
        ("2026-01-05T09:00", "2026-01-05T09:00"),
        ("2026-01-05T17:59", "2026-01-05T17:59"),
        ("2026-01-05T18:00", "2026-01-06T09:00"),
        ("2026-01-09T18:00", "2026-01-12T09:00"),
        ("2026-01-10T12:00", "2026-01-12T09:00"),
        ("2026-07-06T07:00", "2026-07-06T08:00"),
    ],
)
def test_reminders_keep_to_working_hours(at: str, shown: str) -> None:
    assert LISBON.working(utc(at)) == utc(shown)


def test_a_week_of_quiet_days_silences_nothing() -> None:
    always_quiet = Calendar(quiet_days=frozenset(range(7)))
    assert always_quiet.working(utc("2026-01-10T23:00")) == utc("2026-01-10T23:00")


def test_a_calendar_may_have_other_hours() -> None:
    late = Calendar(opens=time(13), closes=time(21), quiet_days=frozenset({0}))
    assert late.working(utc("2026-01-05T12:00")) == utc("2026-01-06T13:00")


@given(INSTANTS, st.integers(0, 400), ZONES)
def test_days_later_is_that_many_dates_later(at: datetime, days: int, name: str) -> None:
    calendar = Calendar(name)
    later = calendar.plus_days(at, days)
    assert later.tzinfo is UTC
    assert abs(later - at - timedelta(days=days)) <= timedelta(hours=24)


@given(CHANGES, st.integers(0, 3), ZONES)
def test_days_later_is_never_earlier_around_a_change_of_the_clocks(at: datetime, days: int, name: str) -> None:
    calendar = Calendar(name)
    later = calendar.plus_days(at, days)
    assert later >= at if days == 0 else later > at
    assert later.astimezone(calendar.zone).astimezone(UTC) == later
    wanted = at.astimezone(calendar.zone).replace(tzinfo=None) + timedelta(days=days)
    shown = later.astimezone(calendar.zone).replace(tzinfo=None)
    assert shown == wanted or (shown > wanted and not exists(wanted, calendar))


def exists(local: datetime, calendar: Calendar) -> bool:
    """Whether the clocks ever show that."""
    there = local.replace(tzinfo=calendar.zone)
    return there.astimezone(UTC).astimezone(calendar.zone).replace(tzinfo=None) == local


@given(INSTANTS | CHANGES, ZONES, st.times(), QUIET)
def test_working_is_never_earlier_and_stays_where_it_is(
    at: datetime, name: str, opens: time, quiet: frozenset[int]
) -> None:
    opens = opens.replace(hour=min(opens.hour, 20))
    calendar = Calendar(name, opens=opens, closes=opens.replace(hour=opens.hour + 3), quiet_days=quiet)
    shown = calendar.working(at)
    assert shown >= at
    assert calendar.working(shown) == shown


@given(INSTANTS, ZONES)
def test_midnight_is_the_first_instant_of_its_day(at: datetime, name: str) -> None:
    calendar = Calendar(name)
    day = calendar.day(at)
    first = calendar.midnight(day)
    assert calendar.day(first) >= day
    assert calendar.day(first - timedelta(microseconds=1)) < day


@pytest.mark.parametrize("name", ["", "Lisbon", "../etc/passwd", "Europe/Nowhere", "UTC\0"])
def test_refuses_a_time_zone_that_does_not_exist(name: str) -> None:
    with pytest.raises(InvalidInput, match="There is no time zone"):
        zone(name)
