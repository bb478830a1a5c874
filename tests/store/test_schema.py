"""A store of an earlier schema is brought up to date as a whole, when it is opened; the log stays as it is."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kith.workflows import AskRefused, Kith, Person, Touch
from kith.workflows.cli.main import main
from kith.workflows.readmodels.schema import INDEXES, SCHEMA, TABLES
from tests.kithtest import referral_ask

DATA = Path(__file__).parent / "data"


OLD = (1, 2)


@pytest.fixture(params=OLD)
def schema(request: pytest.FixtureRequest) -> int:
    """Each of the earlier schemas."""
    number: int = request.param
    return number


@pytest.fixture
def old(path: Path, schema: int) -> Path:
    """A store of that schema, as it was written then: Mira Okafor's and Robin Hale's."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((DATA / f"schema-{schema}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def table(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows, read without Kith."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def seeker_id(kith: Kith, name: str) -> Any:
    """The seeker of that name in a store of several."""
    return kith.register(name)


def test_a_store_of_an_earlier_schema_is_brought_up_to_date_when_it_is_opened(old: Path) -> None:
    log = "SELECT * FROM stored_events ORDER BY sequence"
    before = table(old, log)
    with Kith.open(old) as kith:
        seeker_id(kith, "Mira Okafor")
        assert kith.doctor() == []
        assert [one.name for one in kith.people()] == ["Ana Silva", "Tom Reed"]
        assert kith.agenda().people == 2
    assert table(old, "PRAGMA user_version") == [(SCHEMA,)]
    assert table(old, log) == before
    tables = {name for (name,) in table(old, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"stored_events", *TABLES}


def test_commands_of_an_earlier_schema_are_still_known_each_by_its_seeker(old: Path) -> None:
    with Kith.open(old) as kith:
        mira = seeker_id(kith, "Mira Okafor")
        events = len(list(kith.export()))
        tom = kith.meet(Person(name="Somebody else"), command_id="meet-tom")
        assert kith.relationship(tom).person.name == "Tom Reed"
        assert len(kith.touch(tom, Touch.message("hello"), command_id="hello")) == 1
        with pytest.raises(AskRefused):
            kith.ask(tom, referral_ask(), command_id="cold")
        assert kith.register("Mira Okafor", command_id="init") == mira
        assert kith.register("Robin Hale", another=True, command_id="init-robin") != mira
        assert kith.relationship(kith.meet(Person(name="Nobody"), command_id="meet-eva")).person.name == "Eva Lind"
        assert len(list(kith.export())) == events


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    old: Path, schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(table(old, "SELECT sql FROM sqlite_master"), key=repr), table(old, "SELECT * FROM commands")
    monkeypatch.setattr("kith.workflows.application.redrawing.seeker_row", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Kith.open(old)

    assert table(old, "PRAGMA user_version") == [(schema,)]
    assert (
        sorted(table(old, "SELECT sql FROM sqlite_master"), key=repr),
        table(old, "SELECT * FROM commands"),
    ) == before


def test_a_quick_read_brings_an_old_store_up_to_date(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    assert main(["--store", str(old), "people"]) == 1  # two seekers share it
    assert "several seekers" in capsys.readouterr().err
    assert table(old, "PRAGMA user_version") == [(SCHEMA,)]


def test_other_tables_have_another_number() -> None:
    tables = hashlib.sha256(repr((TABLES, INDEXES)).encode()).hexdigest()[:16]
    assert (SCHEMA, tables) == (4, "bc6d949a6805a467"), "raise SCHEMA, and note both here"
