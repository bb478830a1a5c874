"""The last states in memory, each good as long as its version is the log's."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.domain.log import Recorded
from kith.domain.policy import Policy
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.ports import Reading
from kith.workflows.readmodels.rows import Rows, relationship_rows

CACHED = 2_000
State = TypeVar("State")


class Fold(Protocol[State]):
    """How events become a state, from the beginning or from an earlier state."""

    def __call__(self, events: Iterable[Recorded], state: State | None = None) -> State | None:
        """The state after these events; None if there are none and there was none."""
        ...


class States:
    """The last states by id, each brought up to date from the log before it is used.

    While nobody but this engine writes, which the store's mark tells, they are up to date as they are. What was
    loaded within a transaction that failed is forgotten with it.
    """

    def __init__(self) -> None:
        self._states: OrderedDict[UUID, tuple[int, Any]] = OrderedDict()
        self._rows: dict[UUID, tuple[Relationship, Policy, Calendar, Rows]] = {}
        self._mark: object = None
        self._epoch = 0

    def begin(self, reading: Reading) -> None:
        """Look whether somebody else wrote since the last transaction."""
        mark = reading.mark()
        if mark != self._mark:
            self._mark, self._epoch = mark, self._epoch + 1

    def end(self, reading: Reading) -> None:
        """Note how the store stands at the end of a transaction."""
        self._mark = reading.mark()

    def load(self, reading: Reading, id_: UUID, fold: Fold[State]) -> State | None:
        """The state of an aggregate as of this transaction; None if it has no events."""
        epoch, known = self._states.get(id_, (0, None))
        if known is not None and epoch == self._epoch:
            return cast("State", known)
        state = fold(reading.events(id_, known.version if known is not None else 0), known)
        if state is not None:
            self.keep(id_, state)
        return state

    def rows(self, state: Relationship, seeker: Seeker) -> Rows:
        """The rows of a relationship, remembered: what the next command changes is what this one wrote."""
        rows = relationship_rows(state, seeker)
        self._rows[state.id] = (state, seeker.policy, seeker.calendar, rows)
        if len(self._rows) > CACHED:
            self._rows.pop(next(iter(self._rows)))
        return rows

    def rows_before(self, reading: Reading, state: Relationship, seeker: Seeker) -> Rows:
        """The rows that stand of a relationship: as remembered, or else as they are found."""
        known = self._rows.get(state.id)
        if known and known[0] is state and known[1] is seeker.policy and known[2] is seeker.calendar:
            return known[3]
        return reading.rows(state, seeker)

    def keep(self, id_: UUID, state: Any) -> None:
        """Remember a state that was committed."""
        self._states[id_] = (self._epoch, state)
        self._states.move_to_end(id_)
        if len(self._states) > CACHED:
            self._states.popitem(last=False)

    def forget(self) -> None:
        """Remember nothing."""
        self._states.clear()
        self._rows.clear()
