"""The double opt-in introduction: asked, both consents, made, thanked; or it did not work out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from kith.domain.errors import NotApplicable
from kith.domain.log import Event, PersonalText, Recorded


class Party(StrEnum):
    """The two whose yes an introduction needs."""

    CONNECTOR = "connector"
    TARGET = "target"


class Role(StrEnum):
    """Who records an answer. The seeker who asked never does: what is answered is not for them to know."""

    CONNECTOR = "connector"
    COACH = "coach"


class IntroductionAsked(Event):
    """The seeker asked a connector for an introduction."""

    TOPIC: ClassVar[str] = "introduction.asked.v1"
    seeker_id: UUID
    connector: UUID
    """The relationship to the connector."""
    ask_id: UUID
    target: PersonalText = ""
    company: str = ""


class ConsentGiven(Event):
    """One of the two said yes."""

    TOPIC: ClassVar[str] = "introduction.consent-given.v1"
    party: Party
    attested: bool = False
    """The seeker vouches for it; otherwise the connector or a coach recorded it."""
    role: Role | None = None
    """Who recorded it, where the seeker did not."""


class ConsentRefused(Event):
    """One of the two said no; never shown to the asker."""

    TOPIC: ClassVar[str] = "introduction.consent-refused.v1"
    party: Party
    role: Role | None = None
    """Who recorded it."""


class IntroductionMade(Event):
    """The two know each other now."""

    TOPIC: ClassVar[str] = "introduction.made.v1"
    introduced: UUID | None = None
    """The seeker's relationship to the target."""


class IntroductionThanked(Event):
    """The connector was thanked."""

    TOPIC: ClassVar[str] = "introduction.thanked.v1"


class DidNotWorkOut(Event):
    """There will be no introduction; neither who nor why stands here."""

    TOPIC: ClassVar[str] = "introduction.did-not-work-out.v1"


class IntroductionWithdrawn(Event):
    """The seeker took the ask back."""

    TOPIC: ClassVar[str] = "introduction.withdrawn.v1"


class IntroductionReopened(Event):
    """How it ended was recorded in error, or changed: it is as if it had just been asked for."""

    TOPIC: ClassVar[str] = "introduction.reopened.v1"


@dataclass(frozen=True)
class Introduction:
    """The state of one introduction."""

    id: UUID
    version: int
    connector: UUID
    ask_id: UUID
    target: str
    company: str
    asked_at: datetime
    consents: frozenset[Party] = frozenset()
    status: str = "asked"
    """asked, made, thanked, did not work out or withdrawn."""
    introduced: UUID | None = None
    answered_at: datetime | None = None
    """When the last yes came."""

    @property
    def awaited(self) -> Party | None:
        """Whose answer is awaited: the connector's first, then the target's; None if both agreed or it is over."""
        if self.status != "asked":
            return None
        return next((party for party in Party if party not in self.consents), None)


def answer(state: Introduction, party: Party, role: Role, now: datetime, *, yes: bool) -> list[Event]:
    """One of the two answered; nothing happens if they said so before.

    Raises NotApplicable once the introduction is over, and for the target's yes before the connector's: nobody is
    asked to meet somebody whom the connector would not introduce.
    """
    if state.status != "asked":
        raise NotApplicable("That introduction is over: nobody's answer is awaited any more.")
    if not yes:
        return [ConsentRefused(at=now, party=party, role=role)]
    if party in state.consents:
        return []
    if party is not state.awaited:
        raise NotApplicable("The connector is asked first, and has not agreed yet.")
    return [ConsentGiven(at=now, party=party, role=role)]


def evolve(state: Introduction | None, recorded: Recorded) -> Introduction:
    """The state after one more event."""
    event = recorded.event
    if state is None:
        assert isinstance(event, IntroductionAsked), "an introduction begins by being asked for"
        return Introduction(
            recorded.originator_id, recorded.originator_version, event.connector, event.ask_id, event.target,
            event.company, event.at,
        )  # fmt: skip
    state = replace(state, version=recorded.originator_version)
    match event:
        case ConsentGiven():
            return replace(state, consents=state.consents | {event.party}, answered_at=event.at)
        case IntroductionMade():
            return replace(state, status="made", introduced=event.introduced)
        case IntroductionThanked():
            return replace(state, status="thanked")
        case DidNotWorkOut():
            return replace(state, status="did not work out")
        case IntroductionReopened():
            return replace(state, status="asked", consents=frozenset(), introduced=None, answered_at=None)
        case IntroductionWithdrawn():
            return replace(state, status="withdrawn")
        case _:
            return state


def fold(events: Iterable[Recorded], state: Introduction | None = None) -> Introduction | None:
    """The state after all of these events, oldest first; None if there are none."""
    for recorded in events:
        state = evolve(state, recorded)
    return state
