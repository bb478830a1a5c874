"""The focus: the few people whom the seeker gives their attention first, and no more than there is attention for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from kith.domain.errors import NotApplicable
from kith.domain.log import Event

# Events


class FocusAdded(Event):
    """The seeker gives this person their attention first."""

    TOPIC: ClassVar[str] = "seeker.focus-added.v1"
    relationship_id: UUID


class FocusRemoved(Event):
    """The person no longer comes first."""

    TOPIC: ClassVar[str] = "seeker.focus-removed.v1"
    relationship_id: UUID


# Decisions


def add(focus: Collection[UUID], who: UUID, most: int, now: datetime) -> list[Event]:
    """Put somebody into the focus; nothing happens if they are. Raises NotApplicable where ``most`` are in it."""
    if who in focus:
        return []
    if len(focus) >= most:
        raise NotApplicable(
            f"Your focus has {len(focus)} people, and {most} is your limit: attention that goes to all is no focus. "
            "Take somebody off first with kith focus remove WHO; kith focus list shows them. The setting focus_people "
            "of your policy is the limit."
        )
    return [FocusAdded(at=now, relationship_id=who)]


def remove(focus: Collection[UUID], who: UUID, now: datetime) -> list[Event]:
    """Take somebody out of the focus; nothing happens if they are not in it."""
    return [FocusRemoved(at=now, relationship_id=who)] if who in focus else []
