"""The journeys of ways to companies and people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from kith.workflows import Origin, Paths, Person
from kith.workflows.records import GroupRecord, Network, Place
from tests.features.walk import Walk

scenarios("journeys/paths.feature")

ORDER = {"first": 0, "second": 1}


class Search:
    """What was looked for and brought in last."""

    found: Paths
    batch: UUID


@pytest.fixture
def search() -> Search:
    """Nothing was looked for yet."""
    return Search()


@given(parsers.parse('the seeker knows "{name}" of "{company}" from an event'))
def met_at_an_event(walk: Walk, name: str, company: str) -> None:
    walk.kith.meet(Person(name=name, company=company), origin=Origin.EVENT)


@given(parsers.parse('"{name}" and "{other}" know each other from "{how}"'))
def tied(walk: Walk, name: str, other: str, how: str) -> None:
    walk.kith.tie(walk.who(name), walk.who(other), how)


@when(parsers.parse('the seeker looks for ways to "{to}"'))
def look(walk: Walk, search: Search, to: str) -> None:
    search.found = walk.kith.paths(to)


@when(parsers.parse('the seeker takes the tie of "{name}" back because "{reason}"'))
def untie(walk: Walk, name: str, reason: str) -> None:
    [tie] = walk.kith.ties(walk.who(name))
    walk.kith.undo(f"{tie.noted_by}.{tie.version}", reason)


@when(parsers.parse('a thread of "{name}", "{other}" and the seeker is imported'))
def thread(walk: Walk, search: Search, name: str, other: str) -> None:
    keys = []
    for who in (name, other):
        email = f"{who.partition(' ')[0].lower()}@example.org"
        walk.kith.describe(walk.who(who), email=email)
        keys.append(f"email:{email}")
    place = Place("messages.csv", 2)
    group = GroupRecord(tuple(keys), walk.clock() - timedelta(days=3), "group:1", place)
    batch = walk.kith.import_network(Network(None, [], [], [group], [], 0, {}, "digest", ("messages.csv",))).batch
    assert batch is not None
    search.batch = batch


@when(parsers.parse('the import is undone because "{reason}"'))
def undo(walk: Walk, search: Search, reason: str) -> None:
    walk.kith.undo_import(search.batch, reason)


@when(parsers.parse('"{name}" wants no contact'))
def no_contact(walk: Walk, name: str) -> None:
    walk.kith.close_relationship(walk.who(name), refuses_contact=True)


@then("the ways are")
def ways(search: Search, datatable: list[list[str]]) -> None:
    told = [
        [" → ".join(one.name for one in path.way.people), "yes" if path.decision.allowed else "no"]
        for path in search.found.paths
    ]
    assert told == datatable[1:]


@then(parsers.parse('the {which} way lacks "{guard}" and its plan begins with "{do}"'))
def lacks(search: Search, which: str, guard: str, do: str) -> None:
    decision = search.found.paths[ORDER[which]].decision
    assert decision.plan is not None
    assert (decision.missing[0].guard, decision.plan.steps[0].do) == (guard, do)


@then(parsers.parse('the {which} way\'s tie is told as "{why}"'))
def told_as(search: Search, which: str, why: str) -> None:
    [link] = search.found.paths[ORDER[which]].way.links
    assert link.evidence[0].why == why
