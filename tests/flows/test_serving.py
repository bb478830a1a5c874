"""``kith serve`` as a process: what it fires, what it tells, and that nothing of it stays."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Client

from kith.workflows.flows import claiming
from tests.flows.serving import KITH, Serving
from tests.kithtest import free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")]

OFTEN = [{"schedule": {"interval": 3}, "active": True, "slug": "often"}]


@pytest.fixture
def serving(ana: UUID, home: Path) -> Generator[Serving]:
    """Kith served over a store with something due."""
    assert str(ana)
    started = Serving(home)
    yield started
    started.close()


@contextmanager
def asking(serving: Serving) -> Generator[Client]:
    """A client of the server of a ``kith serve``, with the token that it gives to its own pages."""
    who = str(uuid4())
    with Client(base_url=f"http://127.0.0.1:{serving.port}/api", trust_env=False, timeout=30) as client:
        token = client.get("/csrf-token", params={"client": who}).json()["token"]
        client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": who})
        yield client


def sweep_often(client: Client) -> None:
    """Change the schedule of the sweep."""
    deployment = client.get("/deployments/name/sweep/kith").json()["id"]
    client.patch(f"/deployments/{deployment}", json={"schedules": OFTEN}).raise_for_status()


def told(client: Client, what: str, **chosen: object) -> list[dict[str, Any]]:
    """What the server lists."""
    answer = client.post(f"/{what}/filter", json=chosen).raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found


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
    with asking(serving) as client:
        sweep_often(client)
        serving.hears("run", text="sweep: completed. Nothing was due.")
        reports = told(client, "artifacts/latest", artifacts={"key": {"any_": ["sweep"]}})
        runs = told(client, "flow_runs", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
    assert "Nothing was due." in reports[0]["data"]
    assert "sweep" in {run["name"] for run in runs if run["auto_scheduled"]}
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
    assert process.returncode in {0, 130, -signal.SIGINT}  # to a shell the last two are one


def test_it_needs_somebody_who_has_begun(home: Path) -> None:
    done = subprocess.run([KITH, "serve"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (5, "Nobody has begun in this store yet; begin with kith init.\n")
    assert not home.exists()
