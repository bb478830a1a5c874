"""Holds the reads of every day: today, board, people, show."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import SAMPLE, Shell


def test_says_how_to_begin_where_nobody_has(shell: Shell) -> None:
    for command in (
        ["today"],
        ["people"],
        ["board"],
        ["board", "--as-of", "today"],
        ["show", "Ana"],
        ["profile"],
        ["doctor"],
    ):
        said = shell(*command, exits=5)
        assert said.out == ""
        assert "kith init" in said.err
    assert not shell.home.exists()


def test_today_says_what_to_do_when_nobody_is_on_record(shell: Shell) -> None:
    shell("init", "--name", "Mira")
    said = shell("today").out
    assert "kith import" in said
    assert "kith meet" in said


def test_today_says_who_what_why_when_and_what_to_type(kith: Shell) -> None:
    kith("log", "Ana Silva", "message", "Hello", "--at", "2026-11-18")
    kith("log", "Ana Silva", "reply", "Hello yourself", "--at", "2026-11-19")
    said = kith("today").out
    assert "1. Answer Ana Silva. (you owe this, overdue by 2 days)" in said
    assert "Ana Silva · Northwind · stage nurtured" in said
    assert "Why: Ana Silva wrote to you on 19 November 2026." in said
    assert '$ kith log "Ana Silva" message "…"' in said
    assert "Order: what you owe" in said


def test_today_keeps_its_json_shape(kith: Shell) -> None:
    kith("log", "Ana Silva", "reply", "Hello")
    told = kith.json("today")
    assert {*told} == {"ok", "on", "actions", "more", "people", "order"}
    action = told["actions"][0]
    assert {*action} == {"number", "key", "kind", "urgency", "do", "why", "who", "due", "command"}
    assert {*action["who"]} == {"id", "name", "company", "stage"}
    assert (told["ok"], action["kind"], action["urgency"]) == (True, "answer", "you owe this")


def test_today_shows_at_most_five_and_counts_the_rest(shell: Shell) -> None:
    shell("init", "--name", "Mira Okafor, PhD", "--time-zone", "Europe/Lisbon")
    shell("import", str(SAMPLE))
    told = shell.json("today")
    assert len(told["actions"]) == 5
    assert told["more"] > 0
    assert f"+{told['more']} more people" in shell("today").out


def test_today_can_be_asked_for_another_day(kith: Shell) -> None:
    kith("describe", "Ana Silva", "--origin", "community")
    kith("tier", "Ana Silva", "1")
    assert kith.json("today", "--on", "2026-12-20")["actions"][0]["urgency"] == "keep in touch"
    assert "Sunday 20 December 2026" in kith("today", "--on", "2026-12-20").out


def test_the_command_to_type_names_somebody_by_id_where_the_name_is_not_alone(kith: Shell) -> None:
    kith("meet", "Ana Silva", "--email", "other@example.org")
    kith("log", "other@example.org", "reply", "Hello")
    told = kith.json("today")["actions"][0]
    assert told["command"].split()[2] == told["who"]["id"][:8]


def test_a_name_that_can_not_be_typed_is_replaced_by_an_id(kith: Shell) -> None:
    for number, name in enumerate(("--json", "Evil\nkith close Ana")):
        kith("meet", "--email", f"{number}@example.org", "--", name)
        kith("log", f"{number}@example.org", "reply", "Hello")
    for action in kith.json("today")["actions"]:
        assert action["command"].split()[2] in (action["who"]["id"][:8], '"Ana')


def test_every_command_that_today_suggests_is_one(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    suggested = kith.json("today")["actions"][0]["command"].split()
    kith(*suggested[1:3], "--help")


def test_board_tells_status_in_words_and_keeps_to_narrow_terminals(
    kith: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    kith("snooze", "Jordan Blake", "in 3 weeks")
    monkeypatch.setenv("COLUMNS", "60")
    said = kith("board").out
    assert "Ana Silva; Jordan Blake (snoozed)" in said
    assert max(map(len, said.splitlines())) <= 60
    monkeypatch.setenv("COLUMNS", "140")
    wide = kith("board").out
    assert "met (2)" in wide
    assert max(map(len, wide.splitlines())) <= 140


def test_board_shows_counts_where_many_stand_and_all_of_them_if_asked(shell: Shell) -> None:
    shell("init", "--name", "Mira Okafor, PhD")
    shell("import", str(SAMPLE))
    assert "more" in shell("board").out
    everybody = shell("board", "--all").out
    assert "more" not in everybody
    assert "Yuki Arai" in everybody


def test_board_as_of_says_what_the_instant_is_held_against(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    told = kith.json("board", "--as-of", "2026-11-24")
    by_stage = {stage["stage"]: [one["name"] for one in stage["people"]] for stage in told["stages"]}
    assert by_stage["value given"] == ["Ana Silva"]
    assert told["by"] == "happened"
    recorded = kith("board", "--as-of", "2026-11-22", "--by", "recorded").out
    assert "by when things were recorded" in recorded
    assert "0 people." in recorded


def test_board_keeps_its_json_shape_at_any_instant(kith: Shell) -> None:
    now, then = kith.json("board"), kith.json("board", "--as-of", "today")
    assert {*now} == {*then} == {"ok", "as_of", "by", "stages", "unreadable"}
    assert [stage["stage"] for stage in now["stages"]] == [stage["stage"] for stage in then["stages"]]
    assert now["stages"][0]["people"] == then["stages"][0]["people"]


def test_refuses_an_axis_that_is_none(kith: Shell) -> None:
    assert "happened" in kith("board", "--by", "felt", exits=2).err


def test_people_can_be_searched_and_limited(kith: Shell) -> None:
    assert "2 people." in kith("people").out
    assert [one["name"] for one in kith.json("people", "northw", "--limit", "1")["people"]] == ["Ana Silva"]
    assert kith.json("people", "--stage", "nurtured")["people"] == []
    assert "Nobody found for 'zzz'" in kith("people", "zzz").out


def test_show_tells_where_one_stands_what_comes_next_and_the_story(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    said = kith("show", "Ana Silva").out
    assert "Stage       coffee chat" in said
    assert "The next stage is intro" in said
    assert 'kith check "Ana Silva" introduction' in said
    told = kith.json("show", "ana@example.org")
    assert {*told} == {"ok", "person", "as_of", "by", "next", "timeline"}
    assert {*told["timeline"][0]} == {"id", "at", "recorded_at", "what", "text", "source", "revised", "can_be_undone"}


def test_show_as_of_tells_what_was_known_then(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    told = kith.json("show", "Ana Silva", "--as-of", "2026-11-24", "--by", "recorded")
    assert (told["person"]["stage"], told["by"]) == ("value given", "recorded")
    assert "by when things happened" in kith("show", "Ana Silva", "--as-of", "2026-11-24").out
    assert "was not on record then" in kith("show", "Ana Silva", "--as-of", "2020-01-01", exits=5).err


def test_show_names_skipped_stages(kith: Shell) -> None:
    kith("intro", "make", "Ana Silva", "--to", "Ben Cho", "--both-agreed")
    assert "intro (skipped: nurtured, value given, coffee chat)" in kith("show", "Ana Silva").out
    assert "Ana Silva (skipped from met)" in kith("board").out


def test_several_matches_are_listed_and_nobody_is_picked(kith: Shell) -> None:
    kith("meet", "Ana Souza", "--company", "Acme", "--position", "Analyst")
    said = kith("show", "ana", exits=5)
    assert "could be any of 2 people" in said.err
    assert "Ana Souza, Analyst, Acme" in said.err
    told = kith.json("show", "ana", exits=5)
    assert told["error"]["code"] == "ambiguous"
    assert len(told["error"]["candidates"]) == 2
    assert "kith people" in kith("show", "Zoe", exits=5).err


def test_who_may_be_a_name_an_address_or_the_start_of_an_id(kith: Shell) -> None:
    kith("meet", "Ben Cho", "--url", "https://www.linkedin.com/in/ben-cho")
    id_ = kith.json("show", "Ben Cho")["person"]["id"]
    for who in ("ben cho", "linkedin.com/in/ben-cho", id_[:8], id_):
        assert kith.json("show", who)["person"]["id"] == id_


def test_quick_reads_refuse_what_the_store_refuses_in_the_same_words(kith: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other #1%.sqlite"
    other.write_text("no database at all, but some text that is long enough to look like one", encoding="utf-8")
    for command in ("today", "people", "board", "profile"):
        assert f"{other} is no Kith store; nothing was touched." in kith("--store", str(other), command, exits=1).err
    store = kith.home / "kith.sqlite"
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    sentences = {kith(command, exits=1).err for command in ("today", "people", "board", "profile")}
    assert len(sentences) == 1
    assert "written by a newer Kith" in sentences.pop()


def test_quick_reads_change_nothing_in_the_folder(kith: Shell) -> None:
    store = kith.home / "kith.sqlite"
    before = store.read_bytes()
    kith("today")
    kith("board")
    assert store.read_bytes() == before


def test_the_store_can_be_named_before_or_after_the_command(shell: Shell, tmp_path: Path) -> None:
    store = str(tmp_path / "a folder, 100% #1?" / "my.sqlite")
    shell("--store", store, "init", "--name", "Mira")
    assert "Nobody is on record" in shell("--store", store, "today").out
    assert "Nobody is on record" in shell("today", "--store", store).out
    assert not shell.home.exists()
