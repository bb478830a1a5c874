"""Holds the demonstration to its story."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kith.workflows import demo


def test_the_demonstration_runs_as_the_story_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    before, folder = dict(os.environ), Path.cwd()
    assert demo.main() == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "NOT YET: a referral ask to Jordan Blake." in said.out
    assert "Ana Silva · stage reached: referral" in said.out
    assert len(said.out.splitlines()) < 230
    assert (dict(os.environ), Path.cwd()) == (before, folder)


def test_the_demonstration_fails_where_a_command_ends_otherwise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "STORY", (demo.Scene("2026-11-23T09:00", "", "today"),))
    assert demo.main() == 1
    assert "ended with 5" in capsys.readouterr().err
