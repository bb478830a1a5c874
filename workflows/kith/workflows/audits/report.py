"""What an audit found: a verdict for each policy, and every violation with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID


class Severity(StrEnum):
    """How much a violation weighs; ordered from the heaviest."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """What the log says of a policy."""

    VIOLATED = "violated"
    PENDING = "pending"
    """Nothing broke it, and a deadline still runs."""
    NOT_EXERCISED = "not exercised"
    """Nothing in the log was ever judged by it: never shown as a pass."""
    PASS = "pass"


class Order(StrEnum):
    """In which order the events are judged."""

    HAPPENED = "happened"
    """By when things happened, then by the sequence of the log."""
    RECORDED = "recorded"
    """By the sequence of the log alone: by what was known then."""


WHOLE: Final = 0
"""The line where a whole file or folder is meant."""


class Place(NamedTuple):
    """Where something stands in a feature file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """As people write it: ``features/policies/asking.feature:12``."""
        return f"{self.file}:{self.line}" if self.line != WHOLE else self.file


class Involved(NamedTuple):
    """An event that a violation rests on."""

    id: str
    """The aggregate's id, a dot, and the version."""
    name: str
    """The event's speaking name, such as ``referral ask``."""
    at: datetime
    recorded_at: datetime
    relationship: UUID | None
    """The relationship that it belongs to; None for what is the seeker's own."""


class Waiver(NamedTuple):
    """A violation that somebody decided to live with, for a reason and until a day."""

    policy: str
    relationship: UUID
    reason: str
    who: str
    expires: date
    place: Place


class Violation(NamedTuple):
    """One breach of one policy."""

    policy: str
    """The id of the policy."""
    relationships: tuple[UUID, ...]
    """Whom it is about: one relationship, or those whose events broke a policy over several."""
    events: tuple[Involved, ...]
    """The event that was judged, then those beside it that matter; in the order of the audit."""
    at: datetime
    """When it was broken: when the event happened, or when a deadline ran out."""
    sentence: str
    """One plain sentence without anybody's name."""
    learned_late: bool = False
    """Something it rests on was recorded after what happened later, of all that the policy is about: judged as
    recorded, the verdict might differ."""
    waiver: Waiver | None = None


class Policy(NamedTuple):
    """A policy as it is named in reports."""

    id: str
    name: str
    """The scenario's name."""
    rule: str
    """The name of the Rule that it stands in."""
    feature: str
    severity: Severity
    guard: str | None
    """The guard that it mirrors."""
    place: Place
    steps: tuple[str, ...]
    """Its steps as written, keyword included."""


class Audited(NamedTuple):
    """What the log says of one policy."""

    policy: Policy
    verdict: Verdict
    judged: int
    """How often it was put to the test."""
    pending: int
    """How many of these wait for a deadline."""
    violations: tuple[Violation, ...]
    """All of them, waived ones included, in the order of the audit."""

    @property
    def standing(self) -> tuple[Violation, ...]:
        """The violations that nobody waived."""
        return tuple(violation for violation in self.violations if violation.waiver is None)


class AuditReport(NamedTuple):
    """What an audit found."""

    as_of: datetime
    order: Order
    events: int
    """How many events of the log were looked at."""
    relationships: int
    policies: tuple[Audited, ...]
    corrupt: tuple[str, ...]
    """Ids of the rows that could not be read, and were left out."""
    people: Mapping[UUID, str]
    """Names of the relationships that violations are about; empty in a report without names."""
    idle: tuple[str, ...] = ()
    """Waivers that change nothing, each with its place and why: they may be mistyped."""
    time_zone: str = "UTC"
    """Whose days the sentences tell: the seeker's; UTC where there are several."""

    @property
    def verdict(self) -> Verdict:
        """The heaviest verdict of all policies."""
        found = {audited.verdict for audited in self.policies}
        return next((verdict for verdict in Verdict if verdict in found), Verdict.NOT_EXERCISED)
