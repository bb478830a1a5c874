"""Events to stored bytes and back.

A stored event is one JSON object: the event's own fields, and under ``$`` what the log says of it (command, when
recorded, source, causation, class version). ``$sealed`` is reserved: a row that holds personal fields sealed with a
person's key has them there instead of in clear.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import register_topic
from pydantic import ValidationError
from pydantic_core import from_json, to_json

import kith.domain.speaking  # noqa: F401 - it imports every event, and events announce themselves by being imported
from kith.domain.log import EVENTS, Event, Recorded
from kith.workflows.errors import CorruptEvent

STAMP = b',"$":'
"""What the stamp begins with. It comes last, and no text within the fields can hold an unescaped quotation mark."""

for _topic, _kind in EVENTS.items():
    register_topic(_topic, _kind)


class KithMapper(Mapper[UUID]):
    """Maps recorded events on pydantic-core's bytes, with upcasting."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """The bytes of a recorded event."""
        recorded: Recorded = domain_event
        return StoredEvent(
            recorded.originator_id, recorded.originator_version, recorded.event.TOPIC, bytes(encode(recorded))
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The recorded event of those bytes; raises CorruptEvent with its place for bytes that are none."""
        originator = stored_event.originator_id
        aggregate = originator if isinstance(originator, UUID) else UUID(originator)
        return decode(aggregate, stored_event.originator_version, stored_event.topic, stored_event.state)


def encode(recorded: Recorded) -> bytearray:
    """The bytes of a recorded event; of a ``bytes``, sqlite3 would look for an adapter, a twentieth of an insert."""
    _, _, event, recorded_at, command_id, source, causation = recorded
    body = event.__pydantic_serializer__.to_json(event, exclude_none=True)
    return bytearray(body[:-1] + _stamp(recorded_at, command_id, source, causation, event.class_version))


@lru_cache(maxsize=64)
def _stamp(recorded_at: datetime, command_id: str, source: str, causation: str | None, version: int) -> bytes:
    stamp: dict[str, Any] = {"c": command_id, "r": recorded_at}
    if source != "manual":
        stamp["s"] = source
    if causation is not None:
        stamp["k"] = causation
    if version > 1:
        stamp["v"] = version
    return STAMP + to_json(stamp) + b"}"


def decode(originator: UUID, version: int, topic: str, state: bytes) -> Recorded:
    """The recorded event of a row; raises CorruptEvent naming the row if its bytes or topic are not understood."""
    try:
        kind, stamp = EVENTS[topic], from_json(state[state.rindex(STAMP) + len(STAMP) : -1])
        written = stamp.get("v", 1)
        if written == kind.class_version:
            event = kind.__pydantic_validator__.validate_json(state)
        else:
            event = _upcast(kind, from_json(state), written)
        recorded_at = datetime.fromisoformat(stamp["r"])
        return Recorded(
            originator, version, event, recorded_at, stamp["c"], stamp.get("s", "manual"), stamp.get("k")
        )  # fmt: skip
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        raise CorruptEvent(originator, version, topic) from None  # the cause would tell personal data


def _upcast(kind: type[Event], fields: dict[str, Any], version: int) -> Event:
    for number in range(version, kind.class_version):
        fields = getattr(kind, f"upcast_v{number}_v{number + 1}")(fields)
    return kind.model_validate(fields)
