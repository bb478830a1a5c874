"""The report as JUnit XML, which every build server reads: a test suite for each feature, a test for each policy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from kith.workflows.audits.report import Audited, AuditReport, Severity, Verdict, Violation
from kith.workflows.audits.reports import wording
from kith.workflows.audits.reports.grouping import at_least
from kith.workflows.audits.reports.legible import legible


def junit(report: AuditReport, lowest: Severity = Severity.INFO) -> str:
    """Violations of severity ``lowest`` or heavier are failures; what was not put to the test is skipped."""
    suites = ET.Element("testsuites", name="kith audit")
    for _, policies in groupby(report.policies, key=lambda audited: audited.policy.feature):
        _suite(suites, report, list(policies), lowest)
    _count(suites)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _suite(suites: ET.Element, report: AuditReport, policies: Sequence[Audited], lowest: Severity) -> None:
    feature, stamp = policies[0].policy.feature, f"{report.as_of:%Y-%m-%dT%H:%M:%S}"
    suite = ET.SubElement(suites, "testsuite", name=legible(feature), timestamp=stamp)
    for audited in policies:
        _case(suite, report, audited, lowest)
    _count(suite)


def _count(suite: ET.Element) -> None:
    for name, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("skipped", ".//skipped")):
        suite.set(name, str(len(suite.findall(path))))
    suite.set("errors", "0")


def _case(suite: ET.Element, report: AuditReport, audited: Audited, lowest: Severity) -> None:
    policy = audited.policy
    case = ET.SubElement(
        suite, "testcase", classname=legible(policy.id), name=legible(policy.name),
        file=legible(policy.place.file), line=str(policy.place.line),
    )  # fmt: skip
    if audited.standing and at_least(policy.severity, lowest):
        failure = ET.SubElement(case, "failure", type=policy.severity.value, message=legible(wording.judged(audited)))
        failure.text = legible("\n".join(_told(report, violation) for violation in audited.standing))
    elif audited.verdict is not Verdict.PASS and not audited.standing:
        ET.SubElement(case, "skipped", message=legible(wording.explained(audited)))
    below = audited.standing if not at_least(policy.severity, lowest) else ()
    aside = [*(violation for violation in audited.violations if violation.waiver), *below]
    if aside:
        ET.SubElement(case, "system-out").text = legible("\n".join(_told(report, violation) for violation in aside))


def _told(report: AuditReport, violation: Violation) -> str:
    whom = wording.whom(report, violation)
    events = ", ".join(f"{event.name} {event.id}" for event in violation.events)
    told = f"{violation.at.isoformat()} {whom}: {violation.sentence} [{events}]"
    late = f" {wording.LATE}" if violation.learned_late else ""
    return f"{told}{late}{_waived(violation)}"


def _waived(violation: Violation) -> str:
    if (waiver := violation.waiver) is None:
        return ""
    return f" {wording.waived(waiver)} ({waiver.place})."
