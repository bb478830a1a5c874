"""Reports the state of the store, what the guards did, and what the shipped policies find in the log."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from kith.domain.errors import InvalidInput
from kith.domain.relationship.events import AskRefused, GuardOverridden
from kith.workflows.audits.compiling.problems import FaultyPolicies
from kith.workflows.bootstrap import Kith
from kith.workflows.flows.judging import policies_report, publish_policies, without_quotes
from kith.workflows.flows.opening import opened
from kith.workflows.flows.reporting import Report, count, tell
from kith.workflows.flows.retrying import TRYING


class Counted(NamedTuple):
    """What the log says of the guards."""

    events: int
    refused: int
    held_back: Counter[str]
    overridden: Counter[str]


@flow(name="audit", flow_run_name="audit the store", timeout_seconds=3600)
def audit() -> State[Report]:
    """Look the store through, count what the guards did, judge the log by the shipped policies, and publish it all.

    A damaged store is a failed run, and so is a violation of severity error that nobody waived.
    """
    problems = look_through()
    counted = count_guards()
    report = _report(problems, counted)
    _publish(report)
    found = judge()
    report["policies"] = found
    failing = [*_damaged(problems), *_violated(found)]
    if failing:
        return Failed(message=" ".join(failing), data=report)
    return Completed(message=f"The store is sound; {count(counted.events, 'event')} read.", data=report)


def _damaged(problems: list[str]) -> list[str]:
    return [f"{count(len(problems), 'problem')} found in the store."] if problems else []


def _violated(found: Report) -> list[str]:
    return [f"{count(found['errors'], 'violation')} of severity error found."] if found["errors"] else []


@task(**TRYING)
def look_through() -> list[str]:
    """What kith doctor finds: it names events and tables, never people."""
    with opened() as kith:
        return kith.doctor()


@task(**TRYING)
def count_guards() -> Counted:
    """What the guards did, from the log."""
    with opened() as kith:
        return counted_from(kith)


@task(**TRYING)
def judge() -> Report:
    """What the shipped policies find in everybody's log, published as ids and numbers; raises InvalidInput."""
    with opened() as kith:
        try:
            found = kith.audit(everyone=True, names=False)
        except FaultyPolicies as faulty:
            raise InvalidInput(without_quotes(faulty)) from None
    report = policies_report(found)
    publish_policies(found, report)
    return report


def counted_from(kith: Kith) -> Counted:
    """Count the refusals and overrides of every guard."""
    events, refused = 0, 0
    held_back, overridden = Counter[str](), Counter[str]()
    for event in kith.export():
        events += 1
        match event.get("topic"):
            case AskRefused.TOPIC:
                refused += 1
                held_back.update(event["guards"])
            case GuardOverridden.TOPIC:
                overridden[event["guard"]] += 1
            case _:
                pass
    return Counted(events, refused, held_back, overridden)


def _report(problems: list[str], counted: Counted) -> Report:
    return {
        "problems": problems,
        "events": counted.events,
        "refused": counted.refused,
        "held_back": dict(counted.held_back.most_common()),
        "overridden": dict(counted.overridden.most_common()),
    }


def _publish(report: Report) -> None:
    held, over = report["held_back"], report["overridden"]
    rows = [
        {"guard": guard, "held an ask back": held.get(guard, 0), "was overridden": over.get(guard, 0)}
        for guard in dict.fromkeys([*held, *over])
    ]
    health = [f"- {problem}" for problem in report["problems"]] or ["The store is sound."]
    asked = (
        f"{count(report['refused'], 'ask was', 'asks were')} held back; {count(report['events'], 'event')} on record."
    )
    tell("audit", "Audit", [*health, "", asked], rows)
