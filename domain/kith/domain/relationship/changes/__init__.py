"""What each event changes in the state of a relationship; those that are missing change nothing but the version."""

from __future__ import annotations

from kith.domain.log import Event
from kith.domain.relationship.changes import asks, course, facts, network, person
from kith.domain.relationship.changes.touch import Changes, Handler

HANDLERS: dict[type[Event], Handler] = (
    person.HANDLERS | network.HANDLERS | facts.HANDLERS | asks.HANDLERS | course.HANDLERS
)

__all__ = ["HANDLERS", "Changes", "Handler"]
