"""The events that change how the earlier ones are read."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import JsonValue

from kith.domain.log import Event, Personal, PersonalText
from kith.domain.relationship.events import asks, course, facts, network, person


class FactsRetracted(Event):
    """Facts were recorded in error; views, guards and timers go by what remains."""

    TOPIC: ClassVar[str] = "relationship.facts-retracted.v1"
    versions: tuple[int, ...]
    reason: PersonalText
    batch: UUID | None = None
    """The import that was undone."""


class FactCorrected(Event):
    """A fact was recorded wrongly; it now reads as given."""

    TOPIC: ClassVar[str] = "relationship.fact-corrected.v1"
    version: int
    changes: Annotated[dict[str, JsonValue], Personal]
    reason: PersonalText


RETRACTABLE: tuple[type[Event], ...] = (
    person.RelationshipOpened, person.PersonDescribed, person.FactNoted, network.TiesNoted, network.BackgroundNoted,
    person.TierSet, person.ContactRefused, facts.Touched, facts.GiftGiven, facts.ChatPrepared, facts.ChatHeld,
    facts.ThanksSent, facts.IntroductionReceived, facts.IntroductionReported, facts.IntroductionFailed,
    facts.IntroductionAgreed, facts.ReferralGiven, facts.OutcomeLearned, facts.OutcomeReported, asks.AskAgreed,
    asks.AskDeclined, course.Snoozed, course.Closed, course.DebtSettled, FactsRetracted, FactCorrected,
)  # fmt: skip
"""Facts can be taken back; asks stay, for they were made."""
