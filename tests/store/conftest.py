"""An engine with one seeker: what uses it runs on every kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.workflows import Kith
from tests.kithtest import Clock
from tests.stores import Stores


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store's file is."""
    return tmp_path / "kith.sqlite"


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of an empty store on PostgreSQL."""
    return Stores("postgres", tmp_path).new()


@pytest.fixture
def kith(stores: Stores, clock: Clock) -> Iterator[Kith]:
    """An engine with one seeker."""
    with Kith.open(stores.new(), clock=clock) as opened:
        opened.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield opened
