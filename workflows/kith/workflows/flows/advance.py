"""Checks the stage guard of one relationship or a cohort, and moves them or says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from kith.domain.errors import NotFound
from kith.domain.relationship.next_stage import next_stage
from kith.domain.stages import Stage
from kith.workflows.bootstrap import Kith
from kith.workflows.flows.opening import by, opened
from kith.workflows.flows.parameters import Who
from kith.workflows.flows.reporting import Report, count, short, tell
from kith.workflows.flows.retrying import TRYING

A_TASK = 10_000
NOBODY = "this person"

Row = dict[str, Any]


def _name() -> str:
    who = flow_run.parameters["who"]
    if isinstance(who, str) and who.startswith("stage="):
        return f"advance everybody at stage {Stage(int(who[-1])).words}"
    return f"advance {short(who)}" if not isinstance(who, list) else f"advance {count(len(who), 'relationship')}"


@flow(name="advance", flow_run_name=_name, timeout_seconds=3600)
def advance(who: Who, seeker: UUID | None = None) -> State[Report]:
    """Move whoever has earned the next stage; for all others say what it lacks. Nobody gets around a guard."""
    ids = find(who, seeker)
    parts = [check(ids[start : start + A_TASK], seeker) for start in range(0, len(ids), A_TASK)]
    rows = [row for part in parts for row in part]
    report = _report(rows)
    tell("advance", "Advance", [sentence(report)], [_shown(row) for row in rows])
    return Completed(message=sentence(report), data=report)


@task(**TRYING)
def find(who: Who, seeker: UUID | None) -> list[UUID]:
    """The relationships that are meant."""
    if isinstance(who, UUID):
        return [who]
    if isinstance(who, list):
        return list(dict.fromkeys(who))
    stage = int(who.partition("=")[2])
    with opened(seeker) as kith:
        return [UUID(one.id) for one in kith.people() if one.stage == stage]


@task(task_run_name="check some stages", **TRYING)
def check(ids: list[UUID], seeker: UUID | None) -> list[Row]:
    """Check the stage guard of each."""
    with opened(seeker) as kith:
        return [_checked(kith, id_) for id_ in ids]


def _checked(kith: Kith, id_: UUID) -> Row:
    try:
        advanced = kith.advance(id_, **by("advance"))
    except NotFound:
        return {"relationship": str(id_), "stage": None, "reached": [], "missing": ["it is not on record"]}
    return {
        "relationship": str(id_),
        "stage": advanced.stage.words,
        "reached": [stage.words for stage in advanced.reached],
        "missing": _missing(kith, id_),
        "earliest": next((f.earliest.isoformat() for f in advanced.missing if f.earliest), None),
    }


def _missing(kith: Kith, id_: UUID) -> list[str]:
    """What the next stage lacks, in the words that the seeker reads, but without the name."""
    state, seeker = kith.relationship(id_), kith.seeker()
    nobody = replace(state, person=state.person._replace(name=NOBODY))
    return [finding.missing for finding in next_stage(nobody, seeker.policy, seeker.calendar) if not finding.holds]


def _report(rows: list[Row]) -> Report:
    moved = [row for row in rows if row["reached"]]
    return {"checked": len(rows), "advanced": len(moved), "refused_all": bool(rows) and not moved, "rows": rows}


def sentence(report: Report) -> str:
    """Who moved, and who stays."""
    if not report["checked"]:
        return "Nobody is at that stage."
    stay = report["checked"] - report["advanced"]
    rest = f"; {stay:,} stay, and the table says what is missing" if stay else ""
    return f"{count(report['advanced'], 'relationship')} moved on{rest}."


def _shown(row: Row) -> Row:
    return {
        **row,
        "reached": ", ".join(row["reached"]) or "no further stage",
        "missing": "; ".join(row["missing"]),
    }
