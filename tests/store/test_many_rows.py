"""Rows that are inserted many at once stand as if each had been inserted by itself, or not at all."""

from __future__ import annotations

import sqlite3
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.case import Stamp
from kith.domain.errors import Conflict
from kith.domain.relationship.events import Reopened
from kith.workflows import Kith
from kith.workflows.stores.sql import MOST_VALUES, of_many
from tests.kithtest import Clock

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
