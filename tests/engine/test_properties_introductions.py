"""Whatever is answered, made, repeated or too late, in whatever order: nobody is introduced against a no."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain import introduction as i
from kith.domain.errors import KithError
from kith.domain.log import Recorded
from kith.workflows import AskKind, AskRefused, Kith, Person
from tests.kithtest import Clock, chatted, intro_ask


class Move(NamedTuple):
    """One thing that somebody does; a command id that came before repeats what was done under it."""

    what: Literal["answer", "make", "fail", "withdraw", "undo", "ask", "wait"]
    side: Literal["connector", "target"]
    yes: bool
    role: i.Role
    days: int
    command: int


MOVES = st.lists(
    st.builds(
        Move, st.sampled_from(["answer"] * 3 + ["make"] * 2 + ["undo"] * 2 + ["fail", "withdraw", "ask", "wait"]),
        st.sampled_from(["connector", "target"]), st.booleans(), st.sampled_from(i.Role), st.integers(1, 30),
        st.integers(0, 8),
    ),
    max_size=14,
)  # fmt: skip


class Walk:
    """An introduction that was asked for in a store that two seekers share."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.kith = Kith.open(":memory:", clock=self.clock)
        mira = self.kith.register("Mira Okafor")
        self.kith.serving(mira).register("Lena Braun", another=True)
        self.who = chatted(self.kith, self.clock)
        self.kith.ask(self.who, intro_ask())
        (asked,) = self.kith.introductions()
        self.asked = asked.id

    def move(self, one: Move) -> None:
        """One move; what the engine refuses changes nothing."""
        by = f"{one.what}-{one.command}"
        match one.what:
            case "answer":
                self.kith.consent(self.asked, one.side, yes=one.yes, role=one.role, command_id=by)
            case "make":
                self.kith.make_introduction(self.who, to=Person(name="Ben Cho"), both_agreed=one.yes, command_id=by)
            case "fail":
                self.kith.fail_introduction(self.who, command_id=by)
            case "withdraw":
                self.kith.withdraw(self.who, AskKind.INTRO, command_id=by)
            case "undo":
                last = [entry for entry in self.kith.timeline(self.who) if entry.can_be_undone][-1]
                self.kith.undo(last.id, "not so", command_id=by)
            case "ask":
                self.kith.ask(self.who, intro_ask(), command_id=by)
            case "wait":
                self.clock.forward(days=one.days)
                self.kith.sweep()

    def log(self) -> list[Recorded]:
        """The introductions' own events, in the order in which they were written."""
        with self.kith.store.reading() as reading:
            return [r for r in reading.scan(lambda _: None) if r.event.TOPIC.startswith("introduction.")]


@pytest.mark.slow
@given(MOVES)
def test_an_introduction_is_only_made_after_both_agreed_and_neither_refused(moves: list[Move]) -> None:
    walk = Walk()
    for move in moves:
        with suppress(KithError, AskRefused):
            walk.move(move)
    states: dict[UUID, i.Introduction] = {}
    for recorded in walk.log():
        before = states.get(recorded.originator_id)
        if isinstance(recorded.event, i.ConsentGiven):
            assert not recorded.event.attested
        if isinstance(recorded.event, i.IntroductionMade):
            assert before is not None
            assert before.agreed
        after = i.evolve(before, recorded)
        states[recorded.originator_id] = after
    assert walk.kith.doctor() == []
    walk.kith.close()
