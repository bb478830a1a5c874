"""One command, one transaction: load what it is about, decide, and write events and read models together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import RLock
from typing import TypedDict, TypeVar
from uuid import UUID

from pydantic import ValidationError

from kith.domain import seeker
from kith.domain.case import Stamp
from kith.domain.errors import InvalidInput, NotFound
from kith.domain.faults import fault
from kith.domain.log import Event, Recorded
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.again import again
from kith.workflows.application.states import States
from kith.workflows.application.work import NewId, Work
from kith.workflows.errors import SeveralSeekers
from kith.workflows.ports import Reading, Store

Clock = Callable[[], datetime]
State = TypeVar("State")


class By(TypedDict, total=False):
    """How a command came about; every command takes these."""

    command_id: str
    """Carried out once, for ever: the same id again returns what it did the first time."""
    source: str
    """``manual``, ``import:<batch>`` or ``flow:<name>``."""


class Desk:
    """Where commands are carried out."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId, seeker_id: UUID | None) -> None:
        self.store, self.clock, self.new_id = store, clock, new_id
        self._seeker_id = seeker_id
        self.states = States()
        self._lock = RLock()

    def carry_out(self, by: By, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
        """Carry a command out in one transaction; returns what it wrote to the aggregate it was about.

        The same command id again writes nothing and returns the same. If somebody else was faster, everything is
        loaded and decided anew. If the connection was lost, the command id tells whether it was carried out.
        """
        named = by.get("command_id")
        stamp = Stamp(self.clock(), named or str(self.new_id()), by.get("source", "manual"))

        def attempt(unknown: bool) -> tuple[Recorded, ...]:
            with self._lock:
                return self._once(stamp, bool(named) or unknown, command)

        return again(attempt)

    def decide(
        self, who: UUID, by: By, decide: Callable[[Relationship, datetime], list[Event]]
    ) -> tuple[Recorded, ...]:
        """Carry out a decision about one relationship."""

        def command(work: Work) -> None:
            case = work.case(who)
            work.enact(case, decide(case.relationship, work.now))

        return self.carry_out(by, command)

    def _once(self, stamp: Stamp, named: bool, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
        try:
            return self._carried_out(stamp, named, command)
        except ValidationError as error:
            self.states.forget()
            raise invalid(error) from None
        except BaseException:
            self.states.forget()
            raise

    def _carried_out(self, stamp: Stamp, named: bool, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
        seeker_id = self._whose()
        with self.store.writing(seeker_id) as transaction:
            done = transaction.command(seeker_id, stamp.command_id) if named else []
            if done:
                return tuple(done)
            self.states.begin(transaction)
            work = Work(transaction, self.states, stamp, self.new_id, self.seeker(transaction), transaction)
            command(work)
            work.flush()
            self.states.end(transaction)
        for id_, state in work.done.items():
            self.states.keep(id_, state)
        return work.first

    def serve(self, seeker_id: UUID) -> None:
        """Work for this seeker from here on."""
        self._seeker_id = seeker_id

    def _whose(self) -> UUID:
        if self._seeker_id is None:
            with self.store.reading() as reading:
                self._seeker_id = self._only_seeker(reading)
        return self._seeker_id

    def seeker(self, reading: Reading) -> Seeker:
        """The seeker whose relationships these are; raises NotFound if nobody has begun yet."""
        id_ = self._seeker_id or self._only_seeker(reading)
        state = self.states.load(reading, id_, seeker.fold)
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
            raise SeveralSeekers
        return UUID(found[0][0])

    def look_ahead(self, question: Callable[[Work], State]) -> State:
        """Answer a question with the means of a command, and write nothing."""
        stamp = Stamp(self.clock(), "look-ahead")
        return self.look(lambda reading, seeker: question(Work(reading, self.states, stamp, self.new_id, seeker)))

    def seeker_now(self) -> Seeker:
        """The seeker as of now."""
        return self.look(lambda _, seeker: seeker)

    def relationship(self, who: UUID) -> Relationship:
        """The relationship of that id; raises NotFound."""
        return self.look_ahead(lambda work: work.relationship(who))

    def look_at_all(self, question: Callable[[Reading], State]) -> State:
        """Answer a question about the whole store, whosever it is."""

        def attempt(_: bool) -> State:
            with self.store.reading() as reading:
                return question(reading)

        return again(attempt)

    def look(self, question: Callable[[Reading, Seeker], State]) -> State:
        """Answer a question about a consistent state of the store."""

        def attempt(_: bool) -> State:
            with self._lock, self.store.reading() as reading:
                self.states.begin(reading)
                return question(reading, self.seeker(reading))

        return again(attempt)


def invalid(error: ValidationError) -> InvalidInput:
    """What was wrong with a value, without the value: it may be personal."""
    told = ((".".join(map(str, one["loc"])), fault(one)) for one in error.errors(include_input=False))
    return InvalidInput("; ".join(f"{where}: {what}" for where, what in told) + ".")
