"""What the shipped policies find in the store, as a report in ids and numbers: no names, and nobody's words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kith.workflows.audits.compiling.problems import FaultyPolicies
from kith.workflows.audits.report import Audited, AuditReport, Severity
from kith.workflows.audits.reports import wording
from kith.workflows.audits.reports.grouping import counting, local
from kith.workflows.flows.reporting import Report, count, short, tell

TOLD = 20
"""Violations of one policy that the text lists; the table counts them all."""


def without_quotes(faulty: FaultyPolicies) -> str:
    """Where policies or waivers are wrong, without what: that may quote what somebody wrote."""
    places = ", ".join(f"{Path(problem.place.file).name}:{problem.place.line}" for problem in faulty.problems)
    return f"Policies or waivers are wrong ({places}); kith audit says how."


def policies_report(found: AuditReport) -> Report:
    """What a run returns of it."""
    return {
        "verdict": found.verdict.value,
        "headline": wording.headline(found),
        "errors": len(counting(found, Severity.ERROR)),
        "policies": [_row(audited) for audited in found.policies],
    }


def _row(audited: Audited) -> Report:
    return {
        "policy": audited.policy.id,
        "verdict": audited.verdict.value.upper(),
        "severity": audited.policy.severity.value,
        "put to the test": audited.judged,
        "broken": len(audited.violations),
        "waived": len(audited.violations) - len(audited.standing),
        "pending": audited.pending,
    }


def publish_policies(found: AuditReport, report: Report) -> None:
    """Publish it as artifacts: what was found in sentences, and a table of the policies."""
    lines = [report["headline"], "", f"{wording.looked_at(found)}.", *_violations(local(found))]
    tell("policies", "Policies", lines, report["policies"])


def _violations(found: AuditReport) -> Iterator[str]:
    for audited in found.policies:
        if not audited.standing:
            continue
        yield from ("", f"## {audited.policy.id} ({audited.policy.severity.value})", "")
        for violation in audited.standing[:TOLD]:
            whom = ", ".join(short(id_) for id_ in violation.relationships) or "the seeker"
            events = ", ".join(f"{event.name} {wording.short(event.id)}" for event in violation.events)
            yield f"- {violation.at:%Y-%m-%d}, {whom}: {violation.sentence} ({events})"
        if left := len(audited.standing) - TOLD:
            yield from (f"- {count(left, 'more', 'more')}: kith audit shows all.",) if left > 0 else ()
