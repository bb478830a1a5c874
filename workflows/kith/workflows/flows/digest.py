"""Sends the actions of the day to each seeker's own address, once a day, when their morning has come."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from kith.domain.errors import KithError
from kith.workflows import settings
from kith.workflows.bootstrap import Kith
from kith.workflows.delivery.errors import TryLater
from kith.workflows.delivery.letter import letter
from kith.workflows.delivery.recipient import own
from kith.workflows.delivery.sending import ready
from kith.workflows.delivery.settings import Delivery, delivery
from kith.workflows.flows.catalogue import MORNING
from kith.workflows.flows.opening import by, opened
from kith.workflows.flows.reporting import Report, tell
from kith.workflows.flows.retrying import TRYING

A_TASK = 200
SENT, HAD, NOT_YET, NOWHERE, FAILED = "sent", "had it already", "it is not morning yet", "no address set", "failed"
SAY_WHERE = "KITH_DIGEST_TO says where they go."


class Sent(NamedTuple):
    """What became of one digest."""

    seeker: UUID
    how: str
    why: str = ""
    passing: bool = False
    """Whether what stood in the way passes by itself."""


@flow(name="digest", flow_run_name="digest", timeout_seconds=1800)
def digest(seeker: UUID | None = None, early: bool = False) -> State[Report]:
    """Send today's digest to whoever has not had it and whose morning has come; ``early`` does not wait for it."""
    readers = who_reads(seeker)
    parts = [send_some(readers[start : start + A_TASK], early) for start in range(0, len(readers), A_TASK)]
    sent = [one for part in parts for one in part]
    report = _report(sent)
    _publish(sent, report)
    if report["outcomes"].get(FAILED):
        return Failed(message=sentence(report), data=report)
    return Completed(message=sentence(report), data=report)


@task(**TRYING)
def who_reads(seeker: UUID | None) -> list[UUID]:
    """The seeker who was named, or all of them."""
    if seeker is not None:
        return [seeker]
    with opened() as kith:
        return [one.id for one in kith.seekers()]


@task(task_run_name="send some digests", **TRYING)
def send_some(seekers: list[UUID], early: bool) -> list[Sent]:
    """Send these digests. Tried again, it sends none twice: who has had one, or perhaps had one, is passed over."""
    told = delivery()
    with opened() as kith:
        only = len(kith.seekers()) == 1
        sent = [_tried(kith, id_, told.target(id_, only=only), told, early) for id_ in seekers]
    if sent and all(one.passing for one in sent):
        raise TryLater(sent[0].why)
    return sent


def _tried(kith: Kith, seeker: UUID, target: str, told: Delivery, early: bool) -> Sent:
    if not target:
        return Sent(seeker, NOWHERE)
    try:
        with kith.serving(seeker) as served:
            return Sent(seeker, _send(served, seeker, target, told, early))
    except TryLater as error:
        return Sent(seeker, FAILED, str(error), passing=True)
    except KithError as error:
        return Sent(seeker, FAILED, str(error))


def _send(kith: Kith, seeker: UUID, target: str, told: Delivery, early: bool) -> str:
    """Claim the digest at the last moment, hand it over, and mark it sent."""
    found = kith.digest()
    if not (early or is_morning(settings.clock(), kith)):
        return NOT_YET
    if found.day in kith.seeker().digests:
        return HAD
    with ready(letter(found), own(target, kith.find), told.smtp, f"digest.{found.day}.{seeker}") as hand_over:
        if not kith.claim_digest(found.day, **by("digest")):
            return HAD
        hand_over()
    kith.digest_sent(found.day, **by("digest"))
    return SENT


def is_morning(now: datetime, kith: Kith) -> bool:
    """Whether the seeker's clock shows the hour of the digest, or a later one."""
    return now.astimezone(kith.seeker().calendar.zone).time() >= MORNING


def _report(sent: list[Sent]) -> Report:
    failed = [{"seeker": str(one.seeker), "why": one.why} for one in sent if one.how == FAILED]
    return {"outcomes": dict(Counter(one.how for one in sent)), "failed": failed}


def sentence(report: Report) -> str:
    """What became of the digests."""
    outcomes = report["outcomes"]
    told = ", ".join(f"{how} ({number:,})" for how, number in outcomes.items()) or "nobody to send one to"
    why = [SAY_WHERE] if set(outcomes) == {NOWHERE} else [one["why"] for one in report["failed"][:1]]
    return " ".join([f"Digests: {told}.", *why])


def _publish(sent: list[Sent], report: Report) -> None:
    rows = [{"seeker": str(one.seeker), "digest": one.how, "why": one.why} for one in sent]
    tell("digest", "Digests", [sentence(report)], [row for row in rows if row["digest"] in (SENT, FAILED)])
