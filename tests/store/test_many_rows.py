"""Rows that are read or written many at once: as if each had been by itself, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.case import Stamp
from kith.domain.errors import Conflict
from kith.domain.relationship.events import Reopened
from kith.workflows import Kith, Person
from kith.workflows.stores.postgres_transaction import OF_MANY
from kith.workflows.stores.sql import MOST_VALUES, of_many
from tests.kithtest import Clock, nurture
from tests.stores import Stores

INSERT = "INSERT INTO told VALUES (?, ?, ?)"
VALUES = st.one_of(st.none(), st.integers(-9, 9), st.sampled_from(["", "Ana"]))


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=9))
def test_one_statement_writes_what_one_for_each_row_writes(
    rows: list[tuple[int | str | None, int | str | None, int | str | None]],
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE told (a, b, c)")
    connection.execute(*of_many(INSERT, rows))
    written = connection.execute("SELECT * FROM told ORDER BY rowid").fetchall()
    connection.close()

    assert written == rows


def test_where_one_of_many_events_has_a_place_that_is_taken_none_is_written(kith: Kith, clock: Clock) -> None:
    stamp, who = Stamp(clock(), "many"), uuid4()
    events = [stamp.place(Reopened(at=clock()), who, version) for version in range(1, MOST_VALUES)]
    with pytest.raises(Conflict), kith.store.writing() as transaction:
        transaction.append(uuid4(), [*events, events[100]])

    with kith.store.reading() as reading:
        assert reading.events(who) == []
    with kith.store.writing() as transaction:
        transaction.append(uuid4(), events)
    with kith.store.reading() as reading:
        assert reading.events(who) == events


def test_the_events_of_many_are_those_of_each(kith: Kith, clock: Clock) -> None:
    who = [nurture(kith, clock), *(kith.meet(Person(name=f"Person {n}")) for n in range(MOST_VALUES + 1))]
    with kith.store.reading() as reading:
        found = reading.events_of([*reversed(who), uuid4()])
        assert set(found) == set(who)
        assert found == {id_: reading.events(id_) for id_ in who}


MANY_EVENTS = """
    INSERT INTO stored_events (originator_id, originator_version, topic, state)
    SELECT n / 10, n % 10, 'x', 'x' FROM generate_series(1, 20000) AS n
"""


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Stores on PostgreSQL."""
    stores = Stores("postgres", tmp_path_factory.mktemp("stores"))
    yield stores
    stores.release()


def test_a_server_without_statistics_looks_many_up_in_the_index(postgres: Stores) -> None:
    ids = [str(number) for number in range(500)]
    with Kith.open(postgres.new()) as kith, kith.store.writing() as transaction:
        transaction.query(MANY_EVENTS)
        plan = " ".join(row[0] for row in transaction.query(f"EXPLAIN {OF_MANY}", (ids,)))
    assert "Index" in plan
    assert "Seq Scan" not in plan
