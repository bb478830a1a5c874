"""Holds what a refused ask tells: every finding, the way on, and the same to programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.shell import NOTE, REFERRAL, Shell


def test_a_refusal_tells_every_finding_in_words_and_what_leads_there(kith: Shell) -> None:
    said = kith("refer", "ask", "Jordan Blake", "--role", "Risk analyst", "--company", "Northwind", exits=3)
    assert said.err == ""
    assert said.out.startswith("NOT YET: a referral ask to Jordan Blake. 8 of 18 guards do not hold.")
    assert said.out.count("✗ missing") == 8
    assert said.out.count("✓ holds") == 10
    for part in (
        "What leads there:",
        "  Today",
        "them  Jordan Blake answers.",
        "wait  Wait until",
        "Earliest day",
        "Begin with: kith",
    ):
        assert part in said.out
    assert "--override GUARD=" in said.out
    assert "This refusal is on record" in said.out
    assert "\x1b" not in said.out


def test_a_refusal_keeps_to_narrow_terminals_save_for_what_is_typed(
    kith: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = kith("refer", "ask", "Jordan Blake", exits=3).out
    assert max(len(line) for line in said.splitlines() if "--override" not in line and "Begin with" not in line) <= 71


def test_a_refusal_keeps_its_json_shape(kith: Shell) -> None:
    asked = kith.json("refer", "ask", "Jordan Blake", exits=3)
    checked = kith.json("check", "Jordan Blake", "referral", exits=3)
    for told in (asked, checked):
        assert {*told} == {"ok", "person", "refused", "remarks"}
        assert told["ok"] is False
        assert {*told["refused"]} == {"kind", "at", "policy", "findings", "plan"}
        assert {*told["refused"]["findings"][0]} == {
            "guard", "holds", "overridden", "hard", "why", "missing", "evidence", "earliest",
        }  # fmt: skip
        assert {*told["refused"]["plan"]} == {"steps", "earliest", "not_possible", "instead"}
        assert {*told["refused"]["plan"]["steps"][0]} == {"at", "by", "what", "do", "subject"}


def test_a_check_records_nothing_and_an_ask_that_is_refused_does(kith: Shell) -> None:
    said = kith("check", "Jordan Blake", "chat", exits=3).out
    assert "on record:" in said
    assert "This refusal is on record" not in said
    assert [one["what"] for one in kith.json("show", "Jordan Blake")["timeline"]] == ["met"]
    kith("chat", "propose", "Jordan Blake", exits=3)
    assert [one["what"] for one in kith.json("show", "Jordan Blake")["timeline"]] == ["met", "refused ask"]


def test_the_same_command_id_is_refused_in_the_same_way(kith: Shell) -> None:
    for _ in range(2):
        kith("chat", "propose", "Jordan Blake", "--command-id", "once", exits=3)
    assert len(kith.json("show", "Jordan Blake")["timeline"]) == 2


def test_an_earned_ask_says_so_and_how_to_make_it(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    typed = ["--to", "Ben Cho", "--why", "He leads stress tests.", "--note", NOTE]
    said = kith("check", "Ana Silva", "introduction", *typed).out
    assert said.startswith("EARNED: an introduction ask to Ana Silva. All 16 guards hold.")
    assert 'To make it: kith intro ask "Ana Silva"' in said


def test_every_ask_can_be_checked(kith: Shell) -> None:
    for kind in ("chat", "introduction", "referral", "first-message", "First_Message"):
        kith("check", "Jordan Blake", kind, exits=3)
    assert "no ask" in kith("check", "Jordan Blake", "favour", exits=2).err


def test_overriding_needs_a_guard_that_exists_is_soft_and_a_reason(kith: Shell) -> None:
    for override in ("stage-reached", "stage-reached=", "nope=why", "do-not-contact=why"):
        kith("refer", "ask", "Jordan Blake", *REFERRAL, "--override", override, exits=2)
    told = kith.json("check", "Jordan Blake", "referral", *REFERRAL, "--override", "goodwill=he offered", exits=3)
    assert [one["guard"] for one in told["refused"]["findings"] if one["overridden"]] == ["goodwill"]


def test_what_is_not_possible_says_so_and_what_to_do_instead(kith: Shell) -> None:
    kith("close", "Jordan Blake", "--no-contact")
    said = kith("check", "Jordan Blake", "chat", exits=3).out
    assert said.startswith("NOT POSSIBLE: a chat ask to Jordan Blake.")
    assert "No override." in said
    assert "Instead: leave them in peace" in said


def test_an_introduction_needs_the_yes_of_both(kith: Shell) -> None:
    assert "needs the yes of both" in kith("intro", "make", "Ana Silva", "--to", "Ben Cho", exits=3).out


def test_a_first_message_is_judged_and_recorded(kith: Shell) -> None:
    kith("message", "Jordan Blake", "Hi, can you refer me?", exits=3)
    intro = "I build data pipelines and care about how risk is measured in banks."
    kith("profile", "--picture", "--headline", "Data analyst", "--intro", intro)
    text = "I read that you work at Northwind. I build data pipelines. I would like to learn how you test models."
    kith(
        "message", "Jordan Blake", text, "--detail", "you work at Northwind", "--who-i-am", "I build data pipelines",
        "--why", "I would like to learn how you test models",
    )  # fmt: skip
    kith("log", "Jordan Blake", "reply", "Sure")


def test_a_nudge_waits_for_its_day(earned: Callable[[str], Shell]) -> None:
    kith = earned("introduction")
    assert "nothing to nudge about" in kith("nudge", "Ana Silva", exits=1).err
    kith("intro", "ask", "Ana Silva", "--to", "Ben Cho", "--why", "He leads stress tests.", "--note", NOTE)
    said = kith("nudge", "Ana Silva", exits=3).out
    assert "a nudge to Ana Silva" in said
    assert "Time alone mends it, on 2 December 2026." in " ".join(said.split())
    kith.at("2026-12-03T09:00:00+00:00")
    kith("nudge", "Ana Silva", "Any news?")
