"""What another policy would have said: the verdict, why, by guard and by person; and what can be typed wrongly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import QUESTIONS, REFERRAL, Shell


@pytest.fixture
def asked(earned: Callable[[str], Shell]) -> Shell:
    """A shell where Ana was asked for a coffee chat and an introduction, and a referral of Jordan was held back."""
    kith = earned("referral")
    kith("refer", "ask", "Jordan Blake", *REFERRAL, exits=3)
    return kith


@pytest.fixture
def strict(tmp_path: Path) -> str:
    """A policy under which two gifts come before the first ask."""
    path = tmp_path / "strict.toml"
    path.write_text("gifts_before_ask = 2\n", encoding="utf-8")
    return str(path)


def test_says_what_would_have_been_refused_and_why(asked: Shell, strict: str) -> None:
    said = asked("what-if", strict).out
    assert "2 of 3 past asks would have ended otherwise." in " ".join(said.split())
    assert "Would have been refused: 2 of 2 asks made" in said
    assert "2026-11-23  Ana Silva · chat" in said
    assert "value-first: You have given Ana Silva 1 gift so far. Missing: 1 gift." in " ".join(said.split())
    assert "Unchanged: 0 made, 1 held back." in said
    assert f"$ kith policy adopt {strict}" in said


def test_json_has_sums_by_guard_and_by_person(asked: Shell, strict: str) -> None:
    said = asked.json("what-if", strict)
    assert (said["asks"], said["made"], said["held_back"], said["unchanged"]) == (3, 2, 1, 1)
    assert said["policy"]["preset"] is None
    assert said["policy"]["hash"] != said["in_force"]
    assert [(ask["kind"], ask["person"]["name"]) for ask in said["would_be_refused"]] == [
        ("chat", "Ana Silva"), ("introduction", "Ana Silva")
    ]  # fmt: skip
    assert {f["guard"] for ask in said["would_be_refused"] for f in ask["findings"]} == {"value-first"}
    assert said["by_guard"] == [{"guard": "value-first", "refused": 2, "allowed": 0}]
    [person] = said["by_person"]
    assert (person["name"], person["refused"], person["allowed"]) == ("Ana Silva", 2, 0)


def test_pseudonymous_tells_ids_and_guards_alone(asked: Shell, strict: str) -> None:
    for options in ([], ["--json"]):
        said = asked("what-if", strict, "--pseudonymous", *options).out
        assert "value-first" in said
        assert "Ana" not in said
        assert "Silva" not in said


def test_says_what_would_have_been_allowed(kith: Shell, tmp_path: Path) -> None:
    (tmp_path / "loose.toml").write_text("chat_minutes_max = 90\n", encoding="utf-8")
    kith("log", "Ana Silva", "reply", "Hello")
    kith("give", "Ana Silva", "article", "https://example.org", "--because", "she writes about it")
    questions = [part for text in QUESTIONS for part in ("--question", text)]
    kith("chat", "propose", "Ana Silva", "--minutes", "60", *questions, exits=3)
    said = kith("what-if", str(tmp_path / "loose.toml")).out
    assert "Would have been allowed: 1 of 1 held back" in said
    assert "was held back by chat-length" in said


def test_the_policy_in_force_changes_nothing(asked: Shell) -> None:
    said = asked("what-if", "default").out
    assert "which you go by now: none of 3 past asks would have ended otherwise." in " ".join(said.split())
    assert "Unchanged: 2 made, 1 held back." in said
    assert "adopt" not in said


def test_a_long_list_is_cut_and_can_be_had_whole(asked: Shell, strict: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.workflows.cli.what_if.SHOWN", 1)
    assert "+1 more; --all shows them" in asked("what-if", strict).out
    assert "more; --all" not in asked("what-if", strict, "--all").out


def test_nothing_was_asked_yet(kith: Shell) -> None:
    said = kith("what-if", "careful").out
    assert "none of 0 past asks" in said
    assert "asked nobody for anything yet" in said


def test_nobody_has_begun(shell: Shell) -> None:
    assert "kith init" in shell("what-if", "careful", exits=5).err


def test_a_policy_that_is_not_there_is_told(kith: Shell) -> None:
    assert "the presets are default, careful, brisk" in kith("what-if", "nope", exits=2).err
    said = kith("what-if", "missing.toml", exits=2).err
    assert said == "There is no file missing.toml. A preset can be named too: default, careful, brisk.\n"
    assert kith.json("what-if", "missing.toml", exits=2)["error"]["code"] == "usage"


@pytest.mark.parametrize("typed", ["Careful", "carefull", "CAREFUL"])
def test_a_preset_that_is_near_is_offered(kith: Shell, typed: str) -> None:
    for command in (("what-if",), ("policy", "adopt")):
        assert kith(*command, typed, exits=2).err.endswith(" Did you mean careful?\n")
    assert "Did you mean" not in kith("what-if", "nope", exits=2).err


def test_help_shows_what_a_policy_looks_like_and_where_its_settings_are_listed(shell: Shell) -> None:
    said = " ".join(shell("what-if", "--help").out.split())
    assert "gifts_before_ask = 2" in said
    assert "kith policy lists the settings" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\ngifts = ", "mine.toml:2: That is no TOML: "),
        ("gifts_before_asks = 2", "gifts_before_asks: there is no such setting. Did you mean gifts_before_ask?"),
        ("zebra = 2", "zebra: there is no such setting."),
        ("gifts_before_ask = -1", "gifts_before_ask: at least 0 is wanted, such as 1; not -1."),
        ('gifts_before_ask = "two"', 'gifts_before_ask: a whole number is wanted, such as 1; not "two".'),
        ('preset = "harsh"', 'preset: default, careful or brisk is wanted; not "harsh".'),
        ("[policy]\nnudges = 1", "the settings stand at the top of the file, without a section."),
    ],
)
def test_a_policy_that_can_not_be_read_is_told_with_its_place(
    kith: Shell, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    said = kith("what-if", str(tmp_path / "mine.toml"), exits=2).err
    assert said.startswith("mine.toml")
    assert told in " ".join(said.split())


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "# f\xfcr Ana\nnudges = 1\n".encode("latin-1")])
def test_a_file_that_is_not_utf_8_is_named(kith: Shell, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    said = kith("what-if", str(tmp_path / "mine.toml"), exits=2).err
    assert said == "mine.toml is not written in UTF-8; save it as UTF-8.\n"
