"""What can happen to a seeker, and stand in the book of asks."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from kith.domain.asks import AskKind
from kith.domain.log import Event, Instant, PersonalLine, PersonalText, Value
from kith.domain.policy import Policy


class Job(Value):
    """A position that the seeker held."""

    company: PersonalText
    title: PersonalText = ""
    start: date | None = None
    end: date | None = None


class SeekerRegistered(Event):
    """A seeker begins."""

    TOPIC: ClassVar[str] = "seeker.registered.v1"
    name: PersonalLine
    time_zone: str


class ProfileUpdated(Event):
    """The seeker's own profile changed; fields left out stay as they were."""

    TOPIC: ClassVar[str] = "seeker.profile-updated.v1"
    name: PersonalLine | None = None
    headline: PersonalText | None = None
    intro: PersonalText | None = None
    picture: bool | None = None
    """Whether the public profile has a picture."""
    jobs: tuple[Job, ...] | None = None
    time_zone: str | None = None
    opens: time | None = None
    closes: time | None = None
    quiet_days: tuple[Annotated[int, Field(ge=0, le=6)], ...] | None = None


class GoalsSet(Event):
    """Where the seeker wants to go."""

    TOPIC: ClassVar[str] = "seeker.goals-set.v1"
    companies: tuple[PersonalLine, ...] = ()
    roles: tuple[PersonalLine, ...] = ()


class PolicyAdopted(Event):
    """From here on the seeker goes by this policy."""

    TOPIC: ClassVar[str] = "seeker.policy-adopted.v1"
    policy: Policy
    hash: str


class AskBooked(Event):
    """An ask that binds across relationships was made."""

    TOPIC: ClassVar[str] = "seeker.ask-booked.v1"
    ask_id: UUID
    relationship_id: UUID
    kind: AskKind
    lapses: Instant
    opening: str = ""
    stranger: bool = False
    fingerprint: tuple[int, ...] = ()
    """Of a first message: enough to recognise a copy, too little to read (see ``kith.domain.wording``)."""


class AskCleared(Event):
    """A booked ask was settled, or what had been agreed on it was kept."""

    TOPIC: ClassVar[str] = "seeker.ask-cleared.v1"
    ask_id: UUID
    how: str
    """agreed, kept, declined, withdrawn, lapsed, answered or failed."""


class ReferralBooked(Event):
    """A referral was given for an opening."""

    TOPIC: ClassVar[str] = "seeker.referral-booked.v1"
    relationship_id: UUID
    opening: str
    referral: int


class ReferralUnbooked(Event):
    """A booked referral turned out not to have been given."""

    TOPIC: ClassVar[str] = "seeker.referral-unbooked.v1"
    relationship_id: UUID
    referral: int


class OutcomeBooked(Event):
    """What a referral led to is known, so its referrer is to hear of it."""

    TOPIC: ClassVar[str] = "seeker.outcome-booked.v1"
    relationship_id: UUID
    referral: int


class OutcomeCleared(Event):
    """The referrer has heard the outcome, or need not."""

    TOPIC: ClassVar[str] = "seeker.outcome-cleared.v1"
    relationship_id: UUID
    referral: int


class ImportStarted(Event):
    """An import batch began."""

    TOPIC: ClassVar[str] = "seeker.import-started.v1"
    batch: UUID
    format: str
    digest: str


class ImportFinished(Event):
    """An import batch is complete."""

    TOPIC: ClassVar[str] = "seeker.import-finished.v1"
    batch: UUID
    people: int
    facts: int


class ImportUndone(Event):
    """An import batch was taken back."""

    TOPIC: ClassVar[str] = "seeker.import-undone.v1"
    batch: UUID
    reason: PersonalText


class DigestClaimed(Event):
    """The digest of a day is about to be sent; nobody else sends it from here on."""

    TOPIC: ClassVar[str] = "seeker.digest-claimed.v1"
    day: date
    """The day in the seeker's time zone."""


class DigestSent(Event):
    """The digest of a day was sent."""

    TOPIC: ClassVar[str] = "seeker.digest-sent.v1"
    day: date
