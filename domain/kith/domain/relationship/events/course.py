"""The events of how far the relationship came, and of whether it is active, asleep or over."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from kith.domain.log import Event, Instant, PersonalText
from kith.domain.stages import Stage


class StageAdvanced(Event):
    """The relationship reached a stage."""

    TOPIC: ClassVar[str] = "relationship.stage-advanced.v1"
    stage: Stage
    evidence: tuple[int, ...]
    """Versions of the events that satisfied the stage."""
    policy: str
    volunteered: bool = False
    """A favour that nobody asked for brought it here."""
    skipped: tuple[Stage, ...] = ()
    """Stages passed over: shown as skipped, not reached."""


class StageCorrected(Event):
    """A fact was taken back and the stage with it."""

    TOPIC: ClassVar[str] = "relationship.stage-corrected.v1"
    stage: Stage
    earned: Stage
    retraction: int
    policy: str


class Snoozed(Event):
    """The person is hidden from the agenda for a while."""

    TOPIC: ClassVar[str] = "relationship.snoozed.v1"
    until: Instant


class WentDormant(Event):
    """No touch for so long that the relationship sleeps."""

    TOPIC: ClassVar[str] = "relationship.went-dormant.v1"


class TimerFired(Event):
    """Something became due by time alone, and is a reminder from then on; it happens once for each timer and instant.

    A lapse and going dormant have events of their own.
    """

    TOPIC: ClassVar[str] = "relationship.timer-fired.v1"
    kind: str
    """The kind of timer, such as ``thanks``; see ``kith.domain.timers``."""
    subject: str
    """What armed it: the id of an ask, or the version of an event."""
    due: Instant


class Closed(Event):
    """The seeker ended the relationship."""

    TOPIC: ClassVar[str] = "relationship.closed.v1"
    reason: PersonalText = ""


class Reopened(Event):
    """A closed relationship goes on."""

    TOPIC: ClassVar[str] = "relationship.reopened.v1"


class DebtSettled(Event):
    """A due action needs nothing more."""

    TOPIC: ClassVar[str] = "relationship.debt-settled.v1"
    debt: str
    """The action's key, such as ``thanks:12``."""
    how: Annotated[str, Field(pattern="^(done elsewhere|not needed)$")]
