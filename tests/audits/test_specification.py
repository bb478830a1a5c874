"""The shipped policies as a specification, run by pytest-bdd with the steps of the one registry.

A policy is put together of its steps as they are run, and a relationship that the guards led from met to referral keeps
it. A worked example is staged in a real store, and audited by the policy of its Rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from pytest_bdd import given, parsers, scenarios, step, then
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from kith.workflows import AskKind, Kith
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.compiling import features
from kith.workflows.audits.compiling.compiler import compile_text
from kith.workflows.audits.compiling.examples import EVENTS, NOBODY, ONLY
from kith.workflows.audits.compiling.problems import Problems
from kith.workflows.audits.report import Order, Verdict
from kith.workflows.audits.running import policies
from kith.workflows.audits.shipped import shipped
from kith.workflows.audits.vocabulary.steps import BEFORE, THEN, Pattern
from tests.audits.conftest import SCENARIO
from tests.audits.staging import Staged, stage
from tests.kithtest import START, Clock, introduced, referral_ask

scenarios(str(shipped()))

SHIPPED = policies(None, None)


@pytest.fixture
def policy(request: pytest.FixtureRequest) -> Compiled:
    """The policy of the Rule that the scenario stands in."""
    rule = request.node.stash[SCENARIO].rule
    return next(one for one in SHIPPED if rule and one.policy.rule == rule.name)


@pytest.fixture
def lines() -> list[str]:
    """The steps that were run."""
    return []


class Scene(NamedTuple):
    """A store in a file, and the clock that goes with it."""

    kith: Kith
    clock: Clock

    def breakers(self, policy: Compiled) -> set[UUID]:
        """Who breaks the policy, once all deadlines are over."""
        self.clock.forward(days=4_000)
        return {one.relationships[0] for one in self.kith.audit([policy]).policies[0].violations}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A store before anything happened."""
    clock = Clock(START - timedelta(days=60))
    with Kith.open(tmp_path / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="UTC")
        yield Scene(kith, clock)


@pytest.fixture(scope="module")
def led() -> Iterator[Kith]:
    """A relationship that the guards led from met to a referral, and to the outcome that was told."""
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        who = introduced(kith, clock, told=True)
        kith.ask(who, referral_ask())
        kith.agree(who, AskKind.REFERRAL)
        kith.receive_referral(who)
        kith.thank(who, "referral")
        kith.learn_outcome(who, "interview")
        kith.report_outcome(who)
        yield kith


def _before(keyword: str) -> Callable[[list[str], str], None]:
    def said(lines: list[str], line: str) -> None:
        lines.append(f"{keyword} {line}")

    return said


def _keeps(lines: list[str], line: str, policy: Compiled, led: Kith) -> None:
    """The steps make the policy, and who was led by the guards keeps it by what was known at the time."""
    made = _compiled([*lines, f"Then {line}"])
    assert made[1:6] == policy[1:6]
    audited = led.audit([policy], order=Order.RECORDED).policies[0]
    assert audited.verdict in {Verdict.PASS, Verdict.NOT_EXERCISED}, audited.violations


def _compiled(lines: list[str]) -> Compiled:
    steps = "".join(f"      {line}\n" for line in lines)
    return compile_text(f"Feature: F\n  Rule: R\n    @policy @id:one\n    Scenario: One\n{steps}")[0]


def _whole(pattern: Pattern) -> parsers.re:
    return parsers.re(f"(?P<line>{pattern.expression.pattern})", flags=re.IGNORECASE)


for _one in BEFORE:
    step(_whole(_one.pattern))(_before(_one.keyword))
for _last in THEN:
    then(_whole(_last.pattern))(_keeps)


@given(EVENTS, target_fixture="staged")
def _staged(scene: Scene, policy: Compiled, datatable: list[list[str]], request: pytest.FixtureRequest) -> Staged:
    name = request.node.stash[SCENARIO].name
    example = next(one for one in policy.examples if one.name == name)
    assert len(example.events) == len(datatable) - 1
    return stage(scene.kith, example)


@then(NOBODY)
def _nobody(scene: Scene, policy: Compiled) -> None:
    assert scene.breakers(policy) == set()


@then(parsers.re(ONLY.pattern))
def _only(scene: Scene, policy: Compiled, staged: Staged, who: str) -> None:
    assert scene.breakers(policy) == {staged.people[name] for name in re.findall(r'"([^"]*)"', who)}


def test_every_scenario_of_every_shipped_policy_is_bound_once() -> None:
    problems = Problems()
    written = [
        f"{file.name}: {scenario.name}"
        for file in sorted(shipped().glob("*.feature"))
        for rule in features.rules(file, problems) or ()
        for scenario in rule.scenarios
    ]
    bound = [
        one for value in globals().values() if (one := registry_get_safe(scenario_wrapper_template_registry, value))
    ]
    assert sorted(f"{Path(one.feature.filename).name}: {one.name}" for one in bound) == sorted(written)
    assert len(written) >= 2 * len(SHIPPED)
