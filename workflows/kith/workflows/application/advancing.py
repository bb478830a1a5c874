"""The stage guard of one relationship: the advances that its facts call for, and what the next stage lacks."""

from __future__ import annotations

from typing import NamedTuple, Unpack
from uuid import UUID

from kith.domain.log import Recorded
from kith.domain.relationship import course
from kith.domain.relationship.events import StageAdvanced
from kith.domain.relationship.next_stage import StageFinding, next_stage
from kith.domain.stages import Stage
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work


class Advanced(NamedTuple):
    """How a relationship stands at its stage guard."""

    stage: Stage
    """The highest stage reached without skipping one."""
    reached: tuple[Stage, ...]
    """Stages that were found to be reached just now, lowest first."""
    next: tuple[StageFinding, ...]
    """The conditions of the next stage; none after the last one."""

    @property
    def missing(self) -> tuple[StageFinding, ...]:
        """The conditions that stand in the way of the next stage."""
        return tuple(finding for finding in self.next if not finding.holds)


class Advancing:
    """The command that checks a stage guard."""

    _desk: Desk

    def advance(self, who: UUID, **by: Unpack[By]) -> Advanced:
        """Check the stage guard of a relationship now; write the advances that the facts call for, and no other.

        Stages follow from facts by themselves; what is found here was made possible by a changed policy.
        """
        found: list[Advanced] = []

        def command(work: Work) -> None:
            before = work.relationship(who).earned
            case = work.case(who)
            calendar = case.seeker.calendar
            case, _ = work.enact(case, course.advances(case.relationship, case.policy, calendar))
            state = case.relationship
            reached = tuple(stage for stage in Stage if before < stage <= state.earned)
            found[:] = [Advanced(state.earned, reached, next_stage(state, case.policy, calendar))]

        written = self._desk.carry_out(by, command)
        return found[0] if found else self._again(who, written)

    def _again(self, who: UUID, written: tuple[Recorded, ...]) -> Advanced:
        """What a command id that was used before found, with what is missing by now."""
        events = (recorded.event for recorded in written)
        reached = tuple(event.stage for event in events if isinstance(event, StageAdvanced) and not event.skipped)
        state, seeker = self._desk.look_ahead(lambda work: (work.case(who).relationship, work.seeker))
        return Advanced(state.earned, reached, next_stage(state, seeker.policy, seeker.calendar))
