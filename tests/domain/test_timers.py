"""What becomes due by time alone: one timer per promise of the policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kith.domain.asks import AskKind, Nudge
from kith.domain.policy import Policy
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.stages import Channel
from kith.domain.timers import timers
from tests.domain.asks import chat_ask, intro_ask
from tests.domain.story import (
    LISBON,
    Story,
    chatted,
    day,
    gave,
    held,
    introduced,
    referred,
    replied,
    told,
    value_given,
    wrote,
)

MINUTE = timedelta(minutes=1)


def due(story: Story, kind: str) -> list[datetime]:
    return [timer.due for timer in story.timers(kind)]


def test_an_ask_lapses_after_twenty_one_days_to_the_minute() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16, 21, 37))
    assert due(story, "lapse") == [day(37, 21, 37)]
    state, policy, calendar = story.state, story.case.policy, story.calendar
    assert decisions.lapse(state, day(37, 21, 37) - MINUTE, policy, calendar) == []
    [lapsed] = decisions.lapse(state, day(50), policy, calendar)
    assert lapsed.at == day(37, 21, 37)


def test_a_lapse_follows_the_wall_clock_when_the_clocks_change() -> None:
    story = value_given(zone=LISBON)
    story.asked(chat_ask(), datetime(2026, 3, 15, 12, tzinfo=UTC))
    assert due(story, "lapse") == [datetime(2026, 4, 5, 11, tzinfo=UTC)]


def test_an_agreement_stops_the_lapse_and_starts_a_promise() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(*decisions.agree(ask, None, day(23), story.case.policy, story.calendar))
    assert due(story, "lapse") == []
    assert due(story, "promise") == [day(37)]


def test_a_chat_is_due_when_it_takes_place() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    story.given(*decisions.agree(ask, day(20), day(17), story.case.policy, story.calendar))
    assert due(story, "promise") == [day(20)]
    assert due(story.given(e.ChatRescheduled(at=day(18), ask_id=ask.id, due=day(25))), "promise") == [day(25)]
    assert due(story.given(e.ChatCancelled(at=day(19), ask_id=ask.id)), "promise") == []


def test_a_message_waits_two_days_for_an_answer() -> None:
    story = Story().given(replied(day(0)))
    assert [(timer.subject, timer.due) for timer in story.timers("answer")] == [("2", day(2))]
    assert due(story.given(wrote(day(1), Channel.REACTION)), "answer") == []


def test_a_message_waits_though_something_else_came_since() -> None:
    story = Story().given(replied(day(0)), replied(day(1), Channel.ENDORSEMENT), replied(day(1, 13)))
    assert due(story, "answer") == [day(2)]


def test_only_messages_want_an_answer() -> None:
    assert due(Story().given(replied(day(0), Channel.RECOMMENDATION)), "answer") == []


def test_thanks_are_due_within_a_day() -> None:
    story = value_given().given(held(day(21)))
    assert due(story, "thanks") == [day(22)]
    assert due(story.given(e.ThanksSent(at=day(22), thanks_for=story.last)), "thanks") == []


def test_reminders_wait_for_working_hours_in_the_time_zone_of_the_seeker() -> None:
    friday_evening = day(18, 20)
    story = value_given(zone="America/New_York").given(held(friday_evening + timedelta(hours=6)))
    assert due(story, "thanks") == [day(21, 14)]


def test_a_nudge_is_allowed_from_day_seven_once() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    assert due(story, "nudge") == [day(23)]
    story.given(e.Nudged(at=day(23), ask_id=ask.id, ask=Nudge(ask_id=ask.id), policy="x"))
    assert due(story, "nudge") == []


@pytest.mark.parametrize(("tier", "days"), [(1, 21), (2, 60), (3, 180), (4, 365)])
def test_keeping_in_touch_goes_by_tier(tier: int, days: int) -> None:
    story = Story(policy=Policy(dormant_days=3650)).given(wrote(day(0)), e.TierSet(at=day(0), tier=tier))
    assert due(story, "keep-in-touch") == [story.calendar.working(day(days))]


def test_keeping_in_touch_begins_anew_with_every_interaction_and_tier() -> None:
    story = Story().given(e.TierSet(at=day(0), tier=1), wrote(day(7)))
    assert [(t.subject, t.due) for t in story.timers("keep-in-touch")] == [("3", day(28))]
    story.given(e.TierSet(at=day(8), tier=2))
    assert [(t.subject, t.due) for t in story.timers("keep-in-touch")] == [("4", story.calendar.working(day(68)))]
    assert due(story.given(e.TierSet(at=day(9), tier=None)), "keep-in-touch") == []


def test_nobody_is_kept_in_touch_with_who_has_no_tier() -> None:
    assert due(value_given(), "keep-in-touch") == []


def test_a_hundred_and_eighty_days_of_silence_make_a_tie_dormant() -> None:
    story = Story().given(wrote(day(0)))
    assert due(story, "dormant") == [day(180)]
    story.given(e.WentDormant(at=day(180)))
    assert due(story, "dormant") == []
    assert due(story.given(replied(day(200))), "dormant") == [day(380)]


def test_a_chat_wakes_a_dormant_tie() -> None:
    story = Story().given(wrote(day(0)), e.WentDormant(at=day(180)), held(day(190)))
    assert due(story, "dormant") == [day(370)]


def test_an_outcome_is_told_within_seven_days() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(77), referral=version, outcome="hired"))
    assert [(t.subject, t.due) for t in story.timers("outcome")] == [(str(version), day(84))]


def test_what_came_of_an_introduction_is_told_within_three_weeks() -> None:
    story = introduced()
    version = story.state.introductions[0].fact.version
    made = story.state.introductions[0].fact.at
    assert [(t.subject, t.due - made) for t in story.timers("report")] == [(str(version), timedelta(days=21))]
    story.given(told(story, made + timedelta(days=9)))
    assert story.timers("report") == []
    assert story.state.last_outbound is not None
    assert story.state.last_outbound.at == made + timedelta(days=9)


def test_an_introduction_recorded_long_after_wants_no_report() -> None:
    story = chatted().given(e.IntroductionReceived(at=day(30), volunteered=True), recorded=day(60))
    assert story.timers("report") == []


def test_what_was_promised_in_a_chat_is_due_in_a_week() -> None:
    story = value_given().given(e.ChatHeld(at=day(21), follow_ups=("send the book",)))
    assert due(story, "follow-up") == [day(28)]


def test_a_snooze_ends() -> None:
    story = Story().given(e.Snoozed(at=day(0), until=day(10, 3)))
    timer = story.timers("wake")
    assert [(t.subject, t.due) for t in timer] == [("2", day(10, 3))]
    assert story.given(e.FactNoted(at=day(1), text="likes tea")).timers("wake") == timer
    assert due(story.given(replied(day(2))), "wake") == []


def test_a_favour_may_be_asked_again_after_its_cooldown() -> None:
    story = chatted()
    first = story.asked(intro_ask(), day(22))
    story.given(e.AskDeclined(at=day(23), ask_id=first.id))
    assert [(t.subject, t.due) for t in story.timers("cooldown")] == [(str(first.id), day(53))]


@pytest.mark.parametrize("end", [e.Closed(at=day(30)), e.ContactRefused(at=day(30))])
def test_closing_disarms_every_timer(end: e.Closed | e.ContactRefused) -> None:
    story = referred().given(replied(day(75)), e.TierSet(at=day(75), tier=1))
    story.asked(intro_ask(), day(76))
    assert list(timers(story.state, story.case.policy, story.calendar))
    story.given(end)
    assert list(timers(story.state, story.case.policy, story.calendar)) == []


def test_a_past_learned_of_late_arms_no_debt() -> None:
    story = value_given().given(held(day(20)), replied(day(21)), recorded=day(60))
    assert due(story, "thanks") == due(story, "answer") == []


def test_timers_have_a_name_of_their_own() -> None:
    story = referred().given(replied(day(75)), e.TierSet(at=day(75), tier=1), e.Snoozed(at=day(75), until=day(90)))
    named = [(timer.kind, timer.subject) for timer in timers(story.state, story.case.policy, story.calendar)]
    assert len(named) == len(set(named))


def test_days_of_the_past_are_days_of_the_seeker() -> None:
    at, learned = datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 4, 3, 11, tzinfo=UTC)
    assert due(Story(zone=LISBON).given(replied(at), recorded=learned), "answer")
    assert due(Story(zone=LISBON).given(replied(at), recorded=learned + MINUTE), "answer") == []


def test_an_ask_is_found_by_its_id() -> None:
    story = value_given()
    assert story.asked(chat_ask(), day(16)).kind is AskKind.CHAT
    assert story.state.ask(UUID(int=5)) is None
    assert story.given(gave(day(17))).state.ask(story.state.asks[0].id) is story.state.asks[0]
