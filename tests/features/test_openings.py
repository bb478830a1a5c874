"""The journeys of openings, focus and champions."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from kith.workflows import NotApplicable, Policy
from tests.features.walk import Walk, a_date

scenarios("journeys/openings.feature")


@when(parsers.parse('the seeker notes the opening "{role}" at "{company}" until {day}'))
def note_opening(walk: Walk, role: str, company: str, day: str) -> None:
    walk.kith.note_opening(role, company, link="https://northwind.example/jobs/1", deadline=a_date(day))


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
