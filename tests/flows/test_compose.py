"""Keeps the compose file honest, which can not be run everywhere: its parts, its protections, its silence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # it brings no types

from kith.workflows.flows.catalogue import POOL
from kith.workflows.flows.environment import SERVER, SHARED, SILENT

DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to"
TEXT = (DOCS / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
PREFECTS = ("server", "deploy", "worker")


def test_it_has_the_parts_of_the_how_to() -> None:
    assert set(SERVICES) == {"database", "server", "migrate", "deploy", "worker"}
    assert SERVICES["worker"]["deploy"]["replicas"] == 2


@pytest.mark.parametrize("name", PREFECTS)
def test_nothing_of_it_dials_out(name: str) -> None:
    assert SILENT.items() <= SERVICES[name]["environment"].items()


def test_the_server_keeps_what_a_local_one_keeps_and_asks_for_a_password() -> None:
    told = SERVICES["server"]["environment"]
    assert SERVER.items() <= told.items()
    assert told["PREFECT_SERVER_API_AUTH_STRING"] == "${PREFECT_AUTH}"
    assert SERVICES["server"]["ports"] == ["127.0.0.1:4200:4200"]


@pytest.mark.parametrize("name", ["deploy", "worker"])
def test_whoever_runs_flows_has_the_server_its_password_and_the_store(name: str) -> None:
    told = SERVICES[name]["environment"]
    assert told["PREFECT_API_URL"] == "http://server:4200/api"
    assert told["PREFECT_API_AUTH_STRING"] == "${PREFECT_AUTH}"
    assert told["KITH_STORE"].startswith("postgresql://kith:${POSTGRES_PASSWORD}@database/")
    results = {key: value for key, value in SHARED.items() if "RESULTS" in key}
    assert results.items() <= told.items()


def test_no_password_stands_in_it() -> None:
    assert re.findall(r"(?:PASSWORD|AUTH\w*): (?!\$\{)\S+", TEXT) == []


def test_workers_begin_when_the_store_is_migrated_and_the_flows_are_deployed() -> None:
    assert SERVICES["worker"]["depends_on"] == {"deploy": {"condition": "service_completed_successfully"}}
    assert set(SERVICES["deploy"]["depends_on"]) == {"server", "migrate"}
    assert SERVICES["worker"]["command"] == f"prefect worker start --pool {POOL}"
    assert f"work-pool create {POOL} --type process" in SERVICES["deploy"]["command"]


def test_the_how_to_names_what_the_file_does() -> None:
    told = (DOCS / "organisation.md").read_text(encoding="utf-8")
    commands = (
        "kith store migrate",
        "prefect --no-prompt deploy --all --prefect-file",
        "prefect worker start --pool kith",
    )
    assert [one for one in commands if one not in told or one not in TEXT] == []
