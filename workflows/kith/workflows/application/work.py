"""What one command loads, decides and writes, within one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from kith.domain import connector_load, introduction, seeker
from kith.domain.asks import AskKind
from kith.domain.bookkeeping import introductions_asked
from kith.domain.case import Case, Stamp, enact
from kith.domain.connector_load import ConnectorLoad, load_id
from kith.domain.errors import InvalidInput, NotFound
from kith.domain.introduction import Introduction
from kith.domain.log import Event, Recorded
from kith.domain.relationship import decisions
from kith.domain.relationship.evolve import evolve, fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.redrawing import redraw
from kith.workflows.application.states import States
from kith.workflows.ports import Reading, Writing
from kith.workflows.readmodels.rows import relationship_rows, row_key, seeker_row, standing_rows

NewId = Callable[[], UUID]
NOBODY_ASKED = ConnectorLoad(UUID(int=0))
"""Stands for the load of a person where no introduction is at stake."""
Aggregate = Relationship | Seeker | ConnectorLoad | Introduction


@dataclass
class Work:
    """What one command has loaded and written so far."""

    transaction: Reading
    states: States
    stamp: Stamp
    new_id: NewId
    seeker: Seeker
    writing: Writing | None = None
    """The same transaction, if it may write."""
    written: list[Recorded] = field(default_factory=list)
    before: dict[UUID, Relationship] = field(default_factory=dict)
    fresh: list[Relationship] = field(default_factory=list)
    """Relationships that this command opened, as they were then."""
    after: dict[UUID, Any] = field(default_factory=dict)
    done: dict[UUID, Any] = field(default_factory=dict)
    """The states that were flushed: good once the transaction is committed."""
    first: tuple[Recorded, ...] = ()
    """What was written to the aggregate that the command is about."""
    redraw: bool = False
    """Whether the rows of all relationships are to be written anew."""

    @property
    def now(self) -> datetime:
        """The instant of the command."""
        return self.stamp.recorded_at

    def relationship(self, id_: UUID, *, removed_too: bool = False) -> Relationship:
        """The relationship of that id; raises NotFound, also for one that was taken back, unless those count too."""
        if not isinstance(cast("object", id_), UUID):
            raise InvalidInput("A relationship is named by its id, a UUID; find() gives it for a name or an address.")
        state: Relationship | None = self._pending(id_) or self.states.load(self.transaction, id_, fold)
        if state is None or (state.removed and not removed_too) or state.seeker_id != self.seeker.id:
            raise NotFound(f"There is no relationship {id_}.")
        self.before.setdefault(id_, state)
        return state

    def prepare(self, ids: Sequence[UUID]) -> None:
        """Read many relationships at once, which are each asked for afterwards."""
        self.states.load_all(self.transaction, ids, fold)

    def _pending(self, id_: UUID) -> Any:
        return self.after.get(id_) or self.done.get(id_)

    def case(self, id_: UUID, *, load: bool = False, removed_too: bool = False) -> Case:
        """The relationship with all that its guards look at, its asks lapsed whose time is up."""
        case = self.loaded(id_, load=load, removed_too=removed_too)
        lapsed = decisions.lapse(case.relationship, self.now, case.policy, case.seeker.calendar)
        return self.enact(case, lapsed)[0] if lapsed else case

    def loaded(self, id_: UUID, *, load: bool = False, removed_too: bool = False) -> Case:
        """The relationship with all that its guards look at, as it is on record."""
        state = self.relationship(id_, removed_too=removed_too)
        case = Case(state, self.seeker, NOBODY_ASKED)
        if load or any(ask.kind is AskKind.INTRO for ask in state.asks):
            case = Case(state, self.seeker, self._load(state.person.id), self._introductions(state))
        return case

    def _load(self, person: UUID) -> ConnectorLoad:
        id_ = load_id(person)
        known: ConnectorLoad | None = self._pending(id_)
        return known or self.states.load(self.transaction, id_, connector_load.fold) or ConnectorLoad(id_)

    def _introductions(self, state: Relationship) -> dict[UUID, Introduction]:
        ids = [asked.introduction_id for asked in introductions_asked(state)]
        known = ((i, self._pending(i) or self.states.load(self.transaction, i, introduction.fold)) for i in ids)
        return {id_: intro for id_, intro in known if intro is not None}

    def enact(self, case: Case, events: Iterable[Event]) -> tuple[Case, list[Recorded]]:
        """Write events of the case's relationship, and all that follows from them."""
        case, recorded = enact(case._replace(seeker=self.seeker), events, self.stamp)
        self.written += recorded
        self.seeker = case.seeker
        touched = {event.originator_id for event in recorded}
        states: tuple[Aggregate, ...] = (case.relationship, case.seeker, case.load, *case.introductions.values())
        for state in states:
            if state.id in touched:
                self.after[state.id] = state
        return case, recorded

    def open(self, opened: Event, id_: UUID | None = None) -> Relationship:
        """Begin a relationship."""
        recorded = self.stamp.place(opened, id_ or self.new_id(), 1)
        self.written.append(recorded)
        state = evolve(None, recorded)
        self.fresh.append(state)
        return state

    def case_of(self, state: Relationship) -> Case:
        """The case of a relationship that was just opened: nobody has asked anything of them."""
        return Case(state, self.seeker, NOBODY_ASKED)

    def write_seeker(self, events: Iterable[Event]) -> None:
        """Write events of the seeker."""
        for event in events:
            recorded = self.stamp.place(event, self.seeker.id, self.seeker.version + 1)
            self.written.append(recorded)
            self.seeker = self.after[self.seeker.id] = seeker.evolve(self.seeker, recorded)

    def introduction(self, id_: UUID) -> Introduction:
        """The introduction of that id; raises NotFound."""
        events = self.transaction.events(id_)
        if not events or not isinstance(events[0].event, introduction.IntroductionAsked):
            raise NotFound(f"There is no introduction {id_}.")
        state = introduction.fold(events)
        assert state is not None
        return state

    def write_introduction(self, case: Case, state: Introduction, events: Iterable[Event]) -> Case:
        """Write events of an introduction of the case's connector; returns the case with what they changed."""
        for event in events:
            recorded = self.stamp.place(event, state.id, state.version + 1)
            self.written.append(recorded)
            state = self.after[state.id] = introduction.evolve(state, recorded)
        return case._replace(introductions={**case.introductions, state.id: state})

    def flush(self) -> None:
        """Write what is pending to the transaction. A command of thousands of events does so now and then."""
        assert self.writing is not None, "looking ahead writes nothing"
        if self.written:
            self.first = self.first or about(self.written)
            self.writing.append(self.seeker.id, self.written)
            self._write_rows(self.writing)
        if self.redraw:
            redraw(self.writing, self.seeker)
        self.done |= self.after
        self.written, self.before, self.fresh, self.after = [], {}, [], {}

    def _write_rows(self, writing: Writing) -> None:
        for id_, before in self.before.items():
            if id_ in self.after:
                rows = relationship_rows(self.after[id_], self.seeker)
                writing.write_rows(row_key(before), standing_rows(before), rows)
        opened = [self.after.get(state.id, state) for state in self.fresh]
        opened.sort(key=lambda state: state.is_bare)  # rows that tell the same columns are written together
        writing.insert_rows(relationship_rows(state, self.seeker) for state in opened)
        if self.seeker.id in self.after:
            writing.write_seeker(seeker_row(self.seeker))


def about(written: list[Recorded]) -> tuple[Recorded, ...]:
    """Of what a command wrote, the events of the aggregate it was about, which it wrote to first."""
    return tuple(event for event in written if event.originator_id == written[0].originator_id) if written else ()
