"""``kith serve`` as a process: what it fires, what it tells, and that nothing of it stays."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest

from kith.workflows.flows import claiming
from tests.flows.serving import KITH, Serving
from tests.kithtest import free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")]

SCHEDULE = """
import asyncio, sys
from datetime import timedelta
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleUpdate, DeploymentUpdate
from prefect.client.schemas.schedules import IntervalSchedule

async def main():
    async with get_client() as client:
        deployment = await client.read_deployment_by_name("sweep/kith")
        every = IntervalSchedule(interval=timedelta(seconds=3))
        update = DeploymentUpdate(schedules=[DeploymentScheduleUpdate(schedule=every, active=True, slug="often")])
        await client.update_deployment(deployment.id, update)

asyncio.run(main())
"""
READ = """
import json
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType

with get_client(sync_client=True) as client:
    done = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=["COMPLETED"])))
    runs = client.read_flow_runs(flow_run_filter=done)
    names = [run.name for run in runs if run.auto_scheduled]
print(json.dumps({"artifact": Artifact.get("sweep").data, "scheduled": names}))
"""


@pytest.fixture
def serving(ana: UUID, home: Path) -> Generator[Serving]:
    """Kith served over a store with something due."""
    assert str(ana)
    started = Serving(home)
    yield started
    started.close()


def asking(serving: Serving, script: str) -> str:
    """What a script says that talks to the server of a ``kith serve``."""
    environment = {
        "PATH": "", "PREFECT_HOME": str(serving.home / "elsewhere"),
        "PREFECT_API_URL": f"http://127.0.0.1:{serving.port}/api", "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "0",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_life_of_a_kith_serve(serving: Serving, home: Path) -> None:
    """One test for all of it: a start takes a quarter of a minute."""
    began = time.monotonic()
    assert serving.hears("starting")["url"] == f"http://127.0.0.1:{serving.port}"
    assert time.monotonic() - began < 10  # two seconds on a quiet machine
    fires_by_schedule(serving)
    assert serving.ends(signal.SIGKILL) == -signal.SIGKILL
    assert serving.left() == []
    again = Serving(home)
    try:
        again.hears("run", text="sweep: completed. Nothing was due.")  # what was killed does not hold it up
        assert again.ends(signal.SIGINT) == 0
        assert again.left() == []
        again.hears("stopped")
    finally:
        again.close()


def fires_by_schedule(serving: Serving) -> None:
    """What was due before is fired at the start, and a schedule fires later; the report can be read."""
    serving.hears("run", text="sweep: completed. 2 timers fired about 1 relationship.")
    asking(serving, SCHEDULE)
    serving.hears("run", text="sweep: completed. Nothing was due.")
    read = json.loads(asking(serving, READ))
    assert "Nothing was due." in read["artifact"]
    assert "sweep" in read["scheduled"]
    assert [name for name in ("Ana", "Silva", "Mira", "Northwind") if name in serving.log()] == []


@pytest.mark.usefixtures("ana")
def test_a_second_one_over_the_same_home_is_refused(home: Path) -> None:
    folder = home / "prefect"
    folder.mkdir()
    with claiming.claimed(folder) as claim:
        claim(4711)
        done = subprocess.run([KITH, "serve"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is being served over this home already" in done.stderr
    assert "http://127.0.0.1:4711" in done.stderr


@pytest.mark.usefixtures("ana")
def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run([KITH, "serve", "--port", str(port)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Port {port} is taken" in done.stderr


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.0])
def test_a_ctrl_c_before_it_is_ready_ends_it_without_a_traceback(seconds: float) -> None:
    command = [str(KITH), "serve", "--port", str(free_port())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert "Traceback" not in complaint
    assert process.returncode in {0, 130}  # 130 while the command line is still looking at what was typed


def test_it_needs_somebody_who_has_begun(home: Path) -> None:
    done = subprocess.run([KITH, "serve"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (5, "Nobody has begun in this store yet; begin with kith init.\n")
    assert not home.exists()
