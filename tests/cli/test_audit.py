"""``kith audit`` and ``kith policy new | check | steps``: policies of one's own, from the first to the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES
from kith.workflows.audits.vocabulary.names import NAMES
from kith.workflows.audits.vocabulary.steps import BEFORE, IN_EXAMPLES, THEN
from tests.cli.shell import Shell

POLICY = """Feature: What Mira keeps to

  Rule: Conversations come first

    @policy @id:chat-first @severity:{severity}
    Scenario: Nothing is given before a coffee chat
      Given every relationship
      When a gift happens
      Then a coffee chat must have happened before

    Scenario: a gift to somebody who was never met
      Given these events
        | at         | relationship | event       |
        | 2026-01-05 | ana          | gift        |
        | 2026-01-05 | ben          | coffee chat |
        | 2026-01-06 | ben          | gift        |
      Then only "ana" breaks the policy

  Rule: Referrals are thanked for

    @policy @id:thanks @severity:error
    Scenario: A referral is thanked for
      Given every relationship
      When a referral happens
      Then a thank-you must follow within 3 days
"""
WAIVER = """[[waiver]]
policy = "{policy}"
relationship = "{who}"
reason = "She asked for it"
who = "Kim, coach"
expires = {expires}
"""


@pytest.fixture
def given(earned: Callable[[str], Shell]) -> Shell:
    """A shell whose Ana was given something, without a coffee chat before."""
    return earned("chat")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two policies, one of which Ana's gift breaks."""
    return written(tmp_path / "policies" / "mine.feature", POLICY.format(severity="warning"))


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def ana(shell: Shell) -> str:
    (person,) = shell.json("people", "silva")["people"]
    return str(person["id"])


# The report


def test_a_violation_is_told_with_whom_when_and_where(given: Shell, file: Path) -> None:
    said = given("audit", str(file), exits=3)
    assert "1 policy was broken, once, in 1 relationship." in said.out
    assert f"{file}:6" in said.out
    assert "Ana Silva" in said.out
    assert "gift" in said.out
    assert "– NOT EXERCISED" in said.out
    assert "nothing that it is about ever happened" in " ".join(said.out.split())
    assert said.err == ""


def test_json_tells_the_same(given: Shell, file: Path) -> None:
    told = given.json("audit", str(file), exits=3)
    assert (told["ok"], told["verdict"], told["severity"], told["counting"]) == (False, "violated", "warning", 1)
    assert [(one["policy"], one["verdict"]) for one in told["policies"]] == [
        ("chat-first", "violated"), ("thanks", "not exercised")
    ]  # fmt: skip
    (violation,) = told["policies"][0]["violations"]
    assert violation["relationships"] == [{"id": ana(given), "name": "Ana Silva"}]
    assert violation["events"][0]["what"] == "gift"
    assert violation["events"][0]["id"].startswith(ana(given))


def test_all_well_is_exit_code_0(kith: Shell, file: Path) -> None:
    assert "No policy was put to the test" in kith("audit", str(file)).out


def test_what_weighs_less_than_asked_for_is_told_and_fails_nothing(given: Shell, file: Path) -> None:
    said = given("audit", str(file), "--severity", "error")
    assert "VIOLATED" in said.out
    assert "1 violation weighs less than --severity error" in said.out
    assert given.json("audit", str(file), "--severity", "error")["counting"] == 0
    assert "there are error, warning, info" in given("audit", str(file), "--severity", "hard", exits=2).err


def test_infos_fail_nothing_unless_asked_to(given: Shell, file: Path) -> None:
    written(file, POLICY.format(severity="info"))
    given("audit", str(file))
    given("audit", str(file), "--severity", "info", exits=3)


def test_without_a_path_the_policies_of_kith_are_judged_by(given: Shell) -> None:
    told = given.json("audit")
    assert "value-first" in {one["guard"] for one in told["policies"]}


def test_pseudonymous_means_no_names_anywhere(given: Shell, file: Path, tmp_path: Path) -> None:
    waiver = WAIVER.format(policy="chat-first", who=ana(given), expires="2027-01-01")
    written(file.parent / "waivers.toml", waiver)
    files = [tmp_path / name for name in ("r.xml", "r.sarif", "r.html")]
    reports = ["--junit", str(files[0]), "--sarif", str(files[1]), "--html", str(files[2])]
    said = given("audit", str(file), "--pseudonymous", *reports).out
    shown = [said, given("audit", str(file), "--pseudonymous", "--json").out, *(one.read_text() for one in files)]
    for text in shown:
        assert ana(given) in "".join(text.split())
        assert [word for word in ("Ana", "Silva", "Kim", "She asked") if word in text] == []


def test_reports_are_written_beside_the_table(given: Shell, file: Path, tmp_path: Path) -> None:
    junit, sarif, html = tmp_path / "a.xml", tmp_path / "a.sarif", tmp_path / "a.html"
    said = given("audit", str(file), "--junit", str(junit), "--sarif", str(sarif), "--html", str(html), exits=3)
    assert said.err.splitlines() == [f"Written: {one}" for one in (junit, sarif, html)]
    assert ET.fromstring(junit.read_text()).attrib["failures"] == "1"
    assert json.loads(sarif.read_text())["runs"][0]["results"][0]["ruleId"] == "chat-first"
    assert html.read_text().startswith("<!doctype html>")
    assert "VIOLATED" in said.out


def test_a_report_that_cannot_be_written_is_told(given: Shell, file: Path, tmp_path: Path) -> None:
    assert "no such file or directory" in given("audit", str(file), "--html", str(tmp_path / "no" / "a"), exits=1).err


def test_it_can_judge_as_of_an_earlier_day(given: Shell, file: Path) -> None:
    assert given.json("audit", str(file), "--as-of", "2026-11-01")["verdict"] == "not exercised"


def test_recorded_order_is_what_was_known_then(given: Shell, file: Path) -> None:
    given("chat", "hold", "Ana Silva", "--learned", "A lot", "--at", "2026-11-20")
    assert given.json("audit", str(file))["order"] == "happened"
    assert given.json("audit", str(file), "--as-recorded", exits=3)["order"] == "recorded"


def test_the_table_keeps_to_the_width(given: Shell, file: Path) -> None:
    said = given("audit", str(file), exits=3).out
    assert [line for line in said.splitlines() if len(line) > 80 and str(file) not in line] == []


def test_a_name_cannot_drive_the_terminal(given: Shell, file: Path) -> None:
    given("describe", "Ana Silva", "--name", "Ana \x1b[31mSilva")
    assert "\x1b" not in given("audit", str(file), exits=3).out


def test_several_seekers_are_judged_one_by_one_or_together(given: Shell, file: Path) -> None:
    given("init", "--another", "--name", "Noor Haddad", "--time-zone", "Europe/Lisbon")
    assert "--seeker" in given("audit", str(file), exits=1).err
    assert given.json("audit", str(file), "--seeker", "Noor Haddad")["verdict"] == "not exercised"
    assert given.json("audit", str(file), "--everyone", exits=3)["verdict"] == "violated"


# Policies that are wrong


def test_every_mistake_is_told_at_once_with_what_was_perhaps_meant(given: Shell, file: Path) -> None:
    text = POLICY.format(severity="heavy").replace("must have happened before", "must have hapened before")
    written(file, text.replace("When a referral happens", "When a refferal happens"))
    said = given("audit", str(file), exits=2).err.splitlines()
    assert [line.partition(": ")[0] for line in said[:-1]] == [f"{file}:{line}" for line in (5, 9, 24)]
    assert said[-1] == "kith policy steps lists every step, event and attribute."
    assert "must have happened before" in said[1]
    assert "referral" in said[2]
    problems = given.json("audit", str(file), exits=2)["error"]["problems"]
    assert [one["line"] for one in problems] == [5, 9, 24]
    assert problems[2]["hint"]


def test_an_example_that_turns_out_otherwise_stops_the_audit(given: Shell, file: Path) -> None:
    written(file, POLICY.format(severity="error").replace('only "ana"', 'only "ben"'))
    assert "mine.feature:17" in given("audit", str(file), exits=2).err
    assert "mine.feature:17" in given("policy", "check", str(file), exits=2).err


def test_a_file_that_is_missing_is_told(given: Shell, tmp_path: Path) -> None:
    assert "nowhere.feature" in given("audit", str(tmp_path / "nowhere.feature"), exits=2).err


# Waivers


def test_a_waiver_beside_the_policies_is_applied(given: Shell, file: Path) -> None:
    written(file.parent / "waivers.toml", WAIVER.format(policy="chat-first", who=ana(given), expires="2027-01-01"))
    said = given("audit", str(file)).out
    assert "Waived until 2027-01-01 by Kim, coach" in " ".join(said.split())
    waiver = given.json("audit", str(file.parent))["policies"][0]["violations"][0]["waiver"]
    assert (waiver["reason"], waiver["line"]) == ("She asked for it", 1)


def test_an_expired_waiver_stops_the_audit_together_with_what_else_is_wrong(
    given: Shell, file: Path, tmp_path: Path
) -> None:
    waivers = written(tmp_path / "w.toml", WAIVER.format(policy="chat-first", who=ana(given), expires="2026-11-22"))
    written(file, POLICY.format(severity="heavy"))
    said = given("audit", str(file), "--waivers", str(waivers), exits=2).err
    assert f"{waivers}:1: The waiver of chat-first" in said
    assert f"{file}:5" in said


def test_a_waiver_that_changes_nothing_is_told(given: Shell, file: Path) -> None:
    written(file.parent / "waivers.toml", WAIVER.format(policy="chat-frist", who=ana(given), expires="2027-01-01"))
    assert "has the id chat-frist" in " ".join(given("audit", str(file), exits=3).out.split())
    assert len(given.json("audit", str(file), exits=3)["idle_waivers"]) == 1


def test_waivers_that_were_named_must_be_there(given: Shell, file: Path, tmp_path: Path) -> None:
    assert "none.toml" in given("audit", str(file), "--waivers", str(tmp_path / "none.toml"), exits=2).err


# kith policy new, check, steps


def test_the_first_policy_of_ones_own_is_understood_and_can_be_put_to_the_log(shell: Shell, tmp_path: Path) -> None:
    first = tmp_path / "first.feature"
    said = shell("policy", "new", str(first)).out
    assert f"kith policy check {first}" in " ".join(said.split())
    assert shell.json("policy", "check", str(first))["policies"][0]["examples"] == ["thanking in time, and too late"]
    shell("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon")
    assert shell.json("audit", str(first))["verdict"] == "not exercised"


def test_the_commands_for_a_new_policy_are_quoted_as_the_shell_needs_them_and_its_name_is_one_of_a_policy(
    shell: Shell, tmp_path: Path
) -> None:
    said = shell("policy", "new", str(tmp_path / "my thing")).out
    written = tmp_path / "my thing.feature"
    assert f"kith policy check '{written}'\n" in said
    assert f"kith audit '{written}'\n" in said
    assert shell.json("policy", "new", str(tmp_path / "other.txt"))["file"] == str(tmp_path / "other.txt.feature")
    assert "1 policy understood" in shell("policy", "check", str(written)).out
    assert "stays as it is" in shell("policy", "new", str(tmp_path / "my thing"), exits=1).err


def test_what_is_there_already_is_not_written_over(shell: Shell, file: Path) -> None:
    assert "stays as it is" in shell("policy", "new", str(file), exits=1).err
    assert file.read_text(encoding="utf-8") == POLICY.format(severity="warning")


def test_policies_are_checked_without_a_store(shell: Shell, file: Path) -> None:
    said = shell("policy", "check", str(file.parent))
    assert "2 policies understood" in said.out
    assert not shell.home.exists()


def test_the_steps_are_listed_with_an_example_each_and_all_names(shell: Shell) -> None:
    told = shell.json("policy", "steps")
    assert len(told["steps"]) == len(BEFORE) + len(THEN) + len(IN_EXAMPLES)
    assert [one["event"] for one in told["events"]] == [name.words for name in NAMES]
    assert [one["attribute"] for one in told["attributes"]] == [one.name for one in ATTRIBUTES]
    assert all(one["example"] and one["meaning"] for one in told["steps"])
    text = " ".join(shell("policy", "steps").out.split())
    assert [step.example for step in THEN if step.example not in text] == []
    assert [name.words for name in NAMES if name.words not in text] == []


def test_the_steps_can_be_searched(shell: Shell) -> None:
    told = shell("policy", "steps", "referral").out
    assert "referral ask" in told
    assert "coffee chat  " not in told
    assert "Nothing in the vocabulary" in shell("policy", "steps", "xyzzy").out


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("example", "Given these events"),
        ("given these", "Given these events"),
        ("nobody breaks", "Then nobody breaks the policy"),
        ("only", 'Then only "{name}" breaks the policy'),
        ("given every", "Given every relationship"),
        ("must  follow", "Then {B} must follow"),
    ],
)
def test_the_steps_of_policies_and_of_their_examples_are_found_by_their_words(
    shell: Shell, words: str, step: str
) -> None:
    assert step in [one["step"] for one in shell.json("policy", "steps", words)["steps"]]


def test_a_word_finds_what_has_a_word_that_begins_with_it_and_the_events_that_it_means(shell: Shell) -> None:
    assert "gift" in [one["event"] for one in shell.json("policy", "steps", "give")["events"]]
    assert "coffee chat" in [one["event"] for one in shell.json("policy", "steps", "chats")["events"]]
    assert shell.json("policy", "steps", "table")["attributes"] == []
    assert [one["part"] for one in shell.json("policy", "steps", "weekdays")["parts"]] == ["days"]


def test_whoever_has_not_begun_is_told_how(shell: Shell) -> None:
    assert "kith init" in shell("audit", exits=5).err


@pytest.mark.parametrize("option", ["--html", "--junit", "--sarif"])
def test_a_report_takes_the_place_of_an_earlier_one_and_of_nothing_else(
    given: Shell, file: Path, tmp_path: Path, option: str
) -> None:
    report = tmp_path / "report"
    for _ in range(2):
        given("audit", str(file), option, str(report), exits=3)
    for taken in (file, next(given.home.glob("*.sqlite"))):
        with taken.open("ab") as there:
            there.write(b"\n" * 2_000 + report.read_bytes())  # what it says further below makes no report of it
        before = taken.read_bytes()
        assert "is there already" in given("audit", str(file), option, str(taken), exits=2).err
        assert taken.read_bytes() == before


def test_each_report_is_a_file_of_its_own(given: Shell, tmp_path: Path) -> None:
    one = str(tmp_path / "report.xml")
    assert "Each report is a file of its own" in given("audit", "--junit", one, "--sarif", one, exits=2).err


def test_what_happened_later_is_not_counted(given: Shell) -> None:
    assert "Looked at 0 events" in given("audit", "--as-of", "2019-01-01").out
