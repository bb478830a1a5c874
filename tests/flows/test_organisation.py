"""Two workers of an organisation, as the how-to sets them up: deployed from prefect.yaml, each takes its share."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from kith.workflows import Kith, Person, Touch
from kith.workflows.flows.catalogue import CATALOGUE, POOL, SHARDS
from tests.flows.test_flows import pytestmark
from tests.kithtest import START, Clock

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import State

__all__ = ["pytestmark"]

DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to"
PREFECT = [sys.executable, "-m", "prefect"]


def environment(home: Path) -> dict[str, str]:
    """What an operator exports: the server, the store and the quiet."""
    from prefect.settings import PREFECT_API_URL

    return {**os.environ, "PREFECT_API_URL": str(PREFECT_API_URL.value()), "KITH_STORE": str(home / "kith.sqlite")}


def operate(home: Path, *typed: str) -> str:
    """Carry out one of the operator's commands."""
    done = subprocess.run(
        [*PREFECT, *typed], env=environment(home), cwd=home, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def worker(home: Path, name: str) -> Generator[None]:
    """A worker at work."""
    command = [*PREFECT, "worker", "start", "--pool", POOL, "--name", name]
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment(home), cwd=home, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture
def seekers(home: Path) -> list[UUID]:
    """A store of several seekers, each of whom owes an answer."""
    clock = Clock(START)
    with Kith.open(home / "kith.sqlite", clock=clock) as kith:
        found = [kith.register(f"Seeker {number}", another=bool(number)) for number in range(8)]
        for id_ in found:
            with kith.serving(id_) as served:
                served.touch(served.meet(Person(name="Ana")), Touch.reply("Good to hear from you"))
    return found


def test_two_workers_share_a_sweep(seekers: list[UUID], home: Path) -> None:
    from prefect.client.orchestration import get_client

    operate(home, "work-pool", "create", POOL, "--type", "process")
    operate(home, "--no-prompt", "deploy", "--all", "--prefect-file", str(DOCS / "prefect.yaml"))
    with get_client(sync_client=True) as client:
        deployed = client.read_deployments()
        assert {one.entrypoint for one in deployed} >= {one.entrypoint for one in CATALOGUE}
        with worker(home, "one"), worker(home, "two"):
            shares = [{"shard": shard, "shards": SHARDS} for shard in range(SHARDS)]
            ids = [one.id for one in deployed if one.entrypoint == "kith.workflows.flows.sweep.sweep"]
            begun = [client.create_flow_run_from_deployment(ids[0], parameters=share).id for share in shares]
            ended = [wait_for(client, run) for run in begun]
    assert {state.name for state in ended} == {"Completed"}
    with Kith.open(home / "kith.sqlite") as kith:
        assert kith.due_seekers() == []
        assert [kith.serving(one).sweep().fired for one in seekers] == [{}] * len(seekers)


def wait_for(client: SyncPrefectClient, run: UUID) -> State[Any]:
    """The final state of a run."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        state = client.read_flow_run(run).state
        if state is not None and state.is_final():
            return state
        time.sleep(0.2)
    raise AssertionError(f"run {run} has not ended")
