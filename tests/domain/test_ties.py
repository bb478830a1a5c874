"""Who knows whom: what speaks for a tie, and how much."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kith.domain.errors import InFuture, InvalidInput
from kith.domain.log import Event
from kith.domain.relationship import decisions, taking_back
from kith.domain.relationship import events as e
from kith.domain.ties import (
    AT_SOME_TIME,
    MOST_IN_A_GROUP,
    SAME_EMPLOYER,
    SAME_SCHOOL,
    Background,
    BackgroundKind,
    Noted,
    NotedKind,
    Source,
    employer_key,
    noted,
    noted_weight,
    shared,
)
from tests.domain.story import Story, day

TOM = UUID(int=40)
YEAR = st.none() | st.integers(2000, 2010)


def thread(people: int, id_: str = "t1", on: int = 0) -> Source:
    return Source(NotedKind.THREAD, people, id_, day(on))


def worked(start: int | None = None, end: int | None = None, *, now: bool = False) -> Background:
    return Background(BackgroundKind.WORKED, "Acme", start, end, now=now)


def weight(*sources: Source) -> float:
    return max(evidence.weight for evidence in noted(sources))


# Weights


def test_a_note_of_the_seekers_counts_in_full() -> None:
    assert noted_weight(NotedKind.NOTED, None) == 1


@pytest.mark.parametrize(("people", "counts"), [(3, 1 / 2), (4, 1 / 3), (11, 1 / 10)])
def test_in_a_group_everybody_divides_their_attention_among_the_others(people: int, counts: float) -> None:
    assert noted_weight(NotedKind.THREAD, people) == noted_weight(NotedKind.MEETING, people) == counts


@given(st.lists(st.integers(3, MOST_IN_A_GROUP + 1), min_size=1, max_size=30))
def test_groups_add_up_and_never_beyond_a_whole(sizes: list[int]) -> None:
    groups = [thread(people, f"t{number}") for number, people in enumerate(sizes)]
    assert weight(*groups) == pytest.approx(min(1, sum(1 / (people - 1) for people in sizes)))


def test_the_same_thread_told_twice_counts_once() -> None:
    assert weight(thread(5), thread(5)) == weight(thread(5)) < weight(thread(5), thread(5, "t2"))


def test_the_evidence_is_a_sentence_for_people() -> None:
    since = Source(NotedKind.NOTED, None, "n", day(0), "same choir", date(2019, 5, 1))
    assert [told.why for told in noted([since, thread(4)])] == [
        "you noted that they know each other since 2019 (same choir)",
        "both were in a group thread of 4 people with you, in January 2026",
    ]
    assert noted([thread(4), thread(3, "t2", 40)])[0].why == (
        "both were in 2 group threads with you, the last in February 2026, the smallest of 3 people"
    )


# Shared employers and schools


def test_people_at_the_same_employer_may_know_each_other() -> None:
    both = shared(worked(now=True), worked(now=True))
    assert both is not None
    assert (both.weight, both.why) == (SAME_EMPLOYER, "both work at Acme")


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        (worked(2010, 2015), worked(2015, 2020), SAME_EMPLOYER),
        (worked(2010, 2015), worked(2016, 2020), None),
        (worked(2010), worked(2019, 2020), SAME_EMPLOYER),
        (worked(2010, 2015), worked(), AT_SOME_TIME),
        (worked(2010, 2015), worked(now=True), AT_SOME_TIME),
        (worked(2010), Background(BackgroundKind.STUDIED, "Acme", 2010), None),
    ],
)
def test_a_shared_past_counts_where_it_was_at_the_same_time(
    one: Background, other: Background, counts: float | None
) -> None:
    found = shared(one, other)
    assert (found and found.weight) == counts


def test_a_shared_school_counts_less() -> None:
    porto = Background(BackgroundKind.STUDIED, "Porto", 2010, 2014)
    found = shared(porto, porto)
    assert found is not None
    assert (found.weight, found.why) == (SAME_SCHOOL, "both studied at Porto at the same time")


@given(YEAR, YEAR, YEAR, YEAR)
def test_whether_two_were_there_together_does_not_hang_on_who_is_asked(
    a: int | None, b: int | None, c: int | None, d: int | None
) -> None:
    one, other = worked(a, b), worked(c, d)
    assert one.meets(other) is other.meets(one)


@given(st.integers(2000, 2010), st.integers(0, 5), st.integers(2000, 2010), st.integers(0, 5))
def test_two_were_there_together_if_they_share_a_year(a: int, b: int, c: int, d: int) -> None:
    years = set(range(a, a + b + 1)) & set(range(c, c + d + 1))
    assert worked(a, a + b).meets(worked(c, c + d)) is bool(years)


@pytest.mark.parametrize("written", ["Self-employed", "freelance", "Stealth Startup", "N/A", "", None, "Selbstständig"])
def test_what_is_no_employer_makes_no_colleagues(written: str | None) -> None:
    assert employer_key(written) is None


def test_a_legal_form_makes_no_other_employer() -> None:
    assert employer_key("Acme GmbH") == employer_key("ACME, Inc.") == employer_key("acme") == "acme"


# On record


def tie(story: Story, told: e.TiesNoted, other: Story | None = None) -> list[Event]:
    known = (other or Story()).state
    known = known if other else type(known)(TOM, known.seeker_id, known.person)
    return decisions.note_tie(story.state, known, told, day(1).date())


def test_a_tie_is_recorded_once() -> None:
    told = e.TiesNoted(at=day(1), others=(TOM,), note="same team")
    story = Story()
    assert tie(story, told) == [told]
    story.given(told)
    assert tie(story, told) == []
    assert tie(story, told.model_copy(update={"note": ""})) == []
    assert tie(story, told.model_copy(update={"note": "same choir"})) != []


def test_nobody_knows_themselves_and_nobody_since_tomorrow() -> None:
    story = Story()
    with pytest.raises(InvalidInput, match="Everybody knows themselves"):
        decisions.note_tie(story.state, story.state, e.TiesNoted(at=day(1), others=(TOM,)), day(1).date())
    with pytest.raises(InFuture):
        tie(story, e.TiesNoted(at=day(1), others=(TOM,), since=day(2).date()))


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_in_a_group_everybody_knows_everybody_else(numbers: list[int]) -> None:
    others = tuple(UUID(int=number) for number in numbers)
    group = Noted(2, day(0), others, NotedKind.THREAD, 13, "", None, "t1")
    everybody = {UUID(int=1), *others}
    assert set(group.pairs(UUID(int=1))) == {(a, b) for a in everybody for b in everybody if a != b}


def test_a_background_is_recorded_once_however_the_place_is_written() -> None:
    told = e.BackgroundNoted(at=day(1), kind=BackgroundKind.WORKED, place="Acme", start=2015, end=2019)
    story = Story().given(told)
    assert decisions.note_backgrounds(story.state, [told.model_copy(update={"place": "ACME GmbH"})]) == []
    assert len(decisions.note_backgrounds(story.state, [told.model_copy(update={"end": 2020})] * 2)) == 1


def test_what_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="before it began"):
        e.BackgroundNoted(at=day(1), kind=BackgroundKind.WORKED, place="Acme", start=2019, end=2015)


def test_what_was_taken_back_ties_nobody() -> None:
    story = Story().given(e.TiesNoted(at=day(1), others=(TOM,), external_id="group:1"))
    story.given(*taking_back.retract(story.state, (story.last,), "another Tom", day(2)))
    assert story.state.ties == ()
    again = e.TiesNoted(at=day(1), others=(TOM,), external_id="group:1")
    assert decisions.record(story.state, again, day(3)) == []
