"""Taking facts back and correcting them: everything goes by what remains, and asks stay."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.errors import InFuture, InvalidInput, NotApplicable, NotFound
from kith.domain.log import Event
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.relationship import taking_back
from kith.domain.seeker import PolicyAdopted
from kith.domain.stages import Origin, Stage
from tests.domain.asks import chat_ask, intro_ask
from tests.domain.story import Story, chatted, day, gave, held, nurtured, replied, thanked, value_given, wrote
from tests.domain.test_stage_order import FACTS, LEARNED, shown

LATER = day(100)


def retract(story: Story, *versions: int, at: datetime = LATER) -> Story:
    return story.given(*taking_back.retract(story.state, versions, "entered twice", at))


def correct(story: Story, version: int, at: datetime = LATER, **changes: object) -> Story:
    return story.given(*taking_back.correct(story.state, version, changes, "a slip", at))


def test_a_stage_falls_with_the_fact_it_rests_on() -> None:
    story = value_given()
    gift = story.last
    retract(story, gift)
    corrected = story.written(e.StageCorrected)[-1].event
    assert story.state.earned is Stage.NURTURED
    assert isinstance(corrected, e.StageCorrected)
    assert corrected.retraction == story.last


def test_a_stage_that_rests_on_other_facts_stays_and_says_on_which() -> None:
    story = value_given().given(gave(day(20)))
    retract(story, story.state.gifts[0].version)
    assert story.state.earned is Stage.VALUE_GIVEN
    assert story.stages[Stage.VALUE_GIVEN] == day(20)
    assert story.written(e.StageCorrected) == []


def test_asks_stay_when_the_stage_falls() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    retract(story, story.state.gifts[0].version)
    assert [ask.is_open for ask in story.state.asks] == [True]


def test_a_retraction_that_is_taken_back_restores_the_stage() -> None:
    story = value_given()
    retract(story, story.state.gifts[0].version)
    retract(story, story.last, at=day(101))
    assert story.state.earned is Stage.VALUE_GIVEN
    assert story.stages[Stage.VALUE_GIVEN] == day(15)
    assert story.state.gifts


def test_a_corrected_date_moves_the_stage() -> None:
    story = value_given()
    story.given(*taking_back.correct(story.state, story.state.gifts[0].version, {"at": day(18)}, "a slip", day(50)))
    assert story.stages[Stage.VALUE_GIVEN] == day(18)
    assert story.state.earned is Stage.VALUE_GIVEN


def test_a_correction_that_does_not_concern_a_stage_leaves_it_alone() -> None:
    story = value_given()
    advances = len(story.written(e.StageAdvanced))
    correct(story, story.state.gifts[0].version, what="another article")
    story.given(wrote(day(101)))
    assert len(story.written(e.StageAdvanced)) == advances
    assert story.written(e.StageCorrected) == []


def test_a_stage_of_another_policy_survives_the_retraction_of_something_else() -> None:
    story = chatted().given(gave(day(22)))
    stricter = Policy(nurtured_touches=500)
    story.seeker_told(PolicyAdopted(at=day(23), policy=stricter, hash=stricter.hash))
    retract(story, story.state.gifts[-1].version)
    assert story.state.earned is Stage.COFFEE_CHAT


def test_a_head_start_falls_with_the_origin_that_gave_it() -> None:
    story = Story().given(wrote(day(0)), replied(day(1)), e.PersonDescribed(at=day(2), origin=Origin.FRIEND))
    assert story.stages == {Stage.NURTURED: day(1)}
    assert retract(story, 4).state.earned is Stage.MET


def test_a_volunteered_referral_that_was_none_takes_its_stage_along() -> None:
    story = nurtured().given(e.ReferralGiven(at=day(15), opening="a/b", volunteered=True))
    retract(story, story.last)
    assert story.state.stage is story.state.earned is Stage.NURTURED


def test_a_correction_reads_as_if_it_had_been_so_from_the_first() -> None:
    story = value_given().given(held(day(20), ""))
    correct(story, story.last, learnings="They model demand by street.")
    assert story.state.chats[0].learnings
    story.given(thanked(story.state.chats[0].fact.version, day(101)))
    assert story.state.earned is Stage.COFFEE_CHAT


def test_a_correction_keeps_what_was_corrected_before() -> None:
    story = value_given()
    gift = story.last
    correct(story, gift, what="another article")
    correct(story, gift, because="another reason")
    standing = [r for r in story.state.events if r.originator_version == gift]
    assert isinstance(standing[0].event, e.GiftGiven)
    assert taking_back.correct(story.state, gift, {"what": "another article"}, "again", day(102)) == []


def test_a_date_is_corrected_with_a_date_and_stored_as_json() -> None:
    story = value_given()
    [event] = taking_back.correct(story.state, story.last, {"at": day(10)}, "a slip", day(50))
    assert isinstance(event, e.FactCorrected)
    assert event.changes == {"at": "2026-01-15T12:00:00Z"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"colour": "red"}, InvalidInput), ({"at": "yesterday"}, InvalidInput), ({"at": day(900)}, InFuture)],
)
def test_refuses_a_correction_that_makes_no_sense(changes: dict[str, object], error: type[Exception]) -> None:
    story = value_given()
    with pytest.raises(error):
        taking_back.correct(story.state, story.last, changes, "a slip", day(50))


def test_only_facts_are_taken_back() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    for version, refused in (
        (ask.version, NotApplicable), (story.state.advances[0].version, NotApplicable), (4_711, NotFound),
    ):  # fmt: skip
        with pytest.raises(refused):
            taking_back.retract(story.state, (version,), "a slip", day(50))


def test_what_was_taken_back_is_neither_taken_back_again_nor_corrected() -> None:
    story = value_given()
    gift = story.last
    retract(story, gift)
    assert taking_back.retract(story.state, (gift,), "again", day(101)) == []
    with pytest.raises(NotApplicable):
        taking_back.correct(story.state, gift, {"what": "another"}, "a slip", day(101))
    with pytest.raises(NotApplicable):
        taking_back.correct(story.state, story.last, {"reason": "another"}, "a slip", day(101))


def test_an_agreement_that_was_none_opens_the_ask_again() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(e.AskAgreed(at=day(23), ask_id=ask.id))
    assert [booked.status for booked in story.case.seeker.asks] == ["promised"]
    retract(story, story.last, at=day(24))
    assert story.state.asks[-1].is_open
    assert [booked.status for booked in story.case.seeker.asks] == ["open"]


def test_an_opening_that_is_taken_back_takes_the_person_along_unless_more_is_known() -> None:
    assert retract(Story(), 1).state.removed
    assert not retract(Story().given(wrote(day(0))), 1).state.removed


@settings(max_examples=150)
@given(st.lists(FACTS, min_size=1, max_size=12), st.sampled_from([Origin.ONLINE, Origin.FRIEND]), st.data())
def test_a_fact_taken_back_leaves_what_would_be_without_it(
    facts: list[Event], origin: Origin, data: st.DataObject
) -> None:
    wrong = data.draw(st.sampled_from(range(len(facts))))
    story = Story(origin).given(*facts, recorded=LEARNED)
    versions = [r.originator_version for r in story.state.events if not isinstance(r.event, e.StageAdvanced)]
    retract(story, versions[wrong + 1], at=LEARNED)
    without = Story(origin).given(*facts[:wrong], *facts[wrong + 1 :], recorded=LEARNED)
    assert shown(story) == shown(without)


@settings(max_examples=60)
@given(st.lists(FACTS, min_size=1, max_size=10), st.data())
def test_taking_back_a_taking_back_leaves_all_as_it_was(facts: list[Event], data: st.DataObject) -> None:
    story = Story().given(*facts, recorded=LEARNED)
    before = shown(story)
    versions = [r.originator_version for r in story.state.events if not isinstance(r.event, e.StageAdvanced)][1:]
    retract(story, data.draw(st.sampled_from(versions)), at=LEARNED)
    retract(story, story.last, at=LEARNED)
    assert shown(story) == before


def test_an_inbound_word_that_was_none_puts_the_person_back_to_stranger() -> None:
    story = Story().given(replied(day(0)))
    assert not story.state.is_stranger
    assert retract(story, story.last).state.is_stranger


def test_a_word_that_woke_still_woke_when_something_else_is_taken_back() -> None:
    story = Story().given(wrote(day(0)), e.Snoozed(at=day(1), until=day(40)), replied(day(2)))
    assert story.state.snoozed_until is None
    story.given(e.FactsRetracted(at=day(3), versions=(2,), reason="entered twice"))
    assert story.state.snoozed_until is None
