"""What is on record about a person, in words: what a message can speak of."""

from __future__ import annotations

from collections.abc import Iterator

from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.domain.relationship.state import Relationship


def facts(state: Relationship) -> list[str]:
    """Who they are and what was noted about them: what a first message's detail has to be among."""
    person = state.person
    return [text for text in (person.company, person.position, *(note for _, note in state.notes)) if text]


def everything(state: Relationship) -> list[str]:
    """The facts, and whatever was said, given, learned, promised or asked for, latest last."""
    told = (text for recorded in standing(state.events) for text in _texts(recorded.event))
    return [*facts(state), *(text for text in told if text and text.strip())]


def _texts(event: Event) -> Iterator[str | None]:
    match event:
        case e.Touched() | e.IntroductionReceived() | e.IntroductionReported() | e.ThanksSent() | e.OutcomeReported():
            yield event.note
        case e.GiftGiven():
            yield from (event.what, event.because)
        case e.ChatHeld():
            yield from (event.learnings, *event.follow_ups)
        case e.ReferralGiven():
            yield from (event.role, event.company)
        case e.OutcomeLearned():
            yield event.outcome
        case e.IntroAsked():
            yield from (event.ask.target, event.ask.company, event.ask.why)
        case e.ReferralAsked():
            yield from (event.ask.role, event.ask.company, event.ask.seen)
        case _:
            return
