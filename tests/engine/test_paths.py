"""Ways to companies and people on real stores: found as trying all of them does, and who may be asked now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.errors import Ambiguous, InvalidInput, NotApplicable, NotFound
from kith.domain.facts import Background
from kith.domain.paths import Goal
from kith.domain.strength import Acquaintance
from kith.domain.ties import Background as Place
from kith.domain.ties import Noted, NotedKind, employer_key, shared
from kith.workflows import Gift, Kith, Person, Touch
from kith.workflows.application.paths import Paths
from tests.domain.trying import Drawn, best_by_trying
from tests.engine.properties import World
from tests.engine.test_ties import group, network
from tests.kithtest import Clock, chatted, introduced, nurture

Walk = Callable[[Kith, Clock], UUID]


def names(found: Paths) -> list[str]:
    return [" → ".join(one.name for one in path.way.people) for path in found.paths]


def meet(kith: Kith, name: str, company: str | None = None) -> UUID:
    return kith.meet(Person(name=name, company=company))


# As trying all ways does

COMPANIES = (None, "Acme", "ACME Inc.", "Globex", "Freelance")
PLACES = (Background.worked("Acme", 2015, 2019), Background.worked("Globex"), Background.studied("Porto", 2010, 2014))
NUMBER = st.integers(0, 5)
SOMEBODY = st.tuples(st.sampled_from(COMPANIES), st.integers(0, 3), st.sets(st.sampled_from(range(3)), max_size=2))
GROUPS = st.lists(st.sets(NUMBER, min_size=2, max_size=4), max_size=4)


@pytest.mark.usefixtures("worlds")
@settings(max_examples=40)
@given(st.lists(SOMEBODY, min_size=2, max_size=6), st.lists(st.tuples(NUMBER, NUMBER), max_size=3), GROUPS, NUMBER)
def test_the_ways_on_record_are_those_that_trying_all_finds(
    people: list[tuple[str | None, int, set[int]]], noted: list[tuple[int, int]], groups: list[set[int]], to: int
) -> None:
    world = World()
    ids = [_somebody(world, number, *told) for number, told in enumerate(people)]
    for one, other in noted:
        if ids[one % len(ids)] != ids[other % len(ids)]:
            world.kith.tie(ids[one % len(ids)], ids[other % len(ids)])
    threads = [group(*(f"p{n}" for n in sorted(some)), id_=f"{i}", at=world.now) for i, some in enumerate(groups)]
    world.kith.import_network(network(*threads, people=()))

    whole = _drawn(world.kith, ids)
    goal = Goal([ids[to % len(ids)].hex])
    if goal.people[0] in whole.people:  # type: ignore[index]
        found = [path.way for path in world.kith.paths(ids[to % len(ids)], limit=9).paths]
        every = best_by_trying(whole, goal, world.now)
        assert {way.people[0].id: way.strength for way in found} == pytest.approx(every, abs=1e-5)


def _somebody(world: World, number: int, company: str | None, course: int, places: set[int]) -> UUID:
    who = world.kith.meet(Person(name=f"Person {number}", company=company, email=f"p{number}@example.org"))
    world.kith.describe(who, backgrounds=[PLACES[place] for place in sorted(places)])
    if course:
        world.kith.touch(who, Touch.reply(at=world.now - timedelta(days=100 * course)))
    if course == 2:
        world.kith.give(who, Gift.help("a hand", because="she asked"))
    if course == 3 and number % 2:
        world.kith.close_relationship(who)
    return who


def _drawn(kith: Kith, ids: list[UUID]) -> Drawn:
    """The network as the states tell it, pair by pair."""
    states = {who: kith.relationship(who) for who in ids}
    people = {
        who.hex: Acquaintance(
            who.hex, state.person.name, None, None, state.stage, len(state.gifts),
            sum(ask.is_favour for ask in state.asks), state.last_inbound.at if state.last_inbound else None,
        )
        for who, state in states.items() if not state.closed
    }  # fmt: skip
    told = [(who, tie) for who, state in states.items() for tie in state.ties]
    pairs = list(combinations(ids, 2))
    tied = {(a.hex, b.hex): weight for a, b in pairs if (weight := _weight(told, a, b))}
    both = {(a.hex, b.hex): weight for a, b in pairs if (weight := _shared(kith, a, b))}
    return Drawn(people, tied, both)


def _weight(told: list[tuple[UUID, Noted]], one: UUID, other: UUID) -> float:
    of_both = [tie for who, tie in told if {one, other} <= {who, *tie.others}]
    if any(tie.kind is NotedKind.NOTED for tie in of_both):
        return 1.0
    sizes = {tie.external_id: tie.people or 0 for tie in of_both}
    return min(1.0, sum(1 / (people - 1) for people in sizes.values()))


def _shared(kith: Kith, one: UUID, other: UUID) -> float:
    found = (shared(a, b) for key, a in _places(kith, one) for at, b in _places(kith, other) if key == at)
    return max((evidence.weight for evidence in found if evidence), default=0.0)


def _places(kith: Kith, who: UUID) -> list[tuple[str, Place]]:
    state = kith.relationship(who)
    past = [(place.place.casefold(), place) for place in state.backgrounds]
    key = employer_key(state.person.company)
    return [*past, (key, Place(PLACES[0].kind, "there", now=True))] if key else past


# To a company


def test_a_company_is_found_whatever_its_legal_form(kith: Kith) -> None:
    meet(kith, "Ana", "Acme, Inc.")
    assert names(kith.paths("acme gmbh")) == ["Ana"]
    assert (kith.paths("ACME").to.kind, kith.paths("ACME").to.people) == ("company", 1)


def test_an_introducer_one_knows_comes_before_a_cold_contact(kith: Kith, clock: Clock) -> None:
    tom, jordan = nurture(kith, clock, "Tom Reed"), meet(kith, "Jordan Blake", "Northwind")
    kith.tie(tom, jordan, "same choir")
    found = kith.paths("Northwind")
    assert names(found) == ["Tom Reed → Jordan Blake", "Jordan Blake"]
    assert found.paths[0].way.strength == 0.75


def test_somebody_who_worked_there_may_know_people_there(kith: Kith) -> None:
    kith.describe(meet(kith, "Ana", "Globex"), backgrounds=[Background.worked("Acme", 2015, 2019)])
    [path] = kith.paths("Acme").paths
    assert path.way.parts[3].why == "Ana worked at Acme 2015 to 2019 and may know people there."
    assert path.decision.kind == "introduction"


def test_a_company_that_nobody_works_at_is_not_found_and_those_like_it_are_offered(kith: Kith) -> None:
    meet(kith, "Ana", "Northwind Analytics")
    for typed in ("Nortwind Analytics", "northwind"):
        with pytest.raises(NotFound, match="Did you mean Northwind Analytics"):
            kith.paths(typed)
    with pytest.raises(NotFound) as nothing:
        kith.paths("Initech")
    assert "Did you mean" not in str(nothing.value)


def test_a_person_with_the_name_of_a_company_is_told_of(kith: Kith) -> None:
    meet(kith, "Ana", "Morgan")
    morgan = meet(kith, "Morgan")
    assert kith.paths("Morgan").to.namesakes == (morgan.hex,)
    assert kith.paths(morgan).to.kind == "person"


# To a person


def test_colleagues_may_introduce_to_a_person(kith: Kith) -> None:
    meet(kith, "Ana", "Acme")
    jordan = meet(kith, "Jordan", "acme")
    found = kith.paths(jordan)
    assert names(found) == ["Jordan", "Ana → Jordan"]
    assert found.paths[1].way.parts[3].why == "Ana and Jordan: both work at Acme."


def test_somebody_who_is_not_on_record_is_reached_through_those_at_their_company(kith: Kith, clock: Clock) -> None:
    kith.describe(nurture(kith, clock, "Ana"), company="Acme")
    meet(kith, "Tom", "Acme")
    found = kith.paths("Jane Doe", company="ACME Ltd")
    assert names(found) == ["Ana", "Tom"]
    assert (found.to.kind, found.to.id, found.to.people) == ("person", None, 2)
    assert found.paths[0].way.parts[3].why == (
        "Ana works at Acme, as Jane Doe does; whether the two know each other is not known."
    )
    with pytest.raises(NotFound, match="Did you mean Acme"):
        kith.paths("Jane Doe", company="Acne")


def test_nobody_is_picked_on_a_guess(kith: Kith) -> None:
    meet(kith, "Jordan Blake")
    meet(kith, "Jordan Blake")
    with pytest.raises(Ambiguous):
        kith.paths("Jordan Blake")


def test_there_is_no_way_to_oneself(kith: Kith) -> None:
    with pytest.raises(InvalidInput, match="That is you"):
        kith.paths("mira okafor")
    with pytest.raises(InvalidInput, match="Say to which company"):
        kith.paths("  ")


def test_no_way_leads_to_or_through_those_who_want_no_contact(kith: Kith) -> None:
    ana, tom = meet(kith, "Ana", "Acme"), meet(kith, "Tom")
    kith.tie(ana, tom)
    kith.close_relationship(tom, refuses_contact=True)
    assert names(kith.paths(ana)) == ["Ana"]
    with pytest.raises(NotApplicable, match="wants no contact"):
        kith.paths(tom)


# Who may be asked now


def test_an_introducer_who_may_be_asked_is_told_so(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    kith.tie(ana, meet(kith, "Jordan Blake", "Northwind"))
    decision = kith.paths("Northwind").paths[0].decision
    assert (decision.kind, decision.allowed) == ("introduction", True)


def test_what_is_missing_for_the_others_comes_with_the_way_there(kith: Kith) -> None:
    tom, jordan = meet(kith, "Tom"), meet(kith, "Jordan", "Northwind")
    kith.tie(tom, jordan)
    for path in kith.paths("Northwind").paths:
        assert not path.decision.allowed
        assert path.decision.missing[0].guard == "no-cold-ask"
        assert path.decision.plan is not None
        assert path.decision.plan.steps
        assert not any("note" in step.what for step in path.decision.plan.steps)


@pytest.mark.parametrize(("walk", "kind"), [(nurture, "chat"), (chatted, "introduction"), (introduced, "referral")])
def test_a_direct_contact_is_asked_what_their_stage_earns(kith: Kith, clock: Clock, walk: Walk, kind: str) -> None:
    who = walk(kith, clock)
    kith.describe(who, company="Acme")
    decision = next(path.decision for path in kith.paths("Acme").paths if path.way.people[0].id == who.hex)
    assert (decision.kind, decision.allowed) == (kind, True)


def test_nobody_introduces_again(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    ben = meet(kith, "Ben Cho", "Globex")
    kith.tie(ana, ben)
    assert "Ana Silva → Ben Cho" in names(kith.paths("Globex"))
    kith.make_introduction(ana, to=ben, both_agreed=True)
    assert names(kith.paths("Globex")) == ["Ben Cho"]


def test_looking_for_ways_writes_nothing(kith: Kith, clock: Clock) -> None:
    kith.tie(chatted(kith, clock), meet(kith, "Jordan", "Acme"))
    before = len(list(kith.export()))
    kith.paths("Acme")
    assert len(list(kith.export())) == before
