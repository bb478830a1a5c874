"""What the command line's tests share: a shell with a store in a folder of its own, at three points of a story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import NOTE, QUESTIONS, Shell
from tests.stores import server


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """A shell where nobody has begun."""
    for name in ("KITH_STORE", "KITH_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KITH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    return Shell(capsys, monkeypatch, tmp_path / "home")


@pytest.fixture
def kith(shell: Shell) -> Shell:
    """A shell where Mira has begun, with two people on record."""
    shell("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon")
    shell("meet", "Ana Silva", "--company", "Northwind", "--email", "ana@example.org", "--origin", "former-colleague")
    shell("meet", "Jordan Blake", "--company", "Northwind")
    return shell


@pytest.fixture
def database(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose store is an empty PostgreSQL database."""
    monkeypatch.setenv("KITH_STORE", server().new_schema("command_line"))
    return shell


@pytest.fixture
def on_postgres(database: Shell) -> Shell:
    """A shell where Mira has begun on PostgreSQL, with two people on record."""
    database("store", "migrate")
    database("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon")
    database("meet", "Ana Silva", "--company", "Northwind", "--email", "ana@example.org")
    database("meet", "Jordan Blake", "--company", "Northwind")
    return database


@pytest.fixture
def earned(kith: Shell) -> Callable[[str], Shell]:
    """Walks Ana to the stage that earns an ask: ``chat``, ``introduction`` or ``referral``."""

    def walk(ask: str) -> Shell:
        kith("log", "Ana Silva", "message", "Hello again")
        kith("log", "Ana Silva", "reply", "Good to hear from you")
        kith("give", "Ana Silva", "article", "https://example.org", "--because", "she writes about it")
        if ask == "chat":
            return kith
        kith("chat", "propose", "Ana Silva", *(part for text in QUESTIONS for part in ("--question", text)))
        kith("chat", "agree", "Ana Silva", "--when", "2026-11-25 15:00")
        kith.at("2026-11-25T16:00:00+00:00")
        kith("chat", "hold", "Ana Silva", "--learned", "A lot")
        kith("chat", "thank", "Ana Silva")
        if ask == "introduction":
            return kith
        kith("intro", "ask", "Ana Silva", "--to", "Ben Cho", "--why", "He leads stress tests.", "--note", NOTE)
        kith("intro", "make", "Ana Silva", "--to", "Ben Cho", "--both-agreed")
        kith("intro", "thank", "Ana Silva")
        kith("give", "Ana Silva", "feedback", "her talk", "--because", "she asked for it")
        kith.at("2027-01-05T10:00:00+00:00")
        return kith

    return walk
