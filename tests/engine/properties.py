"""A small world of random moves over the real engine, and how a plan is followed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import ClassVar
from uuid import UUID

from kith.domain.asks import Ask, AskKind, ChatAsk, FirstMessage, IntroAsk, Question, ReferralAsk, Topic
from kith.domain.errors import KithError
from kith.domain.facts import Background, Gift, Person, Touch
from kith.domain.log import Recorded
from kith.domain.policy import PRESETS
from kith.domain.stages import Channel, Direction, Origin
from kith.workflows import Kith
from tests.domain.asks import DETAIL, chat_ask, intro_ask, referral_ask
from tests.engine.following import follow
from tests.stores import Stores

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
ROLES = ("Risk analyst", "Data engineer")
KINDS = (AskKind.FIRST_MESSAGE, AskKind.CHAT, AskKind.INTRO, AskKind.REFERRAL)
RECEIVED = ("chat", "introduction", "referral")
PLACES = (Background.worked("Acme", 2015, 2019), Background.worked("ACME Inc."), Background.studied("Porto", 2010))


class World:
    """An engine with a clock that is moved, and the people met so far. Every choice is a number from outside."""

    stores: ClassVar[Stores]
    """Where worlds live. There is one at a time: a new one ends the one before."""
    opened: ClassVar[list[Kith]] = []

    def __init__(self, zone: str = "Europe/Lisbon") -> None:
        self.end()
        self.now: datetime = START
        self._ids = Random(1)
        self.kith: Kith = Kith.open(self.stores.new(), clock=lambda: self.now, new_id=self._new_id)
        self.opened.append(self.kith)
        self.kith.register("Maria", time_zone=zone)
        self.people: list[UUID] = []
        self.messages = 0

    @classmethod
    def end(cls) -> None:
        """Close what is open."""
        while cls.opened:
            cls.opened.pop().close()
            cls.stores.release()

    def _new_id(self) -> UUID:
        return UUID(int=self._ids.getrandbits(128), version=4)

    def who(self, number: int) -> UUID:
        """One of the people."""
        return self.people[number % len(self.people)]

    def log(self) -> list[Recorded]:
        """Every event in the order in which it was written."""
        corrupt: list[object] = []
        with self.kith.store.reading() as reading:
            events = list(reading.scan(corrupt.append))
        assert not corrupt
        return events

    def waiting(self, who: UUID, choice: int) -> AskKind:
        """The kind of the ask that waits for an answer; any if none does."""
        return next((ask.kind for ask in self.kith.relationship(who).open_asks), KINDS[choice % 4])

    # What is sent

    def first_message(self, who: UUID) -> FirstMessage:
        """A genuine first message, unlike any other, about something on record."""
        self.messages += 1
        self.kith.note(who, DETAIL)
        why = " ".join(f"thought{self.messages}of{word}" for word in range(20))
        return FirstMessage(
            text=f"I enjoyed {DETAIL}. I model prices for a living. {why}", detail=DETAIL, who_i_am="I model prices",
            why=why,
        )  # fmt: skip

    def good(self, kind: AskKind, who: UUID, choice: int = 0) -> Ask:
        """A well-worded ask of that kind."""
        match kind:
            case AskKind.FIRST_MESSAGE:
                return self.first_message(who)
            case AskKind.CHAT:
                return chat_ask()
            case AskKind.INTRO:
                return intro_ask()
            case _:
                return referral_ask(ROLES[choice % 2])

    @staticmethod
    def bad(kind: AskKind, choice: int) -> Ask:
        """A badly worded one, each in its own way."""
        match kind:
            case AskKind.FIRST_MESSAGE:
                return FirstMessage(text=("Please refer me.", "word " * 120)[choice % 2])
            case AskKind.CHAT:
                return (chat_ask(90), ChatAsk())[choice % 2]
            case AskKind.INTRO:
                return (intro_ask(note="Too short?"), IntroAsk(compensation="50 euros"))[choice % 2]
            case _:
                return (ReferralAsk(role=ROLES[0], company="Acme"), referral_ask().model_copy(update={"seen": ""}))[
                    choice % 2
                ]

    # Moves

    def move(self, name: str, who: int, a: int, b: int) -> None:
        """One move; what the engine refuses is no error of the move."""
        if name == "meet" or not self.people:
            self._meet(a)
        elif name == "forward":
            self.now += timedelta(days=(0, 1, 3, 8, 15, 22, 31, 61)[a % 8], hours=b % 24, minutes=b % 7)
        else:
            with suppress(KithError):
                MOVES[name](self, self.who(who), a, b)

    def _meet(self, a: int) -> None:
        origin = tuple(Origin)[a % len(Origin)]
        self.people.append(self.kith.meet(Person(name=f"Person {len(self.people)}"), origin=origin))

    def ago(self, b: int) -> datetime:
        return self.now - timedelta(days=(0, 0, 0, 1, 2, 13, 20, 200)[b % 8])

    def touch(self, who: UUID, a: int, b: int) -> None:
        direction = list(Direction)[a % 3]
        channel = (Channel.MESSAGE, Channel.REACTION, Channel.CALL)[a % 5 % 3]
        self.kith.touch(who, Touch(direction=direction, channel=channel, at=self.ago(b), external_id=f"x{a}" * (b % 3)))

    def agree(self, who: UUID, a: int, b: int) -> None:
        self.kith.agree(who, self.waiting(who, a), due=self.now + timedelta(days=b % 9) if b % 2 else None)

    def hold(self, who: UUID, a: int, b: int) -> None:
        self.kith.hold_chat(who, learnings="a lot" * (a % 2), follow_ups=["send the book"] * (a % 3), at=self.ago(b))

    def ask(self, who: UUID, a: int, b: int) -> None:
        kind = KINDS[a % 4]
        ask = self.bad(kind, b) if b % 5 == 0 else self.good(kind, who, b)
        self.kith.ask(who, ask, override=OVERRIDES[b % len(OVERRIDES)])

    def pursue(self, who: UUID, a: int, b: int) -> None:
        """Do everything that an ask needs, and make it."""
        ask = self.good(KINDS[a % 4], who, b)
        plan = self.kith.check(who, ask).plan
        if plan is not None and plan.not_possible:
            return
        self.kith.ask(who, follow(self, who, plan, ask) if plan else ask)

    def revise(self, who: UUID, a: int, b: int) -> None:
        entries = [entry for entry in self.kith.timeline(who) if entry.can_be_undone]
        entry = entries[a % len(entries)]
        if b % 3:
            self.kith.undo(entry.id, "entered twice")
        else:
            at = entry.at - timedelta(days=b % 40)
            self.kith.correct(entry.id, "it was earlier", changes={"at": at})

    def undo_last_revision(self, who: UUID) -> None:
        revisions = [e for e in self.kith.timeline(who) if e.what in ("retraction", "correction") and e.can_be_undone]
        self.kith.undo(revisions[-1].id, "it was right after all") if revisions else None

    def dismiss(self, who: UUID, a: int) -> None:
        mine = [c.action.key for c in self.kith.agenda().actions if c.relationship_id == who.hex]
        self.kith.dismiss(who, mine[0], done_elsewhere=bool(a % 2)) if mine else None

    def introduced(self, who: UUID, a: int, b: int) -> None:
        to = Person(name="Rui Costa", email=f"rui{b % 3}@example.org") if a % 2 else None
        self.kith.make_introduction(who, to=to, both_agreed=bool(a % 3), at=self.ago(b))

    def adopt(self, a: int) -> None:
        self.kith.adopt_policy(list(PRESETS.values())[a % 3])

    def profile(self, a: int) -> None:
        if a % 3:
            self.kith.update_profile(
                picture=True, headline="Risk analyst", intro="I model risk, and I care how people pay."
            )
        else:
            self.kith.update_profile(time_zone=("Europe/Lisbon", "America/New_York")[a % 2])


OVERRIDES: tuple[Mapping[str, str], ...] = (
    {}, {}, {}, {}, {}, {},
    {"one-open-ask": "she asked me to"},
    {"intro-before-referral": "she offered"},
    {"stage-reached": "she knows me", "value-first": "she did", "no-cold-ask": "she did", "conversation-alive": "yes"},
    {"ask-cooldown": "she said so", "goodwill": "she said so", "stage-reached": "she knows me"},
)  # fmt: skip

MOVES: dict[str, Callable[[World, UUID, int, int], object]] = {
    "touch": World.touch,
    "give": lambda w, who, _a, b: w.kith.give(who, Gift.help("a hand", because="she asked", at=w.ago(b))),
    "note": lambda w, who, _a, _b: w.kith.note(who, DETAIL),
    "tie": lambda w, who, a, b: w.kith.tie(who, w.who(a), "same team" * (b % 2)),
    "background": lambda w, who, a, b: w.kith.describe(who, backgrounds=[PLACES[a % 3], PLACES[b % 3]]),
    "prepare": lambda w, who, a, b: w.kith.prepare_chat(who, [Question(topic=tuple(Topic)[a % 4], text=f"Why {b}?")]),
    "ask": World.ask,
    "pursue": World.pursue,
    "nudge": lambda w, who, _a, _b: w.kith.nudge(who, "Did my note reach you?"),
    "agree": World.agree,
    "decline": lambda w, who, a, _b: w.kith.decline(who, w.waiting(who, a)),
    "withdraw": lambda w, who, a, _b: w.kith.withdraw(who, w.waiting(who, a)),
    "hold": World.hold,
    "cancel": lambda w, who, _a, _b: w.kith.cancel_chat(who),
    "thank": lambda w, who, a, _b: w.kith.thank(who, RECEIVED[a % 3]),
    "introduced": World.introduced,
    "not introduced": lambda w, who, _a, _b: w.kith.fail_introduction(who),
    "referred": lambda w, who, a, b: w.kith.receive_referral(who, role=ROLES[a % 2], company="Acme", at=w.ago(b)),
    "outcome": lambda w, who, a, b: w.kith.learn_outcome(who, ("interview", "hired")[a % 2], at=w.ago(b)),
    "report": lambda w, who, _a, _b: w.kith.report_outcome(who),
    "introduction report": lambda w, who, _a, b: w.kith.report_introduction(who, at=w.ago(b)),
    "close": lambda w, who, a, _b: w.kith.close_relationship(who, refuses_contact=a % 7 == 0),
    "reopen": lambda w, who, _a, _b: w.kith.reopen_relationship(who),
    "snooze": lambda w, who, a, _b: w.kith.snooze(who, w.now + timedelta(days=1 + a % 40)),
    "tier": lambda w, who, a, _b: w.kith.set_tier(who, (None, 1, 2, 3, 4)[a % 5]),
    "dismiss": lambda w, who, a, _b: w.dismiss(who, a),
    "revise": World.revise,
    "restore": lambda w, who, _a, _b: w.undo_last_revision(who),
    "policy": lambda w, _who, a, _b: w.adopt(a),
    "profile": lambda w, _who, a, _b: w.profile(a),
    "sweep": lambda w, _who, a, _b: w.kith.sweep(limit=1 + a % 3),
    "advance": lambda w, who, _a, _b: w.kith.advance(who),
}  # fmt: skip
"""Everything that can happen, by name."""

LIKELY = {"meet": 1, "forward": 2, "touch": 3, "ask": 2, "pursue": 6, "agree": 2, "thank": 2, "nudge": 2}
ALL_MOVES = (*MOVES, *(name for name, times in LIKELY.items() for _ in range(times)))
"""Every move at least once, and those more often that lead somewhere."""
