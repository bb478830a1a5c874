"""The journeys of introductions: two consents, and a no that is as quiet as no answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from kith.workflows import AskRefused, ChatAsk, Gift, Kith, Person
from tests.features.conftest import come_to, knows, today
from tests.features.walk import Walk
from tests.kithtest import Clock, intro_ask, questions

scenarios("journeys/introductions.feature")

Side = Literal["connector", "target"]


@given("a coach looks after the store")
def coach(walk: Walk) -> None:
    walk.kith.serving(walk.kith.seeker().id).register("Lena Braun", another=True)


@given(parsers.parse('"{name}" is asked for an introduction to "{other}"'), target_fixture="asked")
def asked_for(walk: Walk, name: str, other: str) -> UUID:
    walk.kith.ask(walk.who(name), intro_ask().model_copy(update={"target": other}))
    [asked] = walk.kith.introductions()
    return asked.id


@when(parsers.re("the (?P<side>connector|target) says (?P<answer>yes|no)"))
def says(walk: Walk, asked: UUID, side: Side, answer: str) -> None:
    walk.kith.consent(asked, side, yes=answer == "yes", role="coach")


@when("the connector says yes, and then the target says no")
def target_says_no(walk: Walk, asked: UUID) -> None:
    says(walk, asked, "connector", "yes")
    says(walk, asked, "target", "no")


@when("nobody says anything")
def silence() -> None:
    """Nothing is recorded."""


@then("the introduction may be made")
def may_be_made(walk: Walk, asked: UUID) -> None:
    assert walk.kith.introduction(asked, role="coach").next.startswith("Both agreed")


@when(parsers.parse('"{name}" makes the introduction to "{other}"'))
def makes(walk: Walk, name: str, other: str) -> None:
    walk.kith.make_introduction(walk.who(name), to=Person(name=other), both_agreed=True)


@then(parsers.parse('to the {role} the introduction is "{status}"'))
def stands(walk: Walk, asked: UUID, role: Literal["asker", "coach"], status: str) -> None:
    assert walk.kith.introduction(asked, role=role).status == status


@then(parsers.parse('"{name}" may be asked for a chat'))
def may_chat(walk: Walk, name: str) -> None:
    decision = walk.kith.check(walk.who(name), ChatAsk(minutes=20, questions=tuple(questions())))
    assert decision.allowed, decision.missing


@then(parsers.parse('the agenda asks nothing more about "{name}"'))
def nothing_asked(walk: Walk, name: str) -> None:
    assert [one.action.do for one in walk.kith.agenda().actions if one.relationship_id == walk.who(name)] == []


@then("it is not made, whoever tries")
def not_made(walk: Walk, silent: Walk) -> None:
    silent.clock.now = walk.clock.now
    for one in (walk, silent):
        with pytest.raises(AskRefused) as refused:
            one.kith.make_introduction(one.who("Ana Silva"), to=Person(name="Ben Cho"), both_agreed=True)
        one.decision = refused.value.decision


@then("only the consent of both stands in the way")
def consent_lacks(walk: Walk) -> None:
    assert walk.decision is not None
    assert [finding.guard for finding in walk.decision.missing] == ["both-sides-agree"]


@when("what is due is done")
def due(walk: Walk) -> None:
    walk.kith.sweep()


@pytest.fixture
def silent() -> Iterator[Walk]:
    """The same journey, on which nobody answers."""
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        walk = Walk(kith, clock)
        today(walk, "2 March 2026")
        knows(walk, "Ana Silva", "Northwind Analytics", "former colleague")
        come_to(walk, "Ana Silva", "coffee chat")
        coach(walk)
        asked_for(walk, "Ana Silva", "Ben Cho")
        yield walk


@then("to the asker nothing differs from silence")
def as_silent(walk: Walk, silent: Walk) -> None:
    silent.clock.now = walk.clock.now
    silent.kith.sweep()
    assert list(seen(walk)) == list(seen(silent))


def seen(walk: Walk) -> Iterator[object]:
    """What the asker gets to see, without the ids that are new in every store."""
    who, now = walk.who("Ana Silva"), walk.clock()
    yield [one[1:] for one in walk.kith.introductions()]
    yield [(entry.what, entry.at, entry.recorded_at, entry.text) for entry in walk.kith.timeline(who)]
    yield [(one.action.do, one.action.due) for one in walk.kith.agenda().actions]
    for board in (walk.kith.board(), walk.kith.board(as_of=now, by="recorded")):
        yield {stage: [one.name for one in people] for stage, people in board.stages.items()}
    yield walk.kith.check(who, intro_ask()).missing
    yield [(event["topic"], event["at"]) for event in walk.kith.export(seeker=walk.kith.seeker().id)]
    yield [(one.policy.id, one.verdict, one.judged, one.pending) for one in walk.kith.audit().policies]


@then(parsers.parse('"{name}" can\'t be given "{other}" as a connection before both said yes'))
def not_given(walk: Walk, name: str, other: str) -> None:
    with pytest.raises(AskRefused, match="agree"):
        walk.kith.give(walk.who(name), Gift.connection(other, "both build risk models", both_agreed=False))


@when(parsers.parse('the seeker gives "{name}" "{other}" as a connection that both agreed to'))
def connects(walk: Walk, name: str, other: str) -> None:
    walk.kith.give(walk.who(name), Gift.connection(other, "both build risk models", both_agreed=True))


@then(parsers.parse('the story of "{name}" tells of {count:d} gifts'))
def gifts(walk: Walk, name: str, count: int) -> None:
    assert [entry.what for entry in walk.kith.timeline(walk.who(name))].count("gift") == count
