"""The objects of one relationship, and which of them each of its events is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from kith.domain.asks import ReferralAsk
from kith.domain.relationship import events as e
from kith.domain.seeker import Seeker
from kith.workflows.application.eventlogs.ocel import Attribute, Link, Thing
from kith.workflows.application.eventlogs.telling import Told, Trace
from kith.workflows.records import fingerprint

Asked = e.FirstMessageSent | e.ChatAsked | e.IntroAsked | e.ReferralAsked | e.AskRefused


def relationship_id(id_: UUID) -> str:
    """The id of a relationship's object."""
    return f"relationship:{id_}"


def seeker_link(id_: UUID) -> Link:
    """Whose it is."""
    return Link(f"seeker:{id_}", "of")


def seeker_thing(seeker: Seeker, since: datetime, *, named: bool) -> Thing:
    """The seeker's object."""
    name = (Attribute("name", seeker.profile.name, since),) if named else ()
    return Thing(seeker_link(seeker.id).to, "seeker", name)


class Objects:
    """The objects of one relationship."""

    def __init__(self, trace: Trace, owner: UUID, *, named: bool) -> None:
        self._trace, self._named = trace, named
        self._always = (
            Link(relationship_id(trace.id), "in"), Link(f"person:{trace.person}", "with"), seeker_link(owner)
        )  # fmt: skip
        self._beside: dict[str, tuple[Link, ...]] = {}
        """What each ask is for."""
        self._openings: dict[str, Thing] = {}
        self._introductions: dict[str, Thing] = {}
        self._asks: dict[str, Thing] = {}
        for told in trace.events:
            self._note(told)

    def things(self) -> Iterator[Thing]:
        """Every object, the relationship first."""
        trace = self._trace
        name = (Attribute("name", trace.name, trace.opened_at),) if self._named else ()
        yield Thing(relationship_id(trace.id), "relationship", tuple(self._course()), (*self._always[1:], *self._met()))
        yield Thing(f"person:{trace.person}", "person", name)
        for found in (self._asks, self._introductions, self._openings):
            yield from found.values()

    def links(self, told: Told) -> tuple[Link, ...]:
        """The objects that an event is about."""
        ask = _ask(told)
        about = (Link(ask, "about"), *self._beside[ask]) if ask in self._asks else ()
        return (*self._always, *about, *(link for link in self._of_facts(told) if link not in about))

    def _note(self, told: Told) -> None:
        event, ask = told.event, _ask(told)
        if isinstance(event, Asked):
            self._beside[ask] = (*self._of_opening(told), *self._of_introduction(event))
            links = (Link(relationship_id(self._trace.id), "to"), *self._beside[ask])
            kind = event.kind if isinstance(event, e.AskRefused) else event.ask.kind.value
            self._asks[ask] = Thing(ask, "ask", (Attribute("kind", kind, told.at),), links)
        else:
            tuple(self._of_facts(told))

    def _of_facts(self, told: Told) -> Iterator[Link]:
        event = told.event
        if isinstance(event, e.ReferralGiven):
            yield from self._of_opening(told)
        elif isinstance(event, e.IntroductionReceived):
            if event.ask_id is None:
                yield self._introduction(told.id)
            if event.introduced is not None:
                yield Link(relationship_id(event.introduced), "to")
        elif isinstance(event, e.IntroductionAgreed) and event.introduced_by is not None:
            yield Link(relationship_id(event.introduced_by), "by")

    def _of_opening(self, told: Told) -> Iterator[Link]:
        event = told.event
        ask = event.ask if isinstance(event, e.ReferralAsked | e.AskRefused) else event
        if not isinstance(ask, ReferralAsk | e.ReferralGiven) or not ask.opening:
            return
        id_ = f"opening:{fingerprint(ask.opening)}"
        values = {"role": ask.role, "company": ask.company} if self._named else {}
        told_of_it = tuple(Attribute(name, value, told.at) for name, value in values.items() if value)
        self._openings.setdefault(id_, Thing(id_, "opening", told_of_it))
        yield Link(id_, "for")

    def _of_introduction(self, event: Asked) -> Iterator[Link]:
        if isinstance(event, e.IntroAsked):
            yield self._introduction(str(event.introduction_id))

    def _introduction(self, id_: str) -> Link:
        whole = f"introduction:{id_}"
        self._introductions.setdefault(whole, Thing(whole, "introduction"))
        return Link(whole, "for")

    def _course(self) -> Iterator[Attribute]:
        for told in self._trace.events:
            for name in ("origin", "stage"):
                if name in told.details:
                    yield Attribute(name, told.details[name], told.at)

    def _met(self) -> Iterator[Link]:
        for told in self._trace.events:
            if isinstance(told.event, e.RelationshipOpened) and told.event.introduced_by is not None:
                yield Link(relationship_id(told.event.introduced_by), "introduced by")


def _ask(told: Told) -> str:
    """The id of the ask that an event is about; a refused one has none of its own, and goes by its event's."""
    if isinstance(told.event, e.AskRefused):
        return f"ask:{told.id}"
    return f"ask:{getattr(told.event, 'ask_id', None)}"
