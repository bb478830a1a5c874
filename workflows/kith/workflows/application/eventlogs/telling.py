"""What process mining is told of an event: its name, when it happened, and details without anything personal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.log import Event, Recorded
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import REVISIONS, standing
from kith.domain.relationship.state import Relationship
from kith.domain.speaking import speaking
from kith.domain.stages import Direction, Stage

DETAILS: Final = (
    "origin", "tier", "direction", "channel", "gift", "minutes", "stranger", "kind", "guards", "guard", "overridden",
    "policy", "stage", "volunteered", "how",
)  # fmt: skip
"""The fields that are told, where an event has them; a test holds that none of them is personal."""
ALWAYS: Final = ("recorded_at", "source", "role", "revised")

HAPPENINGS: Final[tuple[type[Event], ...]] = (
    s.SeekerRegistered, s.ProfileUpdated, s.GoalsSet, s.PolicyAdopted, s.ImportStarted, s.ImportFinished,
    s.ImportUndone, s.DigestClaimed, s.DigestSent,
)  # fmt: skip
"""What happens to a seeker; the other events of a seeker are the book's, and repeat what relationships tell."""
THEIRS: Final = (e.AskAgreed, e.AskDeclined, e.ContactRefused, e.IntroductionReceived, e.IntroductionAgreed,
                 e.IntroductionFailed, e.ReferralGiven)  # fmt: skip
OF_ITSELF: Final = (e.StageAdvanced, e.StageCorrected, e.AskLapsed, e.WentDormant, e.TimerFired, e.AskRefused)


class Told(NamedTuple):
    """One event."""

    id: str
    name: str
    """The event's speaking name."""
    at: datetime
    recorded_at: datetime
    details: dict[str, str]
    event: Event


class Trace(NamedTuple):
    """One relationship with its events, in the order in which they happened."""

    id: UUID
    person: UUID
    name: str
    opened_at: datetime
    events: tuple[Told, ...]


def trace(state: Relationship) -> Trace:
    """A relationship as process mining is told of it: what was recorded, with a mark on what was revised since."""
    remaining = {recorded.originator_version for recorded in standing(state.events)}
    told = [_told(recorded, _revised(recorded, state, remaining)) for recorded in state.events]
    return Trace(state.id, state.person.id, state.person.name, state.events[0].at, tuple(sorted(told, key=_happened)))


def happenings(events: Iterable[Recorded]) -> list[Told]:
    """What happened to a seeker."""
    return [_told(recorded, "") for recorded in events if isinstance(recorded.event, HAPPENINGS)]


def details_of(kind: type[Event]) -> tuple[str, ...]:
    """The names of what may be told of such an event."""
    return (*ALWAYS, *_fields(kind))


@cache
def _fields(kind: type[Event]) -> tuple[str, ...]:
    return tuple(name for name in DETAILS if name in kind.model_fields)


def _happened(told: Told) -> tuple[datetime, int]:
    return told.at, int(told.id.rpartition(".")[2])


def _revised(recorded: Recorded, state: Relationship, remaining: set[int]) -> str:
    if recorded.originator_version not in state.revised:
        return ""
    stands = recorded.originator_version in remaining and type(recorded.event) not in REVISIONS
    return "corrected" if stands else "taken back"


def _told(recorded: Recorded, revised: str) -> Told:
    event = recorded.event
    values = {"source": recorded.source, "role": _role(event), "revised": revised}
    values |= {name: _text(getattr(event, name)) for name in _fields(type(event))}
    told = {name: value for name, value in values.items() if value}
    return Told(recorded.id, speaking(event), event.at, recorded.recorded_at, told, event)


def _role(event: Event) -> str:
    """Who acted: the seeker, the person, both, or Kith by itself."""
    match event:
        case e.Touched(direction=Direction.INBOUND):
            return "person"
        case e.Touched(direction=Direction.MUTUAL) | e.ChatHeld():
            return "both"
        case _ if isinstance(event, THEIRS):
            return "person"
        case _:
            return "kith" if isinstance(event, OF_ITSELF) else "seeker"


def _text(value: Any) -> str:
    """A value as text; empty where there is none, for a format's attributes have one type each."""
    match value:
        case None | "":
            return ""
        case bool():
            return str(value).lower()
        case Policy():
            return value.hash
        case Stage():
            return value.words
        case Enum():
            return str(value.value)
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)
