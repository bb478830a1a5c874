"""Many seekers in one store: an engine for each, and whose timers are due."""

from __future__ import annotations

import gc
from uuid import UUID

import pytest

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows import Kith, Person, StoreError, Touch
from kith.workflows.readmodels.due import shard_of
from tests.kithtest import Clock


def seekers(kith: Kith, number: int) -> list[UUID]:
    """So many seekers, each with a message that waits for an answer."""
    found = []
    for n in range(number):
        found.append(kith.register(f"Seeker {n:02}", another=True))
        one = kith.serving(found[-1])
        one.touch(one.meet(Person(name="Ana Silva")), Touch.reply())
    return found


def test_everybody_who_is_registered_is_listed(kith: Kith) -> None:
    ids = seekers(kith, 2)
    assert [one.name for one in kith.seekers()] == ["Mira Okafor", "Seeker 00", "Seeker 01"]
    assert [one.id for one in kith.seekers()][1:] == ids


def test_one_engine_serves_each_seeker(kith: Kith) -> None:
    mira = kith.seeker().id
    lena = kith.register("Lena Braun", another=True)
    with kith.serving(lena) as hers, kith.serving(mira) as again:
        ana = hers.meet(Person(name="Ana Silva"))
        assert [one.name for one in hers.people()] == ["Ana Silva"]
        assert again.people() == []
        with pytest.raises(NotFound):
            again.relationship(ana)
    assert kith.serving(mira).seeker().profile.name == "Mira Okafor"


def test_whom_nobody_knows_is_not_served(kith: Kith) -> None:
    with pytest.raises(NotFound, match="There is no seeker"):
        kith.serving(UUID(int=5)).seeker()


def test_closing_one_engine_does_not_close_the_other(clock: Clock) -> None:
    first = Kith.open(":memory:", clock=clock)
    mira = first.register("Mira Okafor")
    second, third = first.serving(mira), first.serving(mira)
    first.close()
    first.close()
    second.close()
    assert third.seeker().profile.name == "Mira Okafor"
    third.close()
    with pytest.raises(StoreError, match="closed"):
        third.seeker()


def test_an_engine_that_is_used_no_more_counts_as_closed(clock: Clock) -> None:
    first = Kith.open(":memory:", clock=clock)
    mira = first.register("Mira Okafor")
    first.serving(mira).seeker()
    gc.collect()
    store = first.store
    first.close()
    with pytest.raises(StoreError, match="closed"), store.reading():
        pass


def test_seekers_with_something_due_are_found_who_waited_longest_first(kith: Kith, clock: Clock) -> None:
    assert kith.due_seekers() == []
    first = seekers(kith, 2)
    clock.forward(days=1)
    [last] = seekers(kith, 1)
    assert kith.due_seekers() == []
    clock.forward(days=1)
    assert sorted(kith.due_seekers()) == sorted(first)
    clock.forward(days=1)
    assert kith.due_seekers()[-1] == last
    assert len(kith.due_seekers(limit=2)) == 2
    for one in kith.due_seekers():
        assert kith.serving(one).sweep().fired == {"answer": 1}
    assert kith.due_seekers() == []


def test_every_seeker_is_in_one_shard(kith: Kith, clock: Clock) -> None:
    ids = seekers(kith, 20)
    clock.forward(days=3)
    shards = [kith.due_seekers(shard=number, shards=3) for number in range(3)]
    assert sorted(id_ for shard in shards for id_ in shard) == sorted(ids)
    assert all(shards)


def test_a_seeker_stays_in_their_shard_for_ever() -> None:
    assert [shard_of(UUID(int=n).hex, 8) for n in range(6)] == [0, 6, 4, 2, 1, 7]


@pytest.mark.parametrize(("shard", "shards"), [(-1, 2), (2, 2), (0, 0)])
def test_there_are_as_many_shards_as_one_says(kith: Kith, shard: int, shards: int) -> None:
    with pytest.raises(InvalidInput, match="shard"):
        kith.due_seekers(shard=shard, shards=shards)
