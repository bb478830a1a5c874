"""The state of a seeker: profile, goals, the policy in force, and the book of open asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind
from kith.domain.calendar import Calendar
from kith.domain.people import company_key
from kith.domain.policy import PRESETS, Policy
from kith.domain.seeker.events import Job


class Profile(NamedTuple):
    """What others see of the seeker."""

    name: str
    headline: str = ""
    intro: str = ""
    picture: bool = False
    jobs: tuple[Job, ...] = ()


class BookedAsk(NamedTuple):
    """An ask in the book."""

    id: UUID
    relationship_id: UUID
    kind: AskKind
    at: datetime
    lapses: datetime
    opening: str
    stranger: bool
    fingerprint: tuple[int, ...]
    status: str = "open"
    """open, promised or settled."""

    def is_open(self, now: datetime) -> bool:
        """Waiting for an answer, and not lapsed by time."""
        return self.status == "open" and now < self.lapses


class BookedReferral(NamedTuple):
    """A referral in the book."""

    relationship_id: UUID
    referral: int
    opening: str


class OpenLoop(NamedTuple):
    """An outcome that its referrer has not heard."""

    relationship_id: UUID
    referral: int
    known_at: datetime


class Batch(NamedTuple):
    """An import."""

    id: UUID
    format: str
    digest: str
    at: datetime
    finished: bool = False
    undone: bool = False


@dataclass(frozen=True)
class Seeker:
    """The state of one seeker."""

    id: UUID
    version: int
    profile: Profile
    calendar: Calendar
    policy: Policy = PRESETS["default"]
    companies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    asks: tuple[BookedAsk, ...] = ()
    """Introduction and referral asks that are open or promised, and first messages that still count."""
    referrals: tuple[BookedReferral, ...] = ()
    loops: tuple[OpenLoop, ...] = ()
    batches: tuple[Batch, ...] = ()
    digests: frozenset[date] = frozenset()
    """The days whose digest was claimed."""
    unsent: tuple[date, ...] = ()
    """Those of which it is not known whether they were sent."""

    def wants(self, company: str | None) -> bool:
        """Whether that is one of the seeker's target companies."""
        return bool(company) and company_key(company or "") in self._wanted

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(company_key(company) for company in self.companies)

    def open_favours(self, now: datetime) -> tuple[BookedAsk, ...]:
        """The introduction and referral asks that are open over the whole network."""
        return tuple(a for a in self.asks if a.kind is not AskKind.FIRST_MESSAGE and a.is_open(now))

    def first_messages(self) -> tuple[BookedAsk, ...]:
        """The first messages still remembered, oldest first."""
        return tuple(ask for ask in self.asks if ask.kind is AskKind.FIRST_MESSAGE)
