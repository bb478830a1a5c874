"""What another policy would have said to every past ask; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, TypeVar
from uuid import UUID

from kith.domain.policy import Policy
from kith.domain.rejudging import PAST_ASKS, Rejudged, Rejudging
from kith.domain.seeker import Seeker
from kith.workflows.application.desk import Desk
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import Reading

Progress = Callable[[int, int], None]
TELLING = 100
"""Asks between two words about the progress."""


class Change(NamedTuple):
    """How many asks would have ended otherwise."""

    refused: int
    """Asks that were made, and would have been held back."""
    allowed: int
    """Asks that were held back, and could have been made."""


class WhatIf(NamedTuple):
    """Every past ask, judged again under another policy."""

    policy: Policy
    in_force: Policy
    """The policy that the seeker goes by now."""
    asks: tuple[Rejudged, ...]
    """In the order in which they were recorded."""
    people: Mapping[UUID, str]
    """The names of the relationships."""
    corrupt: tuple[CorruptEvent, ...]
    """Rows that could not be read; asks to these people are left out from there on."""

    @property
    def made(self) -> int:
        """How many of the asks were made."""
        return sum(not ask.held_back for ask in self.asks)

    @property
    def refused(self) -> tuple[Rejudged, ...]:
        """The asks that were made, and would have been held back."""
        return tuple(ask for ask in self.asks if ask.would_be_refused)

    @property
    def allowed(self) -> tuple[Rejudged, ...]:
        """The asks that were held back, and could have been made."""
        return tuple(ask for ask in self.asks if ask.would_be_allowed)

    def by_guard(self) -> dict[str, Change]:
        """What would have changed by each guard, most first: an ask counts for every guard in its way."""
        refused = Counter(chain.from_iterable((f.guard for f in ask.decision.missing) for ask in self.refused))
        return _changes(refused, Counter(chain.from_iterable(ask.held_back for ask in self.allowed)))

    def by_person(self) -> dict[UUID, Change]:
        """What would have changed for each relationship, most first."""
        return _changes(
            Counter(ask.relationship for ask in self.refused), Counter(ask.relationship for ask in self.allowed)
        )


Key = TypeVar("Key")


def _changes(refused: Counter[Key], allowed: Counter[Key]) -> dict[Key, Change]:
    return {key: Change(refused[key], allowed[key]) for key, _ in (refused + allowed).most_common()}


class WhatIfs:
    """Questions to the past."""

    _desk: Desk

    def what_if(self, policy: Policy, *, progress: Progress | None = None) -> WhatIf:
        """Judge every past ask of this seeker again under another policy, each on what was recorded before it.

        An ask that was made past a guard is judged with the same override.
        """

        def question(reading: Reading, seeker: Seeker) -> WhatIf:
            asked = _asked(reading, seeker.id)
            rejudging, corrupt = Rejudging(seeker.id, policy), list[CorruptEvent]()

            def unread(problem: CorruptEvent) -> None:
                corrupt.append(problem)
                rejudging.leave_out(problem.originator)

            wanted = {seeker.id.hex, *asked}
            log = reading.scan(unread, chosen=lambda id_, topic: id_ in wanted or topic.startswith("connector-load."))
            asks = tuple(_told(rejudging.judge(log), sum(asked.values()), progress))
            return WhatIf(policy, seeker.policy, asks, rejudging.names(), tuple(corrupt))

        return self._desk.look(question)


def _asked(reading: Reading, seeker_id: UUID) -> dict[str, int]:
    """How many asks are on record of each relationship that has any, and that no other seeker keeps."""
    marks = ", ".join("?" * len(PAST_ASKS))
    sql = f"""
        SELECT originator_id, COUNT(*) FROM stored_events
        WHERE topic IN ({marks}) AND originator_id NOT IN (SELECT id FROM relationships WHERE seeker_id <> ?)
        GROUP BY originator_id
    """
    return dict(reading.query(sql, (*(kind.TOPIC for kind in PAST_ASKS), seeker_id.hex)))


def _told(asks: Iterable[Rejudged], total: int, progress: Progress | None) -> Iterator[Rejudged]:
    for done, ask in enumerate(asks, 1):
        if progress and done % TELLING == 0:
            progress(done, total)
        yield ask
