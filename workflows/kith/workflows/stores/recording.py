"""What the library's recorders ask for, in our terms: the same on every kind of store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

MOST = 2**63 - 1
"""No number in a store is greater."""


def hexed(originator: UUID | str) -> str:
    """The id of an aggregate as it stands in the tables."""
    return originator.hex if isinstance(originator, UUID) else originator


def row(stored: StoredEvent) -> tuple[str, int, str, bytes]:
    """The event as it stands in the tables."""
    return hexed(stored.originator_id), stored.originator_version, stored.topic, stored.state


def notification(found: Sequence[Any]) -> Notification:
    """The notification that stands in a row of the tables: its id, then the event."""
    id_, originator, version, topic, state = found
    return Notification(UUID(originator), version, topic, state, id=id_)


def bounds(start: int | None, stop: int | None, *, inclusive_of_start: bool) -> tuple[int, int]:
    """The first and the last notification id that are asked for."""
    first = (start or 0) + (0 if inclusive_of_start or start is None else 1)
    return first, MOST if stop is None else stop
