"""Seekers write side by side; what they share is decided anew by whoever was slower."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from kith.domain.case import Stamp
from kith.domain.connector_load import LoadTaken, load_id
from kith.workflows import AskRefused, Conflict, Kith, NotFound, Person, Touch
from kith.workflows.stores.postgres import PostgresStore
from tests.kithtest import Clock, chatted, intro_ask


def test_an_open_command_of_one_seeker_holds_no_other_up(address: str, clock: Clock) -> None:
    store = PostgresStore(address)
    with Kith.open(address, clock=clock) as one:
        mira = one.register("Mira Okafor")
        ana = one.meet(Person(name="Ana Silva"))
        with store.writing(uuid4()) as slow:
            slow.query("SELECT 1")
            assert len(one.touch(ana, Touch.message())) == 1
        with ThreadPoolExecutor(1) as pool, store.writing(mira) as slow:
            slow.query("SELECT 1")
            waiting = pool.submit(one.touch, ana, Touch.message())
            assert not waiting.done()
        assert len(waiting.result(timeout=30)) == 1
    store.close()


def test_the_load_that_another_seeker_changed_meanwhile_is_loaded_again(address: str, clock: Clock) -> None:
    carrier: list[UUID] = []

    def new_id() -> UUID:
        """The id of an ask is made while it is decided: just then another seeker asks the same person."""
        if carrier:
            with Kith.open(address, clock=clock) as other, other.store.writing(uuid4()) as transaction:
                event = LoadTaken(at=clock(), ask_id=uuid4(), lapses=clock())
                transaction.append(uuid4(), [Stamp(clock(), "theirs").place(event, carrier.pop(), 1)])
        return uuid4()

    with Kith.open(address, clock=clock, new_id=new_id) as kith:
        kith.register("Mira Okafor")
        who = chatted(kith, clock)
        load = load_id(kith.relationship(who).person.id)
        carrier.append(load)
        kith.ask(who, intro_ask(), command_id="mine")

        with kith.store.reading() as reading:
            assert [event.command_id for event in reading.events(load)] == ["theirs", "mine"]
        assert kith.doctor() == []


def test_of_two_seekers_who_ask_the_same_person_at_once_the_slower_is_refused(address: str, clock: Clock) -> None:
    meanwhile: list[Callable[[], object]] = []

    def new_id() -> UUID:
        """The id of an ask is made while it is decided."""
        if meanwhile:
            meanwhile.pop()()
        return uuid4()

    with Kith.open(address, clock=clock, new_id=new_id) as kith, Kith.open(address, clock=clock) as other:
        kith.register("Mira Okafor")
        other.register("Lena Braun", another=True)
        mine, theirs = chatted(kith, clock), chatted(other, clock)
        meanwhile.append(lambda: other.ask(theirs, intro_ask()))
        with pytest.raises(AskRefused) as refused:
            kith.ask(mine, intro_ask())
        assert [finding.guard for finding in refused.value.decision.missing] == ["connector-load"]
        assert other.relationship(theirs).open_asks


def test_after_any_number_of_conflicts_and_refusals_the_next_command_is_carried_out(address: str, clock: Clock) -> None:
    store = PostgresStore(address, pool_size=1)
    kith = Kith(store, clock=clock, new_id=uuid4)
    me = kith.register("Mira Okafor")
    ana = kith.meet(Person(name="Ana Silva"))
    taken = kith.touch(ana, Touch.message())
    for _ in range(12):  # the driver prepares statements from their sixth time on
        with pytest.raises(Conflict), store.writing(me) as transaction:
            transaction.append(me, taken)
        with pytest.raises(NotFound):
            kith.touch(uuid4(), Touch.message())
        kith.touch(ana, Touch.message())
        assert len(kith.people()) == 1
    assert len(kith.relationship(ana).touches) == 13
    assert kith.doctor() == []
    store.close()
