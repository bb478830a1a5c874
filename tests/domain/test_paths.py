"""The best ways to somebody, held against a search that tries every way there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.paths import Goal, Way, best_ways
from kith.domain.stages import Stage
from kith.domain.strength import Acquaintance, strength_of
from kith.domain.ties import STRONGEST_SHARED, Evidence
from tests.domain.story import day
from tests.domain.trying import Drawn, best_by_trying

NOW = day(1_000)


def person(
    id_: str, stage: Stage = Stage.NURTURED, gifts: int = 1, days: int | None = 10, favours: int = 0
) -> Acquaintance:
    last = None if days is None else NOW - timedelta(days=days)
    return Acquaintance(id_, f"Person {id_}", None, None, stage, gifts, favours, last)


# Random networks

IDS = "abcdefgh"
WEIGHT = st.sampled_from((0.1, 0.2, 0.3, 0.5, 0.9, 1.0))
SHARED = st.sampled_from((0.1, 0.2, STRONGEST_SHARED))
PAIRS = st.sampled_from([(one, other) for one in IDS for other in IDS if one < other])
SOMEBODY = st.builds(
    person, st.just("a"), st.sampled_from((Stage.MET, Stage.NURTURED)), st.integers(0, 2),
    st.none() | st.integers(0, 900), st.integers(0, 2),
)  # fmt: skip


@st.composite
def networks(draw: st.DrawFn) -> Drawn:
    present = draw(st.sets(st.sampled_from(IDS), min_size=1) | st.just(set(IDS)))
    people = {id_: draw(SOMEBODY)._replace(id=id_, name=f"Person {id_}") for id_ in sorted(present)}
    return Drawn(people, draw(st.dictionaries(PAIRS, WEIGHT)), draw(st.dictionaries(PAIRS, SHARED)))


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    beyond = {id_: Evidence(weight, "may know") for id_, weight in draw(st.dictionaries(IDS_, SHARED)).items()}
    people = draw(st.sets(IDS_))
    return Goal(people, beyond, draw(st.sets(st.sampled_from(sorted(people)))) if people else ())


IDS_ = st.sampled_from(IDS)


@settings(max_examples=400)
@given(networks(), goals(), st.integers(1, 5), st.integers(1, 3))
def test_the_best_ways_are_those_that_trying_all_finds(network: Drawn, goal: Goal, limit: int, lot: int) -> None:
    found = best_ways(network, goal, NOW, limit, lot=lot)
    every = best_by_trying(network, goal, NOW)
    strengths = sorted(every.values(), reverse=True)[:limit]
    assert [way.strength for way in found] == pytest.approx(strengths, abs=1e-5)
    assert [every[way.people[0].id] for way in found] == pytest.approx(strengths, abs=1e-5)


@given(networks(), goals(), st.integers(1, 5))
def test_a_way_is_made_of_ties_that_are_there_and_its_parts_multiply_to_its_strength(
    network: Drawn, goal: Goal, limit: int
) -> None:
    for way in best_ways(network, goal, NOW, limit):
        ids = [one.id for one in way.people]
        assert len(set(ids)) == len(ids) <= 3
        assert set(ids) <= set(network.people)
        assert (ids[-1] in goal.people) != (len(way.links) == len(ids) and ids[-1] in goal.beyond)
        ties = [network.weight(one, other) for one, other in pairwise(ids)]
        assert [link.weight for link in way.links][: len(ties)] == ties
        product = strength_of(way.people[0], NOW)
        for part in way.parts[3:]:
            product *= part.value
        assert way.strength == pytest.approx(product, abs=1e-5)


@given(networks(), goals(), st.integers(1, 5), st.integers(1, 9))
def test_how_many_are_looked_up_at_once_changes_nothing(network: Drawn, goal: Goal, limit: int, lot: int) -> None:
    assert best_ways(network, goal, NOW, limit, lot=lot) == best_ways(network, goal, NOW, limit)


@given(networks(), goals(), st.integers(1, 4))
def test_a_longer_list_begins_with_the_shorter(network: Drawn, goal: Goal, limit: int) -> None:
    assert best_ways(network, goal, NOW, limit + 1)[:limit] == best_ways(network, goal, NOW, limit)


# Single networks


def ways(network: Drawn, *people: str, beyond: Iterable[str] = (), limit: int = 9) -> list[Way]:
    goal = Goal(people, {id_: Evidence(0.3, "works there too") for id_ in beyond})
    return best_ways(network, goal, NOW, limit)


def ids(found: list[Way]) -> list[str]:
    return ["".join(one.id for one in way.people) for way in found]


def test_somebody_one_knows_well_is_asked_directly() -> None:
    network = Drawn({"a": person("a"), "b": person("b")}, {("a", "b"): 1.0})
    assert ids(ways(network, "b")) == ["b", "ab"]


def test_an_introducer_comes_before_a_cold_contact() -> None:
    cold = person("b", Stage.MET, gifts=0, days=None)
    network = Drawn({"a": person("a"), "b": cold}, {("a", "b"): 0.5})
    assert ids(ways(network, "b")) == ["ab", "b"]


def test_a_shared_employer_counts_where_nothing_stronger_leads_there() -> None:
    owed = person("b", Stage.MET, gifts=0, days=None, favours=1)
    network = Drawn({"a": person("a"), "b": owed}, share={("a", "b"): STRONGEST_SHARED})
    assert ids(ways(network, "b", limit=1)) == ["ab"]


def test_two_may_introduce_and_three_may_not() -> None:
    network = Drawn({id_: person(id_) for id_ in "abcd"}, {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "d"): 1.0})
    assert ids(ways(network, "d")) == ["d", "cd", "bcd"]


def test_nobody_is_asked_who_is_not_in_the_network() -> None:
    network = Drawn({"a": person("a"), "c": person("c")}, {("a", "b"): 1.0, ("b", "c"): 1.0})
    assert ids(ways(network, "c")) == ["c"]


def test_a_way_may_lead_beyond_the_network() -> None:
    network = Drawn({"a": person("a"), "b": person("b")}, {("a", "b"): 1.0})
    found = ways(network, beyond="b")
    assert ids(found) == ["b", "ab"]
    assert [part.why for part in found[1].parts[3:]] == [
        "Person a and Person b: it counts 1.0.", "Person b works there too.", "2 introducers have to be willing.",
    ]  # fmt: skip


def test_equals_stand_by_name() -> None:
    people = {"a": person("a")._replace(name="zoe"), "b": person("b")._replace(name="Ben")}
    assert ids(ways(Drawn(people), "a", "b")) == ["b", "a"]


def test_where_nobody_is_there_is_no_way() -> None:
    assert ways(Drawn({"a": person("a")}), "b") == []
