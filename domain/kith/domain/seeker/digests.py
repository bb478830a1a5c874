"""Each day's digest is claimed once, before it is sent."""

from __future__ import annotations

from datetime import date, datetime

from kith.domain.calendar import spelled
from kith.domain.errors import NotApplicable
from kith.domain.log import Event
from kith.domain.seeker.events import DigestClaimed, DigestSent
from kith.domain.seeker.state import Seeker


def claim_digest(state: Seeker, day: date, now: datetime) -> list[Event]:
    """Take it on oneself to send a day's digest; nothing happens if it was claimed before."""
    return [] if day in state.digests else [DigestClaimed(at=now, day=day)]


def digest_sent(state: Seeker, day: date, now: datetime) -> list[Event]:
    """Record that a claimed digest was sent; raises NotApplicable for one that nobody claimed."""
    if day not in state.digests:
        raise NotApplicable(f"Nobody claimed the digest of {spelled(day)}.")
    return [DigestSent(at=now, day=day)] if day in state.unsent else []
