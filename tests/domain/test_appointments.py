"""An agreed chat as a calendar keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from kith.domain.appointments import appointment
from kith.domain.errors import NotApplicable
from kith.domain.relationship import events as e
from tests.domain.asks import chat_ask
from tests.domain.story import Story, day, value_given


def agreed(due: float | None = 20) -> Story:
    story = value_given()
    ask = story.asked(chat_ask(25), day(16))
    return story.given(e.AskAgreed(at=day(17), ask_id=ask.id, due=None if due is None else day(due)))


def test_a_chat_has_the_time_that_was_agreed_and_the_length_that_was_asked_for() -> None:
    found = appointment(agreed().state)
    assert (found.name, found.starts, found.minutes, found.changes) == ("Ana Silva", day(20), 25, 0)
    assert found.ends == day(20) + timedelta(minutes=25)
    assert found.changed_at == day(17)


def test_one_without_a_time_or_without_a_yes_is_none() -> None:
    with pytest.raises(NotApplicable, match="No time is set"):
        appointment(agreed(None).state)
    with pytest.raises(NotApplicable, match="No chat ask"):
        appointment(value_given().state)
    over = agreed().given(e.ChatHeld(at=day(20)))
    with pytest.raises(NotApplicable, match="No chat ask"):
        appointment(over.state)


@given(st.lists(st.integers(20, 90), max_size=6))
def test_its_id_stays_and_every_move_counts(days: list[int]) -> None:
    story = agreed()
    first = appointment(story.state)
    seen = [first]
    for number, due in enumerate(days):
        story.given(e.ChatRescheduled(at=day(17 + number / 10), ask_id=first.id, due=day(due)))
        seen.append(appointment(story.state))
    assert {one.id for one in seen} == {first.id}
    assert [one.changes for one in seen] == list(range(len(seen)))
    assert seen[-1].starts == day(days[-1] if days else 20)


def test_a_time_that_was_corrected_counts_as_changed() -> None:
    story = agreed()
    changes: dict[str, JsonValue] = {"due": day(21).isoformat()}
    story.given(e.FactCorrected(at=day(18), version=story.state.version, changes=changes, reason="misheard"))
    found = appointment(story.state)
    assert (found.starts, found.changes, found.changed_at) == (day(21), 1, day(18))
