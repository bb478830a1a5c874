"""``kith sweep`` fires what became due, and says so in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from kith.domain.timers import REMINDERS
from kith.workflows.cli.sweeping import FIRED
from tests.cli.shell import QUESTIONS, Shell


def test_nothing_is_due_at_first(kith: Shell) -> None:
    assert kith("sweep").out == "Nothing was due.\n"
    assert kith.json("sweep") == {"ok": True, "fired": {}, "relationships": 0, "advanced": 0, "unreadable": []}


def test_what_became_due_is_told_in_plain_words(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    kith("chat", "propose", "Ana Silva", *(part for text in QUESTIONS for part in ("--question", text)))
    kith.at("2026-12-31T09:00:00+00:00")
    assert kith("sweep").out == "1 ask lapsed, 1 nudge is allowed. kith today shows what to do.\n"
    assert kith("sweep").out == "Nothing was due.\n"
    assert "reminder" in kith("show", "Ana Silva").out


def test_what_became_due_is_told_to_a_program(kith: Shell) -> None:
    kith("log", "Ana Silva", "reply", "Hello")
    kith("log", "Jordan Blake", "reply", "Hello")
    kith.at("2026-11-30T09:00:00+00:00")
    assert kith.json("sweep") == {
        "ok": True, "fired": {"answer": 2}, "relationships": 2, "advanced": 0, "unreadable": [],
    }  # fmt: skip


def test_a_row_that_cannot_be_read_is_named(kith: Shell) -> None:
    kith("log", "Ana Silva", "reply", "Hello")
    kith.at("2026-11-30T09:00:00+00:00")
    with sqlite3.connect(kith.home / "kith.sqlite") as store:
        store.execute("DROP TRIGGER no_UPDATE")
        store.execute("UPDATE stored_events SET state = '{' WHERE topic = 'relationship.touched.v1'")
    store.close()
    told = " ".join(kith("sweep", exits=1).out.split())
    assert told.startswith("Nothing that can be read was due. - Event")
    assert "can't be read" in told
    shape = kith.json("sweep", exits=1)
    assert (shape["ok"], len(shape["unreadable"])) == (False, 1)


def test_nobody_has_begun_yet(shell: Shell) -> None:
    assert "kith init" in shell("sweep", exits=5).err


def test_every_kind_of_timer_has_its_words() -> None:
    assert FIRED.keys() == REMINDERS.keys() | {"lapse", "dormant"}
