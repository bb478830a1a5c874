"""An engine in memory with one seeker and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kith.workflows import Kith
from tests.engine.properties import World
from tests.kithtest import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def kith(clock: Clock) -> Iterator[Kith]:
    """An engine with one seeker."""
    with Kith.open(":memory:", clock=clock) as opened:
        opened.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield opened


@pytest.fixture(autouse=True)
def _closes() -> Iterator[None]:
    """Closes what the examples of a property opened."""
    yield
    while World.opened:
        World.opened.pop().close()
