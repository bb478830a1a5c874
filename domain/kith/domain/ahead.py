"""Looking ahead: a case as it would be after some steps, by the decisions that would bring it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from kith.domain.asks import Ask
from kith.domain.case import Case, Stamp, enact
from kith.domain.decision import Finding, Step
from kith.domain.guards.registry import Situation
from kith.domain.log import Event
from kith.domain.relationship import decisions

MOST_STEPS = 60
_NAMESPACE = UUID("b1f0c0de-8a52-4f2e-9a53-2f7a3c2f8e11")


class NotPossible(Exception):
    """No step leads to an accepted ask."""

    def __init__(self, why: str, instead: str) -> None:
        super().__init__(why)
        self.why, self.instead = why, instead


@dataclass(frozen=True)
class Ahead:
    """A case as it would be after some steps."""

    case: Case
    now: datetime
    steps: tuple[Step, ...] = ()
    reworded: bool = False
    past: frozenset[str] = frozenset()
    """The guards that the seeker goes past with the ask in question."""

    def goes_past(self, finding: Finding) -> bool:
        """Whether a finding that does not hold is overridden."""
        return finding.guard in self.past and not finding.hard

    def step(self, by: str, what: str, do: str, events: Iterable[Event] = (), subject: str = "") -> Ahead:
        """The case after one more step."""
        if len(self.steps) >= MOST_STEPS:
            raise NotPossible("No way was found.", "keep in touch, and give where you can")
        step = Step(self.now, by, what, do, subject)
        stamp = Stamp(self.now, f"plan-{len(self.steps)}")
        case, _ = enact(self.case, events, stamp)
        return replace(self, case=case, steps=(*self.steps, step))

    def wait(self, until: datetime) -> Ahead:
        """The same case later, with the asks lapsed whose time is up by then."""
        case = self.case
        lapsed = decisions.lapse(case.relationship, until, case.policy, case.seeker.calendar)
        case, _ = enact(case, lapsed, Stamp(until, "plan-wait"))
        return replace(self, case=case, now=max(self.now, until))

    def situation(self, ask: Ask) -> Situation:
        """What the guards would look at."""
        case = self.case
        return Situation(case.relationship, case.seeker, case.load, ask, case.policy, self.now)

    @property
    def name(self) -> str:
        """The other person's name."""
        return self.case.relationship.person.name

    @property
    def next_id(self) -> UUID:
        """An id for an ask made on the way: nothing of it is ever stored."""
        return uuid5(_NAMESPACE, str(len(self.steps)))
