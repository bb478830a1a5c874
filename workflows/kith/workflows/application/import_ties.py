"""Group threads and meetings of an import: the people in one know of each other, and each is told once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.ties import NotedKind
from kith.workflows.application.people import owners
from kith.workflows.application.work import Work
from kith.workflows.records import GroupRecord


def untold(work: Work, ids: Sequence[UUID], external_id: str) -> tuple[UUID, tuple[UUID, ...]] | None:
    """Of whom to record a group, and with which others; None where nothing is new, or where it was taken back.

    Somebody who came on record after the group did is told with all the others. Pairs that are on record already then
    stand twice, with the same source, and count once.
    """
    states = [work.relationship(id_) for id_ in ids]
    carriers = [state for state in states if external_id in state.external_ids]
    told = [(state.id, tie) for state in carriers for tie in state.ties if tie.external_id == external_id]
    if len(ids) < 2 or (carriers and not told):
        return None
    known = {state.id for state in carriers}.union(*(tie.others for _, tie in told))
    first = next((id_ for id_ in ids if id_ not in known), None)
    return None if first is None else (first, tuple(id_ for id_ in ids if id_ != first))


def tie(work: Work, groups: Sequence[GroupRecord]) -> None:
    """Record who knows whom by these groups."""
    for group in groups:
        told = untold(work, owners(work, group.keys), group.external_id)
        if told is not None:
            case = work.case(told[0])
            work.enact(case, decisions.record(case.relationship, _noted(group, told[1]), work.now))


def _noted(group: GroupRecord, others: tuple[UUID, ...]) -> e.TiesNoted:
    return e.TiesNoted(
        at=group.at, others=others, kind=NotedKind(group.kind), people=len(group.keys) + 1,
        external_id=group.external_id,
    )  # fmt: skip
