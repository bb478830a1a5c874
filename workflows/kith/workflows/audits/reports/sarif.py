"""The report as SARIF 2.1.0, the OASIS format of findings that code hosts and editors show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from kith.workflows.audits.report import (
    Audited,
    AuditReport,
    Involved,
    Place,
    Policy,
    Severity,
    Verdict,
    Violation,
    Waiver,
)
from kith.workflows.audits.reports import wording

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Verdict.PASS: "pass", Verdict.PENDING: "open", Verdict.NOT_EXERCISED: "notApplicable"}
"""What SARIF calls a rule that found no violation."""

Json = dict[str, Any]


def sarif(report: AuditReport) -> str:
    """A log of one run: the policies are its rules, the violations its results, waivers suppress them."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: AuditReport) -> Json:
    return {
        "tool": {"driver": {"name": "kith", "rules": [_rule(audited.policy) for audited in report.policies]}},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "asOf": report.as_of.isoformat(), "order": report.order.value, "events": report.events,
            "relationships": report.relationships, "verdict": report.verdict.value,
        },
        "results": [
            result for index, audited in enumerate(report.policies) for result in _results(report, index, audited)
        ],
    }  # fmt: skip


def _invocation(report: AuditReport) -> Json:
    unread = [
        {"level": "warning", "message": _message(f"Event {id_} can't be read and was left out.")}
        for id_ in report.corrupt
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": unread}


def _rule(policy: Policy) -> Json:
    return {
        "id": policy.id,
        "shortDescription": _message(policy.name),
        "fullDescription": _message("\n".join([f"{policy.feature}: {policy.rule}", *policy.steps])),
        "defaultConfiguration": {"level": LEVELS[policy.severity]},
        "properties": {"feature": policy.feature, "rule": policy.rule, "guard": policy.guard},
    }


def _results(report: AuditReport, index: int, audited: Audited) -> Iterator[Json]:
    policy = audited.policy
    for violation in audited.violations:
        yield {"ruleId": policy.id, "ruleIndex": index, **_violation(report, policy, violation)}
    if audited.verdict is not Verdict.VIOLATED:
        yield {
            "ruleId": policy.id, "ruleIndex": index, "kind": KINDS[audited.verdict], "level": "none",
            "message": _message(wording.explained(audited)),
            "locations": [{"physicalLocation": _physical(policy.place)}],
        }  # fmt: skip


def _violation(report: AuditReport, policy: Policy, violation: Violation) -> Json:
    suppressions = [] if violation.waiver is None else [_suppression(violation.waiver)]
    return {
        "kind": "fail",
        "level": LEVELS[policy.severity],
        "message": _message(f"{wording.whom(report, violation)}: {violation.sentence}"),
        "locations": [
            {"physicalLocation": _physical(policy.place), "logicalLocations": _logical(report, violation)}
        ],
        "partialFingerprints": {"violation/v1": _fingerprint(violation)},
        "suppressions": suppressions,
        "properties": {
            "at": violation.at.isoformat(), "learnedLate": violation.learned_late,
            "events": [_event(event) for event in violation.events],
        },
    }  # fmt: skip


def _logical(report: AuditReport, violation: Violation) -> list[Json]:
    return [
        {"name": _name(report, id_), "fullyQualifiedName": f"relationship/{id_}", "kind": "relationship"}
        for id_ in violation.relationships
    ]


def _name(report: AuditReport, id_: UUID) -> str:
    return report.people.get(id_) or str(id_)


def _event(event: Involved) -> Json:
    return {
        "id": event.id, "what": event.name, "at": event.at.isoformat(), "recordedAt": event.recorded_at.isoformat(),
        "relationship": None if event.relationship is None else str(event.relationship),
    }  # fmt: skip


def _suppression(waiver: Waiver) -> Json:
    words = f"{waiver.reason} ({waiver.who})" if waiver.who else "Waived"
    return {
        "kind": "external",
        "status": "accepted",
        "justification": f"{words}, until {waiver.expires}",
        "location": {"physicalLocation": _physical(waiver.place)},
    }


def _fingerprint(violation: Violation) -> str:
    """The same for the same breach in every run: by it, viewers know an old finding from a new one."""
    told = "\n".join([violation.policy, *map(str, violation.relationships), *(event.id for event in violation.events)])
    return sha256(told.encode()).hexdigest()


def _physical(place: Place) -> Json:
    return {"artifactLocation": {"uri": _uri(place.file)}, "region": {"startLine": max(1, place.line)}}


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _message(text: str) -> Json:
    return {"text": text}
