"""Questions that are suggested for a coffee chat."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kith.domain import seeker as s
from kith.domain.asks import ChatAsk, Topic
from kith.domain.outlines.facts import Subject
from kith.domain.relationship import events as e
from kith.domain.suggestions import Suggestion, suggestions
from tests.domain.story import Story, day, nurtured, value_given


def suggested(story: Story) -> list[Suggestion]:
    return suggestions(Subject(story.state, story.case.seeker))


def opened(**known: str) -> Story:
    return Story(opened=e.RelationshipOpened(at=day(-9), seeker_id=UUID(int=1), name="Ana", **known))  # type: ignore[arg-type]


def test_there_are_three_on_each_of_the_four_topics() -> None:
    found = suggested(nurtured())
    assert Counter(one.question.topic for one in found) == dict.fromkeys(Topic, 3)
    assert [one.drawn_from for one in found] == [""] * 12


def test_they_are_drawn_from_the_record() -> None:
    story = opened(company="Acme", position="Head of Risk").given(
        e.FactNoted(at=day(0), text="her talk in Porto"), e.ChatHeld(at=day(1), learnings="Tools are chosen by Rui."),
    )  # fmt: skip
    story.seeker_told(s.GoalsSet(at=day(2), roles=("risk analyst",)))
    found = suggested(story)
    assert {one.drawn_from for one in found} == {
        "", "Acme", "Head of Risk", "her talk in Porto", "Tools are chosen by Rui.", "risk analyst",
    }  # fmt: skip
    assert all(one.drawn_from in one.question.text for one in found)


def test_those_that_are_prepared_are_marked_and_keep_their_number() -> None:
    story = nurtured()
    before = suggested(story)
    story.given(e.ChatPrepared(at=day(15), questions=(before[4].question,)))
    after = suggested(story)
    assert [one.question for one in after] == [one.question for one in before]
    assert [number for number, one in enumerate(after) if one.prepared] == [4]
    story.given(e.ChatHeld(at=day(16)))
    assert not any(one.prepared for one in suggested(story))


@given(st.sets(st.integers(0, 11), min_size=3))
def test_any_three_on_two_topics_satisfy_the_guard(numbers: set[int]) -> None:
    story = value_given()
    picked = tuple(suggested(story)[number].question for number in numbers)
    enough = len({question.topic for question in picked}) >= 2
    assert story.holds("questions-prepared", ChatAsk(questions=picked), day(16)) is enough


@given(st.text(min_size=1, max_size=400).filter(str.strip), st.text(max_size=400))
def test_whatever_is_on_record_makes_a_question_that_can_be_kept(note: str, company: str) -> None:
    story = opened(company=company).given(e.FactNoted(at=day(0), text=note))
    assert all(one.question.text.strip() and "\n" not in one.question.text for one in suggested(story))
