"""Reckoning in a seeker's days: the quick ways agree with the calendar, also where clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from kith.domain.calendar import Calendar
from kith.workflows.audits.monitors.order import MustPrecede
from kith.workflows.audits.reading.instants import Times
from kith.workflows.audits.reading.log import Log, Sign
from kith.workflows.audits.reading.reader import FOR_EVER
from kith.workflows.audits.vocabulary.values import span
from kith.workflows.readmodels.schema import micros
from tests.audits.logs import policy

zones = st.sampled_from(
    ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
)
BEGIN = datetime(2010, 1, 1, tzinfo=UTC)
instants = st.integers(min_value=0, max_value=17 * 365 * 1_440).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
days = st.integers(min_value=1, max_value=800)
ACROSS_THE_DATE_LINE = datetime(2011, 12, 29, 20, tzinfo=UTC)
"""Samoa left out the day after, and with it 24 hours by the clock."""


@given(zones, instants, days)
@example("Pacific/Apia", ACROSS_THE_DATE_LINE, 2)
@example("America/New_York", datetime(2026, 3, 7, 7, 30, tzinfo=UTC), 1)
def test_so_many_days_later_is_what_the_calendar_says(zone: str, at: datetime, count: int) -> None:
    calendar = Calendar(zone)
    later = Times(calendar).after(span(f"{count} days"))
    assert later(micros(at)) == micros(calendar.plus_days(at, count))


@given(zones, instants, days, st.integers(min_value=-200, max_value=200))
@example("Pacific/Apia", ACROSS_THE_DATE_LINE, 2, -48)
@example("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), 1, 0)
def test_a_duration_is_over_when_the_calendar_says_so(zone: str, at: datetime, count: int, near: int) -> None:
    monitor = _within(f"{count} days", at, zone)
    then = Calendar(zone).plus_days(at, count) + timedelta(minutes=15 * near)
    assert _sign(monitor.over_by(0, micros(then))) == _sign(near)


def _within(words: str, at: datetime, zone: str) -> MustPrecede:
    """A monitor with such a duration, and a log of one event."""
    log = Log({})
    seeker = log.new_seeker("1")
    log.set_zone(seeker, zone)
    log.append(micros(at), log.new_aggregate("1", None, seeker), 1, log.coded(Sign("relationship.gift-given.v1")))
    then = f"Then a gift must have happened within the {words} before"
    compiled = policy("Given every relationship", "When a referral ask happens", then)
    return MustPrecede(compiled, log, as_of=FOR_EVER, since=-FOR_EVER, in_order=True)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
