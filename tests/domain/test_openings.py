"""Openings: one for each role at a company, told anew rather than twice, and free until somebody is asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain import seeker as s
from kith.domain.asks import AskKind
from kith.domain.errors import NotApplicable, NotFound
from kith.domain.focus import FocusAdded, FocusRemoved, add, remove
from kith.domain.openings import Opening, OpeningClosed, OpeningNoted, close, note
from tests.domain.story import Story, day

ONE, OTHER = UUID(int=11), UUID(int=12)


def told(
    id_: UUID = ONE, role: str = "Risk analyst", company: str = "Acme", link: str = "", deadline: date | None = None
) -> OpeningNoted:
    return OpeningNoted(at=day(1), opening_id=id_, role=role, company=company, link=link, deadline=deadline)


def after(*events: OpeningNoted | OpeningClosed) -> tuple[Opening, ...]:
    return Story().seeker_told(*events).case.seeker.openings


def test_the_same_role_at_the_same_company_is_the_same_opening() -> None:
    assert note(after(told()), told(OTHER)) == []
    [again] = note(after(told()), told(OTHER, "risk  analyst", "ACME Inc.", "https://acme.example/1"))
    assert isinstance(again, OpeningNoted)
    assert (again.opening_id, again.link) == (ONE, "https://acme.example/1")


def test_what_is_left_out_stays_as_it_was() -> None:
    known = after(told(link="https://acme.example/1", deadline=date(2026, 3, 1)))
    assert note(known, told(OTHER)) == []
    [moved] = note(known, told(OTHER, deadline=date(2026, 4, 1)))
    assert isinstance(moved, OpeningNoted)
    assert (moved.link, moved.deadline) == ("https://acme.example/1", date(2026, 4, 1))


def test_another_role_is_another_opening() -> None:
    assert note(after(told()), told(OTHER, "Data engineer")) == [told(OTHER, "Data engineer")]


def test_an_opening_is_closed_once_and_opens_again_when_it_is_noted() -> None:
    known = after(told())
    [closed] = close(known, ONE, "filled", day(5))
    assert isinstance(closed, OpeningClosed)
    shut = after(told(), closed)
    assert (shut[0].is_open, shut[0].outcome) == (False, "filled")
    assert close(shut, ONE, "", day(6)) == close(shut, ONE, "filled", day(6)) == []
    assert close(shut, ONE, "offer", day(6)) != []
    [again] = note(shut, told(OTHER))
    assert isinstance(again, OpeningNoted)
    reopened = after(told(), closed, again)
    assert [(one.id, one.is_open, one.noted_at) for one in reopened] == [(ONE, True, day(1))]


def test_nobody_closes_what_is_not_there() -> None:
    with pytest.raises(NotFound, match="kith opening list --all"):
        close((), ONE, "", day(1))


MOVES = st.tuples(st.sampled_from(["Analyst", "analyst ", "Engineer"]), st.sampled_from(["Acme", "acme gmbh"]))


@given(st.lists(st.tuples(MOVES, st.booleans()), max_size=12))
def test_there_is_one_opening_for_each_role_at_a_company_whatever_happens(
    moves: list[tuple[tuple[str, str], bool]],
) -> None:
    story = Story()
    for number, ((role, company), shut) in enumerate(moves):
        seeker = story.case.seeker
        story.seeker_told(*note(seeker.openings, told(UUID(int=number), role, company)))
        if shut:
            story.seeker_told(*close(story.case.seeker.openings, story.case.seeker.openings[-1].id, "", day(9)))
    keys = [one.key for one in story.case.seeker.openings]
    assert len(keys) == len(set(keys)) == len({role.strip().lower() for (role, _), _ in moves})


# Who is to refer


def booked(opening: str, id_: int = 5) -> s.AskBooked:
    return s.AskBooked(
        at=day(2),
        ask_id=UUID(int=id_),
        relationship_id=UUID(int=2),
        kind=AskKind.REFERRAL,
        lapses=day(23),
        opening=opening,
    )


def test_of_the_openings_at_a_company_the_one_that_ends_first_is_told() -> None:
    late, soon = (
        told(ONE, deadline=date(2026, 5, 1)),
        told(OTHER, "Data engineer", "ACME Ltd.", deadline=date(2026, 4, 1)),
    )
    seeker = Story().seeker_told(late, soon).case.seeker
    found = seeker.opening_at("acme")
    assert found is not None
    assert found.id == OTHER
    assert seeker.opening_at("Globex") is seeker.opening_at(None) is None


@pytest.mark.parametrize("how", ["asked", "promised", "given"])
def test_no_opening_is_told_for_which_somebody_refers(how: str) -> None:
    story = Story().seeker_told(told())
    key = story.case.seeker.openings[0].key
    events: dict[str, list[s.AskBooked | s.AskCleared | s.ReferralBooked]] = {
        "asked": [booked(key)], "promised": [booked(key), s.AskCleared(at=day(3), ask_id=UUID(int=5), how="agreed")],
        "given": [s.ReferralBooked(at=day(3), relationship_id=UUID(int=2), opening=key, referral=9)],
    }  # fmt: skip
    assert story.case.seeker.opening_at("Acme") is not None
    assert story.seeker_told(*events[how]).case.seeker.opening_at("Acme") is None


def test_an_opening_is_told_again_once_the_ask_came_to_nothing_and_who_was_asked_is_remembered() -> None:
    story = Story().seeker_told(told())
    key = story.case.seeker.openings[0].key
    seeker = story.seeker_told(booked(key), s.AskCleared(at=day(3), ask_id=UUID(int=5), how="declined")).case.seeker
    assert seeker.opening_at("Acme") is not None
    assert {(asked.opening, asked.relationship_id) for asked in seeker.asked_referrals} == {(key, UUID(int=2))}


# Focus


def test_focus_has_room_for_as_many_as_the_policy_says() -> None:
    assert add((), ONE, 1, day(1)) == [FocusAdded(at=day(1), relationship_id=ONE)]
    assert add((ONE,), ONE, 1, day(1)) == []
    with pytest.raises(NotApplicable, match="kith focus remove WHO"):
        add((ONE,), OTHER, 1, day(1))


def test_who_is_removed_makes_room() -> None:
    story = Story().seeker_told(*add((), ONE, 9, day(1)), *add((), OTHER, 9, day(1)))
    assert story.case.seeker.focus == (ONE, OTHER)
    assert remove((OTHER,), ONE, day(2)) == []
    assert story.seeker_told(FocusRemoved(at=day(2), relationship_id=ONE)).case.seeker.focus == (OTHER,)
