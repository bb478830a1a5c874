"""Worked examples of policies staged as real histories: the events that an engine would write, in a real store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain import introduction as i
from kith.domain.asks import ChatAsk, FirstMessage, IntroAsk, Nudge, Question, ReferralAsk, Topic
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.seeker import ProfileUpdated
from kith.domain.stages import Channel, Direction, Stage
from kith.workflows import Kith
from kith.workflows.audits.compiled import Example, ExampleEvent
from kith.workflows.audits.vocabulary.values import instant

BEGIN = instant("2025-12-01")
OFFER, REQUEST = "I can pay you 500 euros for it.", "Could you refer me for the job?"
COPIED = "The same few words go out to everybody whom I find in the list of the conference, whoever they are."


class Scene(NamedTuple):
    """One row of an example's table, while its event is made."""

    row: ExampleEvent
    at: datetime
    said: Mapping[str, str]
    """Attributes and their values."""
    number: int
    """Of the row; no two have the same."""
    happened: Mapping[tuple[str, str], int]
    """By person and occasion, the version of the event that it is."""

    @property
    def ask_id(self) -> UUID:
        """The ask that it is, or belongs to."""
        return _id("a5c", self.said.get("ask", f"9{self.number}"))

    def made(self) -> dict[str, Any]:
        """What all asks have in common."""
        return {"at": self.at, "ask_id": self.ask_id, "policy": "0123456789ab"}


def _id(kind: str, value: str) -> UUID:
    return UUID(f"{kind}0{int(value):028x}")


def _words(many: int, number: int) -> str:
    """So many words, hardly any of which another such text has."""
    return " ".join(f"w{number}x{n}" for n in range(many))


def _told(scene: Scene, **usual: str) -> dict[str, str]:
    """The fields of an ask that a row speaks of; all of them as usual, if it speaks of none."""
    named = {field: scene.said[field.replace("_", " ")] for field in usual if field.replace("_", " ") in scene.said}
    return named or usual


def _first_message(scene: Scene) -> Event:
    said = {name.casefold(): text for name, text in scene.said.items()}
    told = _told(scene._replace(said=said), detail="her talk on ledgers", who_i_am="an analyst", why="I audit them too")
    words = int(said.get("words", 40)) - sum(len(text.split()) for text in told.values())
    text = " ".join(
        (*(text for field, text in told.items() if field != said.get("unsaid")), _words(words, scene.number))
    )
    for name, sentence in (("payment offer", OFFER), ("job request", REQUEST), ("copy", COPIED)):
        text = sentence if said.get(name) == "yes" else text
    return e.FirstMessageSent(
        **scene.made(), ask=FirstMessage.model_validate({"text": text, **told}), stranger=said.get("stranger") == "yes"
    )


def _chat_ask(scene: Scene) -> Event:
    many, topics = (int(scene.said.get(name, 3)) for name in ("questions", "topics"))
    on = list(Topic)[:topics]
    asked = tuple(Question(topic=on[n % len(on)], text=f"How is it with {n}?") for n in range(many))
    return e.ChatAsked(**scene.made(), ask=ChatAsk(minutes=int(scene.said.get("minutes", 20)), questions=asked))


def _intro_ask(scene: Scene) -> Event:
    said = scene.said
    note = _words(int(said.get("note words", 60)), scene.number) + " Why?" * int(said.get("note questions", 0))
    ask = IntroAsk(company=said.get("destination", ""), why=said.get("why", ""), note=note)
    return e.IntroAsked(**scene.made(), ask=ask, introduction_id=_id("170", str(scene.number)))


def _referral_ask(scene: Scene) -> Event:
    said = scene.said
    told = {name: said[name] for name in ("role", "company", "fit", "help", "link", "compensation") if name in said}
    told |= _told(scene, seen="the migration", comfort_question="Would you vouch for that?")
    ask = ReferralAsk.model_validate({**told, "text": "Good morning!" if "unsaid" in said else ""})
    return e.ReferralAsked(**scene.made(), ask=ask, opening=said.get("opening", f"acme/{scene.number}"))


def _touch(direction: Direction) -> Callable[[Scene], Event]:
    return lambda scene: e.Touched(at=scene.at, direction=direction, channel=Channel.MESSAGE)


def _arrival(stage: Stage) -> Callable[[Scene], Event]:
    return lambda scene: e.StageAdvanced(at=scene.at, stage=stage, evidence=(1,), policy="0123456789ab")


def _consent(party: i.Party) -> Callable[[Scene], Event]:
    return lambda scene: i.ConsentGiven(at=scene.at, party=party, attested=True)


def _plain(kind: type[Event], *names: str, **fields: object) -> Callable[[Scene], Event]:
    return lambda scene: kind(at=scene.at, **{name: getattr(scene, name) for name in names}, **fields)


MAKE: Mapping[str, Callable[[Scene], Event]] = {
    "first message": _first_message,
    "chat ask": _chat_ask,
    "intro ask": _intro_ask,
    "referral ask": _referral_ask,
    "nudge": lambda scene: e.Nudged(**scene.made(), ask=Nudge(ask_id=scene.ask_id)),
    "override": _plain(e.GuardOverridden, "ask_id", guard="value-first", reason="She offered."),
    "agreement": _plain(e.AskAgreed, "ask_id"),
    "decline": _plain(e.AskDeclined, "ask_id"),
    "lapse": _plain(e.AskLapsed, "ask_id"),
    "introduction that did not work out": _plain(e.IntroductionFailed, "ask_id"),
    "reply": _touch(Direction.INBOUND),
    "message from them": _touch(Direction.INBOUND),
    "outbound touch": _touch(Direction.OUTBOUND),
    "gift": _plain(e.GiftGiven, gift="article"),
    "introduction": _plain(e.IntroductionReceived, volunteered=True),
    "coffee chat": _plain(e.ChatHeld, minutes=20),
    "thank-you": lambda s: e.ThanksSent(at=s.at, thanks_for=s.happened[s.row.relationship, s.said["occasion"]]),
    "introduction report": lambda s: e.IntroductionReported(
        at=s.at, introduction=s.happened[s.row.relationship, s.said["warm introduction"]]
    ),
    "agreement to be introduced": _plain(e.IntroductionAgreed),
    "referral": lambda scene: e.ReferralGiven(at=scene.at, opening=scene.said["opening"]),
    "outcome": lambda scene: e.OutcomeLearned(at=scene.at, referral=int(scene.said["referral"]), outcome="interview"),
    "outcome report": lambda scene: e.OutcomeReported(at=scene.at, referral=int(scene.said["referral"])),
    "reminder": lambda s: e.TimerFired(at=s.at, kind="nudge", subject=s.said["timer"], due=instant("2026-01-01")),
    "dormancy": _plain(e.WentDormant),
    "no contact wanted": _plain(e.ContactRefused),
    "closing": _plain(e.Closed),
    "reopening": _plain(e.Reopened),
    **{f"arrival at {stage.words}": _arrival(stage) for stage in Stage},
    "connector consent": _consent(i.Party.CONNECTOR),
    "target consent": _consent(i.Party.TARGET),
    "introduction made": _plain(i.IntroductionMade),
    "profile picture": _plain(ProfileUpdated, picture=True),
    "profile headline": _plain(ProfileUpdated, headline="Risk analyst"),
    "profile intro": _plain(ProfileUpdated, intro="I model risk, and I care how people pay."),
}
"""By the name of an event, how it is made."""


class Staged(NamedTuple):
    """An example's history in a store."""

    people: Mapping[str, UUID]
    """The relationships by the names of the example."""
    rows: Mapping[str, str]
    """By the ids of the events, what the example's table calls them: who, what and when."""


def stage(kith: Kith, example: Example) -> Staged:
    """Write an example's history to the log of the one seeker of a store, as it happened."""
    seeker = kith.seeker().id
    script = _Script(seeker)
    for row in sorted(example.events, key=lambda row: instant(row.at)):
        script.play(row)
    with kith.store.writing() as transaction:
        transaction.append(seeker, script.written)
    return Staged(script.people, script.rows)


class _Script:
    """Events of a history, as they are written one after the other."""

    def __init__(self, seeker: UUID) -> None:
        self.people: dict[str, UUID] = {}
        self.rows: dict[str, str] = {}
        self.written: list[Recorded] = []
        self._seeker, self._numbers, self._versions = seeker, count(1), {seeker: 1}
        self._occasions: dict[tuple[str, str], int] = {}

    def play(self, row: ExampleEvent) -> None:
        """Write the event of a row, and before it what it could not be without."""
        at, said = instant(row.at), dict(row.others)
        number = next(self._numbers)
        scene = Scene(row, at, said, number, self._occasions)
        if said.get("ask kind") == "introduction":
            self._write(self._person(row.relationship), _intro_ask(scene._replace(at=at - timedelta(days=1))))
        if said.get("copy") == "yes":
            first = FirstMessage(text=COPIED)
            made = {**scene.made(), "ask_id": _id("c0b", str(number)), "at": at - timedelta(days=1)}
            self._write(self._person("zoe"), e.FirstMessageSent(**made, ask=first, stranger=False))
        recorded = self._write(self._whose(scene), MAKE[row.event](scene))
        self.rows[recorded.id] = " ".join(filter(None, (row.relationship, row.event, row.at)))
        for name in ("occasion", "warm introduction"):
            if name in said:
                self._occasions.setdefault((row.relationship, said[name]), recorded.originator_version)

    def _whose(self, scene: Scene) -> UUID:
        """The aggregate that an event belongs to, which begins if it is new."""
        if not scene.row.relationship:
            return self._seeker
        who = self._person(scene.row.relationship)
        if scene.row.event not in ("connector consent", "target consent", "introduction made"):
            return who
        id_ = _id("170", scene.said["introduction"])
        if id_ not in self._versions:
            asked = i.IntroductionAsked(at=scene.at, seeker_id=self._seeker, connector=who, ask_id=scene.ask_id)
            self._write(id_, asked)
        return id_

    def _person(self, name: str) -> UUID:
        if name not in self.people:
            self.people[name] = _id("1d0", str(len(self.people) + 1))
            opened = e.RelationshipOpened(at=BEGIN, seeker_id=self._seeker, name=name.title())
            self._write(self.people[name], opened)
        return self.people[name]

    def _write(self, id_: UUID, event: Event) -> Recorded:
        self._versions[id_] = version = self._versions.get(id_, 0) + 1
        recorded = Recorded(id_, version, event, event.at, f"c{len(self.written)}")
        self.written.append(recorded)
        return recorded
