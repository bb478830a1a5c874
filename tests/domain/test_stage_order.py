"""The order in which past facts are recorded changes neither the stages nor when they were reached."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.asks import Question, Topic
from kith.domain.case import Stamp
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import fold
from kith.domain.stages import Origin, Stage
from tests.domain.story import ANA, Story, day, gave, held, met, replied, thanked, wrote

LEARNED = day(400)
"""When all of it is recorded."""
QUESTION = (Question(topic=Topic.WORK, text="Why?"),)
FACTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(wrote, st.integers(0, 300).map(day)),
    st.builds(replied, st.integers(0, 300).map(day)),
    st.builds(met, st.integers(0, 300).map(day)),
    st.builds(gave, st.integers(0, 300).map(day)),
    st.builds(held, st.integers(0, 300).map(day), st.sampled_from(["", "They model demand by street."])),
    st.builds(e.ChatPrepared, at=st.integers(0, 300).map(day), questions=st.just(QUESTION)),
    st.builds(e.IntroductionAgreed, at=st.integers(0, 300).map(day)),
    st.builds(e.IntroductionReceived, at=st.integers(0, 300).map(day), volunteered=st.booleans()),
    st.builds(e.ReferralGiven, at=st.integers(0, 300).map(day), opening=st.just("a/b"), volunteered=st.booleans()),
)


def told(facts: list[Event], origin: Origin) -> Story:
    """The facts recorded in that order, and then thanks for every chat on the day after it."""
    story = Story(origin).given(*facts, recorded=LEARNED)
    chats = sorted((chat.fact for chat in story.state.chats), key=lambda fact: fact.at)
    return story.given(*(thanked(fact.version, day((fact.at - day(0)).days + 1)) for fact in chats), recorded=LEARNED)


def shown(story: Story) -> tuple[object, ...]:
    """What the order must not change."""
    state = story.state
    skipped = {advance.stage: advance.at for advance in state.advances if advance.skipped}
    return state.stage, state.earned, story.stages, skipped.get(state.stage) if state.stage > state.earned else None


@settings(max_examples=150)
@given(st.lists(FACTS, max_size=14), st.sampled_from([Origin.ONLINE, Origin.FRIEND]), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(facts: list[Event], origin: Origin, random: object) -> None:
    in_order = sorted(facts, key=lambda fact: fact.at)
    shuffled = in_order.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shown(told(shuffled, origin)) == shown(told(in_order, origin))


def test_a_gift_of_long_ago_moves_its_stage_to_where_it_belongs() -> None:
    story = Story().given(wrote(day(0)), replied(day(1)), wrote(day(14)), gave(day(200)))
    assert story.stages[Stage.VALUE_GIVEN] == day(200)
    story.given(gave(day(50)), recorded=day(210))
    assert story.stages[Stage.VALUE_GIVEN] == day(50)
    assert story.state.earned is Stage.VALUE_GIVEN


def test_an_earlier_fact_moves_every_stage_that_rests_on_it() -> None:
    story = Story().given(gave(day(1)), replied(day(100)), wrote(day(101)))
    assert story.stages == {Stage.NURTURED: day(101), Stage.VALUE_GIVEN: day(101)}
    story.given(replied(day(40)), wrote(day(41)), recorded=day(110))
    assert story.stages == {Stage.NURTURED: day(41), Stage.VALUE_GIVEN: day(41)}


def test_nothing_is_said_twice_when_nothing_new_is_learned() -> None:
    story = Story().given(wrote(day(0)), replied(day(1)), wrote(day(14)), gave(day(15)))
    advances = len(story.written(e.StageAdvanced))
    story.given(gave(day(16)), replied(day(17)), wrote(day(2)), recorded=day(20))
    assert len(story.written(e.StageAdvanced)) == advances


@settings(max_examples=100)
@given(st.lists(FACTS, max_size=12), st.sampled_from(list(Origin)))
def test_folding_is_the_same_every_time(facts: list[Event], origin: Origin) -> None:
    story = told(facts, origin)
    relationship = [recorded for recorded in story.recorded if recorded.originator_id == story.state.id]
    assert fold(relationship) == fold(relationship) == story.state


def test_what_was_derived_from_the_touches_is_derived_anew_where_another_fact_comes_first() -> None:
    story = Story().given(wrote(day(0)))
    assert len(story.state.by_time) == 1
    stamp = Stamp(day(2), "together")
    noted, replies = e.FactNoted(at=day(1), text="She reads a lot."), replied(day(2))
    state = fold([stamp.place(noted, ANA, 3), stamp.place(replies, ANA, 4)], story.state)
    assert state is not None
    assert [touch.version for touch in state.by_time] == [2, 4]
