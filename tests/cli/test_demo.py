"""Holds the demonstration to its story."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kith.workflows import demo
from kith.workflows.cli.main import main as kith


def test_the_demonstration_runs_as_the_story_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(demo, "BY_ITSELF", ())
    before, folder = dict(os.environ), Path.cwd()
    assert demo.main() == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "NOT YET: a referral ask to Jordan Blake." in said.out
    assert "Whom to ask: Ana Silva" in said.out
    assert "Ana Silva · stage reached: referral" in said.out
    assert len(said.out.splitlines()) < 290
    assert (dict(os.environ), Path.cwd()) == (before, folder)


@pytest.mark.slow
def test_the_demonstration_ends_with_a_sweep_by_prefect(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "STORY", demo.STORY[:3])
    assert demo.main() == 0
    said = capsys.readouterr()
    assert said.err == "Running sweep …\n"
    assert re.search(r"\nsweep completed: \d+ timers? fired about \d+ relationships?\.\n", said.out)


def test_the_demonstration_keeps_its_network_where_it_is_told_to_and_overwrites_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "STORY", demo.STORY[:3])
    monkeypatch.setattr(demo, "BY_ITSELF", ())
    kept = tmp_path / "a demo"
    assert demo.main(str(kept)) == 0
    said = capsys.readouterr().out
    assert f"export KITH_HOME='{kept}/home' KITH_NOW=2026-11-23T09:00:00+00:00" in said
    monkeypatch.setenv("KITH_HOME", str(kept / "home"))
    assert kith(["people"]) == 0
    assert "Ana Silva" in capsys.readouterr().out
    assert demo.main(str(kept)) == 1
    assert "new or empty" in capsys.readouterr().err


def test_the_demonstration_fails_where_a_command_ends_otherwise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "STORY", (demo.Scene("2026-11-23T09:00", "", "today"),))
    assert demo.main() == 1
    assert "ended with 5" in capsys.readouterr().err
