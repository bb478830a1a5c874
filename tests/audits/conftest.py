"""An engine with one seeker, on every kind of store, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_bdd.parser import Feature, Scenario

from kith.workflows import Kith
from tests.kithtest import Clock
from tests.stores import Stores

SCENARIO = pytest.StashKey[Scenario]()
"""Of a test that runs a scenario, the scenario."""


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:  # noqa: ARG001
    """Remember which scenario is run: its Rule says by which policy."""
    request.node.stash[SCENARIO] = scenario


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
