"""How much one person is asked to connect, over all seekers of a store."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kith.domain.decision import Finding
from kith.workflows import AskKind, AskRefused, Kith, Person
from tests.kithtest import Clock, chatted, intro_ask


@pytest.fixture
def other(kith: Kith) -> Kith:
    """Another seeker's engine over the same store."""
    return another_seeker(kith, "Lena Braun")


def another_seeker(kith: Kith, name: str) -> Kith:
    """An engine for one more seeker; who registers is served from then on, and so it is another that registers."""
    registering = kith.serving(kith.seeker().id)
    registering.register(name, another=True)
    return registering


def carries(kith: Kith, who: UUID) -> Finding:
    """What the guard says about one more introduction ask."""
    found = kith.check(who, intro_ask()).findings
    return next(finding for finding in found if finding.guard == "connector-load")


def test_a_person_carries_what_every_seeker_asks_of_them(kith: Kith, other: Kith, clock: Clock) -> None:
    mine, theirs = chatted(kith, clock), chatted(other, clock)
    kith.ask(mine, intro_ask())
    lapses = kith.relationship(mine).open_asks[0].at + timedelta(days=21)

    found = carries(other, theirs)
    assert (found.holds, found.why) == (False, "Ana Silva carries enough introduction asks for now.")
    assert found.evidence == ()
    assert found.earliest is not None
    assert found.earliest.date() == lapses.date()
    with pytest.raises(AskRefused):
        other.ask(theirs, intro_ask())

    kith.withdraw(mine, AskKind.INTRO)
    assert carries(other, theirs).holds


def test_whoever_asked_first_each_sees_the_others_ask(kith: Kith, other: Kith, clock: Clock) -> None:
    mine, theirs = chatted(kith, clock), chatted(other, clock)
    for one, who, another, whom in ((kith, mine, other, theirs), (other, theirs, kith, mine)):
        one.ask(who, intro_ask())
        assert not carries(another, whom).holds
        one.withdraw(who, AskKind.INTRO)
        assert carries(another, whom).holds


def test_three_asks_in_90_days_are_enough_whoever_made_them(kith: Kith, other: Kith, clock: Clock) -> None:
    mine, theirs = chatted(kith, clock), chatted(other, clock)
    third = another_seeker(kith, "Noor Haddad")
    hers = chatted(third, clock)
    for one, who in ((kith, mine), (other, theirs), (third, hers)):
        one.ask(who, intro_ask(), override={"connector-load": "they offered"})
        one.withdraw(who, AskKind.INTRO)
    assert not carries(kith, mine).holds


def test_the_same_name_alone_is_not_the_same_person(kith: Kith, other: Kith, clock: Clock) -> None:
    mine, theirs = chatted(kith, clock, "Ana Silva"), chatted(other, clock, "Ben Cho")
    kith.ask(mine, intro_ask())
    assert carries(other, theirs).holds


def test_an_ask_counts_once_though_an_address_shows_later_that_it_is_the_same_person(
    kith: Kith, other: Kith, clock: Clock
) -> None:
    mine = chatted(kith, clock)
    theirs = chatted(other, clock, "Annie Silva")
    other.ask(theirs, intro_ask())
    assert carries(kith, mine).holds
    other.describe(theirs, email="ana@example.org")
    assert not carries(kith, mine).holds
    other.withdraw(theirs, AskKind.INTRO)
    assert carries(kith, mine).holds
    assert kith.doctor() == []


def test_somebody_who_was_taken_back_carries_nothing_for_others(kith: Kith, other: Kith, clock: Clock) -> None:
    mine = chatted(kith, clock)
    theirs = other.meet(Person(name="Ana Silva", email="ana@example.org"))
    kith.ask(mine, intro_ask())
    other.undo(f"{theirs}.1", "not known after all")
    kith.withdraw(mine, AskKind.INTRO)
    assert carries(kith, mine).holds
