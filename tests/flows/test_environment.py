"""What Prefect is told before it is imported: nothing dials out, and nothing of the user's own Prefect has a say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kith.workflows.flows import environment

IN_FORCE = """
import json, os, sys
from kith.workflows.flows import environment
folder = environment.enter({port})
assert "prefect" not in sys.modules
from prefect.settings import get_current_settings
from prefect._internal.analytics.enabled import is_telemetry_enabled
found = get_current_settings()
print(json.dumps({{
    "home": str(found.home), "api": found.api.url, "database": found.server.database.connection_url.get_secret_value(),
    "analytics": found.server.analytics_enabled, "cloud": found.cloud.enable_orchestration_telemetry,
    "telemetry": found.telemetry.enable_resource_metrics, "promotion": found.server.ui.show_promotional_content,
    "version": found.client.server_version_check_enabled, "csrf": found.server.api.csrf_protection_enabled,
    "origins": found.server.api.cors_allowed_origins, "serializer": found.results.default_serializer,
    "persist": found.results.persist_by_default, "poll": found.runner.poll_frequency,
    "vacuum": sorted(found.server.services.db_vacuum.enabled_vacuum_types),
    "retention": str(found.server.events.retention_period), "key": found.api.key is not None,
    "sends": is_telemetry_enabled(), "folder": os.getcwd(), "track": os.environ["DO_NOT_TRACK"],
    "proxy": os.environ["NO_PROXY"], "store": os.environ["KITH_STORE"],
}}))
"""


def in_force(home: Path, port: int | None, folder: Path) -> dict[str, object]:
    """The settings that Prefect goes by, where the user's own environment and folder tell it otherwise."""
    (folder / "prefect.toml").write_text('[api]\nurl = "https://api.example.org/api"\n')
    (folder / ".env").write_text("PREFECT_SERVER_ANALYTICS_ENABLED=true\n")
    told = {
        "PATH": os.environ["PATH"], "KITH_HOME": str(home), "KITH_STORE": "mine.sqlite", "PREFECT_API_KEY": "secret",
        "PREFECT_API_URL": "https://api.example.org/api", "PREFECT_PROFILE": "cloud", "NO_PROXY": "example.org",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-P", "-c", IN_FORCE.format(port=port)],
        cwd=folder, env=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read: dict[str, object] = json.loads(done.stdout)
    return read


@pytest.mark.slow
def test_the_settings_that_keep_it_offline_are_in_force(tmp_path: Path) -> None:
    found = in_force(tmp_path / "home", 4210, tmp_path)
    silent = ("analytics", "cloud", "telemetry", "promotion", "version", "key", "sends", "persist")
    assert [name for name in silent if found[name]] == []
    folder = tmp_path / "home" / "prefect"
    assert (found["home"], found["folder"]) == (str(folder), str(folder))
    assert (found["api"], found["origins"]) == ("http://127.0.0.1:4210/api", "http://127.0.0.1:4210")
    assert found["database"] == f"sqlite+aiosqlite:///{folder}/prefect.db"
    assert (found["csrf"], found["track"], found["serializer"], found["poll"]) == (True, "1", "json", 2)
    assert (found["vacuum"], found["retention"]) == (["events", "flow_runs", "orphans"], "2 days, 0:00:00")
    assert found["proxy"] == "example.org,127.0.0.1,localhost"
    assert found["store"] == str(tmp_path / "mine.sqlite")


@pytest.mark.slow
def test_a_single_run_has_a_server_for_itself_alone(tmp_path: Path) -> None:
    found = in_force(tmp_path / "home", None, tmp_path)
    assert found["api"] is None
    assert found["database"] == f"sqlite+aiosqlite:///{tmp_path / 'home' / 'prefect' / 'prefect.db'}"


def test_the_home_is_its_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "prefect").mkdir(parents=True, mode=0o755)
    assert environment.home().stat().st_mode & 0o777 == 0o700


def test_the_server_listens_on_this_machine_only() -> None:
    assert environment.HOST == "127.0.0.1"
