"""What fires when time has passed: once for each timer and due instant, at that instant, in the order of time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.asks import Nudge
from kith.domain.firing import fire
from kith.domain.log import Event
from kith.domain.policy import Policy
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.stages import Channel, Origin
from kith.domain.timers import REMINDERS, timers
from tests.domain.asks import chat_ask, intro_ask
from tests.domain.story import LISBON, Story, chatted, day, gave, held, referred, replied, value_given, wrote

MINUTE = timedelta(minutes=1)


def swept(story: Story, now: datetime) -> list[Event]:
    """Everything that fires by now, recorded now."""
    found: list[Event] = []
    while events := fire(story.state, story.case.policy, story.calendar, now):
        found += events
        story.given(*events, recorded=now)
    return found


def reminders(story: Story, now: datetime) -> list[tuple[str, str, datetime]]:
    """What is reminded of by now."""
    return [(f.kind, f.subject, f.due) for f in swept(story, now) if isinstance(f, e.TimerFired)]


def of(kind: str, story: Story, now: datetime) -> list[datetime]:
    """When the reminders of that kind were due."""
    return [due for found, _, due in reminders(story, now) if found == kind]


# Each kind


def test_an_ask_lapses_at_the_instant_it_was_due() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16, 21, 37))
    assert [f for f in swept(story, day(37, 21, 36)) if isinstance(f, e.AskLapsed)] == []
    lapsed = [f for f in swept(story, day(90)) if isinstance(f, e.AskLapsed)]
    assert lapsed == [e.AskLapsed(at=day(37, 21, 37), ask_id=ask.id)]
    assert swept(story, day(90)) == []


def test_a_tie_goes_dormant_at_the_instant_it_was_due() -> None:
    story = Story().given(wrote(day(0)))
    assert swept(story, day(180) - MINUTE) == []
    assert swept(story, day(300)) == [e.WentDormant(at=day(180))]
    assert story.state.dormant_since == day(180)
    assert swept(story, day(3_000)) == []


def test_a_word_from_them_wakes_it_and_it_may_fall_asleep_again() -> None:
    story = Story().given(wrote(day(0)))
    swept(story, day(180))
    story.given(replied(day(200), Channel.REACTION))
    assert [f.at for f in swept(story, day(500)) if isinstance(f, e.WentDormant)] == [day(380)]


def test_what_was_taken_back_and_put_back_does_not_keep_a_tie_asleep() -> None:
    story = Story().given(wrote(day(0)), replied(day(100), Channel.REACTION))
    story.given(e.FactsRetracted(at=day(200), versions=(3,), reason="it was another Ana"))
    assert swept(story, day(201)) == [e.WentDormant(at=day(180))]
    story.given(e.FactsRetracted(at=day(202), versions=(4,), reason="it was her after all"))
    assert swept(story, day(300)) == [e.WentDormant(at=day(280))]


def test_a_tie_to_which_one_wrote_in_vain_falls_asleep_again() -> None:
    story = Story().given(wrote(day(0)))
    assert [f.at for f in swept(story, day(200))] == [day(180)]
    assert [f.at for f in swept(story.given(wrote(day(210))), day(500))] == [day(390)]


def test_a_nudge_is_reminded_of_from_day_seven_and_again_after_each_nudge() -> None:
    story = value_given(policy=Policy(nudges=2))
    ask = story.asked(chat_ask(), day(16))
    assert reminders(story, day(23) - MINUTE) == []
    assert reminders(story, day(24)) == [("nudge", str(ask.id), day(23))]
    story.given(e.Nudged(at=day(24), ask_id=ask.id, ask=Nudge(ask_id=ask.id), policy="x"))
    assert reminders(story, day(32)) == [("nudge", str(ask.id), story.calendar.working(day(31)))]


def test_a_promise_is_reminded_of_when_it_is_due_and_again_when_it_is_moved() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    story.given(*decisions.agree(ask, day(20), day(17), story.case.policy, story.calendar))
    assert of("promise", story, day(20)) == [day(20)]
    story.given(e.ChatRescheduled(at=day(20, 13), ask_id=ask.id, due=day(25)))
    assert of("promise", story, day(30)) == [day(25)]


def test_thanks_are_reminded_of_once() -> None:
    story = value_given().given(held(day(21)))
    assert of("thanks", story, day(22) - MINUTE) == []
    assert of("thanks", story, day(22)) == [day(22)]
    assert of("thanks", story, day(170)) == []


def test_an_answer_is_reminded_of_and_the_next_message_after_an_answer_again() -> None:
    story = Story().given(replied(day(0)))
    assert reminders(story, day(2)) == [("answer", "2", day(2))]
    story.given(wrote(day(3)), replied(day(7)))
    assert of("answer", story, day(9)) == [day(9)]


def test_an_outcome_is_reminded_of() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(77), referral=version, outcome="hired"))
    assert of("outcome", story, day(84)) == [day(84)]


def test_what_was_promised_in_a_chat_is_reminded_of() -> None:
    story = value_given().given(e.ChatHeld(at=day(21), follow_ups=("send the book", "call Rui")))
    assert of("follow-up", story, day(28)) == [day(28), day(28)]


def test_keeping_in_touch_is_reminded_of_once_until_the_next_touch() -> None:
    story = Story(policy=Policy(dormant_days=3650)).given(wrote(day(0)), e.TierSet(at=day(0), tier=1))
    assert reminders(story, day(100)) == [("keep-in-touch", "2", day(21))]
    story.given(wrote(day(100)))
    assert of("keep-in-touch", story, day(200)) == [story.calendar.working(day(121))]


def test_a_cooldown_ends_once() -> None:
    story = chatted()
    first = story.asked(intro_ask(), day(22))
    story.given(e.AskDeclined(at=day(23), ask_id=first.id))
    assert [r for r in reminders(story, day(53)) if r[0] == "cooldown"] == [("cooldown", str(first.id), day(53))]


def test_a_snooze_ends_once() -> None:
    story = Story().given(wrote(day(0)), e.Snoozed(at=day(0), until=day(10, 3)))
    assert reminders(story, day(11)) == [("wake", "3", day(10, 3))]
    assert reminders(story, day(12)) == []


def test_every_kind_of_reminder_is_told_in_plain_words() -> None:
    assert len(REMINDERS) == len(set(REMINDERS.values())) == 10


# In which order, and how often


def test_what_fires_late_is_what_would_have_fired_in_time() -> None:
    policy = Policy(nudge_after_days=30)
    in_time, late = value_given(policy=policy), value_given(policy=policy)
    for story in (in_time, late):
        story.asked(intro_ask(), day(16))
    found = [event for number in range(16 * 4, 400 * 4) for event in swept(in_time, day(number / 4))]
    assert swept(late, day(399.75)) == found
    assert "nudge" not in [f.kind for f in found if isinstance(f, e.TimerFired)]


def test_what_a_lapse_arms_fires_too() -> None:
    story = chatted()
    story.asked(intro_ask(), day(22))
    assert of("cooldown", story, day(100)) == [story.calendar.working(day(73))]


def test_a_changed_policy_arms_anew_only_what_is_due_later() -> None:
    story = Story().given(wrote(day(0)), e.TierSet(at=day(0), tier=1))
    swept(story, day(30))
    state, calendar = story.state, story.calendar
    earlier, later = Policy(tier_days=(14, 60, 180, 365)), Policy(tier_days=(28, 60, 180, 365))
    assert [f.kind for f in timers(state, earlier, calendar)] == ["dormant"]
    assert [f.kind for f in timers(state, later, calendar)] == ["keep-in-touch", "dormant"]


def test_a_clock_that_jumps_back_fires_nothing_again() -> None:
    story = referred().given(replied(day(75)))
    assert swept(story, day(400))
    assert swept(story, day(76)) == swept(story, day(400)) == []


@pytest.mark.parametrize("end", [e.Closed(at=day(75, 13)), e.ContactRefused(at=day(75, 13))])
def test_nothing_fires_for_whom_one_has_parted_with(end: Event) -> None:
    story = referred().given(replied(day(75)), end)
    assert swept(story, day(400)) == []


def test_what_fired_does_not_keep_on_record_whom_one_never_met() -> None:
    story = Story().given(wrote(day(0)))
    swept(story, day(200))
    story.given(e.FactsRetracted(at=day(201), versions=(1, 2), reason="entered by mistake"))
    assert story.state.removed
    assert swept(story, day(900)) == []


def test_what_fired_stays_fired_when_a_fact_is_taken_back() -> None:
    story = Story().given(replied(day(0)), wrote(day(-1)))
    assert of("answer", story, day(3)) == [day(2)]
    story.given(e.FactsRetracted(at=day(4), versions=(3,), reason="entered twice"))
    assert of("answer", story, day(5)) == []


# An imported past


def test_an_imported_past_falls_asleep_silently_and_reminds_of_nothing() -> None:
    story = Story(origin=Origin.FORMER_COLLEAGUE).given(
        wrote(day(-400)), replied(day(-399)), gave(day(-398)), held(day(-397)), recorded=day(0)
    )
    assert swept(story, day(0)) == [e.WentDormant(at=day(-217))]
    assert swept(story, day(1_000)) == []


# Whatever is armed


WHAT = st.sampled_from(["wrote", "replied", "held", "gave", "snooze", "tier", "ask", "agree"])
FACTS = st.lists(st.tuples(WHAT, st.integers(1, 9)), min_size=1, max_size=12)
GAPS = st.lists(st.integers(1, 200), min_size=1, max_size=8)
SOME_ZONE = st.sampled_from(["UTC", LISBON, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])


def told(facts: list[tuple[str, int]], zone: str) -> Story:
    """A relationship in which all that happened."""
    story, at = Story(zone=zone), day(0)
    for what, number in facts:
        at += timedelta(days=number, hours=number)
        _tell(story, what, number, at)
    return story


def _tell(story: Story, what: str, number: int, at: datetime) -> None:
    match what:
        case "ask":
            story.asked(intro_ask() if number % 2 else chat_ask(), at)
        case "agree" if story.state.open_asks:
            story.given(*decisions.agree(story.state.open_asks[0], None, at, story.case.policy, story.calendar))
        case "snooze":
            story.given(e.Snoozed(at=at, until=at + timedelta(days=number)))
        case "tier":
            story.given(e.TierSet(at=at, tier=number % 4 + 1))
        case "wrote":
            story.given(wrote(at))
        case "held":
            story.given(e.ChatHeld(at=at, learnings="a lot", follow_ups=("the book",)))
        case "gave":
            story.given(gave(at))
        case _:
            story.given(replied(at))


@given(FACTS, SOME_ZONE, GAPS)
def test_every_timer_fires_once_none_early_and_none_is_left(
    facts: list[tuple[str, int]], zone: str, gaps: list[int]
) -> None:
    story, now = told(facts, zone), day(0)
    fired: list[Event] = []
    for gap in gaps:
        now += timedelta(days=gap, hours=gap)
        found = swept(story, now)
        assert all(event.at <= now for event in found)
        assert [event.at for event in found] == sorted(event.at for event in found)
        assert all(timer.due > now for timer in timers(story.state, story.case.policy, story.calendar))
        fired += found
    assert len({event.model_dump_json() for event in fired}) == len(fired)


@given(FACTS, SOME_ZONE, GAPS)
def test_when_one_looks_does_not_change_what_fires(facts: list[tuple[str, int]], zone: str, gaps: list[int]) -> None:
    often, once = told(facts, zone), told(facts, zone)
    now = often.state.events[-1].at
    found = []
    for gap in gaps:
        now += timedelta(days=gap)
        found += swept(often, now)
    assert swept(once, now) == found
    assert often.state.fired == once.state.fired
