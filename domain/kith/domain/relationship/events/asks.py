"""The events of what the seeker wanted of the person, and of what became of it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field, PlainSerializer

from kith.domain.asks import ChatAsk, FirstMessage, IntroAsk, Introducing, Nudge, ReferralAsk
from kith.domain.decision import Finding
from kith.domain.log import Event, Instant, Personal, PersonalText


class AskMade(Event):
    """What the asks have in common."""

    ask_id: UUID
    policy: str
    """The hash of the policy under which the guards held."""
    overridden: tuple[str, ...] = ()
    """Guards that were overridden; each has a GuardOverridden of its own."""


class FirstMessageSent(AskMade):
    """The seeker wrote to somebody for the first time."""

    TOPIC: ClassVar[str] = "relationship.first-message-sent.v1"
    ask: FirstMessage
    stranger: bool


class ChatAsked(AskMade):
    """The seeker asked for a coffee chat."""

    TOPIC: ClassVar[str] = "relationship.chat-asked.v1"
    ask: ChatAsk


class IntroAsked(AskMade):
    """The seeker asked for a warm introduction."""

    TOPIC: ClassVar[str] = "relationship.intro-asked.v1"
    ask: IntroAsk
    introduction_id: UUID


class ReferralAsked(AskMade):
    """The seeker asked for a referral."""

    TOPIC: ClassVar[str] = "relationship.referral-asked.v1"
    ask: ReferralAsk
    opening: str


class Nudged(AskMade):
    """The seeker reminded of an ask; ``ask_id`` is that ask."""

    TOPIC: ClassVar[str] = "relationship.nudged.v1"
    ask: Nudge


def _by_name(finding: Finding) -> dict[str, Any]:
    return {name: value for name, value in finding._asdict().items() if value is not None}


StoredFinding = Annotated[Finding, PlainSerializer(_by_name)]
"""A finding, stored with the names of its parts."""


class AskRefused(Event):
    """The guards held an ask back: it was not made."""

    TOPIC: ClassVar[str] = "relationship.ask-refused.v1"
    ask: Annotated[FirstMessage | ChatAsk | IntroAsk | ReferralAsk | Nudge | Introducing, Field(discriminator="type")]
    kind: str
    guards: tuple[str, ...]
    """The guards that did not hold."""
    policy: str
    findings: Annotated[tuple[StoredFinding, ...], Personal]


class GuardOverridden(Event):
    """The seeker went past a guard, for a reason."""

    TOPIC: ClassVar[str] = "relationship.guard-overridden.v1"
    ask_id: UUID
    guard: str
    reason: Annotated[PersonalText, Field(min_length=1)]


class AskAgreed(Event):
    """They said yes; a commitment begins."""

    TOPIC: ClassVar[str] = "relationship.ask-agreed.v1"
    ask_id: UUID
    due: Instant | None = None
    """When the chat is, or by when it was promised."""


class AskDeclined(Event):
    """They said no."""

    TOPIC: ClassVar[str] = "relationship.ask-declined.v1"
    ask_id: UUID


class AskWithdrawn(Event):
    """The seeker took the ask, or what had been promised on it, back."""

    TOPIC: ClassVar[str] = "relationship.ask-withdrawn.v1"
    ask_id: UUID


class AskLapsed(Event):
    """Nobody answered in time."""

    TOPIC: ClassVar[str] = "relationship.ask-lapsed.v1"
    ask_id: UUID


class ChatRescheduled(Event):
    """An agreed coffee chat was moved."""

    TOPIC: ClassVar[str] = "relationship.chat-rescheduled.v1"
    ask_id: UUID
    due: Instant


class ChatCancelled(Event):
    """An agreed coffee chat will not take place."""

    TOPIC: ClassVar[str] = "relationship.chat-cancelled.v1"
    ask_id: UUID
