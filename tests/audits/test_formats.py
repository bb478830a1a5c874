"""JSON, JUnit XML and SARIF: the shapes that programs rely on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kith.workflows.audits.report import AuditReport, Place, Severity, Verdict
from kith.workflows.audits.reports.junit import junit
from kith.workflows.audits.reports.sarif import sarif
from kith.workflows.audits.reports.shape import as_json
from tests.audits.reporting import ANA, BEN, HOSTILE, audited, event, mixed, policy, report, violation, waiver

EXPECTED = Path(__file__).parent / "expected"
HUNDREDS = report(audited(Verdict.VIOLATED, *(violation(ANA, event(ANA, n, days=n)) for n in range(700))))


def hostile() -> AuditReport:
    """A report in which everything that people write tries to be something else."""
    about = policy()._replace(name=HOSTILE, feature=HOSTILE, rule=HOSTILE, steps=(HOSTILE,), place=Place(HOSTILE, 3))
    excused = violation(BEN, waiver=waiver(BEN, reason=HOSTILE, by=HOSTILE))
    return report(audited(Verdict.VIOLATED, violation(), excused, about=about), people={ANA: HOSTILE, BEN: HOSTILE})


@pytest.mark.parametrize(("name", "write"), [("mixed.json", as_json), ("mixed.xml", junit), ("mixed.sarif", sarif)])
def test_the_report_is_written_as_it_always_was(name: str, write: Callable[[AuditReport], str]) -> None:
    """To write them anew: ``python -m tests.audits.test_formats``."""
    assert write(mixed()) == (EXPECTED / name).read_text(encoding="utf-8")


# JUnit


def test_every_policy_is_a_test_and_what_counts_is_a_failure() -> None:
    suites = ET.fromstring(junit(mixed(), Severity.ERROR))
    assert (suites.get("tests"), suites.get("failures"), suites.get("skipped")) == ("5", "1", "2")
    below = suites.find(".//testcase[@classname='thanks']/system-out")
    assert below is not None
    assert "Ana Silva" in (below.text or "")


def test_what_is_waived_altogether_is_skipped_and_still_told() -> None:
    case = ET.fromstring(junit(report(audited(Verdict.VIOLATED, violation(waiver=waiver()))))).find(".//testcase")
    assert case is not None
    assert [child.tag for child in case] == ["skipped", "system-out"]
    assert (case[0].get("message") or "").startswith("VIOLATED, ALL WAIVED")


def test_every_violation_is_a_line_of_the_failure() -> None:
    failure = ET.fromstring(junit(HUNDREDS)).find(".//failure")
    assert failure is not None
    assert len((failure.text or "").splitlines()) == 700


def test_hostile_names_leave_the_xml_whole() -> None:
    case = ET.fromstring(junit(hostile())).find(".//testcase")
    assert case is not None
    assert case.get("name") == HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert [child.tag for child in case] == ["failure", "system-out"]


def test_an_audit_without_policies_is_an_empty_list_of_tests() -> None:
    assert ET.fromstring(junit(report())).attrib["tests"] == "0"


# SARIF


def run_of(told: AuditReport) -> Any:
    log = json.loads(sarif(told))
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run


def test_every_policy_is_a_rule_with_its_level() -> None:
    rules = run_of(mixed())["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in rules] == [
        ("value-first", "error"), ("thanks", "warning"), ("outcome", "warning"), ("nudges", "note"),
        ("cold-ask", "error"),
    ]  # fmt: skip


def test_every_result_points_to_its_rule_and_to_the_line_of_the_policy() -> None:
    run = run_of(mixed())
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "features/policies/asking.feature"
        assert place["region"]["startLine"] in (5, 20, 30, 40, 50)


def test_a_violation_names_its_relationship_and_its_events() -> None:
    first = run_of(mixed())["results"][0]
    assert (first["kind"], first["level"]) == ("fail", "error")
    assert first["locations"][0]["logicalLocations"] == [
        {"name": "Ana Silva", "fullyQualifiedName": f"relationship/{ANA}", "kind": "relationship"}
    ]
    assert [one["id"] for one in first["properties"]["events"]] == [f"{ANA}.7", f"{ANA}.2"]


def test_a_waiver_is_a_suppression() -> None:
    suppressed = [result["suppressions"] for result in run_of(mixed())["results"] if result.get("suppressions")]
    assert [[one["justification"] for one in each] for each in suppressed] == [
        ["Agreed by phone (Coach Kim), until 2026-12-31"]
    ]


def test_verdicts_without_a_violation_keep_their_kind() -> None:
    kinds = [(one["ruleId"], one["kind"], one["level"]) for one in run_of(mixed())["results"] if one["kind"] != "fail"]
    assert kinds == [
        ("outcome", "open", "none"), ("nudges", "notApplicable", "none"), ("cold-ask", "pass", "none")
    ]  # fmt: skip


def test_fingerprints_know_a_finding_again_and_tell_it_from_others() -> None:
    prints = [one["partialFingerprints"]["violation/v1"] for one in run_of(HUNDREDS)["results"]]
    assert len(set(prints)) == 700
    assert prints == [one["partialFingerprints"]["violation/v1"] for one in run_of(HUNDREDS)["results"]]


def test_paths_become_uris() -> None:
    about = policy()._replace(place=Place("/my policies/ask %.feature", 0))
    place = run_of(report(audited(Verdict.PASS, about=about)))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "file:///my%20policies/ask%20%25.feature"}, "region": {"startLine": 1}
    }  # fmt: skip


def test_unreadable_rows_are_told() -> None:
    (invocation,) = run_of(report(corrupt=(f"{ANA}.3",)))["invocations"]
    assert [one["message"]["text"] for one in invocation["toolExecutionNotifications"]] == [
        f"Event {ANA}.3 can't be read and was left out."
    ]


# JSON


def test_hostile_names_come_back_from_json_as_they_are() -> None:
    told = json.loads(as_json(hostile()))["policies"][0]
    assert told["name"] == HOSTILE
    assert [one["relationships"][0]["name"] for one in told["violations"]] == [HOSTILE, HOSTILE]


def write_expected() -> None:
    """Write the files that the formats are compared with."""
    EXPECTED.mkdir(exist_ok=True)
    for name, write in (("mixed.json", as_json), ("mixed.xml", junit), ("mixed.sarif", sarif)):
        (EXPECTED / name).write_text(write(mixed()), encoding="utf-8")


if __name__ == "__main__":
    write_expected()
