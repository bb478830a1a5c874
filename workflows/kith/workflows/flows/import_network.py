"""Brings in every export that lies in the inbox, one task for each, and publishes what could not be read."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from kith.workflows import settings
from kith.workflows.application.import_plan import ImportPlan
from kith.workflows.flows.opening import opened
from kith.workflows.flows.reporting import Report, count, key, tell
from kith.workflows.flows.retrying import TRYING
from kith.workflows.importers.linkedin import read_linkedin
from kith.workflows.records import ImportRefused

KNOWN = ("connections", "messages", "invitations", "profile", "positions", "endorsement", "recommendation")
"""Beginnings of the names that LinkedIn gives its files; any other name may be personal, and is not told."""


class Brought(NamedTuple):
    """What one export brought."""

    source: str
    people: int = 0
    facts: int = 0
    problems: tuple[dict[str, object], ...] = ()
    refused: bool = False


@flow(name="import-network", flow_run_name="import the inbox", timeout_seconds=6 * 3600)
def import_network(seeker: UUID | None = None) -> State[Report]:
    """Bring in what lies in the inbox; what is on record already adds nothing."""
    found = list(sources(seeker))
    progress = create_progress_artifact(progress=0.0, key="import-progress", description="Exports brought in")
    brought = []
    for done, source in enumerate(found, 1):
        brought.append(bring_in(source, seeker))
        update_progress_artifact(progress, progress=100.0 * done / len(found))  # type: ignore[arg-type]
    report = _report(brought)
    _publish(brought, report)
    if any(one.refused for one in brought):
        return Failed(message="Some of it is no export that can be read.", data=report)
    return Completed(message=sentence(report), data=report)


def sources(seeker: UUID | None) -> dict[str, Path]:
    """What lies in the inbox, by marks that tell nothing of the names; each of several seekers has an own folder."""
    folder = settings.inbox() / str(seeker) if seeker else settings.inbox()
    files = sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    return {sha256(path.name.encode()).hexdigest()[:8]: path for path in files}


@task(task_run_name="export {source}", **TRYING)
def bring_in(source: str, seeker: UUID | None) -> Brought:
    """Bring one export in."""
    try:
        network = read_linkedin(sources(seeker)[source])
    except (ImportRefused, KeyError):  # or it was moved away meanwhile
        return Brought(source, refused=True)
    with opened(seeker) as kith:
        return _brought(source, kith.import_network(network).plan)


def _brought(source: str, plan: ImportPlan) -> Brought:
    problems: tuple[dict[str, object], ...] = tuple(
        {"export": source, "file": _file(problem.place.file), "line": problem.place.line, "level": problem.level}
        for problem in plan.problems
    )
    return Brought(source, plan.new_people, plan.new_facts, problems)


def _file(name: str) -> str:
    base = name.rsplit("/", 1)[-1]
    return base.split(".")[0].split("_")[0] if base.lower().startswith(KNOWN) else "another file"


def _report(brought: list[Brought]) -> Report:
    levels = Counter(str(problem["level"]) for one in brought for problem in one.problems)
    return {
        "exports": len(brought),
        "refused": [one.source for one in brought if one.refused],
        "people": sum(one.people for one in brought),
        "facts": sum(one.facts for one in brought),
        "problems": dict(levels),
    }


def sentence(report: Report) -> str:
    """What the exports brought."""
    if not report["exports"]:
        return "The inbox is empty: exports go into inbox in the data folder, or where KITH_INBOX says."
    new = f"{count(report['people'], 'new person', 'new people')} and {count(report['facts'], 'new fact')}"
    return f"{count(report['exports'], 'export')} read: {new}."


def _publish(brought: list[Brought], report: Report) -> None:
    lines = [sentence(report), ""]
    lines += [f"- Export `{one.source}`: {_about(one)}" for one in brought]
    lines += ["", "`kith import FILE --dry-run` tells the reason of each problem: reasons may quote names."]
    tell(key("import"), "Import", lines, [row for one in brought for row in one.problems])


def _about(one: Brought) -> str:
    if one.refused:
        return "it can't be read as a LinkedIn export"
    return f"{count(one.people, 'new person', 'new people')}, {count(len(one.problems), 'problem')}"
