"""An organisation from nothing to two workers: the how-to, followed word by word, on a PostgreSQL server."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from kith.domain.relationship.events import TimerFired, WentDormant
from kith.workflows import Kith, Person, Touch
from kith.workflows.readmodels.schema import TABLES
from tests.flows.conftest import LATER
from tests.flows.database import HOST, PROGRAMS, database_server
from tests.flows.operating import Operator, bare
from tests.kithtest import START, Clock, free_port

pytestmark = pytest.mark.slow

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "organisation.md"
TOP = "top-secret"
SEEKERS = 3
"""Who are registered on the page."""
PARTS = 3
"""Of the first sweep."""
SWEPT = """
    SELECT r.auto_scheduled, r.state_name, r.labels->>'prefect.worker.name'
    FROM flow_run r JOIN flow f ON f.id = r.flow_id WHERE f.name = 'sweep'
"""
"""Every part of a sweep; also those of the schedule, should a quarter of an hour begin meanwhile."""


@pytest.fixture
def site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, str]]:
    """What differs from place to place, with a database server that is there."""
    with database_server(tmp_path_factory.mktemp("database"), TOP) as port:
        server = free_port()
        yield {
            "PGHOST": HOST, "PGPORT": str(port), "OWNER_PASSWORD": "owner", "WORKER_PASSWORD": "worker",
            "RUNS_PASSWORD": "runs", "API_PASSWORD": "api", "SERVER_HOST": HOST, "SERVER_PORT": str(server),
            "PREFECT_API_URL": f"http://{HOST}:{server}/api", "PREFECT_HOME": str(tmp_path / "prefect"),
            "KITH_HOME": str(tmp_path / "kith"),
        }  # fmt: skip


@pytest.fixture
def operator(site: dict[str, str], tmp_path: Path) -> Generator[Operator]:
    """Somebody who follows the how-to, half a year after everything happened."""
    folder = tmp_path / "etc"
    folder.mkdir()
    told = {"HOME": str(tmp_path), "KITH_NOW": LATER, "PGPASSWORD": TOP, "NO_PROXY": HOST, "no_proxy": HOST}
    operator = Operator(HOW_TO, folder, site, bare(PROGRAMS, **told))
    yield operator
    operator.stop()


def address(site: dict[str, str], role: str, password: str, database: str) -> str:
    """A database of this server, as that role sees it."""
    return f"postgresql://{role}:{password}@{site['PGHOST']}:{site['PGPORT']}/{database}"


def test_the_how_to_leads_from_nothing_to_two_workers(operator: Operator, site: dict[str, str]) -> None:
    operator.follow(until="prefect deployment run")
    with Kith.open(address(site, "kith_worker", "worker", "kith"), clock=Clock(START)) as kith:
        owed = [owes_an_answer(kith.serving(one.id)) for one in kith.seekers()]
        operator.follow(until="prefect flow-run ls")
        assert taken(operator, site) == {"one", "two"}
        assert Counter(fired(kith)) == Counter((who, what) for who in owed for what in ("answer", "dormant"))
    protects_itself(site)
    operator.follow()
    assert len(owed) == SEEKERS
    assert "The store is sound" in operator.said("shell")


def test_the_how_to_grants_the_workers_every_table_that_follows_from_the_log() -> None:
    granted = re.search(r"GRANT SELECT, INSERT, UPDATE, DELETE ON (.*) TO kith_worker", HOW_TO.read_text("utf-8"))
    assert granted is not None
    assert granted[1].split(", ") == list(TABLES)


def owes_an_answer(kith: Kith) -> str:
    """Somebody to whom a seeker owes an answer, and with whom there was no touch for half a year."""
    who = kith.meet(Person(name="Tom Reed"))
    kith.touch(who, Touch.message("Hello again"))
    kith.touch(who, Touch.reply("Good to hear from you"))
    return str(who)


def protects_itself(site: dict[str, str]) -> None:
    """The server wants a password from everybody, and from a browser's page a token as well."""
    with httpx.Client(base_url=site["PREFECT_API_URL"], trust_env=False) as client:
        assert client.get("/admin/version").status_code == 401
        assert client.post("/flow_runs/filter", auth=("coach", site["API_PASSWORD"])).status_code == 403


def fired(kith: Kith) -> Iterator[tuple[str, str]]:
    """Every reminder that came up and every tie that fell asleep, by the relationship."""
    for event in kith.export():
        if event["topic"] in {TimerFired.TOPIC, WentDormant.TOPIC}:
            yield event["id"].partition(".")[0], event.get("kind", "dormant")


def taken(operator: Operator, site: dict[str, str]) -> set[str]:
    """The workers who swept, once all the parts that were asked for are done."""
    until, found = time.monotonic() + 120, list[tuple[Any, ...]]()
    with closing(psycopg.connect(address(site, "prefect", "runs", "prefect"), autocommit=True)) as prefect:
        while time.monotonic() < until:
            found = prefect.execute(SWEPT).fetchall()
            if [state for scheduled, state, _ in found if not scheduled] == ["Completed"] * PARTS:
                return {worker for _, state, worker in found if state == "Completed"}
            time.sleep(0.2)
    raise AssertionError(f"{found}\n{operator.said('one')}\n{operator.said('two')}")
