"""Who knows whom, and the ways to companies and people, as they are typed and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.shell import Shell

Walk = Callable[[str], Shell]


def test_a_way_is_told_with_its_parts_and_whom_to_ask_now(earned: Walk) -> None:
    kith = earned("introduction")
    kith("meet", "Ben Cho", "--company", "Globex")
    kith("tie", "Ana Silva", "Ben Cho", "--how", "same team", "--since", "2019")
    told = kith("paths", "globex gmbh").out
    assert told.startswith("Ways to Globex, where 1 of your people works:\n")
    assert " 1. Ana Silva → Ben Cho (Globex), strength 0.75\n" in told
    assert 'You may ask Ana Silva for an introduction now:\n      kith intro ask "Ana Silva" --to "Ben Cho"' in told
    assert "    tie              1.00  Ana Silva and Ben Cho: you noted that they know each\n" in told
    assert "other since 2019 (same team)." in told


def test_what_is_missing_is_told_with_the_first_step(kith: Shell) -> None:
    told = kith("paths", "Northwind").out
    assert "Not yet for a chat:" in told
    assert "steps lead there, at the earliest on" in told
    assert 'kith log "Ana Silva" message "…"' in told


def test_the_ways_are_there_for_programs(kith: Shell) -> None:
    kith("tie", "Ana Silva", "Jordan Blake")
    found = kith.json("paths", "Jordan Blake", "--limit", "1")
    assert (found["to"]["kind"], found["to"]["name"], found["to"]["company"]) == (
        "person", "Jordan Blake", "Northwind",
    )  # fmt: skip
    [path] = found["paths"]
    assert [one["name"] for one in path["people"]] == ["Jordan Blake"]
    assert [part["name"] for part in path["parts"]] == ["stage", "goodwill", "two-way recency"]
    assert (path["ask"]["allowed"], path["ask"]["kind"], path["ties"]) == (False, "chat", [])
    assert path["ask"]["plan"]["steps"]


@pytest.mark.parametrize(
    ("to", "code", "told"),
    [
        ("Mira Okafor", 2, "That is you"),
        ("", 2, "Say to which company"),
        ("Initech", 5, "Nobody on record works or worked at 'Initech'"),
        ("Nortwind", 5, "Did you mean Northwind?"),
        ("Jordan Blke", 5, "Did you mean Jordan Blake?"),
        ("freelance", 5, "nobody is called that"),
    ],
)
def test_awkward_targets_are_answered_in_a_sentence(kith: Shell, to: str, code: int, told: str) -> None:
    assert told in kith("paths", to, exits=code).err


def test_two_of_a_name_are_both_offered(kith: Shell) -> None:
    kith("meet", "Jordan Blake", "--company", "Globex")
    assert kith("paths", "Jordan Blake", exits=5).err.count("Jordan Blake, ") == 2


def test_a_person_called_like_a_company_is_told_of(kith: Shell) -> None:
    kith("meet", "Northwind")
    assert "Taken as a company; 1 person is called so: kith paths " in kith("paths", "Northwind").err


def test_somebody_who_is_not_on_record_is_named_with_a_company(kith: Shell) -> None:
    told = kith("paths", "Jane Doe", "--company", "Northwind").out
    assert told.startswith("Ways to Jane Doe of Northwind, who is not on record. There 2 of your people\nwork:\n")
    assert "Ana Silva → Jane Doe, strength 0.05" in told


def test_ties_are_listed_with_the_id_that_takes_them_back(kith: Shell) -> None:
    assert "It is not on record whom Ana Silva knows." in kith("ties", "Ana Silva").out
    said = kith("tie", "Ana Silva", "Jordan Blake", "--how", "same choir").out
    assert said.startswith("Ana Silva · knows Jordan Blake · same choir [")
    assert kith("tie", "Jordan Blake", "Ana Silva").out == "Nothing new: that is on record already.\n"
    listed = kith("ties", "Jordan Blake").out
    id_ = said.rpartition("[")[2].strip("]\n")
    assert f"Ana Silva, Northwind: you noted that they know each other (same choir) [{id_}]" in " ".join(listed.split())
    kith("undo", id_, "--because", "it was another Ana")
    assert kith.json("ties", "Jordan Blake")["ties"] == []


def test_a_tie_for_programs(kith: Shell) -> None:
    written = kith.json("tie", "Ana Silva", "Jordan Blake", "--since", "2019-05")
    assert (written["other"]["name"], [event["what"] for event in written["events"]]) == ("Jordan Blake", ["tie"])
    [tie] = kith.json("ties", "Jordan Blake")["ties"]
    assert (tie["kind"], tie["since"], tie["person"]["name"]) == ("noted", "2019-05-01", "Ana Silva")
    assert tie["event"] == written["events"][0]["id"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("tie", "Ana Silva", "Ana Silva"), "Everybody knows themselves"),
        (("tie", "Ana Silva", "Jordan Blake", "--since", "2031"), "not happened yet"),
        (("describe", "Ana Silva", "--worked-at", "Acme 2019-2015"), "Nobody leaves before they come"),
        (("describe", "Ana Silva", "--worked-at", " "), "place"),
    ],
)
def test_what_makes_no_sense_is_refused(kith: Shell, typed: tuple[str, ...], told: str) -> None:
    assert told in kith(*typed, exits=2).err


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme 2015-2019", "worked at Acme 2015 to 2019"),
        ("Acme (2015 – 2019)", "worked at Acme 2015 to 2019"),
        ("Acme Inc., since 2020", "worked at Acme Inc. since 2020"),
        ("Acme until 2019", "worked at Acme until 2019"),
        ("Studio 2000", "worked at Studio 2000"),
    ],
)
def test_years_stand_after_a_place(kith: Shell, text: str, shown: str) -> None:
    assert f"Ana Silva · background: {shown} [" in " ".join(
        kith("describe", "Ana Silva", "--worked-at", text).out.split()
    )


def test_a_shared_past_makes_a_way(kith: Shell) -> None:
    kith("describe", "Ana Silva", "--worked-at", "Globex 2015-2019", "--studied-at", "Porto")
    assert "Ana Silva worked at Globex 2015 to 2019 and may know people there." in " ".join(
        kith("paths", "Globex").out.split()
    )
    assert "Nothing new" in kith("describe", "Ana Silva", "--worked-at", "GLOBEX 2015-2019").out
