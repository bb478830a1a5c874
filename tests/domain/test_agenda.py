"""Who next: at most so many actions a day, in the order that is explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from kith.domain.agenda import ORDER, Action, Candidate, Urgency, choose
from tests.domain.story import day

BEGUN, NOW = day(1), day(100)


def candidate(
    who: str, urgency: Urgency = Urgency.OWED, *, start: datetime = BEGUN, until: datetime | None = None,
    due: datetime | None = None, company: str | None = None, favour: bool = False, close: bool = False,
) -> Candidate:  # fmt: skip
    action = Action(f"key:{who}", "write", urgency, start, until, due, "why", "do", favour, close)
    return Candidate(who, who, company, 1, action)


def wants(*wanted: str) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.company in wanted or candidate.relationship_id in wanted


def names(chosen: list[Candidate]) -> list[str]:
    return [candidate.name for candidate in chosen]


def test_the_most_urgent_comes_first() -> None:
    every = [candidate(urgency.words, urgency) for urgency in reversed(Urgency)]
    assert names(choose(every, NOW, wants(), 9)) == [urgency.words for urgency in Urgency]
    assert names(choose(every, NOW, wants(), 5)) == [urgency.words for urgency in Urgency][:5]


def test_target_companies_come_first_among_the_equally_urgent() -> None:
    every = [candidate("a", due=day(2)), candidate("b", due=day(3), company="Acme"), candidate("c", Urgency.EARNED)]
    assert names(choose(every, NOW, wants("Acme"), 5)) == ["b", "a", "c"]


def test_so_do_people_in_focus() -> None:
    every = [candidate("a", due=day(2)), candidate("b", due=day(4), company="Acme"), candidate("c", due=day(3))]
    assert names(choose(every, NOW, wants("Acme", "c"), 5)) == ["c", "b", "a"]


def test_then_what_is_due_soonest_then_moderately_weak_ties_then_names() -> None:
    every = [
        candidate("d", due=day(3)), candidate("c", due=day(2), close=True), candidate("b", due=day(2)),
        candidate("a", due=day(2)), candidate("e", start=day(1)),
    ]  # fmt: skip
    assert names(choose(every, NOW, wants(), 5)) == ["e", "a", "b", "c", "d"]


def test_nobody_comes_twice() -> None:
    every = [candidate("a", Urgency.REVIVE), candidate("a"), candidate("b", Urgency.EARNED)]
    chosen = choose(every, NOW, wants(), 5)
    assert [(c.name, c.action.urgency) for c in chosen] == [("a", Urgency.OWED), ("b", Urgency.EARNED)]


def test_an_action_is_shown_from_its_start_until_its_end() -> None:
    every = [
        candidate("early", start=day(101)),
        candidate("late", until=NOW),
        candidate("now", start=NOW, until=day(101)),
    ]
    assert names(choose(every, NOW, wants(), 5)) == ["now"]


def test_favours_wait_where_the_network_has_no_room() -> None:
    every = [candidate("a", Urgency.EARNED, favour=True), candidate("b", Urgency.RIPENING)]
    assert names(choose(every, NOW, wants(), 5, favours=False)) == ["b"]


def test_the_order_is_explained() -> None:
    assert "first" in ORDER
    assert "most one action a person" in ORDER


@given(
    st.permutations(
        [candidate(name, urgency) for name, urgency in zip("abcdefg", [*Urgency, Urgency.OWED], strict=True)]
    )
)
def test_the_order_does_not_depend_on_what_comes_in_first(candidates: list[Candidate]) -> None:
    assert names(choose(candidates, NOW, wants(), 7)) == ["a", "g", "b", "c", "d", "e", "f"]
