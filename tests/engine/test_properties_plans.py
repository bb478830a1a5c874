"""A refusal's plan, followed step by step through the engine, leads to acceptance on the day it names."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from kith.domain.asks import Ask, AskKind, Nudge
from kith.domain.decision import Decision, Plan
from kith.domain.errors import KithError, NotApplicable
from kith.workflows import AskRefused
from tests.engine.following import follow
from tests.engine.properties import ALL_MOVES, KINDS, World

pytestmark = pytest.mark.usefixtures("worlds")
NUMBER = st.integers(0, 839)
MOVE = st.tuples(st.sampled_from(ALL_MOVES), st.integers(0, 3), NUMBER, NUMBER)

NO_WAY = {"do-not-contact", "one-referrer-per-opening", "nudge-limit"}
"""Guards that no step of the seeker's can satisfy."""


def ask_of(world: World, who: UUID, choice: int, *, well: bool) -> Ask:
    """An ask of any kind; a nudge where one of five falls on it and there is what to nudge about."""
    state = world.kith.relationship(who)
    waiting = [ask for ask in state.asks if ask.is_open or ask.is_promised]
    if choice % 5 == 4 and waiting:
        return Nudge(ask_id=waiting[0].id, text="" if well else "I will pay you 50 euros for it.")
    kind = KINDS[choice % 4]
    return world.good(kind, who, choice) if well else world.bad(kind, choice)


@settings(max_examples=60)
@given(st.lists(MOVE, max_size=40), st.integers(0, 3), NUMBER, st.booleans())
def test_a_plan_that_is_followed_leads_to_acceptance(
    moves: list[tuple[str, int, int, int]], number: int, choice: int, well: bool
) -> None:
    world = World()
    for move in (("meet", 0, choice, 0), *moves):
        world.move(*move)
    who = world.who(number)
    try:
        ask = ask_of(world, who, choice, well=well)
        decision = world.kith.check(who, ask)
    except KithError:
        return
    if decision.allowed:
        world.kith.ask(who, ask)
        return
    assert decision.plan is not None
    note(str(decision.plan))
    if decision.plan.not_possible:
        assert_rightly_not_possible(decision)
        return
    assert_sensible(decision, decision.plan)
    world.kith.ask(who, follow(world, who, decision.plan, ask))


def assert_rightly_not_possible(decision: Decision) -> None:
    """One of the guards without a remedy stands in the way, and something else is proposed."""
    assert decision.plan is not None
    assert decision.plan.instead
    assert not decision.plan.steps
    assert decision.earliest is None
    assert NO_WAY & {finding.guard for finding in decision.missing}


def assert_sensible(decision: Decision, plan: Plan) -> None:
    """No step twice without need, nothing to do where only time is missing, and nobody written to daily."""
    for one, other in pairwise(plan.steps):
        if one.what not in ("gift", "report", "thank", "write"):
            assert (one.what, one.subject, one.do) != (other.what, other.subject, other.do)
    if all(finding.earliest for finding in decision.missing) and not any(
        finding.guard == "one-open-ask" for finding in decision.missing
    ):
        assert plan.steps[0].by == "time"
    written = [step.at for step in plan.steps if step.what in ("write", "first message")]
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(written))


def test_a_nudge_that_would_come_after_the_lapse_is_not_possible() -> None:
    world = World()
    world.move("meet", 0, 0, 0)
    who = world.who(0)
    for name, a, b in (("touch", 2, 0), ("give", 0, 0), ("ask", 1, 1)):
        world.move(name, 0, a, b)
    policy = world.kith.seeker().policy.model_copy(update={"nudge_after_days": 30})
    world.kith.adopt_policy(policy)
    with pytest.raises(AskRefused) as refused:
        world.kith.nudge(who)
    plan = refused.value.decision.plan
    assert plan is not None
    assert "lapses before" in plan.instead


def test_the_plan_for_an_ask_that_waits_uses_the_answer_that_is_needed_anyway() -> None:
    world = World()
    world.move("meet", 0, 0, 0)
    who = world.who(0)
    for name, a, b in (("touch", 2, 0), ("give", 0, 0), ("ask", 1, 1)):
        world.move(name, 0, a, b)
    assert [ask.kind for ask in world.kith.relationship(who).open_asks] == [AskKind.CHAT]
    plan = world.kith.check(who, world.good(AskKind.INTRO, who)).plan
    assert plan is not None
    assert [step.what for step in plan.steps] == ["agree", "hold", "thank"]


def test_an_ask_that_nothing_waits_for_can_not_be_nudged() -> None:
    world = World()
    world.move("meet", 0, 0, 0)
    with pytest.raises(NotApplicable):
        world.kith.nudge(world.who(0))
