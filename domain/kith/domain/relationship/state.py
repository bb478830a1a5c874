"""The state of a relationship: everything that its guards, timers and views need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind, OpenAsk, Question
from kith.domain.log import Recorded
from kith.domain.stages import Channel, Direction, Origin, Stage


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

    def is_past(self, days: int) -> bool:
        """Whether it was recorded so late that it makes no debts."""
        return self.recorded_at - self.at > timedelta(days=days)


class Chat(NamedTuple):
    """A coffee chat that was held."""

    fact: Happened
    prepared: int | None
    """The version of the event with the questions, if there were any beforehand."""
    learnings: bool
    follow_ups: tuple[str, ...]


class Introduction(NamedTuple):
    """A warm introduction that this person made."""

    fact: Happened
    ask_id: UUID | None
    volunteered: bool


class Referral(NamedTuple):
    """A referral that this person gave."""

    fact: Happened
    opening: str
    role: str
    company: str
    ask_id: UUID | None
    volunteered: bool
    outcome: str | None = None
    known: Happened | None = None
    reported: int | None = None


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
    volunteered: bool
    skipped: tuple[Stage, ...]


@dataclass(frozen=True)
class Relationship:
    """Everything the guards, timers and views need to know of one relationship."""

    id: UUID
    seeker_id: UUID
    person: Person
    version: int = 0
    opened_at: datetime = datetime.min
    origin: Origin = Origin.UNKNOWN
    since: date | None = None
    introduced_by: UUID | None = None
    events: tuple[Recorded, ...] = ()
    removed: bool = False
    """Its opening was taken back and nothing else remains."""
    revised: frozenset[int] = frozenset()
    """Versions that were taken back or corrected."""

    touches: tuple[Contact, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    gifts: tuple[Happened, ...] = ()
    prepared: tuple[tuple[int, Question], ...] = ()
    """Questions for the next chat, with the version they came with."""
    chats: tuple[Chat, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    no_introduction: tuple[Happened, ...] = ()
    """Introduction asks that ended without one."""
    agreed_to_meet: Happened | None = None
    """Their yes to being introduced to the seeker."""
    referrals: tuple[Referral, ...] = ()
    thanked: Mapping[int, Happened] = field(default_factory=dict)
    asks: tuple[MadeAsk, ...] = ()
    external_ids: frozenset[str] = frozenset()
    settled_debts: frozenset[str] = frozenset()

    stage: Stage = Stage.MET
    earned: Stage = Stage.MET
    """The highest stage reached without skipping one."""
    advances: tuple[Advance, ...] = ()
    tier: int | None = None
    tier_at: datetime | None = None
    refuses_contact: bool = False
    closed: bool = False
    snoozed_until: datetime | None = None
    dormant_since: datetime | None = None

    @cached_property
    def by_time(self) -> tuple[Contact, ...]:
        """The touches in the order in which they happened."""
        return tuple(sorted(self.touches, key=lambda touch: (touch.at, touch.version)))

    @cached_property
    def last_inbound(self) -> Contact | None:
        """Their last word."""
        return next((touch for touch in reversed(self.by_time) if touch.direction is Direction.INBOUND), None)

    @cached_property
    def last_outbound(self) -> Contact | None:
        """The seeker's last word."""
        return next((touch for touch in reversed(self.by_time) if touch.direction is Direction.OUTBOUND), None)

    @property
    def last_touch(self) -> Contact | None:
        """The last interaction in either direction."""
        return self.by_time[-1] if self.touches else None

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
