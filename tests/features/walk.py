"""What a journey has come to, and how its days are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from kith.workflows import Decision, Judged, Kith, Outline
from tests.kithtest import Clock


class Walk:
    """What a journey has come to."""

    def __init__(self, kith: Kith, clock: Clock) -> None:
        self.kith, self.clock = kith, clock
        self.decision: Decision | None = None
        self.outline: Outline | None = None
        self.draft = ""
        self.judged: Judged | None = None

    def who(self, name: str) -> UUID:
        """The person of that name."""
        return self.kith.find(name)


def a_date(day: str) -> date:
    """A date as the journeys write it: 2 March 2026."""
    return datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC).date()
