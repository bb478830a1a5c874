"""Firing what is due: in pages of one transaction each, from the due sheet, until nothing is left."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Unpack
from uuid import UUID

from kith.domain.case import Case
from kith.domain.errors import InvalidInput, NotFound
from kith.domain.firing import fire
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.pacing import Pace
from kith.workflows.application.work import Work
from kith.workflows.collecting import without_collections
from kith.workflows.errors import CorruptEvent
from kith.workflows.readmodels.due import BEGINNING, Place, count_due, due_relationships

PAGE = 1_000
SOURCE = "flow:sweep"


class Swept(NamedTuple):
    """What a sweep did. ``_asdict()`` of it is JSON."""

    fired: dict[str, int]
    """Timers that fired, by their kind."""
    relationships: int
    """Relationships of which anything fired."""
    advanced: int
    """Stages that were reached thereby."""
    unreadable: list[str]
    """Rows of the log that can't be read, one sentence each; whose rows they are was left out."""


class Sweeping:
    """The command that fires what is due."""

    _desk: Desk

    def sweep(
        self, *, limit: int = PAGE, progress: Callable[[int, int], None] | None = None, **by: Unpack[By]
    ) -> Swept:
        """Fire everything of this seeker that is due by now, in transactions of at most ``limit`` relationships.

        Transactions are as short as the store wants them to be while others write, so that commands meanwhile wait for
        some milliseconds only.
        Each timer fires once, whatever crashes or runs beside it: it is off the due sheet in the transaction that
        writes its event. What was committed stays if a later page fails, and the next sweep takes up the rest. Under a
        ``command_id`` that was used before, only what is left is fired and counted.
        """
        if limit < 1:
            raise InvalidInput("A sweep takes at least one relationship at a time.")
        swept = _Swept()
        try:
            self._sweep(swept, limit, progress, by)
        except CorruptEvent as problem:  # of the seeker: nothing of theirs can be judged, and others are not held up
            swept.unreadable[problem.originator] = str(problem)
        return swept.told()

    def _sweep(self, swept: _Swept, limit: int, progress: Callable[[int, int], None] | None, by: By) -> None:
        total = self._due() if progress else 0
        pace = Pace(self._desk.store.turn_seconds)
        page, number = _Page(BEGINNING, limit), 0
        while page.left:
            page = _Page(page.last, min(limit, pace.rows))
            with without_collections():
                alone = self._read_ahead(page)
                self._desk.carry_out(_of_page(by, number), page.sweep)
            pace.took(page.rows, page.seconds, alone=alone and self._desk.states.alone)
            swept.add(page)
            number += 1
            time.sleep(self._desk.store.pause_seconds)
            if progress:
                progress(min(swept.rows, total), total)

    def _read_ahead(self, page: _Page) -> bool:
        """Read what the page is about before others have to wait for it; returns whether nobody else wrote before."""
        return not self._desk.store.all_wait or self._desk.look_ahead(page.read)

    def _due(self) -> int:
        now = self._desk.clock()
        return self._desk.look(lambda reading, seeker: count_due(reading.query, seeker.id.hex, now))


def _of_page(by: By, number: int) -> By:
    told: By = {"source": SOURCE, **by}
    if "command_id" in told:
        told["command_id"] = f"{told['command_id']}:{number}"
    return told


@dataclass
class _Page:
    """The relationships that one transaction deals with. The command may run again after a conflict."""

    after: Place
    limit: int
    seconds: float = 0.0
    """That it took, without the wait for the disk, which is as long for few as for many."""
    left: bool = True
    """Whether there may be more after it."""
    last: Place = BEGINNING
    rows: int = 0
    written: list[Recorded] = field(default_factory=list)
    unreadable: list[CorruptEvent] = field(default_factory=list)

    def read(self, work: Work) -> bool:
        """Read the next relationships; returns whether nobody else wrote since the page before."""
        work.prepare([UUID(place.relationship_id) for place in self._next(work)])
        return work.states.alone

    def sweep(self, work: Work) -> None:
        """Fire what is due of the next relationships."""
        self.written, self.unreadable, begun = [], [], time.monotonic()
        due = self._next(work)
        ids = [UUID(place.relationship_id) for place in due]
        work.prepare(ids)
        for id_ in ids:
            self._fire(work, id_)
        self.rows, self.left = len(due), len(due) == self.limit
        self.last = due[-1] if due else self.after
        work.flush()
        self.seconds = time.monotonic() - begun

    def _next(self, work: Work) -> list[Place]:
        return due_relationships(work.transaction.query, work.seeker.id.hex, work.now, self.after, self.limit)

    def _fire(self, work: Work, id_: UUID) -> None:
        try:
            case = work.loaded(id_)
        except CorruptEvent as problem:
            self.unreadable.append(problem)
        except NotFound:  # a row that the log knows nothing of: kith doctor names it
            return
        else:
            self.written += fire_all(work, case)


def fire_all(work: Work, case: Case) -> list[Recorded]:
    """Fire everything of one relationship that is due by now, and what that arms."""
    written: list[Recorded] = []
    while events := fire(case.relationship, case.policy, case.seeker.calendar, work.now):
        case, recorded = work.enact(case, events)
        written += recorded
        if not any(isinstance(event, e.AskLapsed) for event in events):
            break
    return written


@dataclass
class _Swept:
    """What the pages did so far."""

    rows: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    relationships: set[UUID] = field(default_factory=set)
    advanced: int = 0
    unreadable: dict[UUID, str] = field(default_factory=dict)

    def add(self, page: _Page) -> None:
        """Count what a page wrote."""
        self.rows += page.rows
        for recorded in page.written:
            kind = _kind(recorded)
            if kind:
                self.fired[kind] += 1
                self.relationships.add(recorded.originator_id)
            self.advanced += isinstance(recorded.event, e.StageAdvanced)
        self.unreadable |= {problem.originator: str(problem) for problem in page.unreadable}

    def told(self) -> Swept:
        """The result."""
        return Swept(
            dict(sorted(self.fired.items())), len(self.relationships), self.advanced, list(self.unreadable.values())
        )


def _kind(recorded: Recorded) -> str | None:
    match recorded.event:
        case e.TimerFired(kind=kind):
            return kind
        case e.AskLapsed():
            return "lapse"
        case e.WentDormant():
            return "dormant"
        case _:
            return None
