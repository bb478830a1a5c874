"""Bringing a network in: first the plan, then the writing, some thousands of people at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.facts import GiftKind
from kith.domain.log import Event
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.stages import Origin
from kith.workflows.application.again import again
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.import_plan import ImportPlan, Item, keys_of, plan_import
from kith.workflows.application.import_ties import tie
from kith.workflows.application.work import Work
from kith.workflows.collecting import without_collections
from kith.workflows.records import InteractionRecord, Network, PersonRecord

CHUNK = 32_000
"""People in one transaction: fewer, and every page of the indexes is written again and again."""
FLUSHED = 1_000
"""People whose events and rows wait in memory."""
Progress = Callable[[int, int], None]
GIFTS = frozenset({GiftKind.ENDORSEMENT.value, GiftKind.RECOMMENDATION.value})
"""Channels by which what the seeker sends is a gift."""
ORIGINS = {"former_colleague": Origin.FORMER_COLLEAGUE, "unknown": Origin.UNKNOWN}


class ImportResult(NamedTuple):
    """What an import did."""

    batch: UUID | None
    """By which it can be undone; None if there was nothing to add."""
    plan: ImportPlan


class Importing:
    """Imports."""

    _desk: Desk

    def plan_import(self, network: Network, *, same: Collection[str] = ()) -> ImportPlan:
        """What an import of this network would do. ``same`` names rows under review (``File.csv:12``) to accept."""
        with without_collections():
            return self._desk.look_ahead(lambda work: plan_import(work, network, frozenset(same)))

    def import_network(
        self, network: Network, *, same: Collection[str] = (), progress: Progress | None = None
    ) -> ImportResult:
        """Bring a network in. What is on record already adds nothing; after an interruption the rest is added.

        If somebody else put one of these people on record meanwhile, it is planned anew.
        """
        with without_collections():
            return again(lambda _: self._import(network, same, progress))

    def _import(self, network: Network, same: Collection[str], progress: Progress | None) -> ImportResult:
        plan = self.plan_import(network, same=same)
        batch = self._unfinished(network)
        if not plan.is_empty:
            batch = batch or self._desk.new_id()
            self._carry_in(batch, plan, progress)
        return ImportResult(batch, plan)

    def _carry_in(self, batch: UUID, plan: ImportPlan, progress: Progress | None) -> None:
        by: By = {"source": f"import:{batch}"}
        self._desk.carry_out(by, lambda work: _start(work, batch, plan.network))

        def told(done: int) -> None:
            if progress:
                progress(done, len(plan.items))

        for start in range(0, len(plan.items), CHUNK):
            chunk = plan.items[start : start + CHUNK]
            self._desk.carry_out(by, partial(_bring_in, chunk=chunk, before=start, told=told))
            told(start + len(chunk))
        for start in range(0, len(plan.groups), FLUSHED):
            self._desk.carry_out(by, partial(tie, groups=plan.groups[start : start + FLUSHED]))
        self._desk.carry_out(by, lambda work: _finish(work, batch, plan))

    def _unfinished(self, network: Network) -> UUID | None:
        batches = self._desk.look(lambda _, seeker: seeker.batches)
        open_ = (b.id for b in batches if b.digest == network.digest and not b.finished and not b.undone)
        return next(open_, None)


def _start(work: Work, batch: UUID, network: Network) -> None:
    if not any(known.id == batch for known in work.seeker.batches):
        work.write_seeker([s.ImportStarted(at=work.now, batch=batch, format="linkedin", digest=network.digest)])


def _finish(work: Work, batch: UUID, plan: ImportPlan) -> None:
    done = s.ImportFinished(at=work.now, batch=batch, people=plan.new_people, facts=plan.new_facts)
    told: list[Event] = [s.ProfileUpdated.model_validate({"at": work.now, **plan.profile})] if plan.profile else []
    work.write_seeker([*told, done])


def _bring_in(work: Work, chunk: list[Item], before: int, told: Callable[[int], None]) -> None:
    for number, item in enumerate(chunk, before + 1):
        if number % FLUSHED == 0:
            work.flush()
            told(number)
        if item.known is not None:
            case = work.case(item.known)
            work.enact(case, [*_described(work, item), *_facts(item, case.relationship, work.now)])
        elif item.person is not None:
            opened = work.open(_opened(work, item.person, item.interactions))
            if item.interactions:
                case = work.case_of(opened)
                work.enact(case, _facts(item, case.relationship, work.now))


def _opened(work: Work, person: PersonRecord, interactions: list[InteractionRecord]) -> Event:
    met = work.seeker.calendar.midnight(person.since) if person.since else work.now
    first = interactions[0].at if interactions else met
    return _event(e.RelationshipOpened, {
        "at": min(met, first, work.now), "seeker_id": work.seeker.id, "name": person.name,
        "origin": ORIGINS[person.origin], "company": person.company, "position": person.position,
        "email": person.email, "url": person.url, "keys": keys_of(person), "since": person.since,
    })  # fmt: skip


def _described(work: Work, item: Item) -> Iterator[Event]:
    if item.known is not None and (item.changes or item.new_keys):
        yield e.PersonDescribed.model_validate({"at": work.now, "keys": item.new_keys, **item.changes})


def _facts(item: Item, state: Relationship, now: datetime) -> Iterator[Event]:
    for interaction in item.interactions:
        yield from decisions.record(state, _fact(interaction), now)


def _fact(interaction: InteractionRecord) -> Event:
    told = {"at": interaction.at, "external_id": interaction.external_id}
    if interaction.direction == "outbound" and interaction.channel in GIFTS:
        return _event(e.GiftGiven, {**told, "gift": interaction.channel})
    return _event(e.Touched, {**told, "direction": interaction.direction, "channel": interaction.channel})


def _event(kind: type[Event], told: dict[str, Any]) -> Event:
    """The event of these fields, validated as by its constructor, which takes half as long again."""
    event: Event = kind.__pydantic_validator__.validate_python(told)
    return event
