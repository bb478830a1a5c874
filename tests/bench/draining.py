"""100,000 timers that are due at once: how soon they begin to fire, what that takes, and how long commands wait."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles
from typing import NamedTuple

from tests.bench import sleepers
from tests.bench.helper import Helper
from tests.bench.measure import Measured
from tests.bench.sweeping import NAMES, Bench
from tests.crash.kills import store

TIMERS = 100_000
SLEEPERS = 2_000
"""So many of DBOS: all would take it many minutes."""
SEEKERS = 20
IDLE_SECONDS = 8.0


class Drained(NamedTuple):
    """How a process did that fired what was due, while another gave commands."""

    timers: int
    start: float
    """Seconds from the start of the process until the first page, or the first workflow, was done."""
    seconds: float
    """From the word to begin until all is done."""
    megabytes: float
    threads: int
    idle: list[float]
    """Seconds that each command took before."""
    busy: list[float]
    """And meanwhile."""


def run() -> Iterator[Measured]:
    """On both stores, and DBOS with the same work."""
    for kind in ("file", "postgres"):
        with store(kind) as (address, _):
            bench = Bench(address, TIMERS, SEEKERS, due=TIMERS)
            bench.arm()
            bench.settle()
            bench.kith.close()
            now = {"KITH_NOW": bench.clock.now.isoformat()}
            drained = _drained(Helper("sweeper", KITH_STORE=address, **now), address)
        yield from _told(NAMES[kind], drained, goals=True)
    yield from _dbos()


def _dbos() -> Iterator[Measured]:
    with store("postgres") as (address, server):
        assert server is not None
        database = sleepers.armed(server, SLEEPERS)
        told = {"DBOS_DATABASE": database, "SLEEPERS": str(SLEEPERS)}
        drained = _drained(Helper("sleepers", **told), address)
    yield from _told("DBOS", drained, goals=False)


def _drained(worker: Helper, address: str) -> Drained:
    """Have a worker drain what is due, and another process give commands before and meanwhile."""
    worker.hear()
    ready = worker.age
    commands = Helper("commander", KITH_STORE=address)
    commands.hear()
    idle = commands.during(partial(time.sleep, IDLE_SECONDS))
    with worker.watched() as most:
        commands.tell("begin")
        begun = worker.age
        worker.tell("begin")
        worker.hear()
        first = worker.age
        timers = int(worker.hear())
        ended = worker.age
        busy = commands.ask("end")
    worker.end()
    commands.end()
    start = ready + first - begun
    return Drained(timers, start, ended - begun, most.megabytes, most.threads, json.loads(idle), json.loads(busy))


def _told(name: str, drained: Drained, *, goals: bool) -> Iterator[Measured]:
    def figure(what: str, value: float, unit: str, limit: str = "", least: str = "") -> Measured:
        return Measured(f"{name}: {what}", value, unit, limit=limit if goals else "", least=least if goals else "")

    idle, busy = (quantiles(taken, n=100)[98] * 1_000 for taken in (drained.idle, drained.busy))
    yield figure(f"start-up with {drained.timers:,} timers due", drained.start, "s", "1 s")
    yield figure("memory grows by", drained.megabytes, "MB", "150 MB")
    yield figure("extra threads", drained.threads, "", "4")
    yield figure("timers drained", drained.timers / drained.seconds, "timers/s", least="1000")
    yield figure("a command meanwhile, median", median(drained.busy) * 1_000, "ms")
    yield figure("a command before, p99", idle, "ms")
    yield Measured(f"{name}: a command meanwhile, p99", busy, "ms", "before", busy / idle, "×2" if goals else "")
