"""Introductions at the command line: how they stand to each role, and what the two answered."""

from __future__ import annotations

import pytest

from kith.workflows import Kith
from tests.cli.shell import Shell
from tests.kithtest import Clock, chatted, intro_ask


@pytest.fixture
def asked(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of an introduction that Mira asked Ana for, in a store that she shares with Lena."""
    clock = Clock()
    with Kith.open(clock=clock) as kith:
        mira = kith.register("Mira Okafor")
        kith.serving(mira).register("Lena Braun", another=True)
        kith.ask(chatted(kith, clock), intro_ask())
        (under_way,) = kith.introductions()
    shell.at(clock().isoformat())
    monkeypatch.setenv("KITH_SEEKER", str(mira))
    return str(under_way.id)


def test_the_coach_sees_whose_turn_it_is_and_the_asker_does_not(shell: Shell, asked: str) -> None:
    assert "Wait for Ana Silva: whether it works out is for others to say." in shell("intro", "list").out
    assert "Ask Ana Silva whether they would introduce Mira" in shell("intro", "list", "--as", "coach").out
    (mine,) = shell.json("intro", "list")["introductions"]
    assert (mine["id"], mine["status"], mine["awaited"]) == (asked, "asked", "")
    assert (mine["connector"], mine["target"]) == ("Ana Silva", "Ben Cho")
    assert "Ana Silva to Ben Cho: asked, since" in shell("intro", "list").out.replace("\n         ", "")


def test_both_answers_are_recorded_and_then_it_may_be_made(shell: Shell, asked: str) -> None:
    start = asked[:8]
    refused = shell("intro", "make", "Ana Silva", "--both-agreed", exits=3)
    assert "kith intro answer" in refused.out + refused.err
    shell("intro", "answer", start, "target", "--yes", "--as", "coach", exits=1)
    assert "Ask Ben Cho" in shell("intro", "answer", start, "connector", "--yes", "--as", "connector").out
    assert (
        shell.json("intro", "answer", asked, "target", "--yes", "--as", "coach")["introduction"]["awaited"] == "nobody"
    )
    shell("intro", "make", "Ana Silva", "--to", "Ben Cho", "--both-agreed")
    assert shell("intro", "list").out == "No introduction is under way.\n"


def test_the_connector_is_told_what_came_of_it(shell: Shell) -> None:
    shell("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon")
    shell("meet", "Ana Silva")
    assert (
        "no introduction on record; kith intro make records one" in shell("intro", "report", "Ana Silva", exits=1).err
    )
    shell("intro", "make", "Ana Silva", "--to", "Ben Cho", "--both-agreed")
    shell("intro", "thank", "Ana Silva")
    shell.at("2026-12-20T10:00:00+00:00")
    (due,) = shell.json("today")["actions"]
    assert (due["kind"], due["do"]) == (
        "report", "Tell Ana Silva what came of the introduction, even if it is little yet.",
    )  # fmt: skip
    assert 'kith intro report "Ana Silva"' in shell("today").out
    assert "not needed" in shell("dismiss", "Ana Silva").out
    assert shell.json("today")["actions"] == []
    shell("undo", shell.json("show", "Ana Silva")["timeline"][-1]["id"], "--because", "there is news")
    assert "introduction report: We met." in shell("intro", "report", "Ana Silva", "We met.").out
    assert shell.json("today")["actions"] == []
    assert shell("intro", "report", "Ana Silva", "again").out == "Nothing new: that is on record already.\n"


def test_an_introduction_to_somebody_on_record_is_made_once(shell: Shell) -> None:
    shell("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon")
    for name in ("Ana Silva", "Ben Cho"):
        shell("meet", name)
    making = ("intro", "make", "Ana Silva", "--known", "Ben Cho", "--both-agreed")
    shell(*making)
    assert "Ana Silva introduced you to them already" in shell(*making, exits=1).err
    made = next(e for e in shell.json("show", "Ana Silva")["timeline"] if e["what"] == "introduction")
    shell("undo", made["id"], "--because", "it was another day")
    shell(*making)


def test_a_no_changes_nothing_for_the_asker(shell: Shell, asked: str) -> None:
    before = shell("intro", "list").out, shell("show", "Ana Silva").out
    shell("intro", "answer", asked, "connector", "--no", "--as", "coach")
    assert (shell("intro", "list").out, shell("show", "Ana Silva").out) == before
    assert shell("intro", "list", "--as", "coach").out == "No introduction is under way.\n"


def test_what_is_no_introduction_role_or_side_is_told_with_what_there_is(shell: Shell, asked: str) -> None:
    assert "kith intro list" in shell("intro", "answer", "abc", "connector", "--yes", "--as", "coach", exits=5).err
    assert "connector, coach" in shell("intro", "answer", asked, "connector", "--yes", "--as", "boss", exits=2).err
    assert "not to know" in shell("intro", "answer", asked, "connector", "--yes", "--as", "asker", exits=2).err
    assert "connector, target" in shell("intro", "answer", asked, "friend", "--yes", "--as", "coach", exits=2).err
