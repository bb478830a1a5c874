"""Fires everything that is due by now: asks lapse, time alone makes guards hold or ties dormant, reminders come up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from kith.workflows.flows.opening import by, opened
from kith.workflows.flows.parameters import Page, Shard, Shards
from kith.workflows.flows.reporting import Report, count, key, tell
from kith.workflows.flows.retrying import TRYING

A_TASK = 200
"""Seekers in one task: a task costs Prefect as much as a thousand timers cost us."""


def _name() -> str:
    given = flow_run.parameters
    shards = given.get("shards", 1)
    return "sweep" if shards == 1 else f"sweep part {given['shard'] + 1} of {shards}"


@flow(name="sweep", flow_run_name=_name, timeout_seconds=3600)
def sweep(shard: Shard = 0, shards: Shards = 1, page: Page = 1_000) -> State[Report]:
    """Fire what is due of every seeker of a shard; what is not due by now is left to a later sweep."""
    due = who_is_due(shard, shards)
    swept = [sweep_some(due[start : start + A_TASK], page) for start in range(0, len(due), A_TASK)]
    report = _report(due, swept)
    _publish(report, shard, shards)
    return Completed(message=sentence(report), data=report)


@task(**TRYING)
def who_is_due(shard: int, shards: int) -> list[UUID]:
    """The seekers of a shard with anything due, who have waited longest first."""
    with opened() as kith:
        return kith.due_seekers(shard=shard, shards=shards)


@task(task_run_name="sweep some seekers", **TRYING)
def sweep_some(seekers: list[UUID], page: int) -> Report:
    """Fire what is due of these seekers; tried again, it finds what is left."""
    fired, relationships, advanced, unreadable = Counter[str](), 0, 0, list[str]()
    with opened() as kith:
        for seeker in seekers:
            with kith.serving(seeker) as served:
                swept = served.sweep(limit=page, **by("sweep"))
            fired.update(swept.fired)
            relationships += swept.relationships
            advanced += swept.advanced
            unreadable += swept.unreadable
    return {"fired": fired, "relationships": relationships, "advanced": advanced, "unreadable": unreadable}


def _report(due: list[UUID], swept: Iterable[Report]) -> Report:
    parts, fired = list(swept), Counter[str]()
    for part in parts:
        fired.update(part["fired"])
    return {
        "seekers": len(due),
        "relationships": sum(part["relationships"] for part in parts),
        "advanced": sum(part["advanced"] for part in parts),
        "fired": dict(sorted(fired.items())),
        "unreadable": [row for part in parts for row in part["unreadable"]],
    }


def sentence(report: Report) -> str:
    """What fired, and what could not be read."""
    fired, unread = sum(report["fired"].values()), len(report["unreadable"])
    told = f"{count(fired, 'timer')} fired about {count(report['relationships'], 'relationship')}."
    if not fired:
        told = "Nothing that can be read was due." if unread else "Nothing was due."
    return f"{told} {count(unread, 'row')} of the log can't be read." if unread else told


def _publish(report: Report, shard: int, shards: int) -> None:
    lines = [sentence(report)]
    if report["advanced"]:
        lines += ["", f"{count(report['advanced'], 'stage was', 'stages were')} reached thereby."]
    if report["unreadable"]:
        lines += ["", "Left out, for a row of the log can't be read:", *(f"- {row}" for row in report["unreadable"])]
    rows = [{"timer": kind, "fired": number} for kind, number in report["fired"].items()]
    tell("sweep" if shards == 1 else key("sweep", shard), "Sweep", lines, rows)
