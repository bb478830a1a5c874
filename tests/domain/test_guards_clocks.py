"""Every window of a guard is counted in days of the seeker's wall clock, also across a change of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.asks import Ask, Nudge
from kith.domain.connector_load import Carried
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from tests.domain.asks import chat_ask, intro_ask, referral_ask
from tests.domain.story import LISBON, Story, chatted, referred, value_given

MINUTE = timedelta(minutes=1)
OTHER = UUID(int=77)


def noon(month: int, day: int) -> datetime:
    """Noon in Lisbon, in 2026, when the clocks go forward on 29 March."""
    summer = (month, day) >= (3, 29)
    return datetime(2026, month, day, 11 if summer else 12, tzinfo=UTC)


def opens_at(story: Story, guard: str, ask: Ask, at: datetime) -> bool:
    """Whether a guard begins to hold at that minute, and says so before."""
    before = story.finding(guard, ask, at - MINUTE)
    return (before.holds, before.earliest) == (False, at) and story.holds(guard, ask, at)


def test_a_nudge_is_allowed_seven_days_later() -> None:
    story = value_given(zone=LISBON)
    ask = story.asked(chat_ask(), noon(3, 25))
    assert opens_at(story, "nudge-limit", Nudge(ask_id=ask.id), noon(4, 1))


def test_a_favour_is_asked_again_thirty_days_later() -> None:
    story = chatted(zone=LISBON)
    ask = story.asked(intro_ask(), noon(3, 1))
    story.given(e.AskDeclined(at=noon(3, 10), ask_id=ask.id))
    assert opens_at(story, "ask-cooldown", intro_ask(), noon(4, 9))


def test_an_ask_stands_in_the_way_for_twenty_one_days() -> None:
    story = value_given(zone=LISBON)
    story.asked(chat_ask(), noon(3, 20))
    finding = story.finding("one-open-ask", intro_ask(), noon(4, 9))
    assert finding.earliest == noon(4, 10)
    story.given(*decisions.lapse(story.state, noon(4, 10), story.case.policy, story.calendar))
    assert story.holds("one-open-ask", intro_ask(), noon(4, 10))


def test_an_outcome_is_late_after_seven_days() -> None:
    story = referred(zone=LISBON)
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=noon(3, 25), referral=version, outcome="hired"))
    assert story.holds("loop-closed", intro_ask(), noon(4, 1))
    assert not story.holds("loop-closed", intro_ask(), noon(4, 1) + MINUTE)


def test_a_connector_is_free_again_after_ninety_days() -> None:
    story = chatted(zone=LISBON)
    carried = tuple(Carried(UUID(int=n), noon(1, 20), noon(2, 10), released=True) for n in range(3))
    story.case = story.case._replace(load=replace(story.case.load, carried=carried))
    assert opens_at(story, "connector-load", intro_ask(), noon(4, 20))


def test_a_booked_favour_lapses_with_the_clocks_of_the_seeker() -> None:
    story = chatted(zone=LISBON)
    policy = story.case.policy.model_copy(update={"open_asks": 1})
    booked = s.AskBooked(
        at=noon(3, 20), ask_id=OTHER, relationship_id=OTHER, kind=referral_ask().kind,
        lapses=story.calendar.plus_days(noon(3, 20), 21), opening=referral_ask().opening,
    )  # fmt: skip
    story.seeker_told(booked, s.PolicyAdopted(at=noon(3, 21), policy=policy, hash=policy.hash))
    assert opens_at(story, "open-ask-limit", intro_ask(), noon(4, 10))
    assert opens_at(story, "one-referrer-per-opening", referral_ask(), noon(4, 10))


def test_moving_to_another_time_zone_moves_what_is_booked() -> None:
    story = chatted(zone=LISBON)
    story.asked(intro_ask(), noon(3, 20))
    story.seeker_told(s.ProfileUpdated(at=noon(3, 21), time_zone="UTC"))
    assert [ask.lapses for ask in story.case.seeker.asks] == [noon(4, 10) + timedelta(hours=1)]
