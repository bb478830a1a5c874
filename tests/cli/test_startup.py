"""Holds the everyday commands to what they may import: that is what makes them answer at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"pydantic", "pydantic_core", "eventsourcing", "rich", "prefect", "fastapi", "rapidfuzz"}
CHECK = """
import sys
from kith.workflows.cli.main import main
code = main({typed!r})
print("imported", *sorted(set(sys.modules) & {heavy!r}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "typed",
    [
        ["--help"],
        ["today"],
        ["people"],
        ["people", "silva"],
        ["board"],
        ["board", "--json"],
        ["chat", "--help"],
        ["serve", "--help"],
        ["flows", "list"],
        ["audit", "--help"],
    ],
)
@pytest.mark.usefixtures("kith")
def test_everyday_commands_import_no_models(typed: list[str]) -> None:
    imports_nothing_heavy(typed)


@pytest.mark.parametrize("typed", [["today"], ["people", "silva"], ["board"]])
@pytest.mark.usefixtures("on_postgres")
def test_everyday_commands_import_no_models_on_postgresql_either(typed: list[str]) -> None:
    imports_nothing_heavy(typed)


def imports_nothing_heavy(typed: list[str]) -> None:
    """Run a command in a process of its own that tells what it imported."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK.format(typed=typed, heavy=HEAVY)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "imported")
