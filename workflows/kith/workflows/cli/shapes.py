"""The engine's values as JSON: these shapes are a promise to programs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kith.domain.stages import Stage
from kith.workflows.readmodels.people import Listed

if TYPE_CHECKING:
    from kith.domain.decision import Decision, Finding, Plan
    from kith.domain.log import Event, Recorded


def iso(at: datetime | None) -> str | None:
    """An instant in ISO 8601, UTC."""
    return None if at is None else at.isoformat()


def person(about: tuple[UUID, str]) -> dict[str, Any]:
    """Whom a command was about."""
    return {"id": str(about[0]), "name": about[1]}


def listed(one: Listed) -> dict[str, Any]:
    """One person in a list."""
    return {
        "id": str(UUID(one.id)), "name": one.name, "company": one.company, "position": one.position,
        "origin": one.origin, "stage": Stage(one.stage).words, "earned": Stage(one.earned).words, "tier": one.tier,
        "status": one.status, "last_touch": iso(one.last_touch), "last_inbound": iso(one.last_inbound),
        "gifts": one.gifts, "waiting": one.waiting,
    }  # fmt: skip


def event(recorded: Recorded) -> dict[str, Any]:
    """An event that a command wrote."""
    return {"id": recorded.id, "what": called(recorded.event), "at": iso(recorded.at)}


def short(event_id: str) -> str:
    """An event's id as people type it."""
    originator, _, version = event_id.partition(".")
    return f"{originator[:8]}.{version}"


def called(event: Event) -> str:
    """An event's speaking name; their word is a reply."""
    from kith.domain.speaking import speaking  # noqa: PLC0415 - needs the models

    return speaking(event)


def decision(told: Decision, id_: UUID) -> dict[str, Any]:
    """What the guards said."""
    return {
        "kind": told.kind, "at": iso(told.at), "policy": told.policy,
        "findings": [_finding(found, id_) for found in told.findings],
        "plan": None if told.plan is None else _plan(told.plan),
    }  # fmt: skip


def _finding(found: Finding, id_: UUID) -> dict[str, Any]:
    return {
        "guard": found.guard, "holds": found.holds, "overridden": found.overridden, "hard": found.hard,
        "why": found.why, "missing": found.missing, "evidence": [f"{id_}.{version}" for version in found.evidence],
        "earliest": iso(found.earliest),
    }  # fmt: skip


def _plan(plan: Plan) -> dict[str, Any]:
    steps = [
        {"at": iso(step.at), "by": step.by, "what": step.what, "do": step.do, "subject": step.subject}
        for step in plan.steps
    ]
    return {
        "steps": steps, "earliest": iso(plan.earliest), "not_possible": plan.not_possible, "instead": plan.instead,
    }  # fmt: skip
