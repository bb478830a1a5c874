"""The way past a refusal: the cheapest steps, the answers that are needed, and the earliest day."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kith.domain import seeker as s
from kith.domain.asks import Ask, IntroAsk, Introducing, Nudge
from kith.domain.plans import plan
from kith.domain.policy import PRESETS, Policy
from kith.domain.relationship import events as e
from kith.domain.stages import Origin
from tests.domain.asks import DETAIL, chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import Story, chatted, day, gave, introduced, nurtured, referred, replied, value_given, wrote

READY = s.ProfileUpdated(
    at=day(-1), picture=True, headline="Analyst", intro="I am a risk analyst who likes to explain."
)


def steps(story: Story, ask: Ask, number: float) -> list[str]:
    return [step.what for step in story.plan(ask, day(number)).steps]


def test_a_stranger_is_written_to_then_nurtured_then_given_something() -> None:
    story = Story().seeker_told(READY)
    assert steps(story, chat_ask(), 0) == ["first message", "reply", "write", "write", "gift"]
    assert story.plan(chat_ask(), day(0)).earliest == day(14, 0)


def test_a_plan_spreads_its_messages() -> None:
    for policy in PRESETS.values():
        plan_ = Story(policy=policy).seeker_told(READY).plan(chat_ask(), day(0))
        written = [step.at for step in plan_.steps if step.what in ("write", "first message")]
        assert all((later - earlier).days >= 3 for earlier, later in pairwise(written))


def test_an_old_colleague_is_asked_for_a_chat_after_one_word_and_one_gift() -> None:
    story = Story(Origin.FORMER_COLLEAGUE)
    assert steps(story, chat_ask(), 0) == ["write", "reply", "gift"]
    assert story.plan(chat_ask(), day(0)).earliest == day(0)


def test_who_was_written_to_today_is_not_written_to_again() -> None:
    story = Story(Origin.FRIEND).given(wrote(day(0)))
    assert steps(story, chat_ask(), 1) == ["reply", "gift"]
    assert steps(story, chat_ask(), 4) == ["write", "reply", "gift"]


def test_an_introduction_needs_a_chat_that_was_agreed_held_and_thanked_for() -> None:
    assert steps(value_given(), intro_ask(), 16) == ["ask chat", "agree", "hold", "thank"]


def test_a_referral_needs_an_introduction_and_the_cooldown_after_it() -> None:
    story = chatted()
    plan_ = story.plan(referral_ask(), day(22))
    assert [step.what for step in plan_.steps] == ["ask introduction", "introduce", "thank", "gift", "wait"]
    assert plan_.earliest == day(52)


def test_an_ask_that_waits_is_answered_where_its_answer_is_needed() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    plan_ = story.plan(referral_ask(), day(23))
    assert (plan_.steps[0].what, plan_.steps[0].by, plan_.steps[0].subject) == ("introduce", "them", str(ask.id))


def test_an_ask_that_waits_for_something_else_lapses() -> None:
    story = introduced()
    story.asked(chat_ask(), day(40))
    first = story.plan(intro_ask(), day(41)).steps[0]
    assert (first.what, first.by, first.at) == ("wait", "time", day(61))


def test_nothing_is_to_be_done_where_only_time_is_missing() -> None:
    story = introduced().given(gave(day(33)), replied(day(55)))
    refused = [f.guard for f in story.when(referral_ask(), day(35)).missing]
    assert refused == ["ask-cooldown"]
    plan_ = story.plan(referral_ask(), day(35))
    assert [step.by for step in plan_.steps] == ["time"]
    assert plan_.earliest == day(60)


def test_bad_wording_is_named_guard_by_guard() -> None:
    plan_ = chatted().plan(IntroAsk(text="I will pay you."), day(22))
    assert [(step.what, step.subject) for step in plan_.steps] == [
        ("reword", "payment-language"), ("reword", "specific-intro"),
    ]  # fmt: skip
    assert plan_.earliest == day(22)


def test_the_outcome_is_told_before_the_next_favour() -> None:
    story = referred()
    story.given(e.OutcomeLearned(at=day(80), referral=story.state.referrals[0].fact.version, outcome="hired"))
    assert "report" in steps(story, intro_ask(), 100)


def test_missing_thanks_come_first_of_all_that_is_cheap() -> None:
    story = value_given().given(e.ChatHeld(at=day(20), learnings="a lot"))
    assert steps(story, intro_ask(), 21) == ["thank"]


@pytest.mark.parametrize(
    ("story", "ask", "instead"),
    [
        (chatted().given(e.ContactRefused(at=day(22))), intro_ask(), "leave them in peace"),
        (chatted(), Introducing(connector_agreed=True), "ask both sides first"),
    ],
)
def test_what_is_not_possible_says_so_and_what_to_do_instead(story: Story, ask: Ask, instead: str) -> None:
    plan_ = story.plan(ask, day(23))
    assert plan_.not_possible
    assert instead in plan_.instead
    assert (plan_.steps, plan_.earliest) == ((), None)


def test_a_second_nudge_is_not_possible() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    story.given(e.Nudged(at=day(23), ask_id=ask.id, ask=Nudge(ask_id=ask.id), policy="x"))
    assert "let the ask lapse" in story.plan(Nudge(ask_id=ask.id), day(30)).instead


def test_a_nudge_that_is_due_after_the_lapse_is_not_possible() -> None:
    story = value_given(policy=Policy(nudge_after_days=30))
    ask = story.asked(chat_ask(), day(16))
    assert "lapses before then" in story.plan(Nudge(ask_id=ask.id), day(17)).instead


def test_guards_that_are_overridden_need_no_steps() -> None:
    story = Story(Origin.FRIEND).given(wrote(day(0)), replied(day(0, 13)))
    ask = chat_ask(90)
    alone = plan(story.case, ask, day(1), {"value-first", "stage-reached"})
    assert [step.what for step in alone.steps] == ["reword"]
    past_intro = plan(chatted().case, referral_ask(), day(22), {"intro-before-referral"})
    assert past_intro.steps == ()


def test_a_first_message_needs_a_profile_before_it() -> None:
    assert steps(Story(), first_message(), 0) == ["profile", "reword"]
    assert steps(Story().given(e.FactNoted(at=day(0), text=DETAIL)), first_message(), 0) == ["profile"]


def test_a_decision_that_allows_is_possible_now_and_one_that_refuses_says_when() -> None:
    story = chatted()
    assert story.when(intro_ask(), day(22)).earliest == day(22)
    refused = story.when(referral_ask(), day(22))
    assert refused.earliest is None
    assert refused.with_plan(story.plan(referral_ask(), day(22))).earliest == day(52)


def test_a_tie_without_an_answer_is_nurtured_by_an_exchange() -> None:
    assert steps(nurtured(), chat_ask(), 200) == ["gift", "reply"]
