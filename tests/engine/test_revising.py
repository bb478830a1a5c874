"""Taking back and correcting reaches everything that rested on a fact, and gives nobody somebody else's identity."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from kith.domain.errors import Conflict, InvalidInput, NotApplicable, NotFound
from kith.workflows import AskKind, ChatAsk, Gift, Kith, Person, Touch
from kith.workflows.application.redrawing import relationships
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, referral_ask


def event_of(kith: Kith, name: str, what: str) -> str:
    """The id of the last event of that kind in somebody's story."""
    return [entry.id for entry in kith.timeline(kith.find(name)) if entry.what == what][-1]


def test_a_gift_of_a_connection_is_recorded_also_when_an_ask_has_just_lapsed(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.ask(who, ChatAsk(minutes=20), override={"questions-prepared": "she knows what it is about"})
    clock.forward(days=22)
    kith.give(who, Gift.connection("Ben", because="the same field", both_agreed=True), command_id="gift")
    assert len(kith.relationship(who).gifts) == 2


def test_one_address_never_belongs_to_two_people(kith: Kith) -> None:
    ana, ben = kith.meet(Person(name="Ana Silva")), kith.meet(Person(name="Ben Cho"))
    kith.describe(ana, email="x@example.org")
    kith.undo(event_of(kith, "Ana Silva", "description"), "a mistake")
    retraction = event_of(kith, "Ana Silva", "retraction")
    kith.describe(ben, email="x@example.org")

    with pytest.raises(NotApplicable, match="belongs to somebody else"):
        kith.undo(retraction, "it was right")
    assert kith.find("x@example.org") == ben
    assert kith.rebuild().corrupt == []


@pytest.mark.parametrize("changes", [{"keys": ["email:x@example.org"]}, {"seeker_id": "0" * 32}, {"email": "x@y.org"}])
def test_who_a_fact_is_about_is_not_corrected(kith: Kith, changes: dict[str, Any]) -> None:
    kith.meet(Person(name="Ana Silva"))
    with pytest.raises(InvalidInput, match="can't be corrected there"):
        kith.correct(event_of(kith, "Ana Silva", "met"), "wrong", changes=changes)


def test_a_corrected_referral_is_booked_for_the_corrected_opening(kith: Kith, clock: Clock) -> None:
    ana = introduced(kith, clock, "Ana Silva")
    kith.receive_referral(ana, role="Risk analyst", company="Acme")
    kith.correct(event_of(kith, "Ana Silva", "referral"), "another firm", changes={"company": "Northwind Analytics"})
    tom = introduced(kith, clock, "Tom Reed")

    missing = {finding.guard for finding in kith.check(tom, referral_ask()).missing}
    assert "one-referrer-per-opening" in missing
    assert [entry.opening for entry in kith.seeker().referrals] == [referral_ask().opening]


def test_an_introduction_that_was_taken_back_never_happened_to_anybody(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    kith.ask(ana, intro_ask())
    kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    kith.undo(event_of(kith, "Ana Silva", "introduction"), "a mistake")
    kith.decline(ana, AskKind.INTRO)

    assert kith.relationship(kith.find("Ben Cho")).agreed_to_meet is None
    with kith.store.reading() as reading:
        topics = [r.event.TOPIC for r in reading.scan(lambda _: None) if r.event.TOPIC.startswith("introduction.")]
    assert topics[-2:] == ["introduction.reopened.v1", "introduction.did-not-work-out.v1"]
    assert kith.doctor() == []


def test_a_chat_at_an_instant_is_held_once(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    at = clock() - timedelta(hours=3)
    kith.hold_chat(who, learnings="How she began.", at=at)
    assert kith.hold_chat(who, learnings="How she began.", at=at) == ()
    assert len(kith.relationship(who).chats) == 2


def test_nobody_answers_before_they_are_asked(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    with pytest.raises(InvalidInput, match="before they are asked"):
        kith.decline(who, AskKind.INTRO, at=clock() - timedelta(days=31))
    with pytest.raises(InvalidInput, match="before they are asked"):
        kith.agree(who, AskKind.INTRO, at=clock() - timedelta(days=31))


def test_a_late_favour_settles_its_ask(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    clock.forward(days=22)
    kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True)
    ask = kith.relationship(who).asks[-1]
    assert (ask.settled, ask.kept, ask.is_favour) == ("agreed", True, True)


def test_nobody_is_introduced_to_themselves(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    for to in (who, Person(name="Ana", email="ana@example.org")):
        with pytest.raises(InvalidInput, match="introduced to themselves"):
            kith.make_introduction(who, to=to, both_agreed=True)


def test_a_fact_taken_back_by_hand_does_not_come_again(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    touch = Touch.reply().model_copy(update={"external_id": "mail-1"})
    kith.touch(ana, touch)
    kith.undo(event_of(kith, "Ana Silva", "reply"), "it was spam")
    assert kith.touch(ana, touch) == ()


def test_only_what_is_due_is_dismissed(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(NotApplicable, match="is due under"):
        kith.dismiss(ana, "thanks:4")


def test_an_event_is_found_by_the_digits_of_its_id_only(kith: Kith) -> None:
    kith.meet(Person(name="Ana Silva"))
    with pytest.raises(NotFound):
        kith.undo("%.1", "oops")


def test_a_command_id_of_another_command_is_told(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.touch(who, Touch.message(), command_id="used")
    with pytest.raises(Conflict, match="another command"):
        kith.ask(who, ChatAsk(), command_id="used")


def test_what_is_wrong_with_a_value_is_told_without_the_value(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(InvalidInput) as told:
        kith.note(ana, "secret " * 5_000)
    assert "secret" not in str(told.value)
    assert told.value.__cause__ is None


def test_threads_on_one_engine_see_every_write(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    threads = [Thread(target=lambda: [kith.touch(ana, Touch.message()) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(kith.relationship(ana).touches) == 200
    with kith.store.reading() as reading:
        assert [state.version for state in relationships(reading, lambda _: None)] == [201]


def test_somebody_taken_off_the_record_can_be_brought_back(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva", email="ana@example.org"))
    written = kith.undo(event_of(kith, "Ana Silva", "met"), "a mistake")
    assert kith.people() == []
    kith.undo(written[-1].id, "it was right")
    assert kith.find("ana@example.org") == ana
    assert kith.doctor() == []


def test_an_export_that_is_left_half_way_holds_nothing_up(kith: Kith) -> None:
    kith.meet(Person(name="Ana Silva"))
    export = kith.export()
    next(export)
    assert len(kith.people()) == 1
    assert [entry["topic"] for entry in export] == ["relationship.opened.v1"]
