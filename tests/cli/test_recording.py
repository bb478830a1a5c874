"""Holds the commands that record what happened, and what they tell: text for people, regular JSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kith.domain.facts import GiftKind
from kith.workflows.cli import facts
from kith.workflows.cli.main import COMMANDS
from tests.cli.shell import QUESTIONS, REFERRAL, SAMPLE, Shell


def test_begins_once_and_says_who_is_registered_after_that(shell: Shell) -> None:
    assert "Welcome, Mira" in shell("init", "--name", "Mira", "--time-zone", "Europe/Lisbon").out
    again = shell("init", "--name", "Somebody else").out
    assert "Mira is registered here already" in again
    told = shell.json("init")
    assert (told["registered"], told["profile"]["time_zone"]) == (False, "Europe/Lisbon")


def test_takes_the_time_zone_of_the_computer(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":America/Lima")
    assert shell.json("init", "--name", "Mira")["profile"]["time_zone"] == "America/Lima"


def test_asks_nobody_for_a_name_where_there_is_no_terminal(shell: Shell) -> None:
    assert "kith init --name" in shell("init", exits=2).err


def test_a_policy_that_is_none_leaves_nobody_registered(shell: Shell) -> None:
    shell("init", "--name", "Mira", "--policy", "nope", exits=2)
    shell("init", "--name", "Mira", "--time-zone", "Mars/Base", exits=2)
    assert not shell.home.exists()
    assert shell.json("init", "--name", "Mira", "--policy", "careful")["registered"] is True
    assert shell.json("policy")["preset"] == "careful"


def test_the_profile_is_shown_and_changed(kith: Shell) -> None:
    kith("profile", "--headline", "Risk analyst", "--picture", "--hours", "8:30-17:00", "--quiet-days", "fri,sun")
    kith("profile", "--target-company", "Northwind", "--target-company", "Acme", "--target-role", "Analyst")
    told = kith.json("profile")["profile"]
    assert (told["headline"], told["picture"], told["opens"], told["closes"]) == (
        "Risk analyst",
        True,
        "08:30",
        "17:00",
    )
    assert (told["quiet_days"], told["target_companies"]) == (["friday", "sunday"], ["Northwind", "Acme"])
    kith("profile", "--quiet-days", "none", "--target-company", "")
    told = kith.json("profile")["profile"]
    assert (told["quiet_days"], told["target_companies"], told["target_roles"]) == ([], [], ["Analyst"])
    changed = kith.json("profile", "--intro", "I build pipelines.", "--target-role", "Lead")["events"]
    assert [event["what"] for event in changed] == ["profile update", "goals"]
    assert kith.json("profile")["events"] == []


@pytest.mark.parametrize(
    "typed",
    [
        ["--hours", "late"],
        ["--hours", "25:00-26:00"],
        ["--hours", "18:00-09:00"],
        ["--quiet-days", "someday"],
        ["--time-zone", "Mars/Base"],
    ],
)
def test_a_profile_that_makes_no_sense_is_refused(kith: Shell, typed: list[str]) -> None:
    kith("profile", *typed, exits=2)


def test_meeting_the_same_address_again_adds_nobody(kith: Shell) -> None:
    assert "Nothing new" in kith("meet", "A. Silva", "--email", "ANA@example.org").out
    assert len(kith.json("people")["people"]) == 2
    assert "1 other person of that name on record" in kith("meet", "Jordan Blake").err


def test_every_recording_command_tells_its_events_in_the_same_shape(kith: Shell) -> None:
    for typed in (
        ["meet", "Ben Cho", "--since", "2020-05-01", "--introduced-by", "Ana Silva", "--origin", "introduced"],
        ["describe", "Ana Silva", "--position", "Risk lead"],
        ["log", "Ana Silva", "reply", "Hello", "--at", "yesterday"],
        ["give", "Ana Silva", "help", "moving", "--because", "she moves house"],
        ["note", "Ana Silva", "plays chess"],
        ["tier", "Ana Silva", "2"],
        ["snooze", "Ana Silva", "2026-12-24"],
        ["close", "Jordan Blake", "lost touch"],
        ["reopen", "Jordan Blake"],
        ["close", "Jordan Blake", "--no-contact"],
    ):
        told = kith.json(*typed)
        assert {*told} == {"ok", "person", "events"}
        assert told["ok"] is True
        assert {*told["person"]} == {"id", "name"}
        assert told["events"]
        assert all({*event} == {"id", "what", "at"} for event in told["events"])


def test_a_command_id_is_carried_out_once(kith: Shell) -> None:
    first = kith.json("log", "Ana Silva", "call", "--command-id", "once")
    again = kith.json("log", "Ana Silva", "call", "--command-id", "once")
    assert first == again
    assert len(kith.json("show", "Ana Silva")["timeline"]) == 1 + len(first["events"])


def test_doing_it_twice_says_so(kith: Shell) -> None:
    kith("tier", "Ana Silva", "2")
    assert "Nothing new" in kith("tier", "Ana Silva", "2").out
    assert kith.json("tier", "Ana Silva", "2")["events"] == []
    kith("tier", "Ana Silva", "none")


def test_stages_reached_are_told(kith: Shell) -> None:
    kith("log", "Ana Silva", "message")
    assert "stage reached: nurtured" in kith("log", "Ana Silva", "reply").out


def test_texts_can_come_from_a_file(kith: Shell, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("plays chess on Sundays\n", encoding="utf-8")
    assert "plays chess on Sundays" in kith("note", "Ana Silva", f"@{file}").out
    assert "gone.txt" in kith("note", "Ana Silva", f"@{tmp_path / 'gone.txt'}", exits=1).err


def test_a_connection_as_a_gift_needs_the_yes_of_both(kith: Shell) -> None:
    kith("give", "Ana Silva", "connection", "Ben Cho", "--because", "they share a problem", exits=3)
    kith("give", "Ana Silva", "connection", "Ben Cho", "--because", "they share a problem", "--both-agreed")


def test_the_words_for_gifts_are_those_of_the_domain() -> None:
    assert set(facts.GIFTS) == {kind.value for kind in GiftKind}


def test_dismisses_the_one_thing_that_is_due_or_lists_several(kith: Shell) -> None:
    assert "nothing to dismiss" in kith("dismiss", "Jordan Blake", exits=5).err
    kith("describe", "Jordan Blake", "--origin", "community")
    kith("log", "Jordan Blake", "reply", "Hello")
    kith("dismiss", "Jordan Blake", "--done-elsewhere")
    assert kith.json("show", "Jordan Blake")["next"]["action"] is None
    kith("log", "Ana Silva", "reply", "Hello")
    said = kith("dismiss", "Ana Silva", exits=5).err
    assert "answer:" in said
    key = next(word for word in said.split() if word.startswith("answer:"))
    kith("dismiss", "Ana Silva", key)
    assert "Nothing new" in kith("dismiss", "Ana Silva", key).out


def test_the_whole_way_from_the_chat_to_the_reported_outcome(earned: Callable[[str], Shell]) -> None:
    kith = earned("referral")
    kith("log", "Ana Silva", "reply", "Happy new year")
    assert kith.json("check", "Ana Silva", "referral", *REFERRAL)["allowed"] is True
    kith("refer", "ask", "Ana Silva", *REFERRAL)
    kith("refer", "agree", "Ana Silva", "--due", "in 5 days")
    assert "stage reached: referral" in kith("refer", "given", "Ana Silva").out
    kith("refer", "thank", "Ana Silva", "Thank you!")
    kith("refer", "outcome", "Ana Silva", "interview")
    kith("refer", "report", "Ana Silva")
    assert kith.json("show", "Ana Silva")["person"]["stage"] == "referral"
    assert kith("doctor").out.startswith("The store is sound")


def test_every_ending_of_a_chat_can_be_recorded(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    kith("chat", "prepare", "Ana Silva", *(part for text in QUESTIONS for part in ("--question", text)))
    for ending in (["decline"], ["withdraw"]):
        kith("chat", "propose", "Ana Silva", "--minutes", "15")
        kith("chat", ending[0], "Ana Silva")
    kith("chat", "propose", "Ana Silva")
    kith("chat", "agree", "Ana Silva")
    kith("chat", "reschedule", "Ana Silva", "--when", "tomorrow 15:00")
    kith("chat", "cancel", "Ana Silva")
    assert "no chat" in kith("chat", "thank", "Ana Silva", exits=1).err.lower()


def test_every_ending_of_an_introduction_and_a_referral_can_be_recorded(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    past = [
        "--override",
        "specific-intro=she knows me",
        "--override",
        "goodwill=she offered",
        "--override",
        "ask-cooldown=so",
    ]
    kith("intro", "ask", "Ana Silva", "--to", "Ben Cho", *past)
    kith("intro", "withdraw", "Ana Silva")
    kith("intro", "ask", "Ana Silva", "--to", "Ben Cho", *past)
    kith("intro", "failed", "Ana Silva")
    cool = ["--override", "ask-cooldown=the opening closes", "--override", "goodwill=she offered"]
    kith("refer", "ask", "Ana Silva", *REFERRAL, *cool)
    kith("refer", "withdraw", "Ana Silva")
    kith("refer", "ask", "Ana Silva", *REFERRAL, *cool)
    kith("refer", "decline", "Ana Silva")
    assert "say what it is for" in kith("refer", "given", "Ana Silva", exits=2).err
    kith("refer", "given", "Ana Silva", "--role", "Analyst", "--company", "Acme")


def test_an_introduction_to_somebody_on_record_names_them(kith: Shell) -> None:
    told = kith.json("intro", "make", "Ana Silva", "--known", "Jordan Blake", "--both-agreed")
    assert told["person"]["name"] == "Ana Silva"
    assert [event["what"] for event in told["events"]] == ["introduction", "stage advance"]
    kith("intro", "make", "Ana Silva", "--known", "Jordan Blake", "--to", "Ben", exits=2)


def test_a_fact_is_taken_back_or_corrected_with_a_reason(kith: Shell) -> None:
    event = kith.json("log", "Ana Silva", "reply", "Helo")["events"][0]["id"]
    assert "--because" in kith("undo", event, exits=2).err
    kith("undo", event, "--because", "a slip", "--set", "note=Hello", "--set", "at=yesterday")
    entry = next(one for one in kith.json("show", "Ana Silva")["timeline"] if one["what"] == "correction")
    assert "Hello" in entry["text"]
    assert "--set" in kith("undo", event, "--because", "x", "--set", "note", exits=2).err
    kith("undo", event, "--because", "x", "--set", "colour=blue", exits=2)
    assert kith.json("undo", event, "--because", "never happened")["events"][0]["what"] == "retraction"
    assert "A dry run" in kith("undo", event, "--because", "x", "--dry-run", exits=2).err
    kith("undo", "zzz", "--because", "x", exits=5)
    kith("undo", "abcdef.1", "--because", "x", exits=5)


def test_the_policy_is_shown_with_what_differs_and_another_is_adopted(kith: Shell, tmp_path: Path) -> None:
    assert "It is the default" in kith("policy").out
    assert "You go by careful now" in kith("policy", "adopt", "careful").out
    assert "(default: 14)" in kith("policy").out
    file = tmp_path / "mine.toml"
    file.write_text("nurtured_touches = 2\n", encoding="utf-8")
    told = kith.json("policy", "adopt", str(file))
    assert told["differs"] == {"nurtured_touches": {"value": 2, "default": 3}}
    assert told["events"][0]["what"] == "policy adoption"
    file.write_text("nurtured_touch = 2\n", encoding="utf-8")
    assert "nurtured_touch" in kith("policy", "adopt", str(file), exits=2).err
    assert "presets are" in kith("policy", "adopt", "nope", exits=2).err


def test_every_guard_is_listed_with_its_rule_and_source(kith: Shell) -> None:
    told = kith.json("guards")["guards"]
    assert {*told[0]} == {"guard", "on", "rule", "source", "hard"}
    assert "do-not-contact (hard: no override)" in kith("guards").out


def test_an_import_is_looked_at_brought_in_once_and_undone(shell: Shell) -> None:
    said = shell("import", str(SAMPLE), exits=5).err
    assert 'kith init --name "Mira Okafor, PhD"' in said
    shell("init", "--name", "Mira Okafor, PhD", "--time-zone", "Europe/Lisbon")
    dry = shell("import", str(SAMPLE), "--dry-run").out
    assert "A dry run: nothing was changed." in dry
    assert "Under review" in dry
    assert shell.json("people")["people"] == []
    done = shell.json("import", str(SAMPLE))
    assert {*done} == {
        "ok", "dry_run", "import", "people", "facts", "groups", "changes", "review", "problems", "left_out", "profile",
        "files", "events",
    }  # fmt: skip
    assert done["groups"] == {"new": 1, "known": 0, "too_large": 0}
    assert "Nothing new: all of that is on record." in shell("import", str(SAMPLE)).out
    place = done["review"][0]["place"]
    assert shell.json("import", str(SAMPLE), "--same", place)["facts"]["new"] == 1
    shell("import", str(SAMPLE), "--same", "Nothing.csv:1", exits=2)
    assert done["import"] in shell("show", "--imports").out
    would = shell.json("undo", done["import"][:8], "--dry-run")
    assert (would["dry_run"], would["people"]) == (True, 61)
    gone = shell.json("undo", done["import"], "--because", "wrong file")
    assert gone["removed"] > 50
    assert "undone" in shell("show", "--imports").out
    assert "undone already" in shell("undo", done["import"], "--because", "again").out


def test_an_import_of_which_nothing_can_be_read_does_not_say_that_all_is_on_record(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "Connections.csv"
    file.write_text('First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,"Sil')
    shell("init", "--name", "Mira")
    told = shell("import", str(file)).out
    assert "on record" not in told
    assert "Nothing was brought in: what the file holds was left out, for the reasons above." in told
    row = "Ana,Silva,https://www.linkedin.com/in/ana,,Acme,Analyst,03 Feb 2024\n"
    file.write_text(f'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n{row}Rui,"Cas')
    shell("import", str(file))
    told = shell("import", str(file)).out
    assert "Nothing new: what could be read is on record; the rest was left out" in " ".join(told.split())


def test_an_import_that_can_not_be_read_says_what_to_do(kith: Shell, tmp_path: Path) -> None:
    assert "no file or folder" in kith("import", str(tmp_path / "gone.zip"), exits=1).err
    file = tmp_path / "notes.txt"
    file.write_text("hello", encoding="utf-8")
    told = kith.json("import", str(file), exits=1)
    assert told["error"]["code"] == "import_refused"


def test_everything_can_be_taken_out(kith: Shell, tmp_path: Path) -> None:
    kith("meet", '=HYPERLINK("http://evil.example")', "--company", "@sum")
    events = [json.loads(line) for line in kith("export").out.splitlines()]
    assert events[0]["topic"] == "seeker.registered.v1"
    rows = list(csv.DictReader(kith("export", "--people").out.splitlines()))
    assert {row["name"][0] for row in rows} == {"'", "A", "J"}
    assert "'@sum" in {row["company"] for row in rows}
    file = tmp_path / "out.jsonl"
    assert kith.json("export", "--output", str(file))["count"] == len(events)
    assert "exists" in kith("export", "--output", str(file), exits=1).err
    kith("export", "--json", exits=2)


def test_damage_is_found_and_the_tables_are_recreated(kith: Shell) -> None:
    import sqlite3  # noqa: PLC0415 - only here

    assert kith.json("doctor") == {"ok": True, "problems": []}
    with sqlite3.connect(kith.home / "kith.sqlite") as connection:
        connection.execute("UPDATE relationships SET name = 'Nobody'")
    connection.close()
    assert "kith rebuild" in kith("doctor", exits=1).out
    assert kith.json("doctor", exits=1)["ok"] is False
    assert kith.json("rebuild")["people"] == 2
    kith("doctor")


def test_every_command_has_help_and_json(kith: Shell) -> None:
    for section in COMMANDS.values():
        for name in section:
            said = kith(name, "--help").out
            assert "  WHO  " not in said or "A name, an e-mail" in said
            assert "Commands:" in said or "--json" in said, name


def test_taking_a_meeting_back_takes_the_person_off_the_record(kith: Shell) -> None:
    met = kith("meet", "Bob Double", "--json").json["events"][0]["id"]
    said = kith("undo", met, "--because", "a double", "--json").json
    assert [event["what"] for event in said["events"]] == ["retraction"]
    assert kith("people", "Bob Double", "--json").json["people"] == []
