"""Where things are, and what else the environment says: who is meant in a shared store, and what time it is."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

_PASSWORD = re.compile(r"(?<=[?&])(?:ssl)?password=[^&]*&?")


def home() -> Path:
    """The folder for Kith's data: ``KITH_HOME``, or the user's data folder of the platform."""
    told = os.environ.get("KITH_HOME")
    if told:
        return Path(told).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "kith"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kith"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kith"


def store() -> str:
    """The store: ``KITH_STORE``, or ``kith.sqlite`` in the data folder."""
    return os.environ.get("KITH_STORE") or str(home() / "kith.sqlite")


def seeker() -> str | None:
    """Who is meant in a store of several seekers: ``KITH_SEEKER``, an id, its first characters, or a name."""
    return os.environ.get("KITH_SEEKER") or None


def on_postgres(store: str) -> bool:
    """Whether a store is a PostgreSQL database."""
    return store.startswith(("postgresql://", "postgres://"))


def shown(store: str) -> str:
    """A store as it may be printed: without the password that an address can hold."""
    if "://" not in store:
        return store
    scheme, _, rest = store.partition("://")
    whom, at, where = rest.partition("/")[0].rpartition("@")
    hidden = f"{whom.partition(':')[0]}{at}{where}{rest[len(whom + at + where) :]}"
    return f"{scheme}://{_PASSWORD.sub('', hidden)}"


def inbox() -> Path:
    """The folder whose exports are brought in: ``KITH_INBOX``, or ``inbox`` in the data folder."""
    told = os.environ.get("KITH_INBOX")
    return Path(told).expanduser() if told else home() / "inbox"


def clock() -> datetime:
    """The present instant; ``KITH_NOW`` (ISO 8601 with a zone) stands in for it in demonstrations and documentation."""
    told = os.environ.get("KITH_NOW")
    return datetime.fromisoformat(told).astimezone(UTC) if told else datetime.now(UTC)
