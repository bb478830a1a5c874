"""One command, one transaction: load what it is about, decide, and write events and read models together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from kith.domain import connector_load, introduction, seeker
from kith.domain.asks import AskKind
from kith.domain.bookkeeping import introductions_asked
from kith.domain.calendar import Calendar
from kith.domain.case import Case, Stamp, enact
from kith.domain.connector_load import ConnectorLoad, load_id
from kith.domain.errors import Conflict, NotApplicable, NotFound
from kith.domain.introduction import Introduction
from kith.domain.log import Event, Recorded
from kith.domain.policy import Policy
from kith.domain.relationship import decisions
from kith.domain.relationship.evolve import evolve
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.redrawing import redraw
from kith.workflows.ports import Reading, Store, Writing
from kith.workflows.readmodels.rows import Rows, relationship_rows, seeker_row

CACHED = 2_000
ATTEMPTS = 5

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]
State = TypeVar("State")
Aggregate = Relationship | Seeker | ConnectorLoad | Introduction


class By(TypedDict, total=False):
    """How a command came about; every command takes these."""

    command_id: str
    """Carried out once, for ever: the same id again returns what it did the first time."""
    source: str
    """``manual``, ``import:<batch>`` or ``flow:<name>``."""


class States:
    """The last states by id, each good as long as its version is the log's."""

    def __init__(self) -> None:
        self._states: OrderedDict[UUID, Any] = OrderedDict()
        self._rows: dict[UUID, tuple[Relationship, Policy, Calendar, Rows]] = {}

    def load(self, reading: Reading, id_: UUID, evolve: Callable[[State | None, Recorded], State]) -> State | None:
        """The state of an aggregate as of this transaction; None if it has no events."""
        known, version = self._states.get(id_), reading.version(id_)
        if known is not None and known.version > version:
            known = None
        seen = known.version if known is not None else 0
        state: State | None = known
        if seen != version:
            for recorded in reading.events(id_, seen):
                state = evolve(state, recorded)
            self.keep(id_, state)
        return state

    def rows(self, state: Relationship, seeker: Seeker) -> Rows:
        """The rows of a relationship; remembered, for what the next command changes is what this one wrote."""
        known = self._rows.get(state.id)
        if known and known[0] is state and known[1] is seeker.policy and known[2] is seeker.calendar:
            return known[3]
        rows = relationship_rows(state, seeker)
        self._rows[state.id] = (state, seeker.policy, seeker.calendar, rows)
        if len(self._rows) > CACHED:
            self._rows.pop(next(iter(self._rows)))
        return rows

    def keep(self, id_: UUID, state: Any) -> None:
        """Remember a state that was committed."""
        self._states[id_] = state
        self._states.move_to_end(id_)
        if len(self._states) > CACHED:
            self._states.popitem(last=False)

    def forget(self) -> None:
        """Remember nothing."""
        self._states.clear()
        self._rows.clear()


@dataclass
class Work:
    """What one command has loaded and written so far."""

    transaction: Reading
    states: States
    stamp: Stamp
    new_id: NewId
    seeker: Seeker
    written: list[Recorded] = field(default_factory=list)
    before: dict[UUID, Relationship] = field(default_factory=dict)
    fresh: list[Relationship] = field(default_factory=list)
    """Relationships that this command opened, as they were then."""
    after: dict[UUID, Any] = field(default_factory=dict)
    redraw: bool = False
    """Whether the rows of all relationships are to be written anew."""

    @property
    def now(self) -> datetime:
        """The instant of the command."""
        return self.stamp.recorded_at

    def relationship(self, id_: UUID) -> Relationship:
        """The relationship of that id; raises NotFound."""
        state: Relationship | None = self.after.get(id_) or self.states.load(self.transaction, id_, evolve)
        if state is None or state.removed or state.seeker_id != self.seeker.id:
            raise NotFound(f"There is no relationship {id_}.")
        self.before.setdefault(id_, state)
        return state

    def case(self, id_: UUID, *, load: bool = False) -> Case:
        """The relationship with all that its guards look at, its asks lapsed whose time is up."""
        state = self.relationship(id_)
        case = Case(state, self.seeker, ConnectorLoad(load_id(state.person.id)))
        if load or any(ask.kind is AskKind.INTRO for ask in state.asks):
            case = replace(case, load=self._load(case.load), introductions=self._introductions(state))
        lapsed = decisions.lapse(state, self.now, case.policy, case.seeker.calendar)
        return self.enact(case, lapsed)[0] if lapsed else case

    def _load(self, empty: ConnectorLoad) -> ConnectorLoad:
        return self.after.get(empty.id) or self.states.load(self.transaction, empty.id, connector_load.evolve) or empty

    def _introductions(self, state: Relationship) -> dict[UUID, Introduction]:
        ids = [asked.introduction_id for asked in introductions_asked(state)]
        known = ((i, self.after.get(i) or self.states.load(self.transaction, i, introduction.evolve)) for i in ids)
        return {id_: intro for id_, intro in known if intro is not None}

    def enact(self, case: Case, events: Iterable[Event]) -> tuple[Case, list[Recorded]]:
        """Write events of the case's relationship, and all that follows from them."""
        case, recorded = enact(case, events, self.stamp)
        self.written += recorded
        self.seeker = case.seeker
        touched = {event.originator_id for event in recorded}
        states: tuple[Aggregate, ...] = (case.relationship, case.seeker, case.load, *case.introductions.values())
        for state in states:
            if state.id in touched:
                self.after[state.id] = state
        return case, recorded

    def open(self, opened: Event) -> Relationship:
        """Begin a relationship."""
        recorded = self.stamp.place(opened, self.new_id(), 1)
        self.written.append(recorded)
        state = evolve(None, recorded)
        self.fresh.append(state)
        return state

    def case_of(self, state: Relationship) -> Case:
        """The case of a relationship that was just opened: nobody has asked anything of them."""
        return Case(state, self.seeker, ConnectorLoad(load_id(state.person.id)))

    def write_seeker(self, events: Iterable[Event]) -> None:
        """Write events of the seeker."""
        for event in events:
            recorded = self.stamp.place(event, self.seeker.id, self.seeker.version + 1)
            self.written.append(recorded)
            self.seeker = self.after[self.seeker.id] = seeker.evolve(self.seeker, recorded)


class Desk:
    """Where commands are carried out."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId, seeker_id: UUID | None) -> None:
        self.store, self.clock, self.new_id = store, clock, new_id
        self._seeker_id = seeker_id
        self.states = States()

    def carry_out(self, by: By, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
        """Carry a command out in one transaction; returns what it wrote to the aggregate it was about.

        The same command id again writes nothing and returns the same. If somebody else was faster, everything is
        loaded and decided anew.
        """
        named = by.get("command_id")
        stamp = Stamp(self.clock(), named or str(self.new_id()), by.get("source", "manual"))
        for attempt in range(ATTEMPTS):
            try:
                return self._once(stamp, bool(named), command)
            except Conflict:
                self.states.forget()
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def decide(
        self, who: UUID, by: By, decide: Callable[[Relationship, datetime], list[Event]]
    ) -> tuple[Recorded, ...]:
        """Carry out a decision about one relationship."""

        def command(work: Work) -> None:
            case = work.case(who)
            work.enact(case, decide(case.relationship, work.now))

        return self.carry_out(by, command)

    def _once(self, stamp: Stamp, named: bool, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
        with self.store.writing() as transaction:
            done = transaction.command(stamp.command_id) if named else []
            if done:
                return tuple(done)
            work = Work(transaction, self.states, stamp, self.new_id, self.seeker(transaction))
            command(work)
            self._write(transaction, work)
        for id_, state in work.after.items():
            self.states.keep(id_, state)
        return about(work.written)

    def _write(self, transaction: Writing, work: Work) -> None:
        if not work.written:
            return
        transaction.append(work.written)
        seeker = work.seeker
        for id_, before in work.before.items():
            if id_ in work.after:
                transaction.write_rows(self.states.rows(before, seeker), self.states.rows(work.after[id_], seeker))
        opened = (work.after.get(state.id, state) for state in work.fresh)
        transaction.insert_rows(relationship_rows(state, seeker) for state in opened)
        if seeker.id in work.after:
            transaction.write_seeker(seeker_row(seeker))
        if work.redraw:
            redraw(transaction, seeker)

    def serve(self, seeker_id: UUID) -> None:
        """Work for this seeker from here on."""
        self._seeker_id = seeker_id

    def seeker(self, reading: Reading) -> Seeker:
        """The seeker whose relationships these are; raises NotFound if nobody has begun yet."""
        id_ = self._seeker_id or self._only_seeker(reading)
        state = self.states.load(reading, id_, seeker.evolve)
        if state is None:
            raise NotFound(f"There is no seeker {id_} in this store.")
        self._seeker_id = id_
        self.states.keep(id_, state)
        return state

    @staticmethod
    def _only_seeker(reading: Reading) -> UUID:
        found = reading.query("SELECT id FROM seekers LIMIT 2")
        if not found:
            raise NotFound("Nobody has begun in this store yet; begin with kith init.")
        if len(found) > 1:
            raise NotApplicable("This store holds several seekers; say which one.")
        return UUID(found[0][0])

    def look_ahead(self, question: Callable[[Work], State]) -> State:
        """Answer a question with the means of a command, and write nothing."""
        stamp = Stamp(self.clock(), "look-ahead")
        with self.store.reading() as reading:
            return question(Work(reading, self.states, stamp, self.new_id, self.seeker(reading)))

    def relationship(self, who: UUID) -> Relationship:
        """The relationship of that id; raises NotFound."""
        return self.look_ahead(lambda work: work.relationship(who))

    def look(self, question: Callable[[Reading, Seeker], State]) -> State:
        """Answer a question about a consistent state of the store."""
        with self.store.reading() as reading:
            return question(reading, self.seeker(reading))


def about(written: list[Recorded]) -> tuple[Recorded, ...]:
    """Of what a command wrote, the events of the aggregate it was about, which it wrote to first."""
    return tuple(event for event in written if event.originator_id == written[0].originator_id) if written else ()
