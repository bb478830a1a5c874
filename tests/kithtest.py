"""What the engine's tests share: a clock that is set by hand, and the way to an earned ask."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kith.workflows import AskKind, ChatAsk, Gift, IntroAsk, Kith, Person, Question, ReferralAsk, Topic, Touch

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTE = (
    "Mira is a data analyst who moved our payment reports from a weekly spreadsheet to a tested pipeline. She is now "
    "looking into credit risk and has read your paper on stress tests with care. She would like to learn how your team "
    "chooses its scenarios. Would you have twenty minutes for her next week?"
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


def questions() -> list[Question]:
    """One question on each topic."""
    return [Question(topic=topic, text=f"What about {topic.words}?") for topic in Topic]


def intro_ask(company: str = "Northwind Analytics") -> IntroAsk:
    """An introduction ask that says all it should."""
    return IntroAsk(target="Ben Cho", company=company, why="He leads the stress tests.", note=NOTE)


def referral_ask(role: str = "Risk analyst", company: str = "Northwind Analytics") -> ReferralAsk:
    """A referral ask that says all it should."""
    return ReferralAsk(
        role=role,
        company=company,
        fit="Five years of payment data.",
        help="Your word to the hiring manager.",
        link="https://northwind.example/jobs/1",
        seen="You saw me lead the migration.",
        comfort_question="Would you be comfortable to vouch for that?",
    )


def nurture(kith: Kith, clock: Clock, name: str = "Ana Silva") -> UUID:
    """Somebody with whom one is in touch and to whom something was given."""
    who = kith.meet(Person(name=name, email=f"{name.partition(' ')[0].lower()}@example.org"))
    kith.touch(who, Touch.call())
    clock.forward(days=7)
    kith.touch(who, Touch.message())
    clock.forward(days=8)
    kith.touch(who, Touch.reply())
    kith.give(who, Gift.article("https://example.org/paper", because="it is about her work"))
    return who


def chatted(kith: Kith, clock: Clock, name: str = "Ana Silva") -> UUID:
    """Somebody with whom a coffee chat was held and thanked for."""
    who = nurture(kith, clock, name)
    kith.prepare_chat(who, questions())
    kith.ask(who, ChatAsk(minutes=20))
    kith.agree(who, AskKind.CHAT, due=clock() + timedelta(days=2))
    clock.forward(days=2, hours=1)
    kith.hold_chat(who, learnings="How scenarios are chosen.")
    kith.thank(who)
    return who


def introduced(kith: Kith, clock: Clock, name: str = "Ana Silva", *, told: bool = False) -> UUID:
    """Somebody who may be asked for a referral; ``told`` in time what came of their introduction."""
    who = chatted(kith, clock, name)
    kith.ask(who, intro_ask())
    kith.make_introduction(who, to=Person(name="Ben Cho", email="ben@example.org"), both_agreed=True)
    kith.thank(who, "introduction")
    kith.give(who, Gift.help("the slides", because="she presents next week"))
    clock.forward(days=16)
    if told:
        kith.report_introduction(who)
    clock.forward(days=15)
    kith.touch(who, Touch.call())
    return who


Open = Callable[..., Kith]


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
