"""The command line on PostgreSQL: tables are made by `kith store migrate` alone, and then all commands are the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kith.workflows import Kith
from kith.workflows.readmodels.schema import SCHEMA
from kith.workflows.settings import shown
from tests.cli.shell import Shell
from tests.stores import server

SCHEMA_1 = Path(__file__).resolve().parents[1] / "store" / "data" / "schema-1.sql"


def test_a_dry_run_says_what_it_would_make_and_makes_nothing(database: Shell) -> None:
    said = database.json("store", "migrate", "--dry-run")
    assert (said["found"], said["schema"], said["dry_run"]) == (None, SCHEMA, True)
    assert "A dry run" in database("store", "migrate", "--dry-run").out
    assert "kith store migrate" in database("people", exits=1).err


def test_nothing_but_the_migration_makes_tables(database: Shell) -> None:
    for command in (["today"], ["people"], ["board"], ["show", "Ana"], ["init", "--name", "Mira"], ["doctor"],
                    ["rebuild"], ["meet", "Ana Silva"]):  # fmt: skip
        assert "run kith store migrate" in database(*command, exits=1).err
    assert database("store", "migrate").out == f"The tables are made, with schema {SCHEMA}.\n"
    assert database("store", "migrate").out == f"Nothing to do: the store has schema {SCHEMA}.\n"
    assert database.json("store", "migrate")["steps"] == []
    assert "begin with kith init" in database("today", exits=5).err


def test_everyday_commands_read_the_database(on_postgres: Shell) -> None:
    on_postgres("log", "Ana Silva", "reply", "Hello!")

    assert [one["name"] for one in on_postgres.json("people")["people"]] == ["Ana Silva", "Jordan Blake"]
    assert [one["name"] for one in on_postgres.json("people", "nobody")["people"]] == []
    assert [one["name"] for one in on_postgres.json("people", "NORTH", "--limit", "1")["people"]] == ["Ana Silva"]
    assert [action["who"]["name"] for action in on_postgres.json("today")["actions"]] == ["Ana Silva"]
    assert "Jordan Blake" in on_postgres("board").out
    assert "Hello!" in on_postgres("show", "ana@example.org").out
    assert len(on_postgres("export").out.splitlines()) == 4


def test_the_doctor_and_the_rebuild_see_to_the_database(on_postgres: Shell) -> None:
    assert "sound" in on_postgres("doctor").out
    server().run("UPDATE relationships SET name = 'x'", store=server().address_of("command_line"))
    assert "relationships differs from the log" in on_postgres("doctor", exits=1).out
    assert "2 people" in on_postgres("rebuild").out
    assert "sound" in on_postgres("doctor").out


def test_the_doctor_and_the_rebuild_see_to_every_seeker(on_postgres: Shell) -> None:
    with Kith.open(server().address_of("command_line")) as kith:
        kith.register("Robin Hale", another=True)
    assert "sound" in on_postgres("doctor").out
    assert on_postgres.json("rebuild")["seekers"] == 2
    assert "several seekers" in on_postgres("today", exits=1).err


def test_beginning_again_changes_nothing(on_postgres: Shell) -> None:
    assert "is registered here already" in on_postgres("init").out
    assert (
        on_postgres("meet", "Tom Reed", "--command-id", "tom").out
        == on_postgres("meet", "Tom Reed", "--command-id", "tom").out
    )


def test_a_newer_schema_is_refused_in_the_same_words(on_postgres: Shell) -> None:
    server().run("UPDATE kith_meta SET value = '99'", store=server().address_of("command_line"))
    commands = (["today"], ["profile"], ["store", "migrate"])
    sentences = {on_postgres(*command, exits=1).err for command in commands}
    assert len(sentences) == 1
    assert "written by a newer Kith (schema 99" in sentences.pop()


def test_a_server_that_is_not_there_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KITH_STORE", f"postgresql://mira:secret@/kith?host={tmp_path}")
    for command in (["today"], ["meet", "Ana Silva"], ["store", "migrate"]):
        said = shell(*command, exits=1).err
        assert "server can't be reached" in said
        assert "secret" not in said
        assert "?." not in said
    monkeypatch.setenv("KITH_STORE", "postgresql://mira:first@secret@localhost/kith")
    said = shell("today", exits=1).err
    assert "%40" in said
    assert "secret" not in said
    monkeypatch.setenv("KITH_STORE", "mysql://localhost/kith")
    assert "postgresql://" in shell("profile", exits=1).err


def test_a_file_is_brought_up_to_date_too(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    assert "kith init" in shell("--store", str(path), "store", "migrate", exits=5).err
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    said = shell.json("--store", str(path), "store", "migrate", "--dry-run")
    assert (said["found"], said["schema"]) == (1, SCHEMA)
    assert f"Schema 1 becomes {SCHEMA}" in shell("--store", str(path), "store", "migrate").out
    assert "Nothing to do" in shell("--store", str(path), "store", "migrate").out


@pytest.mark.parametrize(
    ("store", "printed"),
    [
        ("postgresql://mira:secret@db.example:5432/kith", "postgresql://mira@db.example:5432/kith"),
        ("postgresql://mira@db.example/kith?sslmode=require", "postgresql://mira@db.example/kith?sslmode=require"),
        ("postgresql:///kith?password=secret&user=mira", "postgresql:///kith?user=mira"),
        ("postgres://db.example", "postgres://db.example"),
        ("/var/kith/kith.sqlite", "/var/kith/kith.sqlite"),
    ],
)
def test_a_password_is_never_shown(store: str, printed: str) -> None:
    assert shown(store) == printed
