"""Outlines: what is worth saying in a message, from the record, to write from. They invent nothing and send nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from kith.domain.asks import Ask, ChatAsk, FirstMessage, IntroAsk, ReferralAsk
from kith.domain.lint.draft import DraftKind
from kith.domain.outlines.facts import Fact, Subject
from kith.domain.outlines.parts import BETWEEN, PARTS

MOST_FACTS = 5
"""Facts that a part shows; the story has them all."""


class Part(NamedTuple):
    """One part of a message: what to say, and what is on record to say it with."""

    heading: str
    prompt: str
    fields: tuple[str, ...]
    """The fields of the ask that its words go into, which its guards look for."""
    facts: tuple[Fact, ...]
    """What is on record, latest first."""
    find_out: str = ""
    """What to find out, or to put on record; empty where something is."""


class Outline(NamedTuple):
    """What is worth saying in a message to one person."""

    kind: DraftKind
    person: UUID
    name: str
    between: tuple[Fact, ...]
    """How the two stand: for the writer to know, not to write."""
    parts: tuple[Part, ...]
    open_guards: tuple[str, ...] = ()
    """The guards that do not hold yet, whatever the words."""
    earliest: datetime | None = None
    """When they can hold, if the plan is followed; None if never, or if nothing is asked for."""


ASKS: Final[dict[DraftKind, Ask]] = {
    DraftKind.FIRST_MESSAGE: FirstMessage(text=""),
    DraftKind.CHAT: ChatAsk(),
    DraftKind.INTRODUCTION: IntroAsk(),
    DraftKind.REFERRAL: ReferralAsk(),
}
"""The ask that a draft is for, still without words; thanks and reports ask for nothing."""


def outline(kind: DraftKind, subject: Subject) -> Outline:
    """The outline of a draft of that kind; a nudge has none, for all that it says was said before."""
    name = subject.state.person.name
    parts = [
        Part(
            spec.heading.format(name=name), spec.prompt.format(name=name, policy=subject.seeker.policy), spec.fields,
            facts, "" if facts else spec.find_out.format(name=name),
        )
        for spec in PARTS[kind]
        if (facts := tuple(spec.facts(subject))[:MOST_FACTS]) or not spec.only_if_known
    ]  # fmt: skip
    return Outline(kind, subject.state.id, name, tuple(BETWEEN(subject))[: MOST_FACTS + 2], tuple(parts))
