"""Eight processes write to PostgreSQL at once, each for its own seeker, beside the eventsourcing library's recorder."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from kith.domain.log import Recorded
from kith.domain.relationship.events import Touched
from kith.domain.stages import Channel, Direction
from kith.workflows import Kith, Person, Touch
from kith.workflows.stores.mapper import encode
from kith.workflows.stores.postgres import PostgresStore
from kith.workflows.stores.postgres_schema import migrate
from tests.bench.measure import Measured, median
from tests.stores import Server

WRITERS = 8
ROUNDS = 5
EACH = 150
"""Transactions of each process in a round, each with one event."""
PEOPLE = 100

Write = Callable[[], object]


def run() -> Iterator[Measured]:
    """One event a transaction: the library's recorder, our store with the same events, and a whole command."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder, "data"), durable=True)
        try:
            address, libraries = server.new_schema("kith"), server.new_schema("library")
            migrate(address)
            _library(libraries).create_table()
            taken = _rounds(address, libraries)
        finally:
            server.stop()
    per_second = {name: [WRITERS * EACH / seconds for seconds in taken[name]] for name in WAYS}
    base = per_second["library"]
    ratio = {name: median([a / b for a, b in zip(per_second[name], base, strict=True)]) for name in WAYS}
    told = f"the library's recorder, {WRITERS} processes"
    yield Measured(told, median(base), "events/s")
    yield Measured("our store, the same events", median(per_second["store"]), "events/s", "the library's recorder",
                   ratio["store"], least="×2")  # fmt: skip
    yield Measured("our store, whole commands (kith.touch)", median(per_second["commands"]), "events/s",
                   "the library's recorder", ratio["commands"])  # fmt: skip


def _rounds(address: str, libraries: str) -> dict[str, list[float]]:
    """Seconds of each round by what was done: every way in every round, so that noise hits all of them."""
    context = get_context("spawn")
    lines = [context.Pipe() for _ in range(WRITERS)]
    writers = [context.Process(target=work, args=(there, address, libraries)) for _, there in lines]
    for writer in writers:
        writer.start()
    ends = [here for here, _ in lines]
    _all(ends, "ready")
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for number in range(ROUNDS + 1):
        for name in WAYS:
            start = time.perf_counter()
            _all(ends, name)
            if number:  # the first warms up
                taken[name].append(time.perf_counter() - start)
    for end, writer in zip(ends, writers, strict=True):
        end.send("done")
        writer.join()
    return taken


def _all(ends: Sequence[Any], name: str) -> None:
    for end in ends:
        end.send(name)
    for end in ends:
        assert end.recv() == name


def work(line: Connection[Any, Any], address: str, libraries: str) -> None:
    """A process that writes, round by round, in the way that it is told."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    ways = {name: way(address, libraries) for name, way in WAYS.items()}
    while (name := line.recv()) != "done":
        if name in ways:
            for _ in range(EACH):
                ways[name]()
        line.send(name)


def _library(address: str) -> PostgresApplicationRecorder:
    told = conninfo_to_dict(address)
    datastore = PostgresDatastore(
        str(told["dbname"]), str(told["host"]), "5432", str(told["user"]), "", schema="library"
    )  # fmt: skip
    return PostgresApplicationRecorder(datastore, events_table_name="library_events")


def _events() -> Iterator[Recorded]:
    """Touches of one relationship."""
    who, at = uuid4(), datetime(2026, 3, 2, 9, tzinfo=UTC)
    event = Touched(at=at, direction=Direction.OUTBOUND, channel=Channel.MESSAGE, note="About the stress tests.")
    version = 0
    while True:
        version += 1
        yield Recorded(who, version, event, at, str(uuid4()))


def by_library(_: str, libraries: str) -> Write:
    """The library's own recorder with its own tables."""
    recorder, events = _library(libraries), _events()

    def write() -> None:
        one = next(events)
        recorder.insert_events(
            [StoredEvent(one.originator_id, one.originator_version, one.event.TOPIC, bytes(encode(one)))]
        )

    return write


def by_store(address: str, _: str) -> Write:
    """Our store: the event and the command's id, under the seeker's lock."""
    store, events, seeker = PostgresStore(address), _events(), uuid4()

    def write() -> None:
        with store.writing(seeker) as transaction:
            transaction.append(seeker, [next(events)])

    return write


def by_command(address: str, _: str) -> Write:
    """A whole command: load, decide, event, rows and command id."""
    kith = Kith.open(address)
    kith.register(f"Seeker {uuid4()}", another=True)
    everybody = cycle([kith.meet(Person(name=f"Person {number}")) for number in range(PEOPLE)])
    return lambda: kith.touch(next(everybody), Touch.message())


WAYS: dict[str, Callable[[str, str], Write]] = {"library": by_library, "store": by_store, "commands": by_command}
