"""A store in a file and one in memory: every test here runs on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kith.workflows import Kith
from tests.kithtest import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file is."""
    return tmp_path / "kith.sqlite"


@pytest.fixture(params=["file", "memory"])
def kith(request: pytest.FixtureRequest, path: Path, clock: Clock) -> Iterator[Kith]:
    """An engine with one seeker."""
    with Kith.open(path if request.param == "file" else ":memory:", clock=clock) as opened:
        opened.register("Mira Okafor", time_zone="Europe/Lisbon")
        yield opened
