"""Stages: each with its evidence, the head start, and favours that nobody asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kith.domain.asks import Question, Topic
from kith.domain.policy import PRESETS, Policy
from kith.domain.relationship import events as e
from kith.domain.seeker import PolicyAdopted
from kith.domain.stages import Origin, Stage
from tests.domain.asks import intro_ask
from tests.domain.story import (
    Story,
    chatted,
    day,
    gave,
    held,
    introduced,
    nurtured,
    referred,
    replied,
    thanked,
    value_given,
    wrote,
)  # fmt: skip

HEAD_START = (Origin.FORMER_COLLEAGUE, Origin.CLASSMATE, Origin.MENTOR, Origin.FRIEND, Origin.FAMILY)


def test_nurtured_is_two_way_and_over_time() -> None:
    story = nurtured()
    advance = story.state.advances[0]
    assert (story.state.earned, advance.at) == (Stage.NURTURED, day(14))
    assert advance.evidence == (2, 3, 4)
    assert advance.policy == story.case.policy.hash


@pytest.mark.parametrize(
    "touches",
    [
        (wrote(day(0)), wrote(day(7)), wrote(day(14))),
        (wrote(day(0)), replied(day(14))),
        (wrote(day(0)), replied(day(0, 13)), wrote(day(14))),
        (wrote(day(0)), replied(day(5)), wrote(day(13))),
    ],
    ids=["one-way", "two days", "two days, thrice", "thirteen days"],
)
def test_less_than_that_is_not_nurtured(touches: tuple[e.Touched, ...]) -> None:
    assert Story().given(*touches).state.earned is Stage.MET


def test_days_are_those_of_the_seeker() -> None:
    late, early = datetime(2026, 1, 5, 23, 30, tzinfo=UTC), datetime(2026, 1, 6, 0, 30, tzinfo=UTC)
    touches = (wrote(late), wrote(early), replied(datetime(2026, 1, 20, tzinfo=UTC)))
    assert Story(zone="UTC").given(*touches).state.earned is Stage.NURTURED
    assert Story(zone="Asia/Tokyo").given(*touches).state.earned is Stage.MET


@pytest.mark.parametrize("origin", list(Origin))
def test_who_knows_your_work_needs_one_exchange(origin: Origin) -> None:
    story = Story(origin).given(wrote(day(0)), replied(day(180)))
    assert story.state.earned is (Stage.NURTURED if origin in HEAD_START else Stage.MET)


def test_the_exchange_takes_place_within_a_hundred_and_eighty_days() -> None:
    assert Story(Origin.FRIEND).given(replied(day(0)), wrote(day(180, 12, 1))).state.earned is Stage.MET


def test_a_gift_before_the_tie_counts_when_the_tie_is_there() -> None:
    story = Story().given(gave(day(3)), *(wrote(day(0)), replied(day(1)), wrote(day(14))))
    assert story.stages == {Stage.NURTURED: day(14), Stage.VALUE_GIVEN: day(14)}


def test_a_gift_without_a_tie_is_no_stage() -> None:
    assert Story().given(gave(day(0))).state.earned is Stage.MET


@pytest.mark.parametrize(
    ("prepared", "learnings", "thanks", "reached"),
    [(True, "", True, True), (False, "A lot.", True, True), (False, "", True, False), (True, "A lot.", False, False)],
)
def test_a_coffee_chat_is_prepared_or_learned_from_and_thanked_for(
    prepared: bool, learnings: str, thanks: bool, reached: bool
) -> None:
    story = value_given()
    if prepared:
        story.given(e.ChatPrepared(at=day(19), questions=(Question(topic=Topic.WORK, text="Why?"),)))
    story.given(held(day(20), learnings))
    if thanks:
        story.given(thanked(story.last, day(21)))
    assert (story.state.earned is Stage.COFFEE_CHAT) is reached
    assert story.stages.get(Stage.COFFEE_CHAT) == (day(21) if reached else None)


def test_questions_prepared_after_a_chat_are_for_the_next_one() -> None:
    story = value_given().given(held(day(20), ""))
    chat = story.last
    story.given(
        e.ChatPrepared(at=day(20, 13), questions=(Question(topic=Topic.WORK, text="Why?"),)), thanked(chat, day(21))
    )
    assert story.state.earned is Stage.VALUE_GIVEN
    assert len(story.state.prepared) == 1


def test_an_introduction_made_is_the_stage_intro() -> None:
    assert introduced().stages[Stage.INTRO] == day(30)


@pytest.mark.parametrize("end", [e.AskDeclined, e.AskLapsed, e.IntroductionFailed])
def test_an_introduction_that_came_to_nothing_is_the_same_stage_whatever_the_reason(end: type[e.AskDeclined]) -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(end(at=day(25), ask_id=ask.id))
    assert story.stages[Stage.INTRO] == day(25)


def test_an_introduction_ask_taken_back_is_no_stage() -> None:
    story = chatted()
    story.given(e.AskWithdrawn(at=day(23), ask_id=story.asked(intro_ask(), day(22)).id))
    assert story.state.earned is Stage.COFFEE_CHAT


def test_having_met_through_an_introduction_counts_once_a_chat_was_held() -> None:
    story = Story().given(e.IntroductionAgreed(at=day(-1)))
    assert story.state.earned is Stage.MET
    story.given(wrote(day(0)), replied(day(1)), wrote(day(14)), gave(day(15)), held(day(20)))
    assert story.given(thanked(story.last, day(21))).stages[Stage.INTRO] == day(21)


def test_a_referral_is_the_last_stage() -> None:
    story = referred()
    assert story.state.stage is story.state.earned is Stage.REFERRAL
    assert story.stages[Stage.REFERRAL] == day(70)


def test_stages_are_climbed_without_leaving_one_out() -> None:
    story = nurtured().given(held(day(15)))
    story.given(thanked(story.last, day(16)), e.IntroductionReceived(at=day(17)))
    assert story.state.earned is Stage.NURTURED
    assert story.given(gave(day(18))).state.earned is Stage.INTRO


def test_stages_stay_whatever_time_silence_or_policy_do() -> None:
    story = chatted()
    careful = PRESETS["careful"]
    story.seeker_told(PolicyAdopted(at=day(22), policy=careful, hash=careful.hash))
    story.given(wrote(day(2_000)))
    assert story.state.earned is Stage.COFFEE_CHAT
    assert story.written(e.StageCorrected) == []


def test_what_was_reached_under_another_policy_is_built_upon() -> None:
    story = chatted()
    stricter = Policy(nurtured_touches=500)
    story.seeker_told(PolicyAdopted(at=day(22), policy=stricter, hash=stricter.hash))
    ask = story.asked(intro_ask(), day(22))
    assert story.given(e.IntroductionReceived(at=day(23), ask_id=ask.id)).state.earned is Stage.INTRO


def test_a_volunteered_introduction_moves_the_stage_and_names_what_was_passed_over() -> None:
    story = Story().given(e.IntroductionReceived(at=day(0), volunteered=True))
    advance = story.state.advances[0]
    assert (story.state.stage, story.state.earned) == (Stage.INTRO, Stage.MET)
    assert advance.volunteered
    assert advance.skipped == (Stage.NURTURED, Stage.VALUE_GIVEN, Stage.COFFEE_CHAT)


def test_a_volunteered_referral_at_intro_passes_nothing_over() -> None:
    story = introduced().given(e.ReferralGiven(at=day(40), opening="acme/analyst", volunteered=True))
    advance = story.state.advances[-1]
    assert (advance.stage, advance.volunteered, advance.skipped) == (Stage.REFERRAL, True, ())
    assert story.state.earned is Stage.REFERRAL


def test_a_volunteered_favour_leaves_the_way_to_be_earned() -> None:
    story = Story().given(e.ReferralGiven(at=day(-30), opening="acme/analyst", volunteered=True))
    story.given(thanked(2, day(-29)), wrote(day(0)), replied(day(1)), gave(day(2)))
    assert (story.state.stage, story.state.earned) == (Stage.REFERRAL, Stage.VALUE_GIVEN)


def test_an_introduction_volunteered_after_a_referral_moves_nothing() -> None:
    story = Story().given(e.ReferralGiven(at=day(0), opening="acme/analyst", volunteered=True))
    story.given(e.IntroductionReceived(at=day(1), volunteered=True))
    assert [advance.stage for advance in story.state.advances] == [Stage.REFERRAL]


def test_an_advance_follows_from_the_event_that_completed_it() -> None:
    recorded = nurtured().written(e.StageAdvanced)[0]
    assert (recorded.originator_id, recorded.originator_version) == (UUID(int=2), 5)
