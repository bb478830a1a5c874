"""The events that tell whom the person knows, and where they worked and studied."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator

from kith.domain.log import Event, PersonalLine, PersonalText
from kith.domain.ties import BackgroundKind, NotedKind

Year = Annotated[int, Field(ge=1900, le=2199)]


class TiesNoted(Event):
    """The person and others whom the seeker knows know of each other, each of them."""

    TOPIC: ClassVar[str] = "relationship.ties-noted.v1"
    others: Annotated[tuple[UUID, ...], Field(min_length=1)]
    """The relationships to the others."""
    kind: NotedKind = NotedKind.NOTED
    people: Annotated[int, Field(ge=3)] | None = None
    """How many were in the thread or meeting, the seeker and people who are not on record among them."""
    note: PersonalText = ""
    """How they know each other."""
    since: date | None = None
    external_id: str | None = None


class BackgroundNoted(Event):
    """The person worked or studied somewhere."""

    TOPIC: ClassVar[str] = "relationship.background-noted.v1"
    kind: BackgroundKind
    place: PersonalLine
    start: Year | None = None
    """The year in which it began."""
    end: Year | None = None
    """The year in which it ended; None where that is not known, or it has not."""

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"it ended in {self.end}, before it began in {self.start}")
        return self
