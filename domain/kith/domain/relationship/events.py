"""What can happen to a relationship: the events of the aggregate, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import Field, JsonValue, PlainSerializer, model_validator

from kith.domain.asks import ChatAsk, FirstMessage, IntroAsk, Introducing, Nudge, Question, ReferralAsk
from kith.domain.decision import Finding
from kith.domain.log import Event, Instant, Personal, PersonalLine, PersonalText, Text
from kith.domain.stages import Channel, Direction, Origin, Stage
from kith.domain.ties import BackgroundKind, NotedKind

Year = Annotated[int, Field(ge=1900, le=2199)]
Key = Annotated[str, Personal]
"""An identity key of a person: ``linkedin:slug``, ``email:address``."""


# The person


class RelationshipOpened(Event):
    """The seeker and a person are on record as knowing each other."""

    TOPIC: ClassVar[str] = "relationship.opened.v1"
    seeker_id: UUID
    person_id: UUID | None = None
    """The person, if another seeker's relationship knew them first; else this relationship's own id stands for them."""
    name: PersonalLine
    origin: Origin = Origin.UNKNOWN
    company: PersonalText | None = None
    position: PersonalText | None = None
    email: PersonalText | None = None
    url: PersonalText | None = None
    keys: tuple[Key, ...] = ()
    since: date | None = None
    introduced_by: UUID | None = None
    """The relationship to the person who introduced them."""


class PersonDescribed(Event):
    """Something about the person was learned or changed; fields left out stay as they were."""

    TOPIC: ClassVar[str] = "relationship.person-described.v1"
    name: PersonalLine | None = None
    origin: Origin | None = None
    company: PersonalText | None = None
    position: PersonalText | None = None
    email: PersonalText | None = None
    url: PersonalText | None = None
    keys: tuple[Key, ...] = ()
    """Keys that came to be known, beside the earlier ones."""


class FactNoted(Event):
    """A fact about the person, worth remembering."""

    TOPIC: ClassVar[str] = "relationship.fact-noted.v1"
    text: Annotated[PersonalText, Field(min_length=1)]


class TiesNoted(Event):
    """The person and others whom the seeker knows know of each other, each of them."""

    TOPIC: ClassVar[str] = "relationship.ties-noted.v1"
    others: Annotated[tuple[UUID, ...], Field(min_length=1)]
    """The relationships to the others."""
    kind: NotedKind = NotedKind.NOTED
    people: Annotated[int, Field(ge=3)] | None = None
    """How many were in the thread or meeting, the seeker and people who are not on record among them."""
    note: PersonalText = ""
    """How they know each other."""
    since: date | None = None
    external_id: str | None = None


class BackgroundNoted(Event):
    """The person worked or studied somewhere."""

    TOPIC: ClassVar[str] = "relationship.background-noted.v1"
    kind: BackgroundKind
    place: PersonalLine
    start: Year | None = None
    """The year in which it began."""
    end: Year | None = None
    """The year in which it ended; None where that is not known, or it has not."""

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"it ended in {self.end}, before it began in {self.start}")
        return self


class TierSet(Event):
    """The seeker chose how often to keep in touch; None ends it."""

    TOPIC: ClassVar[str] = "relationship.tier-set.v1"
    tier: Annotated[int, Field(ge=1, le=4)] | None = None


class ContactRefused(Event):
    """The person said that they do not want to be contacted (GDPR Art. 21)."""

    TOPIC: ClassVar[str] = "relationship.contact-refused.v1"


# Facts


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


# Asks


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


# Course and status


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


# Taking back


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
    RelationshipOpened, PersonDescribed, FactNoted, TiesNoted, BackgroundNoted, TierSet, ContactRefused, Touched,
    GiftGiven, ChatPrepared, ChatHeld, ThanksSent, IntroductionReceived, IntroductionFailed, IntroductionAgreed,
    ReferralGiven, OutcomeLearned, OutcomeReported, AskAgreed, AskDeclined, Snoozed, Closed, DebtSettled,
    FactsRetracted, FactCorrected,
)  # fmt: skip
"""Facts can be taken back; asks stay, for they were made."""
