"""The store's file: shared by processes, safe from foreign and newer files, and from being killed."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kith.workflows import Kith, Person, StoreError, Touch
from kith.workflows.errors import NotAStore, StoreTooNew
from tests.kithtest import Clock


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_what_was_written_is_there_after_reopening(path: Path, clock: Clock) -> None:
    with Kith.open(path, clock=clock) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    with Kith.open(path, clock=clock) as kith:
        assert kith.relationship(ana).person.name == "Ana Silva"


def test_every_commit_is_on_disk_before_it_is_told(path: Path) -> None:
    with Kith.open(path) as kith, kith.store.reading() as reading:
        assert reading.query("PRAGMA journal_mode") == [("wal",)]
        assert reading.query("PRAGMA synchronous") == [(2,)]


def test_two_processes_write_the_same_file(path: Path) -> None:
    with Kith.open(path) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    script = """
        import sys
        from uuid import UUID
        from kith.workflows import Kith, Touch
        with Kith.open(sys.argv[1]) as kith:
            for number in range(100):
                kith.touch(UUID(sys.argv[2]), Touch.message(f"{sys.argv[3]} {number}"))
    """
    writers = [run(script, path, ana, name) for name in ("one", "two")]
    for writer in writers:
        _, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err

    with Kith.open(path) as kith:
        notes = [note for _, note in kith.relationship(ana).notes]
        assert sorted(notes) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(100))
        assert kith.doctor() == []


def test_two_engines_see_what_the_other_wrote(path: Path, clock: Clock) -> None:
    with Kith.open(path, clock=clock) as one, Kith.open(path, clock=clock) as two:
        one.register("Mira")
        ana = one.meet(Person(name="Ana Silva"))
        two.touch(ana, Touch.message())
        one.touch(ana, Touch.reply())
        two.touch(ana, Touch.message())
        assert one.relationship(ana) == two.relationship(ana)
        assert len(one.relationship(ana).touches) == 3


def test_a_newer_schema_is_refused_and_not_touched(path: Path) -> None:
    with Kith.open(path) as kith:
        kith.register("Mira")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = hashlib.sha256(path.read_bytes()).digest()

    with pytest.raises(StoreTooNew, match="newer Kith"):
        Kith.open(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_database_of_something_else_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(NotAStore):
        Kith.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("Dear diary, " * 1_000)
    with pytest.raises(NotAStore):
        Kith.open(path)
    assert path.read_text().startswith("Dear diary")


def test_a_folder_in_the_place_of_the_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        Kith.open(tmp_path)


def test_a_killed_writer_leaves_whole_commands_only(path: Path) -> None:
    with Kith.open(path) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    script = """
        import sys
        from uuid import UUID
        from kith.workflows import Kith, Touch
        with Kith.open(sys.argv[1]) as kith:
            for number in range(100_000):
                kith.touch(UUID(sys.argv[2]), Touch.call(str(number)))
                print(number, flush=True)
    """
    writer = run(script, path, ana)
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(50)][-1]
    writer.kill()
    writer.communicate()

    with Kith.open(path) as kith:
        numbers = [int(note) for _, note in kith.relationship(ana).notes]
        assert numbers[-1] >= int(told)
        assert numbers == list(range(len(numbers)))
        assert kith.doctor() == []
