"""Every shipped policy finds what breaks it in a real store, and names the events that it rests on.

The histories are the policies' own worked examples, staged as the events that an engine writes; the expected events
were read over by a person, and stand in ``expected/seeded_violations.txt``.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kith.workflows import Kith
from kith.workflows.audits.compiled import Compiled, Example
from kith.workflows.audits.report import Audited, Verdict
from kith.workflows.audits.running import policies
from tests.audits.staging import Staged, stage
from tests.kithtest import START, Clock

SHIPPED = policies(None, None)
CASES = [
    pytest.param(policy, example, id=f"{policy.policy.id}: {example.name}")
    for policy in SHIPPED
    for example in policy.examples
]
EXPECTED = Path(__file__).parent / "expected" / "seeded_violations.txt"


@pytest.mark.parametrize(("policy", "example"), CASES)
def test_a_seeded_violation_is_found_with_its_events(policy: Compiled, example: Example, tmp_path: Path) -> None:
    staged, audited = played(example, policy, tmp_path)
    assert audited.verdict is Verdict.VIOLATED
    assert {one.relationships[0] for one in audited.violations} == {staged.people[name] for name in example.breaks}
    told = EXPECTED.read_text("utf-8").splitlines()
    assert [line for line in told if line.startswith(f"{policy.policy.id}: ")] == lines(policy, staged, audited)


def test_nothing_is_expected_of_a_policy_that_does_not_ship() -> None:
    told = [line.partition(": ")[0] for line in EXPECTED.read_text("utf-8").splitlines()]
    assert sorted(set(told)) == sorted(policy.policy.id for policy in SHIPPED)


def played(example: Example, policy: Compiled, folder: Path) -> tuple[Staged, Audited]:
    """An example's history in a store of its own, and what the policy, among all that ship, says of it."""
    clock = Clock(START - timedelta(days=60))
    with Kith.open(folder / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="UTC")
        staged = stage(kith, example)
        clock.forward(days=4_000)
        report = kith.audit(SHIPPED)
    return staged, next(one for one in report.policies if one.policy.id == policy.policy.id)


def lines(policy: Compiled, staged: Staged, audited: Audited) -> list[str]:
    """The violations, a line each: the judged event, and those beside it."""
    return [
        f"{policy.policy.id}: {' | '.join(staged.rows[event.id] for event in violation.events)}"
        for violation in audited.violations
    ]
