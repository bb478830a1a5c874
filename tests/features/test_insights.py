"""The journeys of what the log teaches."""

from __future__ import annotations

from pytest_bdd import parsers, scenarios, then, when

from kith.domain.insights.proportions import LEAST, Rate
from kith.workflows import AskKind
from tests.features.walk import Walk

scenarios("journeys/insights.feature")


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
