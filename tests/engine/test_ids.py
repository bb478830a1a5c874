"""Ids are random, and stand side by side."""

from __future__ import annotations

import os
from itertools import pairwise
from uuid import UUID

import pytest

from kith.workflows.ids import RunningIds


def test_ids_are_random_uuids_that_differ_in_their_first_digits() -> None:
    new_id = RunningIds()
    ids = [new_id() for _ in range(10_000)]

    assert {(id_.version, id_.variant) for id_ in ids} == {(4, "specified in RFC 4122")}
    assert len({id_.hex[:8] for id_ in ids}) == len(ids)
    assert len({id_.int & (1 << 60) - 1 for id_ in ids}) == len(ids)


def test_ids_made_one_after_the_other_stand_side_by_side() -> None:
    new_id = RunningIds()
    numbers = [new_id().int >> 96 for _ in range(100)]
    assert [(later - earlier) % 2**32 for earlier, later in pairwise(numbers)] == [1] * 99


def test_two_sources_make_different_ids() -> None:
    one, other = RunningIds(), RunningIds()
    assert not {one() for _ in range(1_000)} & {other() for _ in range(1_000)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_makes_ids_of_its_own() -> None:
    new_id = RunningIds()
    new_id()
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.write(writing, new_id().bytes)
        os._exit(0)
    os.waitpid(child, 0)
    assert UUID(bytes=os.read(reading, 16)) != new_id()
