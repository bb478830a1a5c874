"""Guards and shipped policies are two roads to the same promise: what the guards let through, the policies pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.domain.guards import GUARDS
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.report import AuditReport, Violation
from kith.workflows.audits.running import policies
from tests.engine.properties import ALL_MOVES, World
from tests.stores import Stores

SHIPPED = policies(None, None)
OF_GUARDS = tuple(policy for policy in SHIPPED if policy.policy.guard)
UNDER_THE_DEFAULT = tuple(name for name in ALL_MOVES if name != "policy")
NUMBER = st.integers(0, 839)
MOVES = st.lists(st.tuples(st.sampled_from(UNDER_THE_DEFAULT), st.integers(0, 3), NUMBER, NUMBER), max_size=60)


@pytest.fixture(autouse=True)
def _worlds(tmp_path: Path) -> Iterator[None]:
    """Worlds live in memory."""
    World.stores = Stores("memory", tmp_path)
    yield
    World.end()


def test_every_guard_has_a_policy_and_every_policy_names_a_guard_there_is() -> None:
    assert {policy.policy.guard for policy in OF_GUARDS} == {guard.name for guard in GUARDS}


def test_every_policy_shows_who_keeps_it_and_who_breaks_it() -> None:
    for policy in SHIPPED:
        names = {event.relationship for example in policy.examples for event in example.events}
        broken = frozenset[str]().union(*(example.breaks for example in policy.examples))
        assert broken, policy.policy.id
        assert names - broken - {""}, policy.policy.id


def audited(world: World, asked: tuple[Compiled, ...], order: str = "recorded") -> AuditReport:
    """What the policies say of a world's log."""
    return world.kith.audit(asked, order=order, as_of=None)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_what_the_guards_let_through_passes_every_policy_of_a_guard(
    moves: list[tuple[str, int, int, int]],
) -> None:
    world = World()
    for name, who, a, b in moves:
        world.move(name, who, a, b)
    events = {recorded.id: recorded.event for recorded in world.log()}
    for audit in audited(world, OF_GUARDS).policies:
        for violation in audit.violations:
            assert overridden(violation, events), f"{audit.policy.id}: {violation.sentence}"


def overridden(violation: Violation, events: dict[str, Event]) -> bool:
    """Whether the ask that broke it went past a guard."""
    judged = events[violation.events[0].id]
    return isinstance(judged, e.AskMade) and bool(judged.overridden)
