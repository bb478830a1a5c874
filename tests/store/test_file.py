"""The store's file: each command on the disk, and nothing done to foreign and newer files."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from kith.workflows import Kith, StoreError
from kith.workflows.errors import NotAStore, StoreTooNew


def test_every_commit_is_on_disk_before_it_is_told(path: Path) -> None:
    with Kith.open(path) as kith, kith.store.reading() as reading:
        assert reading.query("PRAGMA journal_mode") == [("wal",)]
        assert reading.query("PRAGMA synchronous") == [(2,)]


@pytest.mark.parametrize("older", [False, True])
def test_the_log_between_checkpoints_is_as_long_whatever_the_pages(path: Path, *, older: bool) -> None:
    if older:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
    with Kith.open(path) as kith, kith.store.reading() as reading:
        kept = 4_096 if older else 8_192
        assert reading.query("PRAGMA page_size") == [(kept,)]
        assert reading.query("PRAGMA wal_autocheckpoint") == [(32 * 2**20 // kept,)]


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
