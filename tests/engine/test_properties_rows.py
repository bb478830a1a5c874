"""Timers, actions and rows follow from the log alone: not from when one looks, nor from what is in memory."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain import seeker as s
from kith.domain.actions import actions
from kith.domain.errors import KithError
from kith.domain.relationship.events import RelationshipOpened
from kith.domain.relationship.evolve import evolve, fold
from kith.domain.timers import timers
from kith.workflows.readmodels.rows import Rows, opening_rows, relationship_rows, seeker_row
from tests.engine.properties import ALL_MOVES, World

pytestmark = pytest.mark.usefixtures("worlds")
NUMBER = st.integers(0, 839)
MOVES = st.lists(st.tuples(st.sampled_from(ALL_MOVES), st.integers(0, 3), NUMBER, NUMBER), max_size=40)


def world_after(moves: list[tuple[str, int, int, int]]) -> World:
    world = World()
    for move in (("meet", 0, 1, 0), ("meet", 0, 8, 0), *moves):
        world.move(*move)
    return world


@settings(max_examples=40)
@given(MOVES)
def test_what_is_due_and_to_do_follows_from_the_log(moves: list[tuple[str, int, int, int]]) -> None:
    world = world_after(moves)
    log, live = world.log(), world.kith.seeker()
    seeker = s.fold(recorded for recorded in log if recorded.originator_id == live.id)
    assert seeker is not None
    assert seeker_row(seeker) == seeker_row(live)
    for who in world.people:
        state = fold(recorded for recorded in log if recorded.originator_id == who)
        assert state is not None
        if not state.removed:
            known = world.kith.relationship(who)
            assert relationship_rows(state, seeker) == relationship_rows(known, live)
            assert list(timers(state, seeker.policy, seeker.calendar)) == list(
                timers(known, live.policy, live.calendar)
            )
            assert actions(state, seeker) == actions(known, live)


@settings(max_examples=25)
@given(MOVES)
def test_rows_told_from_an_opening_are_those_of_its_state(moves: list[tuple[str, int, int, int]]) -> None:
    world = world_after(moves)
    seeker = world.kith.seeker()
    openings = [recorded for recorded in world.log() if isinstance(recorded.event, RelationshipOpened)]
    alone = [relationship_rows(evolve(None, opened), seeker) for opened in openings]
    assert opening_rows(openings, seeker) == Rows(
        *(tuple(chain.from_iterable(table)) for table in zip(*alone, strict=True))
    )


@settings(max_examples=25)
@given(MOVES, st.integers(0, 2_000))
def test_looking_later_changes_nothing(moves: list[tuple[str, int, int, int]], days: int) -> None:
    world = world_after(moves)
    world.now += timedelta(days=days)
    assert world.kith.doctor() == []
    world.kith.agenda()
    world.kith.board()
    for who in world.people:
        try:
            world.kith.check(who, world.bad(world.kith.relationship(who).asks[-1].kind, days))
        except (KithError, IndexError):
            continue
    assert world.kith.doctor() == []


@settings(max_examples=25)
@given(MOVES)
def test_a_rebuild_changes_nothing(moves: list[tuple[str, int, int, int]]) -> None:
    world = world_after(moves)
    before = (world.kith.agenda(), world.kith.people(), world.kith.board().stages)
    world.kith.rebuild()
    assert (world.kith.agenda(), world.kith.people(), world.kith.board().stages) == before


@settings(max_examples=25)
@given(MOVES)
def test_the_agenda_is_short_and_names_nobody_twice(moves: list[tuple[str, int, int, int]]) -> None:
    world = world_after(moves)
    chosen = world.kith.agenda().actions
    assert len(chosen) <= world.kith.seeker().policy.agenda_size
    assert len({candidate.relationship_id for candidate in chosen}) == len(chosen)
    assert [c.action.urgency for c in chosen] == sorted(c.action.urgency for c in chosen)
