"""The events that tell who the person is, and how the seeker is to keep in touch."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from kith.domain.log import Event, Personal, PersonalLine, PersonalText
from kith.domain.stages import Origin

Key = Annotated[str, Personal]
"""An identity key of a person: ``linkedin:slug``, ``email:address``."""


class RelationshipOpened(Event):
    """The seeker and a person are on record as knowing each other."""

    TOPIC: ClassVar[str] = "relationship.opened.v1"
    seeker_id: UUID
    person_id: UUID | None = None
    """Another id of the person; as a rule there is none, and the relationship's own id stands for them."""
    name: PersonalLine
    origin: Origin = Origin.UNKNOWN
    company: PersonalText | None = None
    position: PersonalText | None = None
    email: PersonalText | None = None
    url: PersonalText | None = None
    keys: tuple[Key, ...] = ()
    since: date | None = None
    introduced_by: UUID | None = None
    """The relationship to the person who introduced them."""


class PersonDescribed(Event):
    """Something about the person was learned or changed; fields left out stay as they were."""

    TOPIC: ClassVar[str] = "relationship.person-described.v1"
    name: PersonalLine | None = None
    origin: Origin | None = None
    company: PersonalText | None = None
    position: PersonalText | None = None
    email: PersonalText | None = None
    url: PersonalText | None = None
    keys: tuple[Key, ...] = ()
    """Keys that came to be known, beside the earlier ones."""


class FactNoted(Event):
    """A fact about the person, worth remembering."""

    TOPIC: ClassVar[str] = "relationship.fact-noted.v1"
    text: Annotated[PersonalText, Field(min_length=1)]


class TierSet(Event):
    """The seeker chose how often to keep in touch; None ends it."""

    TOPIC: ClassVar[str] = "relationship.tier-set.v1"
    tier: Annotated[int, Field(ge=1, le=4)] | None = None


class ContactRefused(Event):
    """The person said that they do not want to be contacted (GDPR Art. 21)."""

    TOPIC: ClassVar[str] = "relationship.contact-refused.v1"
