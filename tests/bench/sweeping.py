"""How long a sweep takes: by what is due, not by what exists; and how much faster two workers are than one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import psycopg

from kith.workflows import ChatAsk, Kith, Person, Touch
from kith.workflows.errors import StoreError
from kith.workflows.settings import on_postgres
from tests.bench.measure import Measured, median
from tests.cloning import clone, spare
from tests.crash.kills import store
from tests.kithtest import Clock, nurture, questions
from tests.stores import Server

DUE = 10_000
FEW, MANY = 10_000, 1_000_000
ROUNDS = 5
SEEKERS = 20
"""Among so many seekers the due timers are divided where workers share the work."""
NAMES = {"file": "SQLite", "postgres": "PostgreSQL"}


class Bench:
    """A store of so many relationships, in which timers can be made due again and again."""

    def __init__(self, address: str, exist: int, seekers: int, *, due: int = DUE) -> None:
        self.address, self.clock, self.sets = address, Clock(), 0
        self.due = due
        self.kith = Kith.open(address, clock=self.clock)
        self.templates: dict[UUID, UUID] = {}
        self.seekers = [self.kith.register(f"Seeker {n}", another=n > 0) for n in range(seekers)]
        for seeker in self.seekers:
            self.clock.now = Clock().now
            with self.kith.serving(seeker) as served:
                self.templates[seeker] = nurture(served, self.clock)
                served.prepare_chat(self.templates[seeker], questions())
                served.ask(self.templates[seeker], ChatAsk())
                spare(served, self.templates[seeker])
        self.clock.forward(days=8)
        with self.kith.serving(self.seekers[0]) as served:
            idle = served.meet(Person(name="Nobody Due"))
            served.touch(idle, Touch.message())
            self._clone(served, idle, exist - due)
        self.settle()

    def settle(self) -> None:
        """What a server does by itself within some minutes of writing much, done now: else it is measured too."""
        if on_postgres(self.address):
            with closing(psycopg.connect(self.address, autocommit=True)) as connection:
                connection.execute("VACUUM ANALYZE")
                connection.execute("CHECKPOINT")

    def _clone(self, kith: Kith, template: UUID, count: int) -> None:
        self.sets += 1
        if count:
            clone(kith, self.address, template, count, number=self.sets)

    def arm(self) -> None:
        """Make as many timers due as a sweep is to fire: the nudge about a coffee chat asked for eight days ago."""
        for seeker, template in self.templates.items():
            with self.kith.serving(seeker) as served:
                self._clone(served, template, self.due // len(self.templates))
        self.kith.forget_states()

    def sweep(self, server: Server | None = None) -> tuple[float, float]:
        """Seconds in which one engine fires all that is due, and seconds of processors that it and the server take."""
        start, before = time.perf_counter(), _processors(server)
        fired = swept(self.kith, 0, 1)
        taken = time.perf_counter() - start, _processors(server) - before
        assert fired >= DUE, f"only {fired} fired"
        return taken

    def by_workers(self, count: int) -> float:
        """Seconds in which so many processes do, each a shard; from the moment when all are ready."""
        environment = {**os.environ, "KITH_NOW": self.clock.now.isoformat(), "KITH_STORE": self.address}
        command = [sys.executable, "-m", "tests.bench.sweeping"]
        workers = [
            subprocess.Popen([*command, str(shard), str(count)], env=environment, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)
            for shard in range(count)
        ]  # fmt: skip
        for worker in workers:
            assert worker.stdout is not None
            worker.stdout.readline()
        start = time.perf_counter()
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write(b"\n")
            worker.stdin.close()
        fired = [int(worker.stdout.read()) for worker in workers if worker.stdout]
        taken = time.perf_counter() - start
        assert sum(fired) >= DUE, f"only {fired} fired"
        assert all(worker.wait() == 0 for worker in workers)
        return taken


def _processors(server: Server | None) -> float:
    return time.process_time() + (server.cpu_seconds() if server else 0.0)


def swept(kith: Kith, shard: int, shards: int) -> int:
    """Fire all that is due in a shard; returns how many timers fired."""
    fired = 0
    for seeker in kith.due_seekers(shard=shard, shards=shards):
        with kith.serving(seeker) as served:
            fired += sum(served.sweep().fired.values())
    return fired


def run() -> Iterator[Measured]:
    """Few and many relationships side by side in each round, on both stores; then one worker and two."""
    for kind in ("file", "postgres"):
        yield from _by_what_exists(kind)
    yield from _two_workers()


def _by_what_exists(kind: str) -> Iterator[Measured]:
    with store(kind) as (few_address, few_server), store(kind) as (many_address, many_server):
        few, many = Bench(few_address, FEW, 1), Bench(many_address, MANY, 1)
        rounds = list[tuple[tuple[float, float], tuple[float, float]]]()
        for _ in range(ROUNDS):
            few.arm()
            first = few.sweep(few_server)
            many.arm()
            rounds.append((first, many.sweep(many_server)))
        few.kith.close()
        many.kith.close()
    told, among = f"{NAMES[kind]}: sweep of {DUE:,} due among {MANY:,}", f"among {FEW:,}"
    yield Measured(f"{NAMES[kind]}: the same {among}", DUE / median([a for (a, _), _ in rounds]), "due/s", least="2000")
    for number, (what, limit) in enumerate((("", "×1.2"), (", time of processors", ""))):
        ratio = median([b[number] / a[number] for a, b in rounds])
        yield Measured(f"{told}{what}", median([b[number] for _, b in rounds]), "s", among, ratio, limit)


def _two_workers() -> Iterator[Measured]:
    with store("postgres") as (address, _):
        bench = Bench(address, DUE, SEEKERS)
        taken: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(ROUNDS):
            for count in (1, 2):
                bench.arm()
                taken[count].append(bench.by_workers(count))
        bench.kith.close()
    ratio = median([one / two for one, two in zip(taken[1], taken[2], strict=True)])
    yield Measured(f"PostgreSQL: sweep of {DUE:,} due by one worker", median(taken[1]), "s")
    yield Measured("one worker, beside two", median(taken[2]), "s", "two workers", ratio, least="×1.6")


def work(shard: int, shards: int) -> None:
    """One worker: open, say so, wait for the start, sweep the shard, tell how many timers fired."""
    with Kith.open() as kith:
        kith.due_seekers(shard=shard, shards=shards)
        print("ready", flush=True)
        sys.stdin.readline()
        print(swept(kith, shard, shards))


if __name__ == "__main__":
    try:
        work(int(sys.argv[1]), int(sys.argv[2]))
    except StoreError as error:
        sys.exit(str(error))
