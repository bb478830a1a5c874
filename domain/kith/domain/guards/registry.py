"""What a guard is: a named pure function over a situation that returns a verdict, with its place and its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kith.domain.asks import Ask, AskKind
from kith.domain.calendar import Calendar
from kith.domain.connector_load import ConnectorLoad
from kith.domain.decision import Finding
from kith.domain.policy import Policy
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.seeker import Seeker


@dataclass(frozen=True)
class Situation:
    """Everything that a guard may look at."""

    relationship: Relationship
    seeker: Seeker
    load: ConnectorLoad
    ask: Ask
    policy: Policy
    now: datetime

    @property
    def name(self) -> str:
        """The other person's name."""
        return self.relationship.person.name

    @property
    def calendar(self) -> Calendar:
        """The seeker's days."""
        return self.seeker.calendar

    def day(self, at: datetime) -> str:
        """A date as people read it, in the seeker's time zone."""
        return self.seeker.calendar.spelled(at)

    def lapses(self, ask: MadeAsk) -> datetime:
        """When an open ask lapses."""
        return self.calendar.plus_days(ask.at, self.policy.ask_lapse_days)


class Verdict(NamedTuple):
    """What a guard's function returns."""

    holds: bool
    why: str
    missing: str = ""
    evidence: tuple[int, ...] = ()
    earliest: datetime | None = None
    hard: bool = False


def yes(why: str, *evidence: int) -> Verdict:
    """The guard holds."""
    return Verdict(True, why, evidence=evidence)


def no(why: str, missing: str, *evidence: int, earliest: datetime | None = None, hard: bool = False) -> Verdict:
    """The guard does not hold; ``earliest`` only if nothing but time is missing."""
    return Verdict(False, why, missing, evidence, earliest, hard)


Check = Callable[[Situation], Verdict]


@dataclass(frozen=True)
class Guard:
    """A guard with its name, what it is on, and where its rule comes from."""

    name: str
    on: frozenset[AskKind]
    check: Check
    source: str
    hard: bool = False
    about_wording: bool = False
    """Whether the seeker alone can mend it, by writing the ask differently."""

    @property
    def rule(self) -> str:
        """When it holds, in one sentence."""
        return (self.check.__doc__ or "").strip()

    def find(self, situation: Situation) -> Finding:
        """What the guard finds in that situation."""
        holds, why, missing, evidence, earliest, hard = self.check(situation)
        return Finding(self.name, holds, why, missing, evidence, earliest, self.hard or hard)


ANY_ASK = frozenset(AskKind) - {AskKind.INTRODUCING}
OPENABLE = ANY_ASK - {AskKind.NUDGE}
FAVOURS = frozenset({AskKind.INTRO, AskKind.REFERRAL})
CHAT_UP = FAVOURS | {AskKind.CHAT}


def guard(name: str, on: frozenset[AskKind], source: str, **options: Any) -> Callable[[Check], Guard]:
    """Make a guard of a function."""
    return lambda check: Guard(name, on, check, source, **options)


def plural(count: int, noun: str) -> str:
    """``1 gift``, ``2 gifts``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
