"""Judging the past under another policy: what would have been refused and why, what allowed, and nothing written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.rejudging import PAST_ASKS
from kith.workflows import (
    PRESETS,
    AskKind,
    AskRefused,
    ChatAsk,
    Gift,
    Kith,
    Origin,
    Person,
    Policy,
    Touch,
)
from tests.engine.properties import ALL_MOVES, World
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, questions, referral_ask
from tests.stores import damage

DEFAULT = PRESETS["default"]


def other(**numbers: int) -> Policy:
    """The default with other numbers."""
    return DEFAULT.model_copy(update=numbers)


def guards(kith: Kith, policy: Policy) -> list[tuple[str, ...]]:
    """The guards that would have held back each ask that was made and would have been refused."""
    return [tuple(f.guard for f in ask.decision.missing) for ask in kith.what_if(policy).refused]


def chat(kith: Kith, who: UUID) -> UUID:
    """Ask for a coffee chat with questions prepared."""
    return kith.ask(who, ChatAsk(minutes=20, questions=tuple(questions())))


def test_nothing_was_asked_so_nothing_changes(kith: Kith) -> None:
    found = kith.what_if(PRESETS["careful"])
    assert (found.asks, found.refused, found.allowed, found.by_guard(), found.by_person()) == ((), (), (), {}, {})


def test_a_stricter_number_holds_back_what_was_asked_and_says_why(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    chat(kith, ana)
    found = kith.what_if(other(gifts_before_ask=2))
    [ask] = found.refused
    assert (ask.relationship, ask.at, ask.decision.kind) == (ana, clock.now, "chat")
    assert [(f.guard, f.missing) for f in ask.decision.missing] == [("value-first", "1 gift")]
    assert (found.made, len(found.asks), found.allowed) == (1, 1, ())
    assert found.by_guard() == {"value-first": (1, 0)}
    assert found.by_person() == {ana: (1, 0)}
    assert found.people == {ana: "Ana Silva"}


def test_a_looser_number_allows_what_was_held_back(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    with pytest.raises(AskRefused):
        kith.ask(ana, ChatAsk(minutes=45, questions=tuple(questions())))
    found = kith.what_if(other(chat_minutes_max=60))
    [ask] = found.allowed
    assert ask.held_back == ("chat-length",)
    assert (found.refused, found.by_guard(), found.by_person()) == ((), {"chat-length": (0, 1)}, {ana: (0, 1)})


def test_what_is_held_back_for_another_reason_too_stays_held_back(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    with pytest.raises(AskRefused):
        kith.ask(ana, ChatAsk(minutes=45))
    found = kith.what_if(other(chat_minutes_max=60))
    assert (len(found.asks), found.allowed) == (1, ())


def test_an_ask_is_judged_by_what_was_on_record_before_it(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    chat(kith, ana)
    kith.give(ana, Gift.help("the slides", because="she presents next week"))
    assert guards(kith, other(gifts_before_ask=2)) == [("value-first",)]
    kith.withdraw(ana, AskKind.CHAT)
    chat(kith, ana)
    assert guards(kith, other(gifts_before_ask=2)) == [("value-first",)]


def test_time_stands_where_it_stood(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    clock.forward(days=5)
    chat(kith, ana)
    clock.forward(days=500)
    assert guards(kith, other(conversation_days=5)) == []
    assert guards(kith, other(conversation_days=4)) == [("conversation-alive",)]


def test_a_stage_is_the_one_that_the_other_numbers_give(kith: Kith, clock: Clock) -> None:
    chat(kith, nurture(kith, clock))
    assert guards(kith, other(nurtured_touches=4)) == [("stage-reached",)]
    assert guards(kith, other(nurtured_spread_days=15)) == []
    assert guards(kith, other(nurtured_spread_days=16)) == [("stage-reached",)]


def test_a_stage_that_looser_numbers_give_counts_too(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.message())
    clock.forward(days=3)
    kith.touch(ana, Touch.reply())
    kith.give(ana, Gift.article("https://example.org/paper", because="it is about her work"))
    with pytest.raises(AskRefused):
        chat(kith, ana)
    [ask] = kith.what_if(other(nurtured_touches=2, nurtured_spread_days=3)).allowed
    assert ask.held_back == ("stage-reached",)


def test_a_head_start_is_as_long_as_the_other_policy_says(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"), origin=Origin.FORMER_COLLEAGUE)
    kith.give(ana, Gift.article("https://example.org/paper", because="it is about her work"))
    clock.forward(days=25)
    kith.touch(ana, Touch.reply())
    chat(kith, ana)
    assert guards(kith, other(head_start_days=25)) == []
    assert guards(kith, other(head_start_days=24)) == [("stage-reached",)]


def test_asks_lapse_as_the_other_policy_says(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    chat(kith, ana)
    clock.forward(days=15)
    with pytest.raises(AskRefused):
        chat(kith, ana)
    found = kith.what_if(other(ask_lapse_days=14))
    assert [ask.held_back for ask in found.allowed] == [("one-open-ask",)]
    assert kith.what_if(other(ask_lapse_days=16)).allowed == ()


def test_limits_over_the_whole_network_are_counted_again(kith: Kith, clock: Clock) -> None:
    people = [chatted(kith, clock, name) for name in ("Ana Silva", "Ben Cho", "Cleo Duarte")]
    for who in people:
        kith.touch(who, Touch.reply())
        kith.ask(who, intro_ask())
    found = kith.what_if(other(open_asks=1))
    assert [(ask.relationship, ask.decision.kind) for ask in found.refused] == [
        (people[1], "introduction"), (people[2], "introduction")
    ]  # fmt: skip
    assert found.by_guard() == {"open-ask-limit": (2, 0)}


def test_the_load_of_a_connector_is_what_it_was(kith: Kith, clock: Clock) -> None:
    ana = introduced(kith, clock)
    kith.ask(ana, intro_ask("Southbank"))
    assert guards(kith, other(connector_asks=1)) == [("connector-load",)]
    assert guards(kith, other(connector_asks=1, connector_days=31)) == []


def test_an_ask_that_went_past_a_guard_goes_past_it_again(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    kith.ask(ana, ChatAsk(minutes=45, questions=tuple(questions())), override={"chat-length": "she offered an hour"})
    [ask] = kith.what_if(other(chat_minutes_max=20)).asks
    assert (ask.overridden, ask.decision.allowed) == (("chat-length",), True)
    assert guards(kith, other(gifts_before_ask=2)) == [("value-first",)]


def test_an_override_of_a_refused_ask_counts_again(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    with pytest.raises(AskRefused):
        kith.ask(ana, ChatAsk(minutes=45), override={"chat-length": "she offered an hour"})
    [ask] = kith.what_if(other(chat_questions=0, chat_topics=0)).allowed
    assert (ask.held_back, ask.overridden) == (("questions-prepared",), ("chat-length",))


def test_nudges_are_asks_too(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    chat(kith, ana)
    clock.forward(days=6)
    with pytest.raises(AskRefused):
        kith.nudge(ana, "Did my note reach you?")
    clock.forward(days=2)
    kith.nudge(ana, "Did my note reach you?")
    assert [ask.decision.kind for ask in kith.what_if(other(nudge_after_days=5)).allowed] == ["nudge"]
    assert [ask.decision.kind for ask in kith.what_if(other(nudge_after_days=9)).refused] == ["nudge"]


def test_an_introduction_without_both_yes_stays_held_back_whatever_the_policy(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    kith.ask(ana, intro_ask())
    with pytest.raises(AskRefused):
        kith.make_introduction(ana, both_agreed=False)
    found = kith.what_if(PRESETS["brisk"])
    assert [ask.decision.kind for ask in found.asks] == ["chat", "introduction", "making an introduction"]
    assert found.allowed == ()


def test_every_seeker_asks_about_their_own_past(kith: Kith, clock: Clock) -> None:
    chat(kith, nurture(kith, clock))
    with kith.serving(kith.register("Lena Braun", another=True)) as lena:
        chat(lena, nurture(lena, clock, "Ben Cho"))
        found = lena.what_if(other(gifts_before_ask=2))
        assert list(found.people.values()) == ["Ben Cho"]
        assert len(found.refused) == 1


def test_somebody_whose_record_is_damaged_is_left_out_and_told(kith: Kith, clock: Clock) -> None:
    ana, ben = nurture(kith, clock), nurture(kith, clock, "Ben Cho")
    for who in (ana, ben):
        chat(kith, who)
    damage(kith.store, ana, 2)
    found = kith.what_if(other(gifts_before_ask=2))
    assert [ask.relationship for ask in found.refused] == [ben]
    assert [problem.originator for problem in found.corrupt] == [ana]
    assert set(found.people) == {ben}


def test_progress_is_told_ask_by_ask(kith: Kith, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.workflows.application.what_if.TELLING", 1)
    introduced(kith, clock)
    told: list[tuple[int, int]] = []
    kith.what_if(DEFAULT, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_it_writes_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "kith.sqlite"
    with Kith.open(path, clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        kith.ask(introduced(kith, clock), referral_ask())
        clock.forward(days=100)
        before = contents(tmp_path)
        found = kith.what_if(other(ask_lapse_days=1, nurtured_touches=9, gifts_before_ask=9))
        assert len(found.refused) == 3
        assert contents(tmp_path) == before
    with closing(sqlite3.connect(path)) as closed:
        closed.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = contents(tmp_path)
    with Kith.open(path, clock=clock) as kith:
        kith.what_if(PRESETS["careful"])
    assert contents(tmp_path)["kith.sqlite"] == before["kith.sqlite"]


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of the store's files: the file itself and its write-ahead log; the -shm holds only locks."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.endswith("-shm")}


# Whatever happened


NUMBER = st.integers(0, 839)
MOVES = st.lists(
    st.tuples(st.sampled_from(ALL_MOVES), st.integers(0, 3), NUMBER, NUMBER), min_size=10, max_size=50
)  # fmt: skip


def lived(origins: Sequence[int], moves: Sequence[tuple[str, int, int, int]]) -> World:
    """A world in which all of this happened, under whichever policies were adopted on the way."""
    world = World()
    for origin in origins:
        world.move("meet", 0, origin, 0)
    for name, who, a, b in moves:
        world.move(name, who, a, b)
    return world


@pytest.mark.usefixtures("worlds_in_memory")
@given(st.lists(NUMBER, min_size=1, max_size=4), MOVES)
@settings(max_examples=80)
def test_under_the_policy_that_was_in_force_the_past_is_as_it_was(
    origins: list[int], moves: list[tuple[str, int, int, int]]
) -> None:
    world = lived(origins, moves)
    past = [recorded.id for recorded in world.log() if isinstance(recorded.event, PAST_ASKS)]
    for policy in PRESETS.values():
        found = world.kith.what_if(policy)
        assert [ask.id for ask in found.asks] == past
        for ask in found.asks:
            if ask.policy == policy.hash:
                assert tuple(f.guard for f in ask.decision.missing) == ask.held_back
    assert [recorded.id for recorded in world.log() if isinstance(recorded.event, PAST_ASKS)] == past
    assert world.kith.doctor() == []
