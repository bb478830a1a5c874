"""Takes an introduction one step on, and tells whose answer is awaited. Nothing stays running while people think."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from kith.domain.errors import InvalidInput, KithError, NotApplicable, NotFound
from kith.workflows.application.introductions import IntroductionStatus
from kith.workflows.flows.opening import by, opened
from kith.workflows.flows.reporting import Report, key, short, tell
from kith.workflows.flows.retrying import TRYING

Answer = Literal["connector-yes", "connector-no", "target-yes", "target-no"]
Role = Literal["asker", "connector", "coach"]

REFUSED: dict[type[KithError], str] = {
    InvalidInput: "The one who asked does not record answers, and is not to know them: a connector or a coach does.",
    NotApplicable: "That answer does not apply: the introduction is over, or the connector has not agreed yet.",
    NotFound: "There is no such introduction.",
}
"""Our own words, for those of the errors may name people."""
NEXT = {
    "": "Wait: whether it works out is for others to say.",
    "connector": "Ask the connector whether they would make it, and run this flow with the answer.",
    "target": "Ask the target whether they would like to meet the seeker, and run this flow with the answer.",
    "nobody": "Both agreed: the connector makes it, and that is recorded.",
}
OVER = "Nothing more is to be done about it."


def _name() -> str:
    given = flow_run.parameters
    return f"introduce {short(given['introduction'])}: {given['answer'] or 'how it stands'}"


@flow(name="introduce", flow_run_name=_name, timeout_seconds=600)
def introduce(
    introduction: UUID, answer: Answer | None = None, role: Role = "asker", seeker: UUID | None = None
) -> State[Report]:
    """Record an answer, if one is given, and tell how the introduction stands to that role."""
    report = step(introduction, answer, role, seeker)
    tell(key("introduction", introduction), "Introduction", _lines(report))
    return Completed(message=report["told"], data=report)


@task(**TRYING)
def step(introduction: UUID, answer: Answer | None, role: Role, seeker: UUID | None) -> Report:
    """One step; an answer that was recorded before changes nothing."""
    with opened(seeker) as kith:
        try:
            if answer is None:
                return _report(kith.introduction(introduction, role=role))
            side, _, yes = answer.partition("-")
            party: Literal["connector", "target"] = "connector" if side == "connector" else "target"
            told = kith.consent(introduction, party, yes=yes == "yes", role=role, **by("introduce"))
            return _report(told)
        except (InvalidInput, NotApplicable, NotFound) as error:
            return {"introduction": str(introduction), "refused_all": True, "told": _why(error)}


def _why(error: KithError) -> str:
    return next(told for kind, told in REFUSED.items() if isinstance(error, kind))


def _report(stands: IntroductionStatus) -> Report:
    under_way = stands.status == "asked"
    return {
        "introduction": str(stands.id),
        "refused_all": False,
        "status": stands.status,
        "awaited": stands.awaited,
        "since": stands.since.isoformat(),
        "lapses": stands.due.isoformat() if stands.due else None,
        "told": f"{stands.status.capitalize()}. {NEXT[stands.awaited] if under_way else OVER}",
    }


def _lines(report: Report) -> list[str]:
    facts = {"Since": report.get("since"), "Awaited": report.get("awaited"), "Lapses": report.get("lapses")}
    return [report["told"], "", *(f"- {name}: {value}" for name, value in facts.items() if value)]
