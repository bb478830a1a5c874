"""Holds instants to what people mean by them, in the seeker's own days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kith.domain.calendar import Calendar
from kith.domain.errors import InvalidInput
from kith.workflows.cli import times

LISBON = Calendar("Europe/Lisbon")
NOW = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)  # 10:00 in Lisbon


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-07-01", "2026-07-01T11:00:00+00:00"),
        ("2026-07-01 14:30", "2026-07-01T13:30:00+00:00"),
        ("2026-07-01T14:30+02:00", "2026-07-01T12:30:00+00:00"),
        ("2026-07-01T14:30Z", "2026-07-01T14:30:00+00:00"),
        ("now", "2026-07-15T09:00:00+00:00"),
        ("today", "2026-07-15T09:00:00+00:00"),
        ("Yesterday", "2026-07-14T11:00:00+00:00"),
        ("yesterday 18:00", "2026-07-14T17:00:00+00:00"),
        ("yesterday at 9:15", "2026-07-14T08:15:00+00:00"),
        (" 3 days ago ", "2026-07-12T09:00:00+00:00"),
        ("a week ago", "2026-07-08T09:00:00+00:00"),
        ("2 hours ago", "2026-07-15T07:00:00+00:00"),
    ],
)
def test_reads_when_something_happened(said: str, meant: str) -> None:
    assert times.past(said, LISBON, NOW).isoformat() == meant


def test_a_date_alone_is_never_later_than_now_on_the_present_day() -> None:
    evening = datetime(2026, 7, 15, 20, 0, tzinfo=UTC)
    assert times.past("2026-07-15", LISBON, NOW) == NOW
    assert times.past("2026-07-15", LISBON, evening).isoformat() == "2026-07-15T11:00:00+00:00"


def test_days_ago_keep_the_clock_time_across_a_change_of_the_clocks() -> None:
    after = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)  # the clocks went back on the 25th
    assert times.past("2 days ago", LISBON, after).isoformat() == "2026-10-24T08:00:00+00:00"


def test_as_of_a_date_is_the_last_instant_of_that_day() -> None:
    assert times.as_of("2026-07-01", LISBON, NOW).isoformat() == "2026-07-01T22:59:59.999999+00:00"
    assert times.as_of("today", LISBON, NOW) == NOW


def test_reads_what_is_to_come() -> None:
    assert times.ahead("in 2 days", LISBON, NOW).isoformat() == "2026-07-17T09:00:00+00:00"
    assert times.ahead("tomorrow 15:00", LISBON, NOW).isoformat() == "2026-07-16T14:00:00+00:00"
    assert times.day_start("2026-08-01", LISBON, NOW).isoformat() == "2026-07-31T23:00:00+00:00"


@pytest.mark.parametrize("said", ["", "soon", "2026-13-01", "99999 days ago", "yesterday 25:00", "3 days agone"])
def test_refuses_what_is_no_time_in_one_sentence(said: str) -> None:
    with pytest.raises(InvalidInput, match="is no time I can read"):
        times.past(said, LISBON, NOW)


@pytest.mark.parametrize("said", ["0206-11-23", "9999-12-31", "1899-12-31", "9999 weeks ago"])
def test_refuses_years_that_nobody_means(said: str) -> None:
    with pytest.raises(InvalidInput, match="too far away"):
        times.past(said, LISBON, NOW)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 7, 17, 9, tzinfo=UTC), "due in 2 days"),
        (datetime(2026, 7, 16, 9, tzinfo=UTC), "due tomorrow"),
        (datetime(2026, 7, 15, 14, tzinfo=UTC), "due today at 15:00"),
        (datetime(2026, 7, 15, 7, tzinfo=UTC), "overdue since 08:00 today"),
        (datetime(2026, 7, 14, 9, tzinfo=UTC), "overdue by 1 day"),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "overdue by 14 days"),
    ],
)
def test_says_how_far_away_something_is(due: datetime, words: str) -> None:
    assert times.due(due, NOW, LISBON) == words
