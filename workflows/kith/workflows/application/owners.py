"""Whose each aggregate is, told by the log as it is read."""

from __future__ import annotations

from uuid import UUID

from kith.domain.introduction import IntroductionAsked
from kith.domain.log import Recorded
from kith.domain.relationship.events import RelationshipOpened
from kith.workflows.errors import CorruptEvent


class Owners:
    """Learns from each event, in the order of the log, which seeker its aggregate belongs to."""

    def __init__(self) -> None:
        self._known: dict[UUID, UUID] = {}
        self._introductions: set[UUID] = set()

    def of(self, recorded: Recorded | CorruptEvent) -> UUID | None:
        """The seeker; None for what several seekers share, and for what begins with a row that can't be read."""
        if isinstance(recorded, CorruptEvent):
            return self._known.get(recorded.originator)
        id_, event = recorded.originator_id, recorded.event
        if event.TOPIC.startswith("seeker."):
            return id_
        if isinstance(event, RelationshipOpened | IntroductionAsked):
            self._known[id_] = event.seeker_id
        if isinstance(event, IntroductionAsked):
            self._introductions.add(id_)
        return self._known.get(id_)

    def is_introduction(self, recorded: Recorded | CorruptEvent) -> bool:
        """Whether it is of an introduction's own log."""
        id_ = recorded.originator if isinstance(recorded, CorruptEvent) else recorded.originator_id
        return id_ in self._introductions
