"""What every event has in common: its topic, its two times, and which of its fields are personal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Final, NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, GetCoreSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, core_schema


class PersonalMark:
    """Marks a field as data about a person, to be sealed with that person's key and erased by destroying it."""

    def __repr__(self) -> str:
        return "Personal"


Personal: Final = PersonalMark()

TEXT_LIMIT: Final = 20_000
"""Characters that one free text may have; more is a mistake of the program that sent it."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TEXT_LIMIT)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
PersonalText = Annotated[Text, Personal]
PersonalLine = Annotated[Line, Personal]


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def _read(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return _utc(at)


class _InstantSchema:
    """Reads JSON by the standard library, whose UTC is the one that compares at once.

    pydantic gives every instant that it reads a time zone of its own; turning these into UTC was a fifth of loading.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(
            core_schema.chain_schema([core_schema.str_schema(), core_schema.no_info_plain_validator_function(_read)]),
            core_schema.no_info_after_validator_function(_utc, handler(source)),
        )


Instant = Annotated[AwareDatetime, _InstantSchema(), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A point in time; aware, kept in UTC."""


class Value(BaseModel):
    """A frozen value of the domain that may stand inside an event."""

    model_config = ConfigDict(frozen=True)


class Event(Value):
    """Something that happened. Subclasses are named in the past tense and never change their meaning.

    ``TOPIC`` is the promise: it is what the log stores, so it never changes and is never used again. A compatible
    growth of the fields raises ``class_version`` and adds ``upcast_vN_vM(state)``; a new meaning is a new event.
    """

    TOPIC: ClassVar[str]
    class_version: ClassVar[int] = 1

    at: Instant
    """When it happened, which may be long before it was recorded."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "TOPIC" in cls.__dict__ and EVENTS.setdefault(cls.TOPIC, cls) is not cls:
            raise TypeError(f"two events share the topic {cls.TOPIC}")


EVENTS: Final[dict[str, type[Event]]] = {}
"""Every event class by its topic."""


class Recorded(NamedTuple):
    """An event in its place in the log: what happened, and when, how and by which command we learned of it."""

    originator_id: UUID
    originator_version: int
    event: Event
    recorded_at: datetime
    command_id: str
    source: str = "manual"
    """``manual``, ``import:<batch>`` or ``flow:<name>``."""
    causation: str | None = None
    """The id of the event that made this one follow, where it was not a person who decided it."""

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.at

    @property
    def id(self) -> str:
        """The event's id as people see and type it: the aggregate's id, a dot, and the version."""
        return event_id(self.originator_id, self.originator_version)


def event_id(originator_id: UUID, version: int) -> str:
    """The id of one event: aggregate and version, which the log keeps unique."""
    return f"{originator_id}.{version}"


@cache
def personal_fields(kind: type[BaseModel]) -> frozenset[str]:
    """The top-level fields of a model that hold anything personal, at whatever depth."""
    return frozenset(
        name for name, info in kind.model_fields.items() if Personal in info.metadata or _mentions(info.annotation)
    )


def _mentions(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(personal_fields(annotation))
    return any(part is Personal or _mentions(part) for part in _parts(annotation))


def _parts(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    yield from getattr(annotation, "__args__", ())
