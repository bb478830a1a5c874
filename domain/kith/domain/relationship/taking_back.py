"""Taking facts back and correcting them: each decision is a pure function from the state to its events."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from kith.domain.asks import opening_key
from kith.domain.errors import InFuture, InvalidInput, NotApplicable, NotFound
from kith.domain.faults import fault
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import corrected, standing
from kith.domain.relationship.state import Relationship


def retract(
    state: Relationship, versions: tuple[int, ...], reason: str, now: datetime, batch: UUID | None = None
) -> list[Event]:
    """Take facts back. Those already taken back are passed over; asks can't be, for they were made."""
    left = tuple(version for version in versions if version not in state.revised or _was_corrected(state, version))
    for version in left:
        _retractable(state, version)
    return [e.FactsRetracted(at=now, versions=left, reason=reason, batch=batch)] if left else []


def _was_corrected(state: Relationship, version: int) -> bool:
    gone = {v for r in state.events if isinstance(r.event, e.FactsRetracted) for v in r.event.versions}
    return version not in gone


def _retractable(state: Relationship, version: int) -> Event:
    recorded = state.recorded(version)
    if recorded is None:
        raise NotFound(f"There is no event {version} about {state.person.name}; kith show lists them with their ids.")
    if isinstance(recorded.event, e.AskMade):
        raise NotApplicable("That ask was made: it can't be taken back, only withdrawn.")
    if not isinstance(recorded.event, e.RETRACTABLE):
        raise NotApplicable("That follows from other events: take those back, and it is judged again.")
    return recorded.event


def correct(state: Relationship, version: int, changes: dict[str, Any], reason: str, now: datetime) -> list[Event]:
    """Change some fields of a fact; nothing happens if it reads so already."""
    event = _standing(state, version)
    can = CORRECTABLE & set(type(event).model_fields)
    fixed = set(changes) - can
    if fixed:
        raise InvalidInput(f"{' and '.join(sorted(fixed))} can't be corrected there; {', '.join(sorted(can))} can.")
    try:
        after = _consistent(corrected(event, changes))
    except ValidationError as error:
        raise InvalidInput(f"That correction does not fit: {fault(error.errors()[0])}.") from error
    if after.at > now:
        raise InFuture
    if after == event:
        return []
    changes = after.model_dump(mode="json", include={*changes, "opening"})
    return [e.FactCorrected(at=now, version=version, changes=changes, reason=reason)]


CORRECTABLE = frozenset(
    {
        "at", "name", "company", "position", "origin", "since", "text", "note", "direction", "channel", "gift", "what",
        "because", "questions", "minutes", "learnings", "follow_ups", "outcome", "role", "due", "until", "tier",
        "reason", "place", "start", "end",
    }
)  # fmt: skip
"""What can be corrected of a fact. Who it is about and what it belongs to can't: take it back, and record it anew."""


def _consistent(event: Event) -> Event:
    """A corrected fact with what follows from its fields."""
    if isinstance(event, e.ReferralGiven) and event.role and event.company:
        return event.model_copy(update={"opening": opening_key(event.role, event.company)})
    return event


def _standing(state: Relationship, version: int) -> Event:
    """The fact as it reads now; raises NotApplicable for one that was taken back, and for what takes back."""
    if isinstance(_retractable(state, version), e.FactsRetracted | e.FactCorrected):
        raise NotApplicable("What was taken back or corrected is not corrected again: take the correction back.")
    found = next((r.event for r in standing(state.events) if r.originator_version == version), None)
    if found is None:
        raise NotApplicable("That was taken back: take back the taking back first.")
    return found
