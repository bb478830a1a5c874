"""The double opt-in introduction: asked, both consents, made, thanked, reported; or it did not work out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
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


class ConnectorTold(Event):
    """The connector heard what came of it."""

    TOPIC: ClassVar[str] = "introduction.connector-told.v1"


class DidNotWorkOut(Event):
    """There will be no introduction; neither who nor why stands here."""

    TOPIC: ClassVar[str] = "introduction.did-not-work-out.v1"


class IntroductionWithdrawn(Event):
    """The seeker took the ask back."""

    TOPIC: ClassVar[str] = "introduction.withdrawn.v1"


class IntroductionReopened(Event):
    """How it ended was recorded in error, or changed: it is under way again, with the answers that others recorded."""

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
    attested: bool = False
    """Whether the seeker vouched for the consents; what others recorded stays when it is reopened."""
    refused: bool = False
    """Whether one of the two said no. To the asker the ask stands until its time is up, as if nobody had answered."""
    status: str = "asked"
    """asked, made, did not work out or withdrawn."""
    introduced: UUID | None = None
    thanked: bool = False
    """Whether the connector was thanked for it."""
    reported: bool = False
    """Whether the connector heard what came of it."""
    answered_at: datetime | None = None
    """When the last answer came."""

    @property
    def over(self) -> bool:
        """Whether nobody's answer is awaited any more, because it ended or one of the two said no."""
        return self.status != "asked" or self.refused

    @property
    def agreed(self) -> bool:
        """Whether both said yes, and neither of them no."""
        return not self.refused and self.consents == frozenset(Party)

    @property
    def awaited(self) -> Party | None:
        """Whose answer is awaited: the connector's first, then the target's; None if both agreed or it is over."""
        if self.over:
            return None
        return next((party for party in Party if party not in self.consents), None)


def answer(state: Introduction, party: Party, role: Role, now: datetime, *, yes: bool) -> list[Event]:
    """One of the two answered; nothing happens if they said so before.

    Raises NotApplicable once the introduction is over, and for the target's yes before the connector's: nobody is
    asked to meet somebody whom the connector would not introduce.
    """
    if state.over:
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
    return replace(state, **_changes(state, event))


def _changes(state: Introduction, event: Event) -> dict[str, Any]:
    match event:
        case ConsentGiven():
            return {"consents": state.consents | {event.party}, "answered_at": event.at, "attested": event.attested}
        case ConsentRefused():
            return {"refused": True, "answered_at": event.at}
        case IntroductionMade():
            return {"status": "made", "introduced": event.introduced}
        case IntroductionThanked():
            return {"thanked": True}
        case ConnectorTold():
            return {"reported": True}
        case IntroductionReopened():
            unanswered = {"consents": frozenset[Party](), "answered_at": None, "attested": False}
            again = {"status": "asked", "introduced": None, "thanked": False, "reported": False}
            return again | (unanswered if state.attested else {})
        case _:
            return {"status": _ENDS[type(event)]} if type(event) in _ENDS else {}


_ENDS: dict[type[Event], str] = {DidNotWorkOut: "did not work out", IntroductionWithdrawn: "withdrawn"}


def fold(events: Iterable[Recorded], state: Introduction | None = None) -> Introduction | None:
    """The state after all of these events, oldest first; None if there are none."""
    for recorded in events:
        state = evolve(state, recorded)
    return state
