"""The steps that journeys of every kind have in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_bdd import given, parsers, step, then, when

from kith.workflows import AskKind, AskRefused, ChatAsk, Gift, Kith, Origin, Person, Touch
from tests.features.walk import Walk, a_date
from tests.kithtest import Clock, intro_ask, questions, referral_ask


@pytest.fixture
def walk() -> Iterator[Walk]:
    """A journey that begins."""
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield Walk(kith, clock)


@given(parsers.parse("today is {day}"))
def today(walk: Walk, day: str) -> None:
    walk.clock.now = datetime.combine(a_date(day), walk.clock.now.timetz())


@step(parsers.parse('the seeker knows "{name}" of "{company}" as a {origin}'))
def knows(walk: Walk, name: str, company: str, origin: str) -> None:
    walk.kith.meet(Person(name=name, company=company), origin=Origin(origin))


@step(parsers.parse('the seeker and "{name}" write to each other'))
def write(walk: Walk, name: str) -> None:
    walk.kith.touch(walk.who(name), Touch.message())
    walk.kith.touch(walk.who(name), Touch.reply())


@step(parsers.parse('the seeker gives "{name}" an article'))
def give(walk: Walk, name: str) -> None:
    walk.kith.give(walk.who(name), Gift.article("https://example.org/stress", because="it is about her work"))


@when(parsers.parse('the seeker and "{name}" have a prepared coffee chat'))
def chat(walk: Walk, name: str) -> None:
    who = walk.who(name)
    walk.kith.ask(who, ChatAsk(minutes=20, questions=tuple(questions())))
    walk.kith.agree(who, AskKind.CHAT, due=walk.clock() + timedelta(hours=2))
    walk.clock.forward(hours=3)
    walk.kith.hold_chat(who, learnings="How scenarios are chosen.")


@when(parsers.parse('the seeker thanks "{name}" for the {what}'))
def thank(walk: Walk, name: str, what: str) -> None:
    walk.kith.thank(walk.who(name), what)


@when(parsers.parse('"{name}" is asked for an introduction and introduces the seeker to "{other}"'))
def introduce(walk: Walk, name: str, other: str) -> None:
    walk.kith.ask(walk.who(name), intro_ask())
    walk.kith.make_introduction(walk.who(name), to=Person(name=other), both_agreed=True)


@when(parsers.parse('"{name}" introduces the seeker to "{other}" unasked'))
def volunteer(walk: Walk, name: str, other: str) -> None:
    walk.kith.make_introduction(walk.who(name), to=Person(name=other), both_agreed=True)


@when(parsers.parse("{days:d} days pass"))
def days_pass(walk: Walk, days: int) -> None:
    walk.clock.forward(days=days)


@when(parsers.parse('the seeker asks "{name}" for a referral'))
def ask(walk: Walk, name: str) -> None:
    walk.decision = walk.kith.check(walk.who(name), referral_ask())
    if walk.decision.allowed:
        walk.kith.ask(walk.who(name), referral_ask())
        return
    with pytest.raises(AskRefused) as refusal:
        walk.kith.ask(walk.who(name), referral_ask())
    assert refusal.value.decision == walk.decision


@when(parsers.parse('"{name}" refers the seeker'))
def refer(walk: Walk, name: str) -> None:
    walk.kith.receive_referral(walk.who(name))


@when(parsers.parse('the seeker takes the gift to "{name}" back because "{reason}"'))
def take_back(walk: Walk, name: str, reason: str) -> None:
    gift = next(entry for entry in walk.kith.timeline(walk.who(name)) if entry.what == "gift")
    walk.kith.undo(gift.id, reason)


@then("the ask is refused")
def refused(walk: Walk) -> None:
    assert walk.decision is not None
    assert not walk.decision.allowed


@then("the ask is accepted")
def accepted(walk: Walk) -> None:
    assert walk.decision is not None
    assert walk.decision.allowed, walk.decision.missing


@then("what stands in the way is")
def stands_in_the_way(walk: Walk, datatable: list[list[str]]) -> None:
    assert walk.decision is not None
    assert [finding.guard for finding in walk.decision.missing] == [row[0] for row in datatable[1:]]


@then(parsers.parse('the plan begins with "{do}"'))
def plan_begins(walk: Walk, do: str) -> None:
    assert walk.decision is not None
    assert walk.decision.plan is not None
    assert walk.decision.plan.steps[0].do == do


@then(parsers.parse("the ask can be earned by {day}"))
def earned_by(walk: Walk, day: str) -> None:
    assert walk.decision is not None
    assert walk.decision.earliest is not None
    assert walk.decision.earliest.date() == a_date(day)


@when(parsers.parse('"{name}" is asked for an introduction'))
def ask_to_introduce(walk: Walk, name: str) -> None:
    walk.kith.ask(walk.who(name), intro_ask())


@then(parsers.parse('"{name}" is at stage {stage}'))
def at_stage(walk: Walk, name: str, stage: str) -> None:
    state = walk.kith.relationship(walk.who(name))
    assert (state.stage.words, state.earned.words) == (stage, stage)


@then(parsers.parse('"{name}" is shown at stage {stage} with {skipped} skipped'))
def skipped_to(walk: Walk, name: str, stage: str, skipped: str) -> None:
    state = walk.kith.relationship(walk.who(name))
    assert state.stage.words == stage
    assert [one.words for one in state.advances[-1].skipped] == skipped.replace(" and ", ", ").split(", ")


@then(parsers.parse('the agenda asks the seeker to "{do}"'))
def agenda_asks(walk: Walk, do: str) -> None:
    assert do in [candidate.action.do for candidate in walk.kith.agenda().actions]


@then(parsers.parse('the story of "{name}" still tells of the gift'))
def still_told(walk: Walk, name: str) -> None:
    assert [entry.revised for entry in walk.kith.timeline(walk.who(name)) if entry.what == "gift"] == [True]


@given(parsers.parse('"{name}" has come to stage {stage}'))
def come_to(walk: Walk, name: str, stage: str) -> None:
    write(walk, name)
    give(walk, name)
    chat(walk, name)
    thank(walk, name, "chat")
    if stage == "intro":
        introduce(walk, name, "Ben Cho")
        thank(walk, name, "introduction")
        give(walk, name)
        walk.clock.forward(days=31)
        tell(walk, name)
    at_stage(walk, name, stage)


@when(parsers.parse('the seeker tells "{name}" what came of the introduction'))
def tell(walk: Walk, name: str) -> None:
    walk.kith.report_introduction(walk.who(name), "We met, and they showed me how they test.")
