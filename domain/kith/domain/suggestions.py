"""Questions to choose from for a coffee chat, over its four topics, drawn from what is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeVar

from kith.domain.asks import Question, Topic
from kith.domain.log import Event
from kith.domain.outlines.facts import Subject, quoted
from kith.domain.relationship import events as e

Kind = TypeVar("Kind", bound=Event)


class Suggestion(NamedTuple):
    """A question, and what on record it is drawn from."""

    question: Question
    drawn_from: str = ""
    """Empty where nothing on record goes into it."""
    prepared: bool = False
    """Whether it is among the questions for the next chat already."""


def suggestions(subject: Subject) -> list[Suggestion]:
    """Three questions on each topic, in the order of the topics; the same record gives the same ones."""
    known = [question for _, question in subject.state.prepared]
    found = [
        Suggestion(Question(topic=topic, text=text), source)
        for topic, draw in _TOPICS.items()
        for text, source in draw(subject)
    ]
    return [one._replace(prepared=one.question in known) for one in found]


Drawn = Iterator[tuple[str, str]]


def _work_of(subject: Subject) -> tuple[str, str]:
    """The position and the company, as a question can say them."""
    person = subject.state.person
    return quoted(person.position or ""), quoted(person.company or "")


def _motivation(subject: Subject) -> Drawn:
    position, company = _work_of(subject)
    if company:
        yield f"What drew you to {company}, and what keeps you there?", company
    else:
        yield "What drew you to what you do?", ""
    if position:
        yield f"How did you come to your work as {position}?", position
    else:
        yield "Which turn of your career would you take again at once?", ""
    yield "What did you believe about this work before you began, and no longer do?", ""


def _work(subject: Subject) -> Drawn:
    position, company = _work_of(subject)
    if position:
        yield f"What does a week as {position} look like?", position
    else:
        yield "What does a normal week look like for you?", ""
    note = next((event.text for event in _events(subject, e.FactNoted)), None)
    if note:
        yield f"What has come of this since: {quoted(note)}?", quoted(note)
    else:
        yield "What takes more of your time than anybody would think?", ""
    where = f" at {company}" if company else ""
    yield f"What is hardest{where} just now?", company


def _project(subject: Subject) -> Drawn:
    learned = next((event.learnings for event in _events(subject, e.ChatHeld) if event.learnings), None)
    if learned:
        yield f"Last time I learned from you: {quoted(learned)} How did it go on?", quoted(learned)
    else:
        yield "What are you working on at present, and what is your part in it?", ""
    yield "Which decision in it was yours, and what did you decide against?", ""
    yield "What would you do differently if it began again?", ""


def _entry(subject: Subject) -> Drawn:
    role = next(iter(subject.seeker.roles), None)
    if role:
        yield f"What would you learn first today to work as {role}?", role
    else:
        yield "What would you learn first today to do what you do?", ""
    yield "Which skill did you think would matter, and did not?", ""
    _, company = _work_of(subject)
    if company:
        yield f"What do people who come new to {company} find hardest?", company
    else:
        yield "What should I read or try before I apply anywhere?", ""


_TOPICS: Final[dict[Topic, Callable[[Subject], Drawn]]] = {
    Topic.MOTIVATION: _motivation,
    Topic.WORK: _work,
    Topic.PROJECT: _project,
    Topic.ENTRY: _entry,
}


def _events(subject: Subject, kind: type[Kind]) -> Iterator[Kind]:
    return (recorded.event for recorded in subject.events if isinstance(recorded.event, kind))
