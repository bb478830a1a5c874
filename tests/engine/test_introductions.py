"""An introduction is walked through both consents, and the asker learns neither who said no nor why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Literal
from uuid import UUID

import pytest

from kith.domain import introduction as i
from kith.domain.errors import InvalidInput, NotApplicable, NotFound
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.workflows import AskRefused, Kith, Nudge, Person
from tests.kithtest import Clock, chatted, intro_ask

Side = Literal["connector", "target"]


def log(kith: Kith) -> list[Recorded]:
    """Every event in the order in which it was written."""
    with kith.store.reading() as reading:
        return list(reading.scan(lambda _: None))


@pytest.fixture
def ana(kith: Kith, clock: Clock) -> UUID:
    """A connector who was asked for an introduction to Ben Cho."""
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    return who


@pytest.fixture
def asked(kith: Kith, ana: UUID) -> UUID:
    """The introduction that was asked for."""
    return next(r.event.introduction_id for r in kith.relationship(ana).events if isinstance(r.event, e.IntroAsked))


def test_the_connector_is_asked_first_then_the_target(kith: Kith, clock: Clock, asked: UUID) -> None:
    first = kith.introduction(asked, role="coach")
    assert (first.status, first.awaited, first.since) == ("asked", "connector", clock.now)
    assert first.due == kith.seeker().calendar.plus_days(clock.now, 21)
    assert first.next == "Ask Ana Silva whether they would introduce Mira Okafor to Ben Cho."
    with pytest.raises(NotApplicable, match="asked first"):
        kith.consent(asked, "target", yes=True, role="coach")

    clock.forward(days=1)
    second = kith.consent(asked, "connector", yes=True, role="coach")
    assert (second.awaited, second.since) == ("target", clock.now)
    assert second.next == "Ask Ben Cho whether they would like to meet Mira Okafor; Ana Silva agreed."
    third = kith.consent(asked, "target", yes=True, role="connector")
    assert (third.status, third.awaited) == ("asked", "nobody")
    assert third.next == "Both agreed: Ana Silva introduces Mira Okafor and Ben Cho, and that is recorded."


def test_each_answer_is_recorded_once_under_its_role(kith: Kith, asked: UUID) -> None:
    for _ in range(2):
        kith.consent(asked, "connector", yes=True, role="connector")
    kith.consent(asked, "target", yes=True, role="coach")
    given = [r.event for r in log(kith) if isinstance(r.event, i.ConsentGiven)]
    assert [(event.party, event.role, event.attested) for event in given] == [
        (i.Party.CONNECTOR, i.Role.CONNECTOR, False), (i.Party.TARGET, i.Role.COACH, False),
    ]  # fmt: skip


def test_both_consents_allow_it_to_be_made(kith: Kith, ana: UUID, asked: UUID) -> None:
    kith.consent(asked, "connector", yes=True, role="connector")
    kith.consent(asked, "target", yes=True, role="coach")
    kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    assert kith.introduction(asked).status == "made"
    assert kith.introduction(asked).next == "Thank Ana Silva for the introduction."
    assert len([r for r in log(kith) if isinstance(r.event, i.ConsentGiven)]) == 2
    kith.thank(ana, "introduction")
    assert kith.introduction(asked).status == "made"
    assert kith.introductions() == []
    assert kith.doctor() == []


def test_it_is_not_made_while_an_answer_is_awaited(kith: Kith, ana: UUID, asked: UUID) -> None:
    kith.consent(asked, "connector", yes=True, role="connector")
    with pytest.raises(AskRefused) as refused:
        kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    assert [finding.guard for finding in refused.value.decision.missing] == ["both-sides-agree"]
    assert kith.introduction(asked).status == "asked"
    assert kith.relationship(ana).introductions == ()


def test_what_the_two_answered_stays_when_the_making_is_taken_back_and_that_too(
    kith: Kith, ana: UUID, asked: UUID
) -> None:
    for side in ("connector", "target"):
        kith.consent(asked, side, yes=True, role="coach")
    made, *_ = kith.make_introduction(ana, both_agreed=True)
    back, *_ = kith.undo(made.id, "not yet")
    assert kith.introduction(asked, role="coach").awaited == "nobody"
    kith.undo(back.id, "it was right")
    assert kith.introduction(asked).status == "made"
    given = [r.event for r in log(kith) if isinstance(r.event, i.ConsentGiven)]
    assert [event.attested for event in given] == [False, False]


@pytest.mark.parametrize("side", ["connector", "target"])
def test_a_no_ends_it_for_those_who_answer(kith: Kith, asked: UUID, side: Side) -> None:
    if side == "target":
        kith.consent(asked, "connector", yes=True, role="coach")
    told = kith.consent(asked, side, yes=False, role="coach")
    assert (told.status, told.awaited) == ("did not work out", "nobody")
    assert (
        told.next == "Nobody else is asked. To Mira Okafor the ask stands until it lapses, as if nobody had answered."
    )
    assert kith.introductions(role="coach") == []
    with pytest.raises(NotApplicable, match="over"):
        kith.consent(asked, "connector", yes=True, role="coach")
    assert kith.doctor() == []


def test_an_introduction_that_one_of_the_two_refused_is_not_made(kith: Kith, ana: UUID, asked: UUID) -> None:
    kith.consent(asked, "connector", yes=False, role="coach")
    with pytest.raises(AskRefused):
        kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    assert kith.relationship(ana).introductions == ()


def answered(answers: list[tuple[Side, bool]]) -> Iterator[object]:
    """All that the asker can see, day after day, of an introduction to which the two gave these answers."""
    clock, ids = Clock(), count(1)
    with Kith.open(":memory:", clock=clock, new_id=lambda: UUID(int=next(ids))) as kith:
        mira = kith.register("Mira Okafor")
        kith.serving(mira).register("Lena Braun", another=True)
        who = chatted(kith, clock)
        kith.ask(who, intro_ask())
        [asked] = kith.introductions()
        clock.forward(days=3)
        for n, (side, yes) in enumerate(answers):
            kith.consent(asked.id, side, yes=yes, role="coach", command_id=f"answer-{n}")
        for _ in range(25):
            clock.forward(days=1)
            kith.sweep()
            with pytest.raises((AskRefused, InvalidInput)) as refused:
                kith.make_introduction(who, both_agreed=True)
            yield str(refused.value)
            yield kith.introduction(asked.id)
            yield kith.introductions()
            yield kith.timeline(who)
            yield kith.timeline(who, as_of=clock() - timedelta(days=1))
            yield kith.board(), kith.board(as_of=clock() - timedelta(days=1), by="recorded")
            yield kith.agenda(), kith.people(), kith.digest()
            yield kith.check(who, intro_ask())
            yield [kith.check(who, Nudge(ask_id=ask.id)) for ask in kith.relationship(who).open_asks]
            yield list(kith.export(seeker=mira))


def test_nothing_that_the_asker_sees_tells_a_no_from_another_or_from_silence() -> None:
    silence: list[list[tuple[Side, bool]]] = [[], [("connector", True)]]
    refusals: list[list[tuple[Side, bool]]] = [[("connector", False)], [("connector", True), ("target", False)]]
    seen = list(answered([]))
    for answers in (*silence, *refusals):
        for mine, theirs in zip(answered(answers), seen, strict=True):
            assert mine == theirs


def test_the_asker_does_not_see_whose_answer_is_awaited(kith: Kith, asked: UUID) -> None:
    before = kith.introduction(asked)
    kith.consent(asked, "connector", yes=True, role="coach")
    assert kith.introduction(asked) == before
    assert (before.status, before.awaited) == ("asked", "")
    assert kith.introductions() == [before]


def test_the_asker_records_nobodys_answer(kith: Kith, asked: UUID) -> None:
    with pytest.raises(InvalidInput, match="not to know"):
        kith.consent(asked, "connector", yes=True, role="asker")
    with pytest.raises(InvalidInput, match="two sides"):
        kith.consent(asked, "friend", yes=True, role="coach")  # type: ignore[arg-type]


def test_what_comes_next_is_thanks_then_news_then_nothing(kith: Kith, ana: UUID, asked: UUID) -> None:
    for side in ("connector", "target"):
        kith.consent(asked, side, yes=True, role="coach")
    kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    assert kith.introduction(asked).next == "Thank Ana Silva for the introduction."
    kith.thank(ana, "introduction")
    assert kith.introduction(asked).next == "Tell Ana Silva what came of it."
    kith.report_introduction(ana)
    assert kith.introduction(asked)[1:3] == ("made", "")
    assert kith.introduction(asked).next == "Nothing more is to be done about it."


def test_a_lapse_ends_an_introduction(kith: Kith, clock: Clock, asked: UUID) -> None:
    kith.consent(asked, "connector", yes=True, role="coach")
    clock.forward(days=22)
    kith.sweep()
    assert kith.introduction(asked, role="coach").status == "did not work out"
    with pytest.raises(NotApplicable, match="over"):
        kith.consent(asked, "target", yes=True, role="coach")


def test_an_introduction_of_another_seeker_is_not_found(kith: Kith, ana: UUID, asked: UUID) -> None:
    with kith.serving(kith.register("Lena Braun", another=True)) as other:
        with pytest.raises(NotFound):
            other.introduction(asked)
        with pytest.raises(NotFound):
            other.consent(asked, "connector", yes=True, role="coach")
    for id_ in (ana, UUID(int=9)):
        with pytest.raises(NotFound, match="no introduction"):
            kith.introduction(id_)
