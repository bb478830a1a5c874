"""One guarded, durable transition through the API, beside a raw insert with the same durability."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from kith.workflows import ChatAsk, Kith, Touch
from tests.bench.measure import Measured, median
from tests.kithtest import Clock, nurture, questions

ROUNDS = 300
EVENTS = 20
COUNTER = """
#define _GNU_SOURCE
#include <dlfcn.h>
static long calls;
int fdatasync(int fd) { calls++; return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd); }
int fsync(int fd) { calls++; return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd); }
long kith_syncs(void) { return calls; }
"""


def run() -> Iterator[Measured]:
    """A chat ask to somebody with 20 events on record: cold, and with the state in memory.

    One of each is timed in every round, beside a raw insert, so that a slow moment of the disk hits all alike.
    """
    with tempfile.TemporaryDirectory() as folder:
        raw, cold, cached = (median(list(taken)) * 1e6 for taken in zip(*_rounds(Path(folder)), strict=True))
    yield Measured("raw SQLite insert, WAL + FULL", raw, "µs")
    yield Measured("guarded ask, 20 events loaded", cold, "µs", "raw insert", cold / raw, "×2.5")
    yield Measured("guarded ask, after another command on it", cached, "µs", "raw insert", cached / raw, "×2.0")
    yield from _syncs()


def _rounds(folder: Path) -> Iterator[tuple[float, float, float]]:
    clock, insert = Clock(), _raw(folder / "raw.sqlite")
    with Kith.open(folder / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira", time_zone="Europe/Lisbon")
        everybody = [_ready(kith, clock, number) for number in range(2 * ROUNDS)]
        gc.collect()
        for first, second in zip(everybody[:ROUNDS], everybody[ROUNDS:], strict=True):
            raw = _seconds(insert)
            kith.forget_states()
            kith.seeker()
            cold = _seconds(partial(kith.ask, first, ChatAsk()))
            kith.touch(second, Touch.message())
            yield raw, cold, _seconds(partial(kith.ask, second, ChatAsk()))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ready(kith: Kith, clock: Clock, number: int) -> UUID:
    """Somebody with 20 events, who may be asked for a chat."""
    clock.now = Clock().now + timedelta(minutes=number)
    who = nurture(kith, clock, f"P{number} Example")
    kith.prepare_chat(who, questions())
    while kith.relationship(who).version < EVENTS:
        kith.touch(who, Touch.message())
    return who


def _raw(path: Path) -> Callable[[], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, topic TEXT, state BLOB)")
    state = b"x" * 300

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO events (topic, state) VALUES ('a.topic.v1', ?)", (state,))
        connection.execute("COMMIT")

    return insert


def _syncs() -> Iterator[Measured]:
    """How often the disk is waited for in one command, counted by a wrapper around fdatasync and fsync."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("fdatasyncs per command: not counted, for there is no C compiler here")
        return
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "syncs.c"), Path(folder, "syncs.so")
        source.write_text(COUNTER)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        environment = {**os.environ, "LD_PRELOAD": str(library)}
        counted = subprocess.run(
            [sys.executable, "-m", "tests.bench.transition", folder], env=environment, check=True, capture_output=True
        )  # fmt: skip
    yield Measured("fdatasyncs per command (checkpoints apart)", float(counted.stdout), "calls", limit="1")


def count_syncs(folder: str) -> float:
    """Calls per command over 100 commands; run with the wrapper loaded."""
    syncs = ctypes.CDLL(None).kith_syncs
    clock = Clock()
    with Kith.open(Path(folder, "counted.sqlite"), clock=clock) as kith:
        kith.register("Mira")
        who = nurture(kith, clock)
        before = syncs()
        for _ in range(100):
            kith.touch(who, Touch.message())
        return float(syncs() - before) / 100


if __name__ == "__main__":
    print(count_syncs(sys.argv[1]))
