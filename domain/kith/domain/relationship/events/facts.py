"""The events of what happened between the two."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from kith.domain.asks import Question
from kith.domain.log import Event, PersonalLine, PersonalText, Text
from kith.domain.stages import Channel, Direction


class Touched(Event):
    """An interaction in one direction."""

    TOPIC: ClassVar[str] = "relationship.touched.v1"
    direction: Direction
    channel: Channel = Channel.MESSAGE
    note: PersonalText | None = None
    external_id: str | None = None
    """The source's own id, by which a fact is recorded once."""


class GiftGiven(Event):
    """The seeker gave something of use to the person."""

    TOPIC: ClassVar[str] = "relationship.gift-given.v1"
    gift: str
    """article, feedback, connection, help, recommendation or endorsement."""
    what: PersonalText = ""
    because: PersonalText = ""
    """Why it is of use to them."""
    external_id: str | None = None


class ChatPrepared(Event):
    """Questions were prepared for a coffee chat."""

    TOPIC: ClassVar[str] = "relationship.chat-prepared.v1"
    questions: tuple[Question, ...]


class ChatHeld(Event):
    """A coffee chat took place."""

    TOPIC: ClassVar[str] = "relationship.chat-held.v1"
    minutes: int | None = None
    learnings: PersonalText = ""
    follow_ups: tuple[PersonalText, ...] = ()
    """What the seeker promised to do."""
    external_id: str | None = None


class ThanksSent(Event):
    """The seeker thanked for a chat, an introduction or a referral."""

    TOPIC: ClassVar[str] = "relationship.thanks-sent.v1"
    thanks_for: int
    """The version of the event that is thanked for."""
    note: PersonalText = ""


class IntroductionReceived(Event):
    """The person introduced the seeker to somebody; both had agreed."""

    TOPIC: ClassVar[str] = "relationship.introduction-received.v1"
    introduction_id: UUID | None = None
    ask_id: UUID | None = None
    introduced: UUID | None = None
    """The relationship to the person whom the seeker was introduced to."""
    volunteered: bool = False
    note: PersonalText = ""


class IntroductionReported(Event):
    """The seeker told the connector what came of an introduction."""

    TOPIC: ClassVar[str] = "relationship.introduction-reported.v1"
    introduction: int
    """The version of the introduction's event."""
    note: PersonalText = ""


class IntroductionFailed(Event):
    """An introduction did not work out; neither who nor why is known here."""

    TOPIC: ClassVar[str] = "relationship.introduction-failed.v1"
    ask_id: UUID


class IntroductionAgreed(Event):
    """The person agreed to be introduced to the seeker: their yes."""

    TOPIC: ClassVar[str] = "relationship.introduction-agreed.v1"
    introduction_id: UUID | None = None
    introduced_by: UUID | None = None


class ReferralGiven(Event):
    """The person referred the seeker for an opening."""

    TOPIC: ClassVar[str] = "relationship.referral-given.v1"
    opening: str
    role: Text = ""
    company: Text = ""
    ask_id: UUID | None = None
    volunteered: bool = False


class OutcomeLearned(Event):
    """It became known what a referral led to."""

    TOPIC: ClassVar[str] = "relationship.outcome-learned.v1"
    referral: int
    """The version of the referral's event."""
    outcome: PersonalLine


class OutcomeReported(Event):
    """The seeker told the referrer what came of the referral: the loop is closed."""

    TOPIC: ClassVar[str] = "relationship.outcome-reported.v1"
    referral: int
    note: PersonalText = ""
