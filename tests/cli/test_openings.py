"""Holds ``kith opening``, ``kith focus`` and champions: what is said, what to type next, and JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.shell import REFERRAL, Shell

ADD = ("opening", "add", "--role", "Risk analyst", "--company", "Northwind")


def words(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def test_says_what_to_type_where_there_are_none(kith: Shell) -> None:
    assert "kith opening add --role TITLE --company NAME" in kith("opening", "list").out
    said = kith("opening", "show", "risk", exits=5)
    assert "kith opening list --all" in said.err
    kith(*ADD)
    kith("opening", "close", "risk", "filled")
    assert "kith opening list --all shows the others" in words(kith("opening", "list").out)


def test_adding_says_whom_to_ask_and_a_second_time_nothing_new(kith: Shell) -> None:
    said = words(kith(*ADD, "--deadline", "in 8 weeks").out)
    assert said.startswith("Risk analyst at Northwind, until 18 January 2027 [")
    assert "Nobody may be asked yet. Ana Silva can be asked from" in said
    assert "More: kith opening show" in said
    assert kith(*ADD).out == "Nothing new: that is on record already.\n"


def test_the_same_in_small_letters_keeps_its_spelling(kith: Shell) -> None:
    kith("opening", "add", "--role", "Risk Analyst", "--company", "Northwind")
    kith("opening", "add", "--role", "risk analyst", "--company", "northwind", "--deadline", "2027-02-01")
    (one,) = kith.json("opening", "list")["openings"]
    assert (one["role"], one["company"], one["deadline"]) == ("Risk Analyst", "Northwind", "2027-02-01")


def test_a_draft_speaks_of_the_opening_and_one_outcome_is_told_once(earned: Callable[[str], Shell]) -> None:
    kith = earned("referral")
    kith(*ADD, "--link", "https://northwind.example/7")
    drafted = kith("draft", "referral", "Ana Silva").out
    assert "the opening that you noted: Risk analyst at Northwind, https://northwind.example/7" in drafted
    kith("refer", "given", "Ana Silva", "--role", "Risk analyst", "--company", "Northwind")
    kith("refer", "outcome", "Ana Silva", "offer")
    kith("refer", "report", "Ana Silva")
    kith("opening", "close", "risk", "offer")
    assert "offer; offer" not in kith("opening", "list", "--all").out


def test_what_can_not_be_read_is_told(kith: Shell) -> None:
    assert "no time I can read" in kith(*ADD, "--deadline", "someday", exits=2).err
    assert "role: " in kith("opening", "add", "--role", " ", "--company", "x", exits=2).err
    kith(*ADD)
    kith("opening", "add", "--role", "Risk lead", "--company", "Northwind")
    several = kith("opening", "show", "risk", exits=5)
    assert "could be any of 2 openings" in several.err
    assert "Risk lead at Northwind" in several.err


def test_shows_whom_to_ask_with_the_command_that_asks(earned: Callable[[str], Shell]) -> None:
    kith = earned("referral")
    kith("log", "Ana Silva", "reply", "Gladly")
    kith(*ADD, "--link", "https://northwind.example/7", "--deadline", "2027-02-05")
    said = kith("opening", "show", "risk").out
    assert "Deadline    2027-02-05 (31 days)" in said
    assert "Whom to ask: Ana Silva" in said
    assert "kith paths Northwind" in said
    assert "knows your work (former colleague), had a coffee chat with you" in words(said)
    assert '$ kith refer ask "Ana Silva" --role "Risk analyst" --company Northwind --link' in said
    assert "It says nothing of what anybody is worth." in words(said)
    assert "Ana Silva, stage intro: may be asked now; knows your work" in words(said)
    assert "Jordan Blake, stage met: can be asked from" in words(said)


def test_the_way_to_somebody_who_may_not_be_asked_yet_is_a_check(kith: Shell) -> None:
    kith(*ADD)
    said = kith("opening", "show", "risk").out
    assert '$ kith check "Ana Silva" referral --role "Risk analyst" --company Northwind' in said


def test_an_opening_on_record_tells_the_ask_what_it_is_about(earned: Callable[[str], Shell]) -> None:
    kith = earned("referral")
    kith("log", "Ana Silva", "reply", "Gladly")
    kith(*ADD, "--link", "https://northwind.example/7")
    words_of_it = ("--fit", "six years of risk models", "--how", "a word to the team", "--seen", "the migration")
    asked = ("refer", "ask", "Ana Silva", *words_of_it, "--comfort", "Would you be comfortable to vouch for me?")
    assert "could be any of" not in kith(*asked, "--opening", "no such", exits=5).err
    said = kith(*asked, "--opening", "risk").out
    assert "referral ask: Risk analyst at Northwind" in said
    assert "Ana Silva on" in kith("opening", "show", "risk").out


def test_asked_outcome_and_loop_come_to_the_opening(earned: Callable[[str], Shell]) -> None:
    kith = earned("referral")
    kith("log", "Ana Silva", "reply", "Gladly")
    kith(*ADD)
    kith("refer", "ask", "Ana Silva", *REFERRAL)
    assert "Ana Silva, waiting" in kith("opening", "list").out
    kith("refer", "given", "Ana Silva")
    kith("refer", "outcome", "Ana Silva", "interview")
    assert "interview (not told yet)" in kith("opening", "list").out
    closed = words(kith("opening", "close", "risk", "offer").out)
    assert 'kith refer outcome "Ana Silva" offer, then kith refer report "Ana Silva"' in closed
    assert kith("people", "--champions").out.startswith("No champions yet")
    kith("refer", "outcome", "Ana Silva", "offer")
    kith("refer", "report", "Ana Silva", "They took me!")
    assert "Asked       Ana Silva on 5 January 2027: given; outcome: offer, told" in kith("opening", "show", "risk").out
    champions = kith("people", "--champions").out
    assert "Risk analyst at Northwind" in champions
    assert "1 champion." in champions
    assert kith.json("people", "--champions")["people"][0]["champion"] == {
        "role": "Risk analyst", "company": "Northwind", "outcome": "offer",
    }  # fmt: skip


def test_where_nobody_works_there_other_spellings_are_looked_for(kith: Shell) -> None:
    kith("opening", "add", "--role", "Analyst", "--company", "Contoso Energy")
    said = words(kith("opening", "show", "contoso").out)
    assert "Nobody on record works at Contoso Energy. kith people Contoso looks for other spellings" in said
    kith("opening", "add", "--role", "Old", "--company", "Contoso Energy", "--deadline", "2026-11-01")
    assert "spellings" not in kith("opening", "show", "old").out


def test_keeps_its_json_shape(kith: Shell) -> None:
    added = kith.json(*ADD)
    assert {*added} == {"ok", "opening", "events"}
    assert added["events"][0]["what"] == "opening"
    assert {*added["opening"]} == {
        "id", "role", "company", "link", "deadline", "noted_at", "closed_at", "outcome", "asked",
    }  # fmt: skip
    assert kith.json("opening", "list")["openings"] == [added["opening"]]
    shown = kith.json("opening", "show", added["opening"]["id"])
    assert {*shown} == {"ok", "opening", "why", "chosen", "referrers", "more", "order"}
    assert {*shown["referrers"][0]} == {
        "person", "position", "stage", "seen", "may_be_asked", "missing", "earliest", "steps", "first_step",
        "not_possible",
    }  # fmt: skip


# Focus


def test_focus_is_added_listed_and_removed(kith: Shell) -> None:
    assert "Nobody is in your focus" in kith("focus", "list").out
    assert kith("focus", "add", "Ana Silva").out == "Ana Silva is in your focus: 1 person of 15.\n"
    assert kith("focus", "add", "Ana Silva").out == "Nothing new: that is on record already.\n"
    assert "1 person of at most 15." in kith("focus", "list").out
    told = kith.json("focus", "list")
    assert ([one["name"] for one in told["people"]], told["most"]) == (["Ana Silva"], 15)
    assert kith("focus", "remove", "Ana Silva").out == "Ana Silva is no longer in your focus: 0 people of 15.\n"


def test_a_full_focus_is_told_with_what_next(kith: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("policy") / "narrow.toml"
    file.write_text("focus_people = 1\n", encoding="utf-8")
    kith("policy", "adopt", str(file))
    assert "focus_people               1 (default: 15)" in kith("policy").out
    kith("focus", "add", "Ana Silva")
    said = kith("focus", "add", "Jordan Blake", exits=1)
    assert "kith focus remove WHO" in words(said.err)


def test_champions_are_not_told_by_stage(kith: Shell) -> None:
    assert "--stage" in kith("people", "--champions", "--stage", "intro", exits=2).err
