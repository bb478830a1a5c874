"""Guards and shipped policies are two roads to the same promise: what the guards let through, the policies pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.domain.guards import GUARDS
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.report import AuditReport, Violation
from kith.workflows.audits.running import policies
from tests.engine.properties import ALL_MOVES, World
from tests.stores import Stores

SHIPPED = policies(None, None)
OF_GUARDS = tuple(policy for policy in SHIPPED if policy.policy.guard)
OTHERWISE = {"policy", "profile"}
"""Under another policy the guards judge by other numbers, and in another time zone by other days."""
UNDER_THE_DEFAULT = tuple(name for name in ALL_MOVES if name not in OTHERWISE)
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
    world.kith.update_profile(picture=True, headline="Risk analyst", intro="I model risk, and I care how people pay.")
    for name, who, a, b in moves:
        world.move(name, who, a, b)
    log = world.log()
    events = {recorded.id: recorded.event for recorded in log}
    for audit in audited(world, OF_GUARDS).policies:
        for violation in audit.violations:
            known = overridden(violation, events) or in_hindsight(violation, log)
            assert known, f"{audit.policy.id}: {violation.sentence}"


def overridden(violation: Violation, events: dict[str, Event]) -> bool:
    """Whether the ask that broke it went past a guard."""
    judged = events[violation.events[0].id]
    return isinstance(judged, e.AskMade) and bool(judged.overridden)


def in_hindsight(violation: Violation, log: list[Recorded]) -> bool:
    """Whether the guards knew better what became of an ask or a debt than the events that tell of it.

    A lapse stays in the log when an answer is recorded later that came before it. When an answer is taken back, what
    came after it may be the answer. A debt that was settled stays so when there is news.
    """
    rests_on = {involved.id for involved in violation.events}
    resting = [recorded for recorded in log if recorded.id in rests_on]
    return any(overtaken(one, log) or unanswered(one, log) or settled(one, log) for one in resting)


def overtaken(lapse: Recorded, log: list[Recorded]) -> bool:
    """Whether an ask that lapsed had been answered before, as was recorded later."""
    return isinstance(lapse.event, e.AskLapsed) and any(
        getattr(recorded.event, "ask_id", None) == lapse.event.ask_id and recorded.at <= lapse.at
        for recorded in log[log.index(lapse) + 1 :]
    )


def unanswered(ask: Recorded, log: list[Recorded]) -> bool:
    """Whether an answer to the ask was taken back."""
    mine = [recorded for recorded in log if recorded.originator_id == ask.originator_id]
    gone = {version for r in mine if isinstance(r.event, e.FactsRetracted) for version in r.event.versions}
    answers = [r.event for r in mine if r.originator_version in gone]
    return any(
        isinstance(answer, e.AskAgreed | e.AskDeclined) and answer.ask_id == getattr(ask.event, "ask_id", None)
        for answer in answers
    )


def settled(outcome: Recorded, log: list[Recorded]) -> bool:
    """Whether the debt of an outcome had been settled before there was news of it."""
    return isinstance(outcome.event, e.OutcomeLearned) and any(
        isinstance(recorded.event, e.DebtSettled)
        and recorded.originator_id == outcome.originator_id
        and recorded.event.debt == f"outcome:{outcome.event.referral}"
        for recorded in log[: log.index(outcome)]
    )
