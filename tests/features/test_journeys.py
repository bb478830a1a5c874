"""The product's journeys, told in Gherkin and walked with the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from kith.domain.insights.proportions import LEAST, Rate
from kith.workflows import (
    AskKind,
    AskRefused,
    ChatAsk,
    Decision,
    Gift,
    Kith,
    NotApplicable,
    Origin,
    Person,
    Policy,
    Touch,
)
from tests.kithtest import Clock, intro_ask, questions, referral_ask

scenarios("journeys")


class Walk:
    """What a journey has come to."""

    def __init__(self, kith: Kith, clock: Clock) -> None:
        self.kith, self.clock = kith, clock
        self.decision: Decision | None = None

    def who(self, name: str) -> UUID:
        """The person of that name."""
        return self.kith.find(name)


@pytest.fixture
def walk() -> Iterator[Walk]:
    """A journey that begins."""
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield Walk(kith, clock)


@given(parsers.parse("today is {day}"))
def today(walk: Walk, day: str) -> None:
    walk.clock.now = datetime.combine(_date(day), walk.clock.now.timetz())


def _date(day: str) -> date:
    return datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC).date()


@given(parsers.parse('the seeker knows "{name}" of "{company}" as a {origin}'))
def knows(walk: Walk, name: str, company: str, origin: str) -> None:
    walk.kith.meet(Person(name=name, company=company), origin=Origin(origin))


@when(parsers.parse('the seeker and "{name}" write to each other'))
def write(walk: Walk, name: str) -> None:
    walk.kith.touch(walk.who(name), Touch.message())
    walk.kith.touch(walk.who(name), Touch.reply())


@when(parsers.parse('the seeker gives "{name}" an article'))
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
    assert walk.decision.earliest.date() == _date(day)


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


# Openings and focus


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
    at_stage(walk, name, stage)


@when(parsers.parse('the seeker notes the opening "{role}" at "{company}" until {day}'))
def note_opening(walk: Walk, role: str, company: str, day: str) -> None:
    walk.kith.note_opening(role, company, link="https://northwind.example/jobs/1", deadline=_date(day))


@when(parsers.parse('the referral of "{name}" leads to an "{outcome}"'))
def led_to(walk: Walk, name: str, outcome: str) -> None:
    walk.kith.learn_outcome(walk.who(name), outcome)


@when(parsers.parse('the seeker tells "{name}" what came of it'))
def report(walk: Walk, name: str) -> None:
    walk.kith.report_outcome(walk.who(name))


@then(parsers.parse('"{name}" is the one to ask about "{role}"'))
def one_to_ask(walk: Walk, name: str, role: str) -> None:
    chosen = walk.kith.opening(walk.kith.find_opening(role)).chosen
    assert chosen is not None
    assert chosen.name == name


@then(parsers.parse('nobody may be asked about "{role}" yet'))
def nobody_yet(walk: Walk, role: str) -> None:
    found = walk.kith.opening(walk.kith.find_opening(role))
    assert [one.name for one in found.referrers if one.may_be_asked] == []
    assert all(one.steps and one.first_step for one in found.referrers)


@then(parsers.parse('"{name}" may be asked about "{role}" now'))
def may_be_asked(walk: Walk, name: str, role: str) -> None:
    one_to_ask(walk, name, role)
    assert walk.kith.opening(walk.kith.find_opening(role)).why.startswith(f"{name} may be asked now")


@then(parsers.parse('nobody else is to be asked about "{role}"'))
def nobody_else(walk: Walk, role: str) -> None:
    found = walk.kith.opening(walk.kith.find_opening(role))
    assert (found.chosen, found.referrers) == (None, ())
    assert "one referrer per opening" in found.why


@then(parsers.parse('nobody is the one to ask about "{role}", for nobody can be asked before it closes'))
def too_late(walk: Walk, role: str) -> None:
    found = walk.kith.opening(walk.kith.find_opening(role))
    assert found.chosen is None
    assert "before it closes" in found.why


@then(parsers.parse('the opening "{role}" tells of "{outcome}"'))
def tells_of(walk: Walk, role: str, outcome: str) -> None:
    [asked] = walk.kith.opening(walk.kith.find_opening(role)).asked
    assert (asked.outcome, asked.reported) == (outcome, True)


@then(parsers.parse('"{name}" is a champion'))
def is_champion(walk: Walk, name: str) -> None:
    assert [one.name for one in walk.kith.champions()] == [name]


@then(parsers.parse('"{name}" is no champion yet'))
def no_champion(walk: Walk, name: str) -> None:
    assert name not in [one.name for one in walk.kith.champions()]


@given(parsers.parse("the seeker's focus has room for {most:d} person"))
def room(walk: Walk, most: int) -> None:
    walk.kith.adopt_policy(Policy(focus_people=most))


@when(parsers.parse('the seeker puts "{name}" into the focus'))
def into_focus(walk: Walk, name: str) -> None:
    walk.kith.add_focus(walk.who(name))


@then(parsers.parse('there is no room for "{name}" in the focus'))
def no_room(walk: Walk, name: str) -> None:
    with pytest.raises(NotApplicable, match="kith focus remove"):
        walk.kith.add_focus(walk.who(name))


# What the log teaches


@when(parsers.parse('"{name}" is asked for an introduction'))
def ask_to_introduce(walk: Walk, name: str) -> None:
    walk.kith.ask(walk.who(name), intro_ask())


@when(parsers.parse("it comes to nothing by {end}"))
def comes_to_nothing(walk: Walk, end: str) -> None:
    [asked] = walk.kith.introductions()
    if end == "a no of the connector":
        walk.kith.consent(asked.id, "connector", yes=False, role="connector")
    elif end == "a no of the other side":
        walk.kith.consent(asked.id, "connector", yes=True, role="connector")
        walk.kith.consent(asked.id, "target", yes=False, role="coach")
    walk.clock.forward(days=22)


@then(parsers.parse("{worked:d} of {settled:d} introductions worked, and that is too little for a rate"))
def introductions_worked(walk: Walk, worked: int, settled: int) -> None:
    assert walk.kith.insights().rates[AskKind.INTRO].all == Rate(worked, settled)
    assert settled < LEAST


@then(parsers.parse("{worked:d} of {settled:d} referrals worked, with {count:d} open"))
def referrals_worked(walk: Walk, worked: int, settled: int, count: int) -> None:
    assert walk.kith.insights().rates[AskKind.REFERRAL].all == Rate(worked, settled, open=count)


@then(parsers.parse("{name}'s account tells of {gifts:d} gift and {favours:d} favours"))
def account(walk: Walk, name: str, gifts: int, favours: int) -> None:
    [found] = walk.kith.insights().goodwill.accounts
    assert (found.name, found.gifts, found.favours_asked) == (name, gifts, favours)
