"""How much one person is asked to connect, over all seekers of a tenant: ask ids and dates only, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID, uuid5

from kith.domain.log import Event, Instant, Recorded

_NAMESPACE = UUID("6d1d4d5e-6f0a-4f0e-9a53-0f7a3c2f8e11")


class LoadTaken(Event):
    """The person was asked for an introduction."""

    TOPIC: ClassVar[str] = "connector-load.taken.v1"
    ask_id: UUID
    lapses: Instant


class LoadReleased(Event):
    """That ask is settled."""

    TOPIC: ClassVar[str] = "connector-load.released.v1"
    ask_id: UUID


class Carried(NamedTuple):
    """One introduction ask that the person got."""

    ask_id: UUID
    at: datetime
    lapses: datetime
    released: bool = False

    def is_open(self, now: datetime) -> bool:
        """Still waiting for them."""
        return not self.released and now < self.lapses


@dataclass(frozen=True)
class ConnectorLoad:
    """The introduction asks that one person carries."""

    id: UUID
    version: int = 0
    carried: tuple[Carried, ...] = ()
    elsewhere: tuple[Carried, ...] = ()
    """What the same person carries under other ids, for every seeker puts people on record for themselves."""

    @property
    def asks(self) -> tuple[Carried, ...]:
        """All that the person carries, each ask once; released if it is so anywhere."""
        known: dict[UUID, Carried] = {}
        for ask in (*self.carried, *self.elsewhere):
            before = known.setdefault(ask.ask_id, ask)
            known[ask.ask_id] = before._replace(released=before.released or ask.released)
        return tuple(known.values())

    def open(self, now: datetime) -> tuple[Carried, ...]:
        """The asks that wait for them."""
        return tuple(ask for ask in self.asks if ask.is_open(now))


def load_id(person_id: UUID) -> UUID:
    """The id of the load of that person: opaque, made from the person's random id."""
    return uuid5(_NAMESPACE, person_id.hex)


def evolve(state: ConnectorLoad | None, recorded: Recorded) -> ConnectorLoad:
    """The state after one more event."""
    state = state or ConnectorLoad(recorded.originator_id)
    carried = state.carried
    match recorded.event:
        case LoadTaken() as taken:
            carried = (*(a for a in carried if a.ask_id != taken.ask_id), Carried(taken.ask_id, taken.at, taken.lapses))
        case LoadReleased() as released:
            carried = tuple(a._replace(released=True) if a.ask_id == released.ask_id else a for a in carried)
        case _:
            pass
    return replace(state, version=recorded.originator_version, carried=carried)


def fold(events: Iterable[Recorded], state: ConnectorLoad | None = None) -> ConnectorLoad | None:
    """The state after all of these events, oldest first; None if there are none."""
    for recorded in events:
        state = evolve(state, recorded)
    return state
