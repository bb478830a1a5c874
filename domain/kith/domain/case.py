"""One case: a relationship with all that its guards look at, and what a command on it leads to.

``enact`` is the one place where events of a relationship bring forth its stages and its entries in the seeker's book,
the connector's load and the introduction. The engine stores what it returns; the planner looks ahead with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from uuid import UUID

from kith.domain import connector_load, introduction, seeker
from kith.domain.bookkeeping import BOOKED, introduction_entries, load_entries, seeker_entries
from kith.domain.connector_load import ConnectorLoad
from kith.domain.introduction import Introduction
from kith.domain.log import Event, Recorded
from kith.domain.policy import Policy
from kith.domain.relationship import course
from kith.domain.relationship.evolve import fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker

S = TypeVar("S", Relationship, Seeker, ConnectorLoad)


class Stamp(NamedTuple):
    """What a command writes on each of its events."""

    recorded_at: datetime
    command_id: str
    source: str = "manual"
    causation: str | None = None

    def place(self, event: Event, originator: UUID, version: int) -> Recorded:
        """The event in its place in the log."""
        return Recorded(originator, version, event, self.recorded_at, self.command_id, self.source, self.causation)


class Case(NamedTuple):
    """A relationship with everything that its guards look at and its commands change."""

    relationship: Relationship
    seeker: Seeker
    load: ConnectorLoad
    introductions: Mapping[UUID, Introduction] = MappingProxyType({})

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.seeker.policy


def enact(case: Case, events: Iterable[Event], stamp: Stamp) -> tuple[Case, list[Recorded]]:
    """The case after these events of its relationship and all that follows from them, and what is to be stored."""
    state, written = write(case.relationship, events, stamp, fold)
    if not written:
        return case, []
    policy, calendar = case.policy, case.seeker.calendar
    state, corrected = write(state, course.correction(state, stamp.recorded_at, policy, calendar), stamp, fold)
    since = course.news_since(recorded.event for recorded in written)
    state, advanced = write(state, course.advances(state, policy, calendar, since), stamp, fold)
    case = case._replace(relationship=state)
    if not (state.referrals or case.seeker.referrals or any(ask.kind in BOOKED for ask in state.asks)):
        return case, [*written, *corrected, *advanced]
    case, followed = _follow(case, stamp._replace(causation=written[0].id))
    return case, [*written, *corrected, *advanced, *followed]


def write(
    state: S, events: Iterable[Event], stamp: Stamp, fold: Callable[[Iterable[Recorded], S], S | None]
) -> tuple[S, list[Recorded]]:
    """The state after these events, and the events in their places."""
    written = [stamp.place(event, state.id, version) for version, event in enumerate(events, state.version + 1)]
    return fold(written, state) or state, written


def _follow(case: Case, stamp: Stamp) -> tuple[Case, list[Recorded]]:
    state = case.relationship
    book, written = write(case.seeker, seeker_entries(state, case.seeker), stamp, seeker.fold)
    load, carried = write(case.load, load_entries(state, case.load, case.seeker), stamp, connector_load.fold)
    introductions, connected = _connect(case, stamp)
    case = case._replace(seeker=book, load=load, introductions=introductions)
    return case, [*written, *carried, *connected]


def _connect(case: Case, stamp: Stamp) -> tuple[Mapping[UUID, Introduction], list[Recorded]]:
    introductions, written = dict(case.introductions), list[Recorded]()
    for id_, event in introduction_entries(case.relationship, case.seeker.id, case.introductions):
        state = introductions.get(id_)
        recorded = stamp.place(event, id_, state.version + 1 if state else 1)
        written.append(recorded)
        introductions[id_] = introduction.evolve(state, recorded)
    return introductions, written
