"""Who follows the log on PostgreSQL misses nothing, though transactions end in another order than they began."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from random import Random
from uuid import UUID, uuid4

import pytest

from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import START, Place
from kith.workflows.stores.postgres import PostgresStore
from kith.workflows.stores.postgres_transaction import SETTLED, PostgresTransaction

TOPIC = "of.a.test"


@pytest.fixture
def store(address: str) -> Iterator[PostgresStore]:
    """An empty store."""
    opened = PostgresStore(address)
    yield opened
    opened.close()


def write(transaction: PostgresTransaction) -> UUID:
    """Write an event of an aggregate of its own."""
    originator = uuid4()
    transaction.put([(originator.hex, 1, TOPIC, b"{}")])
    transaction.query("SELECT 1")  # nothing waits to be sent any more
    return originator


class Follower:
    """Reads on from where it was."""

    def __init__(self, store: PostgresStore) -> None:
        self._store, self.seen = store, list[UUID]()
        self.place: Place = START

    def read(self, size: int = 1_000) -> None:
        """Take the next page."""
        with self._store.reading() as reading:
            page = reading.page(self.place, size)
        self.seen += [row.originator for _, row in page if isinstance(row, CorruptEvent)]
        self.place = page[-1][0] if page else self.place


class LibraryFollower(Follower):
    """Reads the library's notification log, and remembers one number."""

    last = 0

    def read(self, size: int = 1_000) -> None:
        """Take the next section."""
        for notification in self._store.log.notification_log.select(self.last + 1, size):
            self.last = notification.id
            self.seen.append(UUID(str(notification.originator_id)))


class NaiveFollower(Follower):
    """The control: remembers the number of the sequence, as one would without knowing better."""

    last = 0
    where = "TRUE"

    def read(self, size: int = 1_000) -> None:
        """Take the rows above the last number."""
        sql = (
            f"SELECT sequence, originator_id FROM stored_events WHERE sequence > ? AND {self.where} ORDER BY 1 LIMIT ?"
        )
        with self._store.reading() as reading:
            for number, originator in reading.query(sql, (self.last, size)):
                self.last = number
                self.seen.append(UUID(originator))


class CarefulNaiveFollower(NaiveFollower):
    """The control with half of the cure: what is still open is held back, but the sequence is remembered."""

    where = SETTLED


def test_a_command_that_ends_late_is_not_missed(store: PostgresStore, address: str) -> None:
    followers = Follower(store), LibraryFollower(store)
    naive = NaiveFollower(store)
    late = PostgresStore(address)
    with ExitStack() as open_:
        slow = write(open_.enter_context(late.writing(uuid4())))
        with store.writing(uuid4()) as transaction:
            fast = write(transaction)
        for follower in (*followers, naive):
            follower.read()
        assert [follower.seen for follower in followers] == [[], []]
        assert naive.seen == [fast]
    for follower in (*followers, naive):
        follower.read()

    assert [follower.seen for follower in followers] == [[slow, fast], [slow, fast]]
    assert naive.seen == [fast]  # the slow one is missed for ever
    late.close()


def test_an_earlier_transaction_with_a_later_number_holds_nobody_up(store: PostgresStore, address: str) -> None:
    followers = Follower(store), LibraryFollower(store)
    careful = CarefulNaiveFollower(store)
    late = PostgresStore(address)
    with ExitStack() as open_:
        with store.writing(uuid4()) as first:
            first.query("SELECT pg_current_xact_id()")
            second = write(open_.enter_context(late.writing(uuid4())))  # a later transaction draws the earlier number
            early = write(first)
        for follower in (*followers, careful):
            follower.read()
        assert [follower.seen for follower in followers] == [[early], [early]]
    for follower in (*followers, careful):
        follower.read()

    assert [follower.seen for follower in followers] == [[early, second], [early, second]]
    assert careful.seen == [early]  # missed for ever
    late.close()


def test_of_a_long_transaction_each_event_is_told_once_page_by_page(store: PostgresStore) -> None:
    with store.writing(uuid4()) as transaction:
        written = [write(transaction) for _ in range(25)]
    for follower in (Follower(store), LibraryFollower(store)):
        for _ in range(5):
            follower.read(7)
        assert follower.seen == written


def test_whatever_the_order_in_which_writers_end_nothing_is_missed_or_told_twice(store: PostgresStore) -> None:
    followers = Follower(store), LibraryFollower(store)

    def commands(seed: int) -> list[UUID]:
        random, written = Random(seed), list[UUID]()
        for _ in range(25):
            with store.writing(UUID(int=seed)) as transaction:
                if random.random() < 0.3:
                    transaction.query("SELECT pg_current_xact_id()")
                    time.sleep(random.random() / 100)
                written += [write(transaction) for _ in range(random.randint(1, 3))]
                time.sleep(random.random() / 50)
        return written

    with ThreadPoolExecutor(6) as pool:
        working = [pool.submit(commands, seed) for seed in range(1, 7)]
        while not all(writer.done() for writer in working):
            for follower in followers:
                follower.read(20)
    written = [event for writer in working for event in writer.result()]
    for follower in followers:
        for _ in range(100):
            follower.read(20)
        assert sorted(follower.seen) == sorted(written)


def test_an_export_holds_what_is_committed_though_another_command_is_open(store: PostgresStore, address: str) -> None:
    late = PostgresStore(address)
    with ExitStack() as open_:
        write(open_.enter_context(late.writing(uuid4())))
        with store.writing(uuid4()) as transaction:
            fast = write(transaction)
        with store.reading() as reading:
            rest = reading.page(START, 1_000, settled=False)
    assert [row.originator for _, row in rest if isinstance(row, CorruptEvent)] == [fast]
    late.close()
