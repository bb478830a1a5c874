"""What one command loads, decides and writes, within one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
from kith.workflows.readmodels.people import at_companies, known_by
from kith.workflows.readmodels.rows import changed_rows, opening_rows, relationship_rows, seeker_row

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
    openings: list[Recorded] = field(default_factory=list)
    """The openings that this command wrote."""
    after: dict[UUID, Any] = field(default_factory=dict)
    done: dict[UUID, Any] = field(default_factory=dict)
    """The states that were flushed: good once the transaction is committed."""
    first: tuple[Recorded, ...] = ()
    """What was written to the aggregate that the command is about."""
    redraw: bool = False
    """Whether the rows of all relationships are to be written anew."""
    told: Seeker = field(init=False)
    """The seeker as the rows tell of them."""

    def __post_init__(self) -> None:
        self.told = self.seeker

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
            case = Case(state, self.seeker, self._load(state), self._introductions(state))
        return case

    def _load(self, state: Relationship) -> ConnectorLoad:
        """What the person carries for all seekers.

        Of those who know them, the same one's load is written by everybody, so that two who ask at once collide.
        """
        known = (UUID(id_) for id_ in known_by(self.transaction.query, state.person.keys))
        shared, *others = [self._load_of(load_id(id_)) for id_ in sorted({state.person.id, *known})]
        return replace(shared, elsewhere=tuple(ask for load in others for ask in load.carried))

    def _load_of(self, id_: UUID) -> ConnectorLoad:
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

    def open(self, opened: Event, id_: UUID | None = None) -> Recorded:
        """Begin a relationship."""
        recorded = self.stamp.place(opened, id_ or self.new_id(), 1)
        self.written.append(recorded)
        self.openings.append(recorded)
        return recorded

    def case_of(self, opened: Recorded) -> Case:
        """The case of a relationship that was just opened: nobody has asked anything of them."""
        return Case(evolve(None, opened), self.seeker, NOBODY_ASKED)

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
            self._tell_of_openings()
            self._write_rows(self.writing)
        if self.redraw:
            redraw(self.writing, self.seeker)
        self.done |= self.after
        self.written, self.before, self.openings, self.after = [], {}, [], {}
        self.told = self.seeker

    def _tell_of_openings(self) -> None:
        """The rows of those who work where an opening came, went or found its referrer tell of it: write them too."""
        earlier, now = self.told.unreferred, self.seeker.unreferred
        if earlier == now:
            return
        changed = {key for key in earlier.keys() | now.keys() if earlier.get(key) != now.get(key)}
        found = (UUID(one.id) for one in at_companies(self.transaction.query, self.seeker.id.hex, changed))
        others = [id_ for id_ in found if id_ not in self.after]
        for id_, events in self.transaction.events_of(others).items():
            state = fold(events)
            assert state is not None, "whoever has a row has events"
            self.before[id_] = self.after[id_] = state

    def _write_rows(self, writing: Writing) -> None:
        changed = [(before, self.after[id_]) for id_, before in self.before.items() if id_ in self.after]
        writing.write_rows([changed_rows(before, after, self.seeker) for before, after in changed])
        if self.openings:
            self._write_opened(writing)
        if self.seeker.id in self.after:
            writing.write_seeker(seeker_row(self.seeker))

    def _write_opened(self, writing: Writing) -> None:
        """The rows of those of whom more is on record, then of the others: rows that tell the same go together."""
        more = [self.after[opened.originator_id] for opened in self.openings if opened.originator_id in self.after]
        bare = [opened for opened in self.openings if opened.originator_id not in self.after]
        writing.insert_rows(
            [*(relationship_rows(state, self.seeker) for state in more), opening_rows(bare, self.seeker)]
        )


def about(written: list[Recorded]) -> tuple[Recorded, ...]:
    """Of what a command wrote, the events of the aggregate it was about, which it wrote to first."""
    return tuple(event for event in written if event.originator_id == written[0].originator_id) if written else ()
