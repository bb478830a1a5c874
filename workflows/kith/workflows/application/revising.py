"""Taking back: one fact, a correction of one, or a whole import; always by new events, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.errors import InvalidInput, NotApplicable, NotFound
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship import taking_back
from kith.domain.relationship.evolve import standing
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.people import owners
from kith.workflows.application.work import Work

Written = tuple[Recorded, ...]
CHUNK = 1_000


class Revising:
    """Commands that take back."""

    _desk: Desk

    def undo(self, event: str, reason: str, **by: Unpack[By]) -> Written:
        """Take one fact back, with a reason. ``event`` is its id as the timeline shows it."""
        who, version = self.event(event)
        _needs(reason)

        def command(work: Work) -> None:
            case = work.case(who, removed_too=True)
            recorded = case.relationship.recorded(version)
            work.enact(case, taking_back.retract(case.relationship, (version,), reason, work.now))
            _owns_its_keys(work, who)
            if recorded is not None and isinstance(recorded.event, e.IntroductionReceived):
                _not_introduced(work, who, recorded.event, reason)

        return self._desk.carry_out(by, command)

    def correct(self, event: str, reason: str, *, changes: dict[str, Any], **by: Unpack[By]) -> Written:
        """Change fields of one fact, with a reason."""
        who, version = self.event(event)
        _needs(reason)
        return self._desk.decide(who, by, lambda state, now: taking_back.correct(state, version, changes, reason, now))

    def event(self, event: str) -> tuple[UUID, int]:
        """The relationship and the version that an event's id, or the beginning of it, stands for. Raises NotFound."""
        prefix, _, version = event.strip().lstrip("#").replace("-", "").rpartition(".")
        if not prefix or not version.isdigit() or not set(prefix.lower()) <= set("0123456789abcdef"):
            raise NotFound(f"{event!r} is no event's id; kith show WHO lists them.")
        sql = (
            "SELECT originator_id FROM stored_events WHERE originator_id >= ? AND originator_id < ? "
            "AND originator_version = 1 AND topic = ? LIMIT 2"
        )
        start = prefix.lower()
        topic = e.RelationshipOpened.TOPIC
        found = self._desk.look(lambda reading, _: reading.query(sql, (start, f"{start}g", topic)))
        if len(found) != 1:
            raise NotFound(f"{'No event has' if not found else 'Several events have'} an id like {event!r}.")
        return UUID(found[0][0]), int(version)

    def undo_import(self, batch: UUID, reason: str, **by: Unpack[By]) -> dict[str, int]:
        """Take a whole import back. People stay on record if anything else is known of them.

        Returns how many people were removed, how many stay, and how many facts were taken back.
        """
        _needs(reason)
        counts = {"removed": 0, "stay": 0, "facts": 0}
        facts = self._facts_of(batch)
        ids = list(facts)
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]

            def command(work: Work, chunk: list[UUID] = chunk) -> None:
                for id_ in chunk:
                    _retract(work, id_, facts[id_], reason, batch, counts)

            self._desk.carry_out({**by, "command_id": f"undo:{batch}:{start}"}, command)
        self._desk.carry_out({"command_id": f"undo:{batch}"}, lambda work: _undone(work, batch, reason))
        return counts

    def _facts_of(self, batch: UUID) -> dict[UUID, tuple[int, ...]]:
        def question(work: Work) -> dict[UUID, tuple[int, ...]]:
            if not any(known.id == batch for known in work.seeker.batches):
                raise NotFound(f"There is no import {batch}; kith show --imports lists them.")
            facts: dict[UUID, tuple[int, ...]] = {}
            source = f"import:{batch}"
            for recorded in work.transaction.scan(lambda _: None, source):
                if recorded.source == source and isinstance(recorded.event, e.RETRACTABLE):
                    facts[recorded.originator_id] = (
                        *facts.get(recorded.originator_id, ()),
                        recorded.originator_version,
                    )
            return facts

        return self._desk.look_ahead(question)


def _owns_its_keys(work: Work, who: UUID) -> None:
    """Taking an undo back must not give one address to two people."""
    state = work.after.get(who)
    if isinstance(state, Relationship) and not state.removed:
        others = [owner for owner in owners(work, state.person.keys) if owner != who]
        if others:
            raise NotApplicable("An address of theirs belongs to somebody else on record by now.")


def _not_introduced(work: Work, connector: UUID, received: e.IntroductionReceived, reason: str) -> None:
    """What the introduction noted of the person introduced goes with it."""
    if received.introduced is None:
        return
    try:
        case = work.case(received.introduced)
    except NotFound:
        return
    stands = {recorded.originator_version for recorded in standing(case.relationship.events)}
    agreed = tuple(
        recorded.originator_version
        for recorded in case.relationship.events
        if isinstance(recorded.event, e.IntroductionAgreed)
        and (recorded.event.introduced_by, recorded.at) == (connector, received.at)
        and recorded.originator_version in stands
    )
    latest = agreed[-1:]  # of two introductions at one instant, each noted one
    work.enact(case, taking_back.retract(case.relationship, latest, reason, work.now))


def _retract(
    work: Work, id_: UUID, versions: tuple[int, ...], reason: str, batch: UUID, counts: dict[str, int]
) -> None:
    try:
        case = work.case(id_)
    except NotFound:
        return
    case, written = work.enact(case, taking_back.retract(case.relationship, versions, reason, work.now, batch))
    counts["facts"] += sum(len(r.event.versions) for r in written if isinstance(r.event, e.FactsRetracted))
    counts[_fate(case.relationship)] += 1


def _fate(state: Relationship) -> str:
    return "removed" if state.removed else "stay"


def _undone(work: Work, batch: UUID, reason: str) -> None:
    if not any(known.id == batch and known.undone for known in work.seeker.batches):
        undone = s.ImportUndone(at=work.now, batch=batch, reason=reason)
        work.write_seeker([*_profile_given_back(work, f"import:{batch}"), undone])


def _profile_given_back(work: Work, source: str) -> Iterator[Event]:
    """What an import told of the seeker becomes what it was before, unless it was changed since."""
    before: Seeker | None = None
    for recorded in work.transaction.events(work.seeker.id):
        if isinstance(recorded.event, s.ProfileUpdated) and recorded.source == source and before is not None:
            now, then = work.seeker.profile, before.profile
            told = [name for name in then._fields if getattr(recorded.event, name) == getattr(now, name)]
            if told:
                yield s.ProfileUpdated.model_validate({"at": work.now, **{name: getattr(then, name) for name in told}})
        before = s.evolve(before, recorded)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("Say why: what is taken back stays in the log, with the reason.")
