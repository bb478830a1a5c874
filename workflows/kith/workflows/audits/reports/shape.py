"""The report as JSON: these names are a promise to programs (docs/reference/json.md)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from kith.workflows.audits.report import Audited, AuditReport, Involved, Place, Violation, Waiver


def as_json(report: AuditReport) -> str:
    """The report as a JSON document."""
    return json.dumps(shape(report), ensure_ascii=False, indent=2) + "\n"


def shape(report: AuditReport) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "verdict": report.verdict.value,
        "as_of": report.as_of.isoformat(),
        "time_zone": report.time_zone,
        "order": report.order.value,
        "events": report.events,
        "relationships": report.relationships,
        "policies": [_policy(report, audited) for audited in report.policies],
        "unreadable": list(report.corrupt),
        "idle_waivers": list(report.idle),
    }


def _policy(report: AuditReport, audited: Audited) -> dict[str, Any]:
    policy = audited.policy
    return {
        "policy": policy.id, "name": policy.name, "rule": policy.rule, "feature": policy.feature,
        "severity": policy.severity.value, "guard": policy.guard, **_place(policy.place), "steps": list(policy.steps),
        "verdict": audited.verdict.value, "judged": audited.judged, "pending": audited.pending,
        "violations": [_violation(report, violation) for violation in audited.violations],
    }  # fmt: skip


def _violation(report: AuditReport, violation: Violation) -> dict[str, Any]:
    return {
        "relationships": [_relationship(report, id_) for id_ in violation.relationships],
        "events": [_event(event) for event in violation.events],
        "at": violation.at.isoformat(),
        "sentence": violation.sentence,
        "learned_late": violation.learned_late,
        "waiver": None if violation.waiver is None else _waiver(violation.waiver),
    }


def _relationship(report: AuditReport, id_: UUID) -> dict[str, Any]:
    return {"id": str(id_), "name": report.people.get(id_)}


def _event(event: Involved) -> dict[str, Any]:
    return {
        "id": event.id, "what": event.name, "at": event.at.isoformat(), "recorded_at": event.recorded_at.isoformat(),
        "relationship": None if event.relationship is None else str(event.relationship),
    }  # fmt: skip


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "reason": waiver.reason or None, "who": waiver.who or None, "expires": waiver.expires.isoformat(),
        **_place(waiver.place),
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}
