"""Holds every error to one plain sentence, an exit code, and never a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kith.workflows.bootstrap import Kith
from kith.workflows.cli import board, failing
from tests.cli.shell import SAMPLE, Shell

COMMAND = [sys.executable, "-c", "import sys; from kith.workflows.cli.main import main; sys.exit(main())"]


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (["nope"], 2, "No such command 'nope'"),
        (["tody"], 2, "Did you mean"),
        (["today", "--nope"], 2, "No such option"),
        (["log", "Ana Silva"], 2, "Missing argument"),
        (["log", "Ana Silva", "juggle"], 2, "there are message, reply, call, meeting, reaction"),
        (["log", "Ana Silva", "reply", "x", "--at", "2031-01-01"], 2, "has not happened yet"),
        (["log", "Ana Silva", "reply", "x", "--at", "someday"], 2, "is no time I can read"),
        (["meet", "  "], 2, "name"),
        (["meet", "Ben", "--email", "nowhere"], 2, "is no e-mail address"),
        (["meet", "Ben", "--origin", "mars"], 2, "there are former-colleague"),
        (["meet", "x" * 501], 2, "name: it has more than 500 characters"),
        (["note", "Ana Silva", "x" * 20_001], 2, "text: it has more than 20,000 characters"),
        (["note", "Ana Silva", ""], 2, "text: there is nothing in it"),
        (["chat", "hold", "Ana Silva", "--promised", " "], 2, "Say what you promised"),
        (["chat", "reschedule", "Ana Silva", "--when", "yesterday"], 2, "kith chat hold"),
        (["describe", "Ana Silva"], 2, "Say what to change"),
        (["give", "Ana Silva", "article", "x"], 2, "--because"),
        (["tier", "Ana Silva", "9"], 2, "1 (closest)"),
        (["snooze", "Ana Silva", "yesterday"], 2, "ends in the future"),
        (["chat", "prepare", "Ana Silva", "--question", "What?"], 2, "work (current work)"),
        (["chat", "agree", "Ana Silva"], 1, "No chat ask to Ana Silva waits"),
        (["refer", "report", "Ana Silva"], 1, "no referral on record; kith refer given records one"),
        (["show"], 2, "Say whom to show"),
        (["show", "\x1b[31mZoe"], 5, "kith people"),
        (["people", "--limit", "0"], 2, "limit"),
        (["chat", "thank", "Ana Silva"], 1, "on record to thank for; kith chat hold records one"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(kith: Shell, typed: list[str], code: int, told: str) -> None:
    said = kith(*typed, exits=code)
    assert told in said.err
    assert said.out == ""
    assert "\x1b" not in said.err
    as_json = kith(*typed, "--json", exits=code)
    assert as_json.err == ""
    assert as_json.json["ok"] is False
    assert {*as_json.json["error"]} - {"candidates"} == {"code", "message"}


def test_an_option_without_its_value_points_to_the_help_of_its_command(kith: Shell) -> None:
    said = kith("intro", "ask", "Ana Silva", "--to", exits=2).err
    assert "kith intro ask --help" in said.replace("\n", " ")


def test_an_option_where_a_value_should_be_is_no_value(kith: Shell) -> None:
    said = kith("chat", "propose", "Ana Silva", "--text", "--json", exits=2)
    assert "requires an argument" in said.out + said.err
    assert [e["what"] for e in kith.json("show", "Ana Silva")["timeline"]] == ["met"]


def test_a_group_without_a_command_shows_its_help(kith: Shell) -> None:
    for typed in ([], ["chat"], ["intro"], ["refer"]):
        said = kith(*typed, exits=2)
        assert "Usage: kith" in said.out + said.err


def test_bytes_that_are_no_text_are_told(kith: Shell) -> None:
    kith("show", "\udcff", exits=2)
    kith("meet", "\udcff", exits=2)


def test_an_environment_that_makes_no_sense_is_told(kith: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_NOW", "soon")
    for command in (["today"], ["show", "Ana Silva"]):
        assert "KITH_NOW" in kith(*command, exits=2).err
    kith.at("2026-11-23T09:00:00+00:00")
    monkeypatch.setenv("KITH_STORE", "postgresql://nowhere/kith")
    kith("today", exits=1)


def test_a_folder_where_a_file_should_be_is_told(kith: Shell, tmp_path: Path) -> None:
    for command in ("today", "profile"):
        assert "opened" in kith("--store", str(tmp_path), command, exits=1).err
    assert "directory" in kith("note", "Ana Silva", f"@{tmp_path}", exits=1).err


def test_a_damaged_store_is_told(kith: Shell) -> None:
    store = kith.home / "kith.sqlite"
    content = bytearray(store.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    store.write_bytes(content)
    for command in (["today"], ["people"], ["show", "Ana Silva"], ["doctor"]):
        assert kith(*command, exits=1).err.count("\n") == 1


def test_a_store_that_is_locked_is_told(kith: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.workflows.stores.sqlite_file.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(kith.home / "kith.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Try again" in kith("log", "Ana Silva", "call", exits=1).err
    kith("today")
    other.close()


def test_a_bug_is_told_as_one_and_shown_if_asked(kith: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(board, "axis", broken)
    assert "inside Kith (ZeroDivisionError: oops)" in kith("board", exits=1).err
    monkeypatch.setenv("KITH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        kith("board")


def test_an_interrupt_is_no_error_of_ours(kith: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(board, "axis", interrupted)
    assert kith("board", exits=130).err.startswith("Stopped.")


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    shell("init", "--name", "Mira Okafor, PhD")
    shell("import", str(SAMPLE))
    with subprocess.Popen([*COMMAND, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_output_that_cannot_be_encoded_is_still_written(kith: Shell) -> None:
    kith("meet", "Zoë 🙂")
    done = subprocess.run(
        [*COMMAND, "people"], capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Zo? ?" in done.stdout


def test_names_can_not_drive_the_terminal(kith: Shell) -> None:
    kith("meet", "Evil\x1b]0;owned\x07\u202eBob", "--company", "x\x9b31m")
    for command in (["people"], ["board"], ["show", "Evil"], ["today"]):
        said = kith(*command).out
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(said)


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_bold_is_only_for_terminals_that_want_it(
    kith: Shell, monkeypatch: pytest.MonkeyPatch, plain: dict[str, str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[1m" in kith("board").out
    for name, value in plain.items():
        monkeypatch.setenv(name, value)
    assert "\x1b" not in kith("board").out


def test_every_error_of_the_engine_has_an_exit_code() -> None:
    from kith.domain.errors import KithError  # noqa: PLC0415 - only here

    def below(kind: type[Exception]) -> list[type[Exception]]:
        return [kind, *(deeper for one in kind.__subclasses__() for deeper in below(one))]

    assert Kith.__mro__  # the engine's errors are loaded with it
    for kind in below(KithError):
        assert any(base.__name__ in failing.EXITS for base in kind.__mro__)
    assert {code for code, _ in failing.EXITS.values()} == {1, 2, 3, 4, 5, 130}


def test_a_word_that_is_a_command_too_takes_no_option_as_a_value(kith: Shell) -> None:
    assert "requires an argument" in kith("policy", "--store", "--json", exits=2).out


def test_a_mistyped_word_is_offered_once(kith: Shell) -> None:
    assert kith("refer", "giv", exits=2).err.count("given") == 1
