"""The stage guard: it writes the advances that the facts call for, and says what the next stage lacks."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.errors import NotFound
from kith.domain.relationship import events as e
from kith.domain.stages import Stage
from kith.workflows import AskKind, Gift, Kith, Origin, Person, Policy, Touch
from tests.engine.properties import ALL_MOVES, World
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, questions, referral_ask

NUMBER = st.integers(0, 839)


def missing(kith: Kith, who: UUID) -> list[str]:
    """What the next stage lacks."""
    return [finding.missing for finding in kith.advance(who).missing]


def test_somebody_just_met_lacks_everything(kith: Kith) -> None:
    found = kith.advance(kith.meet(Person(name="Ana Silva")))
    assert (found.stage, found.reached, found.missing) == (Stage.MET, (), found.next)
    assert [finding.missing for finding in found.next] == [
        "a word from Ana Silva", "a touch on 3 more days", "a first touch",
    ]  # fmt: skip
    assert {finding.stage for finding in found.next} == {Stage.NURTURED}


def test_the_earliest_day_is_told_where_time_is_missing(kith: Kith, clock: Clock) -> None:
    who = kith.meet(Person(name="Ana Silva"))
    kith.touch(who, Touch.call())
    clock.forward(days=1)
    kith.touch(who, Touch.message())
    first, more, spread = kith.advance(who).next
    assert (first.holds, first.why) == (True, "Ana Silva has written back.")
    assert more.missing == "a touch on 1 more day"
    assert (spread.missing, spread.earliest) == (
        "a touch on 16 March 2026 or later", datetime(2026, 3, 16, tzinfo=UTC),
    )  # fmt: skip


def test_who_knows_your_work_lacks_one_exchange(kith: Kith) -> None:
    who = kith.meet(Person(name="Ana Silva"), origin=Origin.FORMER_COLLEAGUE)
    assert missing(kith, who) == ["a word from Ana Silva and one from you within 180 days"]
    kith.touch(who, Touch.message())
    assert missing(kith, who) == ["a word from Ana Silva within 180 days of yours"]
    other = kith.meet(Person(name="Tom Reed"), origin=Origin.FRIEND)
    kith.touch(other, Touch.reply())
    assert missing(kith, other) == ["a word from you within 180 days of theirs"]


def test_each_stage_says_what_the_next_one_lacks(kith: Kith, clock: Clock) -> None:
    who = kith.meet(Person(name="Eva Lind"), origin=Origin.FRIEND)
    kith.touch(who, Touch.call())
    assert missing(kith, who) == ["a gift: something of use to them, and why it is"]
    kith.give(who, Gift.help("a hand", because="she moves house"))
    assert missing(kith, who) == ["a coffee chat, prepared beforehand or written down after"]
    kith.hold_chat(who)
    assert missing(kith, who) == ["what you learned in it, written down", "your thanks"]
    kith.thank(who)
    assert missing(kith, who) == ["what you learned in it, written down"]
    clock.forward(hours=1)
    kith.prepare_chat(who, questions())
    kith.hold_chat(who)
    kith.thank(who)
    assert missing(kith, who) == ["a warm introduction, or that it did not work out"]
    kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True)
    assert missing(kith, who) == ["a referral"]
    kith.receive_referral(who, role="Analyst", company="Acme")
    assert kith.advance(who).next == ()


def test_a_milder_policy_advances_whom_it_lets_through(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    strict = kith.meet(Person(name="Tom Reed"))
    kith.touch(strict, Touch.call())
    kith.give(strict, Gift.help("a hand", because="he asked"))
    kith.adopt_policy(Policy(nurtured_touches=1, nurtured_spread_days=0))

    assert kith.advance(who).reached == ()
    found = kith.advance(strict)
    assert (found.stage, found.reached) == (Stage.VALUE_GIVEN, (Stage.NURTURED, Stage.VALUE_GIVEN))
    assert kith.advance(strict).reached == ()
    advances = [r.event for r in kith.relationship(strict).events if isinstance(r.event, e.StageAdvanced)]
    assert [advance.policy for advance in advances] == [kith.seeker().policy.hash] * 2
    assert kith.doctor() == []


def test_a_stricter_policy_takes_no_stage_away(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.adopt_policy(Policy(nurtured_touches=9))
    assert (kith.advance(who).stage, kith.advance(who).reached) == (Stage.VALUE_GIVEN, ())


def test_a_lapse_that_nobody_noticed_counts(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    clock.forward(days=30)
    assert kith.advance(who).reached == (Stage.INTRO,)


def test_the_same_command_tells_the_same(kith: Kith) -> None:
    who = kith.meet(Person(name="Tom Reed"))
    kith.touch(who, Touch.call())
    kith.adopt_policy(Policy(nurtured_touches=1, nurtured_spread_days=0))
    first = kith.advance(who, command_id="advance-tom")
    assert kith.advance(who, command_id="advance-tom") == first


def test_nobody_who_is_not_on_record_advances(kith: Kith) -> None:
    with pytest.raises(NotFound):
        kith.advance(UUID(int=7))


def test_no_guard_is_gone_around(kith: Kith, clock: Clock) -> None:
    who = introduced(kith, clock)
    before = kith.relationship(who).stage
    kith.ask(who, referral_ask())
    kith.agree(who, AskKind.REFERRAL)
    assert kith.advance(who).stage == before == Stage.INTRO


@pytest.mark.usefixtures("worlds")
@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(ALL_MOVES), st.integers(0, 3), NUMBER, NUMBER), max_size=40))
def test_whoever_does_not_advance_lacks_something(moves: list[tuple[str, int, int, int]]) -> None:
    world = World()
    for move in (("meet", 0, 1, 0), ("meet", 0, 8, 0), *moves):
        world.move(*move)
    for who in world.people:
        try:
            first = world.kith.advance(who)
        except NotFound:
            continue
        again = world.kith.advance(who)
        assert (again.stage, again.reached) == (first.stage, ())
        assert again.missing or again.stage is Stage.REFERRAL
        assert all(bool(finding.missing) is not finding.holds for finding in again.next)
    assert world.kith.doctor() == []
