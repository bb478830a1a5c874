"""What every test gets: repeatable examples, stores of every kind, and scenario tags that are data, not markers."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.stores import KINDS, SHARED, Stores

# A shell that runs the tests in the background has them ignore Ctrl-C, and with them every process that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile("ci")


def pytest_bdd_apply_tag(tag: str) -> bool | None:
    """Only `@slow` marks a test; the other tags of a scenario (`@policy`, `@id:…`) belong to the audits."""
    return None if tag == "slow" else True


@pytest.fixture(scope="session", params=KINDS)
def every_kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """Stores in files, then in memory, then on PostgreSQL."""
    return Stores(request.param, tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session", params=SHARED)
def every_shared_kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """Stores that several processes can open: in files, then on PostgreSQL."""
    return Stores(request.param, tmp_path_factory.mktemp("stores"))


@pytest.fixture
def stores(every_kind: Stores) -> Iterator[Stores]:
    """New stores for one test, which runs once for every kind."""
    yield every_kind
    every_kind.release()


@pytest.fixture
def shared_stores(every_shared_kind: Stores) -> Iterator[Stores]:
    """New stores for one test, which runs once for every kind that processes can share."""
    yield every_shared_kind
    every_shared_kind.release()
