"""What the log teaches: the seeker's own rates, times and ledger, and who champions them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from kith.domain.champions import Champion, champion
from kith.domain.insights import Insights, insights
from kith.domain.relationship.evolve import fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.desk import Desk
from kith.workflows.ports import Reading

CHUNK = 1_000


class Learning:
    """Questions about what the log teaches."""

    _desk: Desk

    def insights(self) -> Insights:
        """The seeker's own rates with intervals, times from met to each stage, goodwill, overrides and referrals.

        Asks that are still open count neither way, and nothing tells who declined within an introduction.
        """
        now = self._desk.clock()

        def question(reading: Reading, seeker: Seeker) -> Insights:
            sql = "SELECT id FROM relationships WHERE seeker_id = ? AND version > 1"
            ids = [UUID(id_) for (id_,) in reading.query(sql, (seeker.id.hex,))]
            read = list(states(reading, ids))
            return insights(read, seeker, now)._replace(unread=len(ids) - len(read))

        return self._desk.look(question)

    def champions(self) -> list[Champion]:
        """Those who referred the seeker, heard what came of it, and with whom the relationship is alive; by name."""
        now = self._desk.clock()

        def question(reading: Reading, seeker: Seeker) -> list[Champion]:
            ids = dict.fromkeys(given.relationship_id for given in seeker.referrals)
            found = (champion(state, seeker.policy, now) for state in states(reading, [*ids]))
            return sorted(filter(None, found), key=lambda one: (one.name.casefold(), one.relationship_id))

        return self._desk.look(question)


def states(reading: Reading, ids: Sequence[UUID]) -> Iterator[Relationship]:
    """These relationships, folded from the log; one with a row that can't be read is left out."""
    for start in range(0, len(ids), CHUNK):
        for events in reading.events_of(ids[start : start + CHUNK]).values():
            state = fold(events)
            if state is not None:
                yield state
