"""Several seekers in one store at the command line: each is put on record, listed, and served when named."""

from __future__ import annotations

from datetime import date

import pytest

from kith.workflows import Kith
from kith.workflows.errors import SeveralSeekers
from tests.cli.shell import Shell

HOW = SeveralSeekers.__doc__ or ""


@pytest.fixture
def shared(kith: Shell) -> Shell:
    """A store that Mira, who knows Ana and Jordan, shares with Robin, who knows nobody."""
    kith("init", "--another", "--name", "Robin Hale", "--time-zone", "Europe/Berlin")
    return kith


def ids(shell: Shell) -> dict[str, str]:
    """The ids of the seekers by name."""
    return {one["name"]: one["id"] for one in shell.json("seekers")["seekers"]}


def test_a_store_is_only_shared_by_somebody_who_says_so(kith: Shell) -> None:
    assert "is registered here already" in kith("init", "--name", "Robin Hale").out
    assert list(ids(kith)) == ["Mira Okafor"]
    assert "export KITH_SEEKER=" in kith("init", "--another", "--name", "Robin Hale").out
    assert list(ids(kith)) == ["Mira Okafor", "Robin Hale"]


def test_the_first_seeker_may_be_another_too(shell: Shell) -> None:
    said = shell.json("init", "--another", "--name", "Mira Okafor")
    assert (said["registered"], ids(shell)) == (True, {"Mira Okafor": said["profile"]["id"]})


def test_a_seeker_is_put_on_record_once(shared: Shell) -> None:
    again = shared.json("init", "--another", "--name", "Robin Hale")
    assert (again["registered"], again["profile"]["id"]) == (False, ids(shared)["Robin Hale"])
    assert shared.json("init", "--another", "--name", "Robin Hale", "--command-id", "second")["registered"]
    assert not shared.json("init", "--another", "--name", "Robin Hale", "--command-id", "second")["registered"]


@pytest.mark.parametrize("command", [["today"], ["people"], ["board"], ["profile"], ["meet", "Tom Reed"], ["export"]])
def test_who_does_not_say_whose_is_told_how(shared: Shell, command: list[str]) -> None:
    assert shared(*command, exits=1).err.split() == HOW.split()


def test_programs_are_told_the_same(shared: Shell) -> None:
    assert shared.json("today", exits=1)["error"] == {"code": "not_applicable", "message": HOW}


def test_a_seeker_is_named_by_an_option_or_the_environment(shared: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    mira = ids(shared)["Mira Okafor"]
    for who in (mira, mira.replace("-", ""), mira[:13], "Mira Okafor"):
        assert [one["name"] for one in shared.json("people", "--seeker", who)["people"]] == [
            "Ana Silva",
            "Jordan Blake",
        ]
    monkeypatch.setenv("KITH_SEEKER", "Robin Hale")
    assert shared.json("people")["people"] == []
    shared("meet", "Tom Reed")
    assert [one["name"] for one in shared.json("people")["people"]] == ["Tom Reed"]
    assert shared.json("--seeker", "Mira Okafor", "profile")["profile"]["id"] == mira


def test_an_unknown_seeker_and_two_of_one_name_are_told(shared: Shell) -> None:
    assert "There is no seeker 'Nobody'" in shared("today", "--seeker", "Nobody", exits=5).err
    assert "There is no seeker 'Nobody'" in shared("profile", "--seeker", "Nobody", exits=5).err
    shared("init", "--another", "--name", "Robin Hale", "--command-id", "second")
    told = shared.json("people", "--seeker", "Robin Hale", exits=5)["error"]
    assert (told["code"], len(told["candidates"])) == ("ambiguous", 2)


def test_what_is_exported_is_the_seekers_own(shared: Shell) -> None:
    shared("--seeker", "Robin Hale", "meet", "Tom Reed")
    robins = shared("--seeker", "Robin Hale", "export").out
    assert "Tom Reed" in robins
    assert [name for name in ("Mira", "Ana Silva") if name in robins] == []
    assert "Tom Reed" not in shared("--seeker", "Mira Okafor", "export").out


def test_a_digest_that_was_perhaps_not_sent_is_shown_and_settled(shared: Shell) -> None:
    mira = ids(shared)["Mira Okafor"]
    with Kith.open(shared.home / "kith.sqlite") as kith:
        for one in kith.seekers():
            kith.serving(one.id).claim_digest(date(2026, 11, 23))
    assert f"kith digest sent 2026-11-23 --seeker {mira}" in " ".join(shared("doctor", exits=1).out.split())
    assert "Hello Mira Okafor" in shared("digest", "show", "2026-11-23", "--seeker", mira).out
    assert "counts as sent" in shared("digest", "sent", "2026-11-23", "--seeker", mira).out
    assert "Nothing new" in shared("digest", "sent", "2026-11-23", "--seeker", mira).out
    problems = shared.json("doctor", exits=1)["problems"]
    assert [mira in problem for problem in problems] == [False]


def test_only_a_digest_that_was_begun_is_settled(kith: Shell) -> None:
    assert "Nobody claimed the digest" in kith("digest", "sent", "2026-11-23", exits=1).err
    assert "2026-11-23" in kith("digest", "sent", "yesterday", exits=2).err
