"""Histories that have landed replay for ever, to the same bytes and the same views."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kith.workflows import Kith
from kith.workflows.stores.mapper import decode, encode
from tests.golden.history import FOLDER, views
from tests.kithtest import Clock

HISTORIES = sorted(FOLDER.glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    """A golden history."""
    history: dict[str, Any] = json.loads(path.read_text())
    return history


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_a_history_replays_to_the_same_views(path: Path) -> None:
    history = load(path)
    clock = Clock(datetime.fromisoformat(history["now"]))
    with Kith.open(":memory:", clock=clock) as kith:
        with kith.store.writing() as transaction:
            for row in history["rows"]:
                transaction.query(
                    "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
                    (row["id"], row["version"], row["topic"], row["state"].encode()),
                )
        assert kith.rebuild().corrupt == []
        assert json.loads(json.dumps(views(kith))) == history["views"]
        assert kith.doctor() == []


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_stored_bytes_are_read_and_written_as_they_were(path: Path) -> None:
    for row in load(path)["rows"]:
        recorded = decode(UUID(row["id"]), row["version"], row["topic"], row["state"].encode())
        assert encode(recorded).decode() == row["state"]


def test_there_is_a_golden_history() -> None:
    assert HISTORIES
