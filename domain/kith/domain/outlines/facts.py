"""The facts of an outline, in words: who they are, what passed between the two, and what the seeker's profile says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind
from kith.domain.calendar import spelled
from kith.domain.debts import debts, unthanked
from kith.domain.log import Recorded
from kith.domain.people import company_key
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Job, Seeker
from kith.domain.stages import Channel, Direction, Origin

LONGEST = 240
"""Characters of a text that a fact quotes."""


class Fact(NamedTuple):
    """Something on record that is worth saying or knowing."""

    text: str
    version: int | None = None
    """The event of the relationship that it is from; None for what the seeker told of themselves."""


@dataclass(frozen=True)
class Subject:
    """Whom an outline is about, and what is known."""

    state: Relationship
    seeker: Seeker
    names: Mapping[UUID, str] = field(default_factory=dict)
    """The names of others whom its events speak of."""

    @cached_property
    def events(self) -> tuple[Recorded, ...]:
        """What is still on record, latest first."""
        return tuple(sorted(standing(self.state.events), key=lambda r: (r.at, r.originator_version), reverse=True))

    def day(self, at: datetime) -> str:
        """A date as people read it."""
        return self.seeker.calendar.spelled(at)


Facts = Callable[[Subject], Iterator[Fact]]


def quoted(text: str) -> str:
    """A text as a fact quotes it: in one line, and cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def chain(*facts: Facts) -> Facts:
    """These facts, one kind after the other."""
    return lambda subject: (fact for kind in facts for fact in kind(subject))


# About them


def position(subject: Subject) -> Iterator[Fact]:
    """What they do, and where."""
    person = subject.state.person
    told = " at ".join(filter(None, (person.position, person.company)))
    if told:
        yield Fact(quoted(told), 1)


def opening(subject: Subject) -> Iterator[Fact]:
    """The opening that the seeker noted where they work, for which nobody was asked yet."""
    one = subject.seeker.opening_at(subject.state.person.company)
    if one is not None:
        until = f"by {spelled(one.deadline)}" if one.deadline else ""
        yield Fact(f"the opening that you noted: {', '.join(filter(None, (quoted(one.title), one.link, until)))}")


def noted(subject: Subject) -> Iterator[Fact]:
    """What was noted about them."""
    for recorded in subject.events:
        if isinstance(recorded.event, e.FactNoted):
            yield Fact(
                f"noted on {subject.day(recorded.at)}: {quoted(recorded.event.text)}", recorded.originator_version
            )


def exchanged(subject: Subject) -> Iterator[Fact]:
    """What the two wrote or said, as far as it was noted down."""
    for recorded in subject.events:
        if isinstance(recorded.event, e.Touched) and recorded.event.note:
            who = _SAID[recorded.event.direction].format(channel=recorded.event.channel.value)
            yield Fact(
                f"{who} on {subject.day(recorded.at)}: {quoted(recorded.event.note)}", recorded.originator_version
            )


_SAID = {
    Direction.INBOUND: "their {channel}",
    Direction.OUTBOUND: "your {channel}",
    Direction.MUTUAL: "your {channel} together",
}


def learned(subject: Subject) -> Iterator[Fact]:
    """What was learned in coffee chats."""
    for recorded in subject.events:
        if isinstance(recorded.event, e.ChatHeld) and recorded.event.learnings:
            told = f"learned in your chat of {subject.day(recorded.at)}: {quoted(recorded.event.learnings)}"
            yield Fact(told, recorded.originator_version)


def promised(subject: Subject) -> Iterator[Fact]:
    """What the seeker promised them, and still owes."""
    for debt in debts(subject.state, subject.seeker.policy, subject.seeker.calendar):
        if debt.kind == "follow-up":
            yield Fact(f"promised on {subject.day(debt.since)}: {quoted(debt.what)}")


# Between the two


def origin(subject: Subject) -> Iterator[Fact]:
    """How the two know each other, and through whom."""
    state = subject.state
    if state.origin is not Origin.UNKNOWN:
        since = f", since {spelled(state.since)}" if state.since else ""
        yield Fact(f"you know each other as: {state.origin.value}{since}", state.origin_by)
    connector = subject.names.get(state.introduced_by or UUID(int=0))
    if connector:
        yield Fact(f"{connector} introduced you")


def standing_now(subject: Subject) -> Iterator[Fact]:
    """The stage, and the last word of each."""
    state = subject.state
    yield Fact(f"stage: {state.stage.words}")
    for who, touch in (("their", state.last_inbound), ("your", state.last_outbound)):
        if touch is not None:
            yield Fact(f"{who} last word: {subject.day(touch.at)}", touch.version)


def given(subject: Subject) -> Iterator[Fact]:
    """The gifts, and why they were of use."""
    for recorded in subject.events:
        if isinstance(recorded.event, e.GiftGiven):
            told = ", because ".join(filter(None, (quoted(recorded.event.what), quoted(recorded.event.because))))
            kind = recorded.event.gift
            yield Fact(f"you gave on {subject.day(recorded.at)}: {kind} {told}".rstrip(), recorded.originator_version)


def owed(subject: Subject) -> Iterator[Fact]:
    """What they have not been thanked for yet."""
    for what, fact in unthanked(subject.state, subject.seeker.policy, subject.seeker.calendar):
        yield Fact(f"{what} of {subject.day(fact.at)}, not thanked for yet", fact.version)


# What they know of the seeker


def seen(subject: Subject) -> Iterator[Fact]:
    """What they have seen of the seeker's work: shared employers, praise of theirs, what earlier asks said."""
    company = subject.state.person.company
    for job in subject.seeker.profile.jobs if company else ():
        if company_key(job.company) == company_key(company or ""):
            yield Fact(f"you worked at {job.company}, too{_years(job)}: did they see your work there?")
    for recorded in subject.events:
        match recorded.event:
            case e.Touched(
                direction=Direction.INBOUND, channel=Channel.RECOMMENDATION | Channel.ENDORSEMENT as channel
            ):
                note = f": {quoted(recorded.event.note)}" if recorded.event.note else ""
                yield Fact(
                    f"their {channel.value} of you on {subject.day(recorded.at)}{note}", recorded.originator_version
                )
            case e.ReferralAsked() if recorded.event.ask.seen:
                yield Fact(f"you wrote before: {quoted(recorded.event.ask.seen)}", recorded.originator_version)
            case _:
                pass


def oneself(subject: Subject) -> Iterator[Fact]:
    """What the seeker's profile says."""
    profile = subject.seeker.profile
    for told in (profile.headline, profile.intro):
        if told.strip():
            yield Fact(f"your profile: {quoted(told)}")
    for job in profile.jobs:
        yield Fact(f"you worked as {job.title or 'one of them'} at {job.company}{_years(job)}")


def _years(job: Job) -> str:
    if job.start is None:
        return ""
    return f" ({job.start.year} to {job.end.year if job.end else 'now'})"


def goals(subject: Subject) -> Iterator[Fact]:
    """Where the seeker wants to go, if this person is there, and which roles they want."""
    company, seeker = subject.state.person.company, subject.seeker
    if seeker.wants(company):
        yield Fact(f"{company} is one of your target companies")
    if seeker.roles:
        yield Fact(f"roles you look for: {', '.join(seeker.roles)}")


def companies(subject: Subject) -> Iterator[Fact]:
    """The companies that the seeker wants to get to know."""
    if subject.seeker.companies:
        yield Fact(f"your target companies: {', '.join(subject.seeker.companies)}")
    if subject.seeker.roles:
        yield Fact(f"roles you look for: {', '.join(subject.seeker.roles)}")


# Favours


def received(subject: Subject) -> Iterator[Fact]:
    """What they did for the seeker: first what was not thanked for."""
    yield from owed(subject)
    thanked = subject.state.thanked
    kinds = ((e.ChatHeld, "coffee chat"), (e.IntroductionReceived, "introduction"), (e.ReferralGiven, "referral"))
    for recorded in subject.events:
        for kind, what in kinds:
            if isinstance(recorded.event, kind) and recorded.originator_version in thanked:
                yield Fact(f"{what} of {subject.day(recorded.at)}, thanked for", recorded.originator_version)


def introduced_to(subject: Subject) -> Iterator[Fact]:
    """Whom they introduced the seeker to."""
    for recorded in subject.events:
        if isinstance(recorded.event, e.IntroductionReceived):
            name = subject.names.get(recorded.event.introduced or UUID(int=0))
            to = f" to {name}" if name else ""
            yield Fact(f"they introduced you{to} on {subject.day(recorded.at)}", recorded.originator_version)


def referred(subject: Subject) -> Iterator[Fact]:
    """The openings that they referred the seeker for, the latest first."""
    for one in reversed(subject.state.referrals):
        opening = " at ".join(filter(None, (one.role, one.company))) or "an opening"
        yield Fact(f"they referred you on {subject.day(one.fact.at)} for: {quoted(opening)}", one.fact.version)


def outcomes(subject: Subject) -> Iterator[Fact]:
    """What came of their referrals, and whether they heard it."""
    for one in reversed(subject.state.referrals):
        if one.known is not None:
            heard = "they have heard it" if one.reported is not None else "they have not heard it yet"
            yield Fact(
                f"{quoted(one.outcome or '')}, known since {subject.day(one.known.at)}; {heard}", one.known.version
            )


def told_of(subject: Subject) -> Iterator[Fact]:
    """Whether they heard what came of their introductions, the latest first."""
    for made in reversed(subject.state.introductions):
        heard = "they have heard what came of it" if made.reported else "they have not heard yet what came of it"
        yield Fact(f"introduction of {subject.day(made.fact.at)}; {heard}", made.reported or made.fact.version)


def asked_before(subject: Subject) -> Iterator[Fact]:
    """What was asked of them before, and what became of it; of an introduction that was not made no more than that."""
    for ask in reversed(subject.state.asks):
        settled = ask.settled or "open"
        how = _SETTLED.get((ask.kind, settled), settled)
        yield Fact(f"{ask.kind.value} ask of {subject.day(ask.at)}: {how}", ask.version)


_SETTLED = {(AskKind.INTRO, how): "did not work out" for how in ("declined", "failed", "lapsed")}


def prepared(subject: Subject) -> Iterator[Fact]:
    """The questions for the next chat."""
    for version, question in subject.state.prepared:
        yield Fact(f"{question.topic.words}: {quoted(question.text)}", version)


def nothing(subject: Subject) -> Iterator[Fact]:
    """A part that only the writer can fill."""
    yield from ()
