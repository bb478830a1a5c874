"""What Prefect is told before it is imported: a home of its own on this machine, and nothing that dials out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kith.workflows import settings

HOST = "127.0.0.1"
LOOPBACK = f"{HOST},localhost"
POLL_SECONDS = 2
"""How often due runs are looked for: a run starts four seconds after its time, instead of eleven."""
KEPT_SECONDS = 30 * 24 * 60 * 60
"""How long finished runs are shown. What happened to relationships is in the store, for ever."""
SILENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
}
"""With these nothing on the machine calls anybody elsewhere."""
SHARED = {
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_RUNNER_POLL_FREQUENCY": str(POLL_SECONDS),
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}
"""What holds for every run, here and in an organisation."""
SERVER = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_SECONDS),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
    "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
}
"""What holds for the server on this machine."""


def home() -> Path:
    """The folder of the local Prefect, readable by its user alone: its database holds parameters in plain text."""
    folder = settings.home() / "prefect"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def address(port: int) -> str:
    """Where the pages of the local server are."""
    return f"http://{HOST}:{port}"


def local(folder: Path, port: int | None, inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of a local run: with a port that of its server, without one a server for the run alone.

    What the user's own environment tells another Prefect has no say here, and a proxy none about this machine.
    """
    kept = {name: value for name, value in inherited.items() if not name.startswith("PREFECT_")}
    told = {
        "PREFECT_HOME": str(folder),
        "PREFECT_PROFILES_PATH": str(folder / "profiles.toml"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{(folder / 'prefect.db').as_posix()}",
        "NO_PROXY": ",".join(filter(None, (inherited.get("NO_PROXY"), LOOPBACK))),
        "no_proxy": ",".join(filter(None, (inherited.get("no_proxy"), LOOPBACK))),
    }
    if port is None:
        where = {"PREFECT_SERVER_EPHEMERAL_ENABLED": "true", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120"}
    else:
        where = {"PREFECT_API_URL": f"{address(port)}/api", "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": address(port)}
    return {**kept, **told, **SILENT, **SHARED, **SERVER, **where, **_absolute()}


def _absolute() -> dict[str, str]:
    """Kith's own places, which may be told relative to the folder that is about to be left."""
    store = settings.store()
    places = {"KITH_HOME": str(settings.home().absolute()), "KITH_INBOX": str(settings.inbox().absolute())}
    if store != ":memory:":
        places["KITH_STORE"] = store if "://" in store else str(Path(store).expanduser().absolute())
    return places


def enter(port: int | None) -> Path:
    """Make this process a local one, before Prefect is imported: its environment, and a folder without settings files.

    Prefect also reads ``.env``, ``prefect.toml`` and ``pyproject.toml`` of the folder that it runs in.
    """
    folder = home().absolute()
    told = local(folder, port, os.environ)
    os.environ.clear()
    os.environ.update(told)
    os.chdir(folder)
    return folder
