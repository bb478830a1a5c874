"""Questions: today's agenda, the board, a person's story, now and as of any instant; and the health of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from kith.domain.calendar import aware
from kith.domain.errors import Ambiguous, NotFound
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage
from kith.workflows.application import redrawing
from kith.workflows.application.again import again
from kith.workflows.application.desk import Desk
from kith.workflows.application.digesting import unsent
from kith.workflows.application.owners import Owners
from kith.workflows.application.telling import Entry, timeline
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import START, Place, Reading
from kith.workflows.readmodels.agenda import Agenda, agenda
from kith.workflows.readmodels.people import Listed, find, people

PAGE = 1_000
EVERYTHING = 2**31 - 1
Axis = Literal["happened", "recorded"]
"""What an instant is held against: when things happened, or when they were learned of."""


class Board(NamedTuple):
    """Who stands where."""

    as_of: datetime
    axis: Axis
    stages: dict[Stage, list[Listed]]
    corrupt: list[CorruptEvent]
    """Rows that could not be read, and whose relationships are left out."""


class Queries:
    """Questions."""

    _desk: Desk

    def agenda(self, on: datetime | None = None) -> Agenda:
        """At most 5 actions, most urgent first, each with why and what to do. ``on`` asks for another instant."""
        at = aware(on) if on else self._desk.clock()
        return self._desk.look(lambda reading, seeker: agenda(reading.query, seeker.id.hex, at))

    def people(self, search: str = "") -> list[Listed]:
        """Everybody on record by name, or those in whose name, company or position ``search`` is found."""
        now = self._desk.clock()
        return self._desk.look(lambda reading, seeker: people(reading.query, seeker.id.hex, now, search=search))

    def find(self, who: str) -> UUID:
        """The one person whom a name, an e-mail, a LinkedIn address or the start of an id stands for.

        Raises NotFound, or Ambiguous with the candidates: nobody is picked on a guess.
        """
        return self._desk.look(lambda reading, seeker: the_one(reading, seeker, who))

    def relationship(self, who: UUID, *, as_of: datetime | None = None, by: Axis = "happened") -> Relationship:
        """The state of a relationship, now or as of an instant."""
        state = self._desk.relationship(who)
        if as_of is None:
            return state
        then = _as_of(state.events, aware(as_of), by)
        if then is None:
            raise NotFound(f"{state.person.name} was not on record then.")
        return then

    def timeline(self, who: UUID, *, as_of: datetime | None = None, by: Axis = "happened") -> list[Entry]:
        """The story of a relationship in the order in which it happened, as of an instant if one is given."""
        entries = timeline(self.relationship(who, as_of=as_of, by=by), self._desk.seeker_now().calendar)
        if as_of is None:
            return entries
        return [entry for entry in entries if (entry.at if by == "happened" else entry.recorded_at) <= as_of]

    def board(self, *, as_of: datetime | None = None, by: Axis = "happened") -> Board:
        """Who stands at which stage, now or as of an instant: of when things happened, or were recorded."""
        now = self._desk.clock()
        if as_of is None:
            return Board(now, by, _by_stage(self.people()), [])

        aware(as_of)

        def question(reading: Reading, seeker: Seeker) -> Board:
            corrupt: list[CorruptEvent] = []
            listed = _listed_as_of(reading, seeker, as_of, by, corrupt)
            return Board(as_of, by, _by_stage(sorted(listed, key=lambda one: (one.name.casefold(), one.id))), corrupt)

        return self._desk.look(question)

    def export(self, *, seeker: UUID | None = None) -> Iterator[dict[str, Any]]:
        """Every event of the log as JSON values, oldest first; rows that can't be read are named as such.

        With ``seeker``, only what is theirs and for them to see. The introductions' own logs are not: they hold what
        the two others answered, and what became of an introduction stands in the relationship's log too.
        """
        owners = Owners()
        for recorded in self._log():
            owner = owners.of(recorded)
            if seeker is None or (owner == seeker and not owners.is_introduction(recorded)):
                yield as_json(recorded)

    def _log(self) -> Iterator[Recorded | CorruptEvent]:
        after, page = START, self._page(START)
        while page:
            for _, recorded in page:
                yield recorded
            after = page[-1][0]
            page = self._page(after)
        for _, recorded in self._page(after, EVERYTHING, settled=False):
            yield recorded

    def _page(
        self, after: Place, size: int = PAGE, *, settled: bool = True
    ) -> list[tuple[Place, Recorded | CorruptEvent]]:
        return self._desk.look_at_all(lambda reading: reading.page(after, size, settled=settled))

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> redrawing.Rebuilt:
        """Recreate every read model from the log."""

        def attempt(_: bool) -> redrawing.Rebuilt:
            with self._desk.store.writing() as transaction:
                return redrawing.rebuild(transaction, progress)

        return again(attempt)

    def doctor(self) -> list[str]:
        """What is wrong with the store, one sentence each.

        Damaged rows, read models that differ from the log, and digests that were perhaps not sent.
        """
        now = self._desk.clock()

        def question(reading: Reading) -> list[str]:
            found = redrawing.seekers(reading, lambda _: None).values()
            digests = (told for seeker in found for told in unsent(seeker, now))
            return [*reading.integrity(), *redrawing.differences(reading), *digests]

        return self._desk.look_at_all(question)


def the_one(reading: Reading, seeker: Seeker, who: str) -> UUID:
    """The one person whom a name, an address or the start of an id stands for; raises NotFound, or Ambiguous."""
    found = find(reading.query, seeker.id.hex, who)
    if len(found) == 1:
        return UUID(found[0])
    if not found:
        raise NotFound(f"Nobody on record answers to {who!r}; kith people lists everybody, kith meet adds somebody.")
    raise Ambiguous(f"{who!r} could be any of {len(found)} people.", _candidates(reading, seeker, found))


def as_json(recorded: Recorded | CorruptEvent) -> dict[str, Any]:
    """An event with its place in the log as JSON values; of a row that can't be read, what it was to be."""
    if isinstance(recorded, CorruptEvent):
        return {"id": f"{recorded.originator}.{recorded.version}", "corrupt": recorded.topic}
    return {
        "id": recorded.id,
        "topic": recorded.event.TOPIC,
        "recorded_at": recorded.recorded_at.isoformat().replace("+00:00", "Z"),
        "command_id": recorded.command_id,
        "source": recorded.source,
        "causation": recorded.causation,
        **recorded.event.model_dump(mode="json", exclude_none=True),
    }


def _candidates(reading: Reading, seeker: Seeker, ids: list[str]) -> list[str]:
    sql = "SELECT id, name, position, company FROM relationships WHERE seeker_id = ? AND id = ?"
    rows = [reading.query(sql, (seeker.id.hex, id_))[0] for id_ in ids]
    return [f"{row[0][:8]}  {', '.join(part for part in row[1:] if part)}" for row in rows]


def _as_of(events: tuple[Recorded, ...], as_of: datetime, by: Axis) -> Relationship | None:
    """The state that the events up to an instant add up to.

    By when things happened, a fact that was taken back later never happened: revisions always count. Somebody is on
    record from the first thing that happened, also where it was noted later that they had met.
    """
    if by == "recorded":
        return _opened([recorded for recorded in events if recorded.recorded_at <= as_of])
    if not any(recorded.at <= as_of for recorded in events):
        return None
    always = (e.RelationshipOpened, e.FactsRetracted, e.FactCorrected)
    return _opened([r for r in events if r.at <= as_of or isinstance(r.event, always)])


def _opened(events: list[Recorded]) -> Relationship | None:
    if not events or not isinstance(events[0].event, e.RelationshipOpened):
        return None
    state = fold(events)
    return None if state is None or state.removed else state


def _listed_as_of(
    reading: Reading, seeker: Seeker, as_of: datetime, by: Axis, corrupt: list[CorruptEvent]
) -> Iterator[Listed]:
    for originator in redrawing.relationships_of(reading, seeker.id, corrupt.append):
        try:
            state = _as_of(tuple(reading.events(originator)), as_of, by)
        except CorruptEvent as problem:
            corrupt.append(problem)
            continue
        if state is not None and state.seeker_id == seeker.id:
            yield _listed(state, seeker, as_of)


def _listed(state: Relationship, seeker: Seeker, now: datetime) -> Listed:
    person, last, inbound = state.person, state.last_touch, state.last_inbound
    status = state.status(now, timedelta(days=seeker.policy.dormant_days))
    waiting = ", ".join(ask.kind.value for ask in state.open_asks) or None
    return Listed(
        state.id.hex, person.name, person.company, person.position, state.origin.value, int(state.stage),
        int(state.earned), state.tier, status, last.at if last else None, inbound.at if inbound else None,
        len(state.gifts), waiting,
    )  # fmt: skip


def _by_stage(listed: list[Listed]) -> dict[Stage, list[Listed]]:
    return {stage: [one for one in listed if one.stage == stage] for stage in Stage}
