"""An engine with one seeker, on every kind of store, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.workflows import Kith
from tests.engine.properties import World
from tests.kithtest import Clock
from tests.stores import Stores


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def kith(stores: Stores, clock: Clock) -> Iterator[Kith]:
    """An engine with one seeker."""
    with Kith.open(stores.new(), clock=clock) as opened:
        opened.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield opened


@pytest.fixture(scope="session")
def worlds(every_kind: Stores) -> None:
    """Worlds of a property's examples live in every kind of store."""
    World.stores = every_kind


@pytest.fixture
def worlds_in_memory(tmp_path: Path) -> None:
    """Worlds live in memory."""
    World.stores = Stores("memory", tmp_path)


@pytest.fixture(autouse=True)
def _closes() -> Iterator[None]:
    """Closes what the examples of a property opened."""
    yield
    World.end()
