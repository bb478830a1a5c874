"""A shell for the command line's tests: real commands on a real store, and a clock that is set by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kith.workflows.cli.main import main

SAMPLE = Path(__file__).resolve().parents[2] / "workflows" / "kith" / "workflows" / "sample" / "linkedin-export.zip"
NOTE = (
    "Mira is a data analyst who moved our payment reports from a weekly spreadsheet to a tested pipeline. She is now "
    "looking into credit risk and has read your paper on stress tests with care. She would like to learn how your team "
    "chooses its scenarios. Would you have twenty minutes for her next week?"
)
QUESTIONS = ("work: What keeps you busy?", "motivation: Why risk?", "entry: What would you learn first?")
REFERRAL = (
    "--role", "Risk analyst", "--company", "Northwind", "--fit", "Five years of payment data.",
    "--how", "A word to them.", "--no-opening", "--seen", "You saw me lead the migration.",
    "--comfort", "Would you be comfortable to vouch for that?",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output, read as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs commands, and moves the clock."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        self._capsys, self._monkeypatch, self.home = capsys, monkeypatch, home
        self.at("2026-11-23T09:00:00+00:00")

    def at(self, now: str) -> None:
        """Set the clock."""
        self._monkeypatch.setenv("KITH_NOW", now)

    def __call__(self, *typed: str, exits: int = 0) -> Said:
        """Run a command that is to end with that exit code."""
        self._capsys.readouterr()
        code = main(typed)
        read = self._capsys.readouterr()
        said = Said(code, read.out, read.err)
        assert "Traceback" not in said.err + said.out
        assert said.code == exits, f"kith {' '.join(typed)} ended with {said.code}:\n{said.out}{said.err}"
        return said

    def json(self, *typed: str, exits: int = 0) -> Any:
        """Run a command with --json, and read what it gives."""
        return self(*typed, "--json", exits=exits).json
