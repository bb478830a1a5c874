"""What the flows' tests share: one Prefect server for all of them, and a store in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from kith.workflows import Kith, Person, Touch
from tests.kithtest import START, Clock

if TYPE_CHECKING:
    from kith.workflows.flows.reporting import Report

LATER = "2026-09-01T09:00:00+00:00"
"""Half a year after the start: everything that lapses has lapsed."""


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """An environment for Prefect in which nothing dials out, and nothing of the user's own has a say."""
    from kith.workflows.flows.environment import SERVER, SHARED, SILENT

    home = tmp_path_factory.mktemp("prefect")
    told = {**SILENT, **SHARED, **SERVER, "PREFECT_HOME": str(home), "PREFECT_PROFILES_PATH": str(home / "profiles")}
    before = dict(os.environ)
    os.environ.update(told)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def prefect(quiet: None) -> Generator[None]:  # noqa: ARG001 - it is set before Prefect is imported
    """A Prefect server of the tests' own, with no second lost to a heartbeat."""
    from prefect.settings import (
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}),
    ):
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of Kith's own, half a year after everything in it happened."""
    for name in [name for name in os.environ if name.startswith("KITH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KITH_NOW", LATER)
    return tmp_path / "home"


@pytest.fixture
def ana(home: Path) -> UUID:
    """Somebody to whom the seeker Mira owes an answer, and with whom there was no touch for half a year."""
    clock = Clock(START)
    with Kith.open(home / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        who = kith.meet(Person(name="Ana Silva", company="Northwind", email="ana@example.org"))
        kith.touch(who, Touch.message("Hello again"))
        kith.touch(who, Touch.reply("Good to hear from you"))
    return who


def artifact(key: str) -> str:
    """The text of the newest artifact under a key."""
    from prefect.artifacts import Artifact

    found = Artifact.get(key)
    assert found is not None, f"there is an artifact {key}"
    return str(getattr(found, "data"))  # noqa: B009 - Prefect says it may be a coroutine


def done(state: object) -> Report:
    """What a run reports that has completed."""
    from prefect.client.schemas.objects import State

    assert isinstance(state, State)
    assert state.is_completed(), state
    report = state.result(raise_on_failure=False)
    assert isinstance(report, dict)
    return report


def failed(state: object) -> str:
    """What a run tells that has failed."""
    from prefect.client.schemas.objects import State

    assert isinstance(state, State)
    assert state.is_failed(), state
    return str(state.message)


def newest(number: int) -> list[str]:
    """The names of the newest runs, newest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        return [run.name for run in client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=number)]
