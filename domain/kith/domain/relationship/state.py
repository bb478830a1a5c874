"""The state of a relationship: everything that its guards, timers and views need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind, OpenAsk, Question
from kith.domain.calendar import Calendar
from kith.domain.log import Recorded
from kith.domain.relationship.events import RelationshipOpened
from kith.domain.stages import Channel, Direction, Origin, Stage
from kith.domain.ties import Background, Noted


class Person(NamedTuple):
    """Who the other one is."""

    id: UUID
    name: str
    company: str | None = None
    position: str | None = None
    email: str | None = None
    url: str | None = None
    keys: tuple[str, ...] = ()


class Contact(NamedTuple):
    """A touch as the guards count it: whatever event it came from."""

    version: int
    at: datetime
    direction: Direction
    channel: Channel


class Happened(NamedTuple):
    """A fact that may need thanks, an answer or a report: when it happened, and when that was recorded."""

    version: int
    at: datetime
    recorded_at: datetime

    def is_past(self, days: int, calendar: Calendar) -> bool:
        """Whether it was recorded more than so many days later, and makes no debts."""
        gap = self.recorded_at - self.at
        if abs(gap - timedelta(days=days)) > _TWO_DAYS:  # no change of the clocks comes near
            return gap > timedelta(days=days)
        return self.recorded_at > calendar.plus_days(self.at, days)


_TWO_DAYS = timedelta(days=2)


class Prepared(NamedTuple):
    """A question that was prepared for a coffee chat: with which event, and when."""

    version: int
    at: datetime
    question: Question


class Chat(NamedTuple):
    """A coffee chat that was held."""

    fact: Happened
    learnings: bool
    follow_ups: tuple[str, ...]


class Introduction(NamedTuple):
    """A warm introduction that this person made."""

    fact: Happened
    ask_id: UUID | None
    volunteered: bool
    reported: int | None = None
    """The version of the event by which the person heard what came of it."""


class Referral(NamedTuple):
    """A referral that this person gave."""

    fact: Happened
    opening: str
    role: str
    company: str
    ask_id: UUID | None
    volunteered: bool
    outcome: str | None = None
    news: tuple[Happened, ...] = ()
    """When its outcome became known, and each time it changed, since it was last reported."""
    reported: int | None = None

    @property
    def known(self) -> Happened | None:
        """When its outcome became known, of what was not reported before."""
        return self.news[0] if self.news else None


class MadeAsk(NamedTuple):
    """An ask that was made, and what became of it."""

    id: UUID
    kind: AskKind
    version: int
    at: datetime
    ask: OpenAsk
    settled: str | None = None
    """agreed, declined, withdrawn, lapsed, answered or failed."""
    settled_at: datetime | None = None
    due: datetime | None = None
    """When the agreed chat is, or by when it was promised."""
    kept: bool = False
    """Whether what was agreed has happened, or will not happen."""
    nudged: tuple[datetime, ...] = ()

    @property
    def is_open(self) -> bool:
        """Not yet agreed, declined, withdrawn, lapsed or answered."""
        return self.settled is None

    @property
    def is_promised(self) -> bool:
        """Agreed, and not yet kept."""
        return self.settled == "agreed" and not self.kept

    @property
    def is_favour(self) -> bool:
        """An introduction or referral ask that is open or was accepted: a favour asked."""
        return self.kind in (AskKind.INTRO, AskKind.REFERRAL) and self.settled in (None, "agreed")


class Advance(NamedTuple):
    """A stage that was reached, with the evidence."""

    version: int
    at: datetime
    stage: Stage
    evidence: tuple[int, ...]
    policy: str
    volunteered: bool
    skipped: tuple[Stage, ...]


class Fired(NamedTuple):
    """A timer that fired: the last time for its kind and subject."""

    kind: str
    subject: str
    due: datetime


NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Relationship:
    """Everything the guards, timers and views need to know of one relationship."""

    id: UUID
    seeker_id: UUID
    person: Person
    version: int = 0
    opened_at: datetime = NEVER
    origin: Origin = Origin.UNKNOWN
    origin_by: int = 1
    """The version of the event that told it."""
    since: date | None = None
    introduced_by: UUID | None = None
    events: tuple[Recorded, ...] = ()
    removed: bool = False
    """Its opening was taken back and nothing else remains."""
    revised: frozenset[int] = frozenset()
    """Versions that were taken back or corrected."""

    touches: tuple[Contact, ...] = ()
    last_touch: Contact | None = None
    """The last interaction in either direction, by when it happened."""
    last_inbound: Contact | None = None
    """Their last word."""
    last_outbound: Contact | None = None
    """The seeker's last word."""
    notes: tuple[tuple[int, str], ...] = ()
    ties: tuple[Noted, ...] = ()
    """What is on record here of who knows whom."""
    backgrounds: tuple[Background, ...] = ()
    """Where the person worked or studied."""
    gifts: tuple[Happened, ...] = ()
    questions: tuple[Prepared, ...] = ()
    """Every question that was prepared for a chat."""
    chats: tuple[Chat, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    no_introduction: tuple[Happened, ...] = ()
    """Introduction asks that ended without one."""
    agreed_to_meet: Happened | None = None
    """Their yes to being introduced to the seeker."""
    referrals: tuple[Referral, ...] = ()
    thanks: tuple[tuple[int, Happened], ...] = ()
    """Thanks that were sent, each with the version of the event that it was for."""
    asks: tuple[MadeAsk, ...] = ()
    external_ids: frozenset[str] = frozenset()
    settled_debts: frozenset[str] = frozenset()

    stage: Stage = Stage.MET
    earned: Stage = Stage.MET
    """The highest stage reached without skipping one."""
    advances: tuple[Advance, ...] = ()
    tier: int | None = None
    tier_at: datetime | None = None
    tier_by: int = 0
    """The version of the event that set it."""
    refuses_contact: bool = False
    closed: bool = False
    snoozed_until: datetime | None = None
    snoozed_by: int = 0
    """The version of the event that set it."""
    dormant_since: datetime | None = None
    fired: tuple[Fired, ...] = ()
    """The timers that went off and may not do so again."""

    @cached_property
    def by_time(self) -> tuple[Contact, ...]:
        """The touches in the order in which they happened."""
        return tuple(sorted(self.touches, key=lambda touch: (touch.at, touch.version)))

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the opening is on record."""
        return len(self.events) == 1

    @property
    def thanked(self) -> Mapping[int, Happened]:
        """The thanks that were sent, by the version of the event that they were for."""
        return dict(self.thanks)

    @property
    def prepared(self) -> tuple[tuple[int, Question], ...]:
        """The questions for the next chat, with the version they came with: those prepared after the last one."""
        last = max((chat.fact.at for chat in self.chats), default=None)
        return tuple((asked.version, asked.question) for asked in self.questions if last is None or asked.at > last)

    @property
    def warm_introductions(self) -> tuple[Happened, ...]:
        """What the stage intro rests on: introductions made, met through one, or asked for and settled without one."""
        made = tuple(introduction.fact for introduction in self.introductions)
        met = (self._met_through_one, self.agreed_to_meet)
        return (*made, *self.no_introduction, *(fact for fact in met if fact))

    @property
    def _met_through_one(self) -> Happened | None:
        first = self.events[0] if self.events else None
        if first is None or not isinstance(first.event, RelationshipOpened) or first.originator_version in self.revised:
            return None
        introduced = first.event.origin is Origin.INTRODUCED and first.event.introduced_by is not None
        return Happened(first.originator_version, first.at, first.recorded_at) if introduced else None

    def preparation(self, chat: Chat) -> Prepared | None:
        """The first question prepared for a chat: after the one before it, in the order in which they happened."""
        since = max((other.fact.at for other in self.chats if other.fact.at < chat.fact.at), default=None)
        found = (q for q in self.questions if q.at <= chat.fact.at and (since is None or q.at > since))
        return min(found, key=lambda asked: (asked.at, asked.version), default=None)

    @property
    def is_stranger(self) -> bool:
        """Met in passing or not at all, and never answered."""
        return self.origin.may_be_stranger and self.last_inbound is None

    @property
    def open_asks(self) -> tuple[MadeAsk, ...]:
        """Asks that wait for an answer."""
        return tuple(ask for ask in self.asks if ask.is_open)

    def ask(self, ask_id: UUID) -> MadeAsk | None:
        """The ask of that id."""
        return next((ask for ask in self.asks if ask.id == ask_id), None)

    def recorded(self, version: int) -> Recorded | None:
        """The event of that version, also one that was taken back later."""
        if 0 < version <= len(self.events) and self.events[version - 1].originator_version == version:
            return self.events[version - 1]
        return next((event for event in self.events if event.originator_version == version), None)

    def snoozed(self, now: datetime) -> bool:
        """Whether the seeker wants to hear nothing of this person for now."""
        return self.snoozed_until is not None and now < self.snoozed_until

    def status(self, now: datetime, dormant_after: timedelta) -> str:
        """active, snoozed, dormant or closed at that instant."""
        if self.closed or self.refuses_contact:
            return "closed"
        if self.snoozed(now):
            return "snoozed"
        last = self.last_touch
        return "dormant" if last is not None and now - last.at >= dormant_after else "active"
