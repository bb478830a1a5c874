"""The log for process mining at the command line: what is written, and what can be typed wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.eventlogs import ocel, xes


def test_the_log_is_written_for_process_mining(kith: Shell, tmp_path: Path) -> None:
    assert {trace.attributes["person"] for trace in xes(kith("export", "--format", "xes").out)} == {
        "Ana Silva", "Jordan Blake"
    }  # fmt: skip
    assert [event.type for event in ocel(kith("export", "--format", "ocel2").out).events] == ["beginning", "met", "met"]
    file = tmp_path / "log.json"
    said = kith.json("export", "--format", "ocel2", "--output", str(file))
    assert said == {"ok": True, "file": str(file), "format": "ocel2", "count": 3, "unreadable": []}
    assert len(ocel(file.read_text(encoding="utf-8")).events) == 3
    assert "it exists already" in kith("export", "--format", "xes", "--output", str(file), exits=1).err


@pytest.mark.parametrize("name", ["xes", "ocel2"])
def test_pseudonymous_leaves_the_names_out(kith: Shell, name: str) -> None:
    said = kith("export", "--format", name, "--pseudonymous").out
    assert "met" in said
    assert [word for word in ("Ana", "Silva", "Jordan", "Mira", "Northwind") if word in said] == []


def test_the_usual_formats_have_names_too(kith: Shell) -> None:
    assert kith("export", "--format", "jsonl").out == kith("export").out
    assert kith("export", "--format", "csv").out == kith("export", "--people").out
    assert kith("export", "--people", "--format", "csv").out == kith("export", "--people").out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--format", "xml"], "'xml' is no format; there are jsonl, csv, xes, ocel2."),
        (["--people", "--format", "xes"], "--people writes CSV"),
        (["--pseudonymous"], "goes with --format xes or ocel2"),
        (["--people", "--pseudonymous"], "goes with --format xes or ocel2"),
    ],
)
def test_what_does_not_go_together_is_told(kith: Shell, typed: list[str], told: str) -> None:
    assert told in kith("export", *typed, exits=2).err


def test_json_goes_with_a_file(kith: Shell) -> None:
    assert "--output FILE" in kith.json("export", "--format", "xes", exits=2)["error"]["message"]


def test_somebody_who_can_not_be_read_is_named_by_id(kith: Shell, tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - only here

    with sqlite3.connect(kith.home / "kith.sqlite") as connection:
        connection.execute("DROP TRIGGER no_UPDATE")
        found = "instr(CAST(state AS TEXT), 'Ana Silva') > 0"
        connection.execute(f"UPDATE stored_events SET topic = 'no.such.topic' WHERE {found}")
    connection.close()
    said = kith.json("export", "--format", "xes", "--output", str(tmp_path / "log.xes"))
    assert said["count"] == 1
    assert "kith doctor" in said["unreadable"][0]
    assert "kith doctor" in kith("export", "--format", "xes").err
