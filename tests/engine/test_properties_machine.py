"""Whatever happens in whatever order: no ask gets past its guards, and everything derived agrees with the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kith.domain import connector_load, introduction
from kith.domain import seeker as s
from kith.domain.asks import AskKind, FirstMessage
from kith.domain.calendar import Calendar
from kith.domain.connector_load import ConnectorLoad, load_id
from kith.domain.debts import owes_outcome
from kith.domain.errors import KithError
from kith.domain.facts import Touch
from kith.domain.guards import decide
from kith.domain.guards.registry import FAVOURS, Situation
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import evolve, fold
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage
from tests.engine.properties import ALL_MOVES, World

NUMBER = st.integers(0, 839)


class Anything(RuleBasedStateMachine):
    """Random commands over a few relationships; what must always hold is checked on the log when it is over."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @initialize(origins=st.lists(NUMBER, min_size=2, max_size=4))
    def meets_some_people(self, origins: list[int]) -> None:
        for origin in origins:
            self.world.move("meet", 0, origin, 0)

    @rule(name=st.sampled_from(ALL_MOVES), who=st.integers(0, 3), a=NUMBER, b=NUMBER)
    def does_anything(self, name: str, who: int, a: int, b: int) -> None:
        self.world.move(name, who, a, b)

    @rule(who=st.integers(0, 3), kind=st.sampled_from([AskKind.CHAT, AskKind.INTRO, AskKind.REFERRAL]), b=NUMBER)
    def does_what_leads_to_an_ask(self, who: int, kind: AskKind, b: int) -> None:
        world, id_ = self.world, self.world.who(who)
        for name, a in (("touch", 2), ("give", 0), ("forward", 4), ("touch", 2), ("thank", b)):
            world.move(name, who, a, 0)
        with suppress(KithError):
            world.kith.ask(id_, world.good(kind, id_, b))

    @rule(who=st.integers(0, 3), name=st.text("ab", min_size=1, max_size=2))
    def does_the_same_command_twice(self, who: int, name: str) -> None:
        kith, id_ = self.world.kith, self.world.who(who)
        try:
            first = kith.touch(id_, Touch.message(), command_id=name)
        except KithError:
            return
        before = len(self.world.log())
        assert kith.touch(id_, Touch.message(), command_id=name) == first
        assert len(self.world.log()) == before

    def teardown(self) -> None:
        log = self.world.log()
        Audit(log).hold()
        assert_live_is_replayed(self.world, log)
        assert_book_says_what_relationships_say(self.world)
        assert self.world.kith.doctor() == []
        self.world.kith.rebuild()
        assert self.world.kith.doctor() == []
        self.world.end()


class Audit:
    """Reads the log once, and judges every ask on what was on record just before it."""

    def __init__(self, log: list[Recorded]) -> None:
        self.log = log
        self.relationships: dict[UUID, Relationship] = {}
        self.loads: dict[UUID, ConnectorLoad] = {}
        self.seeker: Seeker | None = None
        self.first_messages: list[datetime] = []
        self.intro_asks: dict[UUID, list[datetime]] = {}

    def hold(self) -> None:
        """Judge, then take the event in."""
        for recorded in self.log:
            if isinstance(recorded.event, e.AskMade):
                self._judge(recorded, recorded.event)
            self._take_in(recorded)

    def _take_in(self, recorded: Recorded) -> None:
        id_, event = recorded.originator_id, recorded.event
        topic = event.TOPIC.partition(".")[0]
        if topic == "relationship":
            before, after = self.relationships.get(id_), evolve(self.relationships.get(id_), recorded)
            assert before is None or isinstance(event, e.StageCorrected) or _not_back(before, after)
            self.relationships[id_] = after
        elif topic == "seeker":
            self.seeker = s.evolve(self.seeker, recorded)
        elif topic == "connector-load":
            self.loads[id_] = connector_load.evolve(self.loads.get(id_), recorded)

    def _judge(self, recorded: Recorded, event: e.AskMade) -> None:
        state, seeker = self.relationships[recorded.originator_id], self.seeker
        assert seeker is not None
        load_of = load_id(state.person.id)
        load = self.loads.get(load_of) or ConnectorLoad(load_of)
        ask = event.ask  # type: ignore[attr-defined]
        decision = decide(Situation(state, seeker, load, ask, seeker.policy, recorded.at))
        assert {finding.guard for finding in decision.missing} <= set(event.overridden)
        assert event.policy == seeker.policy.hash
        self._limits(event, state, seeker, recorded.at)

    def _limits(self, event: e.AskMade, state: Relationship, seeker: Seeker, at: datetime) -> None:
        """The limits, counted from the relationships and the bare log, without the book."""
        policy, calendar, past = seeker.policy, seeker.calendar, event.overridden
        if not isinstance(event, e.Nudged):
            assert "one-open-ask" in past or not state.open_asks
        if isinstance(event, e.IntroAsked | e.ReferralAsked):
            asks = (ask for other in self.relationships.values() for ask in other.open_asks if ask.kind in FAVOURS)
            waiting = [ask for ask in asks if at < calendar.plus_days(ask.at, policy.ask_lapse_days)]
            assert "open-ask-limit" in past or len(waiting) < policy.open_asks
        if isinstance(event, e.FirstMessageSent) and event.stranger:
            assert (
                "weekly-outreach-limit" in past
                or self._since(self.first_messages, 7, at, calendar) < policy.weekly_first_messages
            )
            self.first_messages.append(at)
        if isinstance(event, e.IntroAsked):
            asked = self.intro_asks.setdefault(state.person.id, [])
            assert (
                "connector-load" in past
                or self._since(asked, policy.connector_days, at, calendar) < policy.connector_asks
            )
            asked.append(at)

    @staticmethod
    def _since(instants: list[datetime], days: int, at: datetime, calendar: Calendar) -> int:
        return sum(at < calendar.plus_days(instant, days) for instant in instants)


def _not_back(before: Relationship, after: Relationship) -> bool:
    return after.stage >= before.stage and after.earned >= before.earned


def of(log: list[Recorded], originator: UUID) -> list[Recorded]:
    """The events of one aggregate."""
    return [recorded for recorded in log if recorded.originator_id == originator]


def assert_live_is_replayed(world: World, log: list[Recorded]) -> None:
    """What the engine remembers is what the log says."""
    for who in world.people:
        replayed = fold(of(log, who))
        assert replayed is not None
        assert replayed.removed or world.kith.relationship(who) == replayed
    seeker = world.kith.seeker()
    assert seeker == s.fold(of(log, seeker.id))
    for started in (r for r in log if isinstance(r.event, introduction.IntroductionAsked)):
        assert introduction.fold(of(log, started.originator_id)) is not None


def assert_book_says_what_relationships_say(world: World) -> None:
    """The seeker's book holds the favours that are open or promised, the referrals and the loops; no more, no less."""
    seeker, states = world.kith.seeker(), list(_states(world))
    asks = {(a.id, "open" if a.is_open else "promised") for state in states for a in state.asks
            if a.kind in FAVOURS and (a.is_open or a.is_promised)}  # fmt: skip
    assert {(ask.id, ask.status) for ask in seeker.asks if ask.kind in FAVOURS} == asks
    assert {ask.id for ask in seeker.first_messages()} == {
        ask.id for state in states for ask in state.asks if isinstance(ask.ask, FirstMessage)
    }
    referrals = {(state.id, given.fact.version) for state in states for given in state.referrals}
    assert {(entry.relationship_id, entry.referral) for entry in seeker.referrals} == referrals
    owed = {(state.id, given.fact.version) for state in states
            for given, _ in owes_outcome(state, seeker.policy, seeker.calendar)}  # fmt: skip
    assert {(loop.relationship_id, loop.referral) for loop in seeker.loops} == owed


def _states(world: World) -> Iterator[Relationship]:
    log = world.log()
    for id_ in dict.fromkeys(r.originator_id for r in log if isinstance(r.event, e.RelationshipOpened)):
        state = fold(of(log, id_))
        assert state is not None
        assert Stage.MET <= state.earned <= state.stage
        yield state


@pytest.mark.usefixtures("worlds")
def test_anything_in_any_order_keeps_guards_and_log() -> None:
    examples = 25 if World.stores.kind == "memory" else 10
    run_state_machine_as_test(Anything, settings=settings(max_examples=examples, stateful_step_count=40))
