"""Facts in the words that callers type: a person, a touch, a gift."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from kith.domain.errors import InvalidInput
from kith.domain.log import Instant, Line, Text, Value
from kith.domain.people import email_key, linkedin_key
from kith.domain.stages import Channel, Direction
from kith.domain.ties import BackgroundKind

MOST_TEXT = 2_000
Note = Annotated[Text, Field(max_length=MOST_TEXT)]


class Person(Value):
    """Somebody one knows. An e-mail or a LinkedIn address makes them recognisable in later imports."""

    name: Line
    company: Text | None = None
    position: Text | None = None
    email: Text | None = None
    url: Text | None = None
    since: date | None = None

    @field_validator("email")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value and email_key(value) is None:
            raise ValueError(f"{value!r} is no e-mail address")
        return value or None

    @property
    def keys(self) -> tuple[str, ...]:
        """The identity keys; the same key is the same person, the same name alone never is."""
        found = (linkedin_key(self.url) if self.url else None, email_key(self.email) if self.email else None)
        return tuple(key for key in found if key)


class Background(Value):
    """Where somebody worked or studied, in years."""

    kind: BackgroundKind
    place: Line
    start: int | None = None
    end: int | None = None

    @model_validator(mode="after")
    def _begins_first(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InvalidInput(f"Nobody leaves before they come: {self.place} {self.start} to {self.end}.")
        return self

    @classmethod
    def worked(cls, place: str, start: int | None = None, end: int | None = None) -> Self:
        """They worked there."""
        return cls(kind=BackgroundKind.WORKED, place=place, start=start, end=end)

    @classmethod
    def studied(cls, place: str, start: int | None = None, end: int | None = None) -> Self:
        """They studied there."""
        return cls(kind=BackgroundKind.STUDIED, place=place, start=start, end=end)


class Touch(Value):
    """An interaction with somebody."""

    direction: Direction
    channel: Channel = Channel.MESSAGE
    note: Note | None = None
    at: Instant | None = None
    """When it happened; now if left out."""
    external_id: str | None = None

    @classmethod
    def message(cls, note: str | None = None, at: datetime | None = None) -> Self:
        """The seeker wrote."""
        return cls(direction=Direction.OUTBOUND, note=note, at=at)

    @classmethod
    def reply(cls, note: str | None = None, at: datetime | None = None) -> Self:
        """They wrote."""
        return cls(direction=Direction.INBOUND, note=note, at=at)

    @classmethod
    def call(cls, note: str | None = None, at: datetime | None = None) -> Self:
        """The two spoke."""
        return cls(direction=Direction.MUTUAL, channel=Channel.CALL, note=note, at=at)

    @classmethod
    def meeting(cls, note: str | None = None, at: datetime | None = None) -> Self:
        """The two met."""
        return cls(direction=Direction.MUTUAL, channel=Channel.MEETING, note=note, at=at)

    @classmethod
    def reaction(cls, note: str | None = None, at: datetime | None = None) -> Self:
        """The seeker liked or commented on something of theirs."""
        return cls(direction=Direction.OUTBOUND, channel=Channel.REACTION, note=note, at=at)


class GiftKind(StrEnum):
    """What one can give."""

    ARTICLE = "article"
    FEEDBACK = "feedback"
    CONNECTION = "connection"
    HELP = "help"
    RECOMMENDATION = "recommendation"
    ENDORSEMENT = "endorsement"


class Gift(Value):
    """Something of use to them, and why it is."""

    kind: GiftKind
    what: Note = ""
    because: Note
    """Why it is of use to them."""
    both_agreed: bool = False
    """Of a connection: whether both sides said yes to it."""
    at: Instant | None = None
    external_id: str | None = None

    @field_validator("because")
    @classmethod
    def _says_why(cls, value: str) -> str:
        if not value.strip():
            raise InvalidInput("Say why it is of use to them; a gift without a why is noise.")
        return value

    @classmethod
    def article(cls, link: str, because: str, at: datetime | None = None) -> Self:
        """Something to read."""
        return cls(kind=GiftKind.ARTICLE, what=link, because=because, at=at)

    @classmethod
    def feedback(cls, what: str, because: str, at: datetime | None = None) -> Self:
        """Feedback on their work."""
        return cls(kind=GiftKind.FEEDBACK, what=what, because=because, at=at)

    @classmethod
    def connection(cls, whom: str, because: str, *, both_agreed: bool, at: datetime | None = None) -> Self:
        """Connecting them with somebody, when both want that."""
        return cls(kind=GiftKind.CONNECTION, what=whom, because=because, both_agreed=both_agreed, at=at)

    @classmethod
    def help(cls, what: str, because: str, at: datetime | None = None) -> Self:
        """A hand."""
        return cls(kind=GiftKind.HELP, what=what, because=because, at=at)

    @classmethod
    def recommendation(cls, what: str, because: str, at: datetime | None = None) -> Self:
        """A recommendation of them."""
        return cls(kind=GiftKind.RECOMMENDATION, what=what, because=because, at=at)
