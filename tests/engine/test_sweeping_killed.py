"""A sweep that is killed at any moment: what it had committed stays, and the next one fires the rest, once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.domain.stages import Direction
from kith.workflows import Kith
from kith.workflows.application.work import Work
from tests.kithtest import Clock
from tests.stores import Stores

PEOPLE, KILLS = 6_000, 12
"""Several times as many as fire before the last sweep is killed: 900 to 2,000 did, in half a second in all."""
LATER = datetime(2026, 4, 1, 9, tzinfo=UTC)
SWEEP = """
import sys
from datetime import datetime
from kith.workflows import Kith
with Kith.open(sys.argv[1], clock=lambda: datetime.fromisoformat(sys.argv[2])) as kith:
    print("begins", flush=True)
    kith.sweep(limit=20)
"""


@pytest.fixture
def store(shared_stores: Stores) -> str:
    """A store with many people whose messages wait for an answer."""
    path = shared_stores.new()
    with Kith.open(path, clock=Clock(LATER - timedelta(days=7))) as kith:
        kith.register("Mira Okafor")
        kith._desk.carry_out({}, _people)  # pyright: ignore[reportPrivateUsage]
    return path


def _people(work: Work) -> None:
    for number in range(PEOPLE):
        met = e.RelationshipOpened(at=work.now, seeker_id=work.seeker.id, name=f"Person {number}")
        wrote = e.Touched(at=work.now, direction=Direction.INBOUND)
        work.enact(work.case_of(work.open(met)), [wrote])


@pytest.mark.slow
def test_a_sweep_that_is_killed_fires_everything_once_in_the_end(store: str) -> None:
    chance, killed = Random(1), 0
    while killed < KILLS:
        sweep = subprocess.Popen(
            [sys.executable, "-c", SWEEP, store, LATER.isoformat()], stdout=subprocess.PIPE, text=True
        )
        assert sweep.stdout is not None
        assert sweep.stdout.readline() == "begins\n"
        time.sleep(chance.random() * 0.08)
        sweep.send_signal(signal.SIGKILL)
        killed += sweep.wait() == -signal.SIGKILL
        sweep.stdout.close()
        with Kith.open(store, clock=Clock(LATER)) as kith:
            assert all(times == 1 for times in _fired(kith).values())
    with Kith.open(store, clock=Clock(LATER)) as kith:
        before = _fired(kith)
        assert 0 < before.total() < PEOPLE, "some were fired by sweeps that were killed"
        assert kith.sweep().fired == {"answer": PEOPLE - before.total()}
        assert set(_fired(kith).values()) == {1}
        assert kith.doctor() == []


def _fired(kith: Kith) -> Counter[tuple[str, str]]:
    with kith.store.reading() as reading:
        found: list[Recorded] = list(reading.scan(lambda _: None, '"kind":"answer"'))
    return Counter((r.originator_id.hex, r.event.subject) for r in found if isinstance(r.event, e.TimerFired))
