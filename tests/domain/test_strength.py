"""How strong a relationship is as the beginning of a way: three parts, and no punishment for weak ties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.stages import Stage
from kith.domain.strength import ASLEEP, EVEN, ONLY_MET, Acquaintance, parts_of, strength_of
from tests.domain.story import day

NOW = day(4_000)
DAYS = st.none() | st.integers(0, 4_000)


def person(stage: Stage = Stage.NURTURED, gifts: int = 0, favours: int = 0, days: int | None = 0) -> Acquaintance:
    last = None if days is None else NOW - timedelta(days=days)
    return Acquaintance("a", "Ana", "Acme", None, stage, gifts, favours, last)


PEOPLE = st.builds(person, st.sampled_from(Stage), st.integers(0, 9), st.integers(0, 9), DAYS)


@given(PEOPLE)
def test_the_strength_is_the_mean_of_parts_from_nothing_to_a_whole(someone: Acquaintance) -> None:
    parts = parts_of(someone, NOW)
    assert [part.name for part in parts] == ["stage", "goodwill", "two-way recency"]
    assert all(0 <= part.value <= 1 and part.why.endswith(".") for part in parts)
    assert strength_of(someone, NOW) == pytest.approx(sum(part.value for part in parts) / 3)


@given(PEOPLE, st.sampled_from(list(Stage)[1:]))
def test_from_nurtured_on_a_closer_tie_is_no_stronger(someone: Acquaintance, stage: Stage) -> None:
    weak = someone._replace(stage=Stage.NURTURED)
    assert strength_of(weak, NOW) == strength_of(someone._replace(stage=stage), NOW)


@given(PEOPLE, st.integers(0, 4_000), st.integers(0, 4_000))
def test_a_later_word_never_makes_it_weaker(someone: Acquaintance, one: int, other: int) -> None:
    early, late = (person(someone.stage, days=days) for days in sorted((one, other), reverse=True))
    assert strength_of(early, NOW) <= strength_of(late, NOW)


@given(PEOPLE)
def test_a_gift_never_makes_it_weaker_and_a_favour_never_stronger(someone: Acquaintance) -> None:
    strength = strength_of(someone, NOW)
    assert strength_of(someone._replace(gifts=someone.gifts + 1), NOW) >= strength
    assert strength_of(someone._replace(favours=someone.favours + 1), NOW) <= strength


@pytest.mark.parametrize(("days", "value"), [(None, 0), (0, 1), (60, 1), (425, 0.75), (4_000, ASLEEP)])
def test_a_tie_that_fell_asleep_keeps_half(days: int | None, value: float) -> None:
    assert parts_of(person(days=days), NOW)[2].value == pytest.approx(value, abs=0.001)


@pytest.mark.parametrize(("gifts", "favours", "value"), [(0, 0, EVEN), (1, 0, 1), (2, 2, EVEN), (0, 1, 0)])
def test_goodwill_is_what_was_given_beside_what_was_asked(gifts: int, favours: int, value: float) -> None:
    assert parts_of(person(gifts=gifts, favours=favours), NOW)[1].value == value


def test_the_parts_are_told_in_sentences() -> None:
    told = [part.why for part in parts_of(person(Stage.MET, 0, 1, None), NOW)]
    assert told == [
        "You have met, and are not in touch yet.",
        "You gave no gifts and asked 1 favour.",
        "No word from them to you is on record.",
    ]
    assert parts_of(person(Stage.MET), NOW)[0].value == ONLY_MET
    assert parts_of(person(days=1), NOW)[2].why == "Their last word to you was yesterday."


def test_days_are_those_of_the_calendar() -> None:
    now = datetime(2026, 11, 25, 6, tzinfo=ZoneInfo("Europe/Lisbon"))
    someone = person(days=0)._replace(last_inbound=datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert parts_of(someone, now)[2].why == "Their last word to you was yesterday."
