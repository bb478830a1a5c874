"""A lost connection, a restart of the server, a full pool: nothing is lost, doubled, or told falsely."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest

from kith.workflows import Kith, Person, StoreError, Touch
from kith.workflows.errors import StoreBusy, StoreInterrupted
from kith.workflows.readmodels.rows import changed_rows as rows
from kith.workflows.stores.postgres import PostgresStore
from kith.workflows.stores.postgres_connection import connect, told
from tests.kithtest import Clock
from tests.proxy import Cut, Proxy
from tests.stores import server


@pytest.fixture
def kith(address: str, clock: Clock) -> Iterator[Kith]:
    """An engine with one seeker."""
    with Kith.open(address, clock=clock) as opened:
        opened.register("Mira Okafor")
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a store for long."""
    monkeypatch.setattr("kith.workflows.application.again.PATIENCE_SECONDS", 0.3)


def notes(kith: Kith, who: UUID) -> list[str]:
    """What was noted of somebody's touches."""
    return [note for _, note in kith.relationship(who).notes]


def test_dropped_connections_are_replaced(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    for number in range(3):
        server().drop_connections()
        kith.touch(ana, Touch.call(str(number)))
        server().drop_connections()
        assert len(kith.people()) == 1

    assert notes(kith, ana) == ["0", "1", "2"]
    assert kith.doctor() == []


def test_a_connection_that_is_lost_within_a_command_leaves_nothing_of_it(
    kith: Kith, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    dropped: list[int] = []

    def rows_while_the_line_breaks(*arguments: Any) -> Any:
        if not dropped:
            dropped.append(1)
            server().drop_connections()
        return rows(*arguments)

    monkeypatch.setattr("kith.workflows.application.work.changed_rows", rows_while_the_line_breaks)
    kith.touch(ana, Touch.call("once"))

    assert dropped == [1]
    assert notes(kith, ana) == ["once"]
    assert kith.doctor() == []


@pytest.mark.parametrize("cut", ["before", "after"])
@pytest.mark.parametrize("named", [True, False])
def test_a_commit_that_is_never_answered_is_settled_by_the_command_id(
    address: str, clock: Clock, cut: Cut, named: bool
) -> None:
    parts = urlsplit(address)
    proxy = Proxy(Path(parse_qs(parts.query)["host"][0]))
    through = address.replace(parse_qs(parts.query)["host"][0], str(proxy.folder))
    with Kith.open(through, clock=clock) as kith:
        proxy.cut = cut
        me = kith.register("Mira Okafor")
        assert proxy.cuts == 1
        assert kith.register("Mira Okafor") == me
        ana = kith.meet(Person(name="Ana Silva"))
        proxy.cut = cut
        written = kith.touch(ana, Touch.call("once"), **({"command_id": "c"} if named else {}))

        assert proxy.cuts == 2
        assert [recorded.event.TOPIC for recorded in written] == ["relationship.touched.v1"]
        assert notes(kith, ana) == ["once"]
        assert len(list(kith.export())) == 3
        assert kith.doctor() == []
    proxy.close()


def test_a_restart_of_the_server_is_waited_for(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    told: list[str] = []
    stopped = threading.Event()

    def commands() -> None:
        for number in range(40):
            kith.touch(ana, Touch.call(str(number)), command_id=str(number))
            told.append(str(number))
            if number == 10:
                stopped.wait(20)

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(commands)
        server().stop()
        stopped.set()
        time.sleep(0.5)
        server().start()
        working.result(timeout=60)

    assert notes(kith, ana) == told == [str(number) for number in range(40)]
    assert kith.doctor() == []


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stays_away_is_told_plainly(address: str, clock: Clock) -> None:
    with Kith(PostgresStore(address, patience=1), clock=clock, new_id=uuid4) as kith:
        kith.register("Mira Okafor")
        server().stop()
        try:
            with pytest.raises(StoreInterrupted, match="can't be reached"):
                kith.meet(Person(name="Ana Silva"))
            with pytest.raises(StoreError, match="can't be reached"):
                Kith.open(address)
        finally:
            server().start()
        kith.meet(Person(name="Ana Silva"))
        assert len(kith.people()) == 1


def test_a_full_pool_is_waited_for(address: str, clock: Clock) -> None:
    store = PostgresStore(address, pool_size=1)
    engines = [Kith(store, clock=clock, new_id=uuid4) for _ in range(4)]
    engines[0].register("Mira Okafor")
    ana = engines[0].meet(Person(name="Ana Silva"))

    def touches(engine: Kith) -> None:
        for _ in range(20):
            engine.touch(ana, Touch.message())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(touches, engines))
    assert len(engines[0].relationship(ana).touches) == 80
    store.close()


def test_a_pool_that_stays_full_is_told_plainly(address: str, clock: Clock) -> None:
    store = PostgresStore(address, pool_size=1, patience=1)
    engine = Kith(store, clock=clock, new_id=uuid4)
    engine.register("Mira Okafor")
    with ThreadPoolExecutor(1) as pool, store.reading(), pytest.raises(StoreBusy, match="All 1 connections"):
        pool.submit(engine.meet, Person(name="Ana Silva")).result()
    assert engine.people() == []
    store.close()


def test_another_command_of_the_same_seeker_is_waited_for_but_not_for_ever(address: str, clock: Clock) -> None:
    store = PostgresStore(address, patience=1)
    engine = Kith(store, clock=clock, new_id=uuid4)
    me = engine.register("Mira Okafor")
    with ThreadPoolExecutor(1) as pool, store.writing(me):
        with pytest.raises(StoreBusy):
            pool.submit(engine.meet, Person(name="Ana Silva")).result()
        other = pool.submit(engine.register, "Robin Hale", another=True).result()
        pool.submit(engine.meet, Person(name="Tom Reed")).result()  # Robin's
    assert other != me
    assert [one.name for one in engine.people()] == ["Tom Reed"]
    store.close()


def test_errors_tell_nothing_of_what_was_to_be_stored(address: str) -> None:
    store = PostgresStore(address)
    with pytest.raises(StoreError) as refused, store.writing() as transaction:
        transaction.query("INSERT INTO seekers (id, name) VALUES ('x', 'Mira Okafor')")
    assert "Mira" not in str(refused.value)
    assert refused.value.__suppress_context__
    with suppress(StoreError):
        store.close()


def test_a_loss_that_the_client_finds_first_is_an_interruption_too(address: str) -> None:
    """As libpq reads what the server sent last, the connection may still count as open."""
    with closing(connect(address)) as connection:
        lost = told(psycopg.OperationalError("consuming input failed: server closed the connection"), connection)
        failed = told(psycopg.errors.PipelineAborted("pipeline aborted"), connection)
    assert type(lost) is StoreInterrupted
    assert type(failed) is StoreError
