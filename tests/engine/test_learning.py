"""Insights over a real store: of one seeker, the lapsed too, and of what can be read."""

from __future__ import annotations

from kith.domain.insights.proportions import Rate
from kith.workflows import AskKind, AskRefused, Kith, Person, ReferralAsk, Stage
from tests.kithtest import Clock, chatted, intro_ask, introduced, referral_ask
from tests.stores import damage


def test_nothing_is_told_where_nothing_has_begun(kith: Kith) -> None:
    kith.meet(Person(name="Ben Cho"))
    told = kith.insights()
    assert (told.people, told.unread, told.goodwill.accounts) == (0, 0, ())
    assert all(rates.all == Rate() for rates in told.rates.values())


def test_asks_count_once_they_are_settled_and_when_their_time_is_up(kith: Kith, clock: Clock) -> None:
    ana = introduced(kith, clock)
    kith.ask(ana, referral_ask())
    told = kith.insights().rates
    assert told[AskKind.INTRO].all == Rate(1, 1)
    assert told[AskKind.REFERRAL].all == Rate(0, 0, open=1)
    clock.forward(days=22)
    assert kith.insights().rates[AskKind.REFERRAL].all == Rate(0, 1), "nobody swept, and its time is up all the same"
    kith.receive_referral(ana)
    assert kith.insights().rates[AskKind.REFERRAL].by_stage == {Stage.INTRO: Rate(1, 1)}


def test_a_refused_ask_was_never_made(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    try:
        kith.ask(ana, ReferralAsk(role="Analyst", company="Acme"))
    except AskRefused:
        assert kith.insights().rates[AskKind.REFERRAL].all == Rate()


def test_a_seeker_learns_from_their_own_asks_alone(kith: Kith, clock: Clock) -> None:
    chatted(kith, clock)
    other = kith.serving(kith.register("Noor Dahl", another=True))
    assert other.insights().people == 0


def test_how_an_introduction_came_to_nothing_is_told_to_nobody(kith: Kith, clock: Clock) -> None:
    people = [chatted(kith, clock, name) for name in ("Ana Silva", "Tom Reed", "Cem Aydin")]
    for who in people:
        kith.ask(who, intro_ask())
    _, theirs, the_other_s = kith.introductions()
    before = kith.insights()
    kith.consent(theirs.id, "connector", yes=False, role="connector")
    kith.consent(the_other_s.id, "connector", yes=True, role="connector")
    kith.consent(the_other_s.id, "target", yes=False, role="coach")
    assert kith.insights() == before
    assert before.rates[AskKind.INTRO].all == Rate(0, 0, open=3)
    clock.forward(days=22)
    assert kith.insights().rates[AskKind.INTRO].all == Rate(0, 3)
    unswept = kith.insights()
    kith.sweep()
    assert kith.insights() == unswept


def test_a_damaged_row_is_counted_and_left_out(kith: Kith, clock: Clock) -> None:
    ana, tom = (chatted(kith, clock, name) for name in ("Ana Silva", "Tom Reed"))
    damage(kith.store, ana, 2)
    told = kith.insights()
    assert (told.people, told.unread) == (1, 1)
    assert [one.relationship_id for one in told.goodwill.accounts] == [tom]
