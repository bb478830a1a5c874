"""The last states in memory, each good as long as its version is the log's."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from kith.domain.log import Recorded
from kith.workflows.ports import Reading

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
        self._mark: object = None
        self._epoch = 0
        self.alone = False
        """Whether nobody else wrote between the last two transactions."""

    def begin(self, reading: Reading) -> None:
        """Look whether somebody else wrote since the last transaction."""
        mark = reading.mark()
        self.alone = mark == self._mark
        if not self.alone:
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

    def load_all(self, reading: Reading, ids: Iterable[UUID], fold: Fold[Any]) -> None:
        """Read those of which nothing is known at once. One that can't be read is left to ``load``, which says so."""
        unknown = [id_ for id_ in ids if id_ not in self._states]
        for id_, events in reading.events_of(unknown).items():
            self.keep(id_, fold(events))

    def keep(self, id_: UUID, state: Any) -> None:
        """Remember a state that was committed."""
        self._states[id_] = (self._epoch, state)
        self._states.move_to_end(id_)
        if len(self._states) > CACHED:
            self._states.popitem(last=False)

    def forget(self) -> None:
        """Remember nothing."""
        self._states.clear()
