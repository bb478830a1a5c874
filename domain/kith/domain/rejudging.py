"""Judges every past ask again under another policy, each on what was on record just before it.

Facts and asks count as they were recorded, and time stands where it stood. What follows from a policy's own numbers
follows from the other one's: a stage is the one that they give by then, where they give another one than the numbers in
force did, and asks lapse as they say. What had lapsed by then stays lapsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, get_args
from uuid import UUID

from kith.domain import connector_load
from kith.domain import seeker as s
from kith.domain.calendar import Calendar
from kith.domain.case import Case, Stamp, enact, write
from kith.domain.connector_load import ConnectorLoad, load_id
from kith.domain.decision import Decision
from kith.domain.guards import decide
from kith.domain.guards.registry import Situation
from kith.domain.log import Recorded
from kith.domain.policy import Policy
from kith.domain.relationship import course, decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import changed, fold
from kith.domain.relationship.state import NEVER, Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage

PastAsk = e.FirstMessageSent | e.ChatAsked | e.IntroAsked | e.ReferralAsked | e.Nudged | e.AskRefused
PAST_ASKS: tuple[type[PastAsk], ...] = get_args(PastAsk)
"""The events that tell of an ask: it was made, or held back."""


class Rejudged(NamedTuple):
    """A past ask: what became of it, and what the other policy says to it."""

    id: str
    """The event's id: the relationship's id, a dot, and the version."""
    relationship: UUID
    at: datetime
    policy: str
    """The hash of the policy under which it was decided."""
    held_back: tuple[str, ...]
    """The guards that held it back then; none if it was made."""
    overridden: tuple[str, ...]
    """The guards that the seeker went past then, and goes past again."""
    decision: Decision
    """Under the other policy; without a plan."""

    @property
    def would_be_refused(self) -> bool:
        """It was made, and would have been held back."""
        return not self.held_back and not self.decision.allowed

    @property
    def would_be_allowed(self) -> bool:
        """It was held back, and could have been made."""
        return bool(self.held_back) and self.decision.allowed


class Rejudging:
    """Reads the log of one seeker in the order in which it was written, and judges the asks as it comes to them."""

    def __init__(self, seeker_id: UUID, policy: Policy) -> None:
        self._seeker_id, self._policy = seeker_id, policy
        self._adopted = s.PolicyAdopted(at=NEVER, policy=policy, hash=policy.hash)
        self._seeker: Seeker | None = None
        self._states: dict[UUID, Relationship] = {}
        self._waiting: dict[UUID, list[Recorded]] = {}
        """What is on record of each relationship beyond its state; folded at once when the state is needed."""
        self._loads: dict[UUID, ConnectorLoad] = {}

    def judge(self, log: Iterable[Recorded]) -> Iterator[Rejudged]:
        """The asks of the log, each judged before it is taken in."""
        for recorded in log:
            event, id_ = recorded.event, recorded.originator_id
            if isinstance(event, PAST_ASKS) and id_ in self._waiting:
                yield self._rejudged(recorded, event)
            self._take_in(recorded)

    def leave_out(self, id_: UUID) -> None:
        """Judge no ask of this relationship from here on: some of what was on record of it can't be read."""
        self._waiting.pop(id_, None)

    def names(self) -> Mapping[UUID, str]:
        """The name of everybody who is left in, as far as the log was read."""
        return {id_: self._state(id_).person.name for id_ in self._waiting}

    def _take_in(self, recorded: Recorded) -> None:
        id_, event = recorded.originator_id, recorded.event
        if id_ in self._waiting:
            self._waiting[id_].append(recorded)
        elif id_ == self._seeker_id:
            self._seeker = s.evolve(self._seeker, recorded)
        elif isinstance(event, e.RelationshipOpened) and event.seeker_id == self._seeker_id:
            self._waiting[id_] = [recorded]
        elif isinstance(event, connector_load.LoadTaken | connector_load.LoadReleased):
            self._loads[id_] = connector_load.evolve(self._loads.get(id_), recorded)

    def _state(self, id_: UUID) -> Relationship:
        state = fold(self._waiting[id_], self._states.get(id_))
        assert state is not None, "a relationship begins with its opening"
        self._states[id_], self._waiting[id_] = state, []
        return state

    def _rejudged(self, recorded: Recorded, event: PastAsk) -> Rejudged:
        held_back, past = _decided(event)
        case = self._case(recorded)
        situation = Situation(case.relationship, case.seeker, case.load, event.ask, self._policy, event.at)
        return Rejudged(
            recorded.id, recorded.originator_id, event.at, event.policy, held_back, past,
            decide(situation, dict.fromkeys(past, "")),
        )  # fmt: skip

    def _case(self, recorded: Recorded) -> Case:
        """What the guards look at, as if the other policy had been adopted just before."""
        stamp = Stamp(recorded.at, recorded.command_id)
        assert self._seeker is not None, "a seeker begins before their first ask"
        in_force, calendar = self._seeker.policy, self._seeker.calendar
        seeker, _ = write(self._seeker, [self._adopted], stamp, s.fold)
        state = _restaged(self._state(recorded.originator_id), in_force, self._policy, calendar, stamp)
        load = load_id(state.person.id)
        case = Case(state, seeker, self._loads.get(load) or ConnectorLoad(load))
        return enact(case, decisions.lapse(state, recorded.at, self._policy, calendar), stamp)[0]


def _decided(event: PastAsk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The guards that held an ask back, and those that the seeker went past."""
    if isinstance(event, e.AskRefused):
        return event.guards, tuple(finding.guard for finding in event.findings if finding.overridden)
    return (), event.overridden


def _restaged(state: Relationship, in_force: Policy, other: Policy, calendar: Calendar, stamp: Stamp) -> Relationship:
    """The state at the stage that the other policy gives it; as it was recorded where both give the same.

    What was recorded may be more than either gives: a stage stays reached when the time zone or an origin changes.
    """
    bare = changed(state, {"stage": Stage.MET, "earned": Stage.MET, "advances": ()})
    if in_force == other or _reached(bare, in_force, calendar) == _reached(bare, other, calendar):
        return state
    return write(bare, course.advances(bare, other, calendar), stamp, fold)[0]


def _reached(state: Relationship, policy: Policy, calendar: Calendar) -> list[Stage]:
    return [step.stage for step in course.reached(state, policy, calendar)]
