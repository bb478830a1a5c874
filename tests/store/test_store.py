"""The store keeps what it was given, once, and its read models always say what the log says."""

from __future__ import annotations

import sqlite3
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from kith.domain.log import EVENTS
from kith.workflows import AskRefused, Kith, Person, ReferralAsk, StoreError, Touch
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, referral_ask
from tests.stores import damaging


def rows(kith: Kith, table: str) -> list[tuple[object, ...]]:
    """All rows of a table."""
    with kith.store.reading() as reading:
        return sorted(reading.query(f"SELECT * FROM {table}"), key=repr)


@pytest.mark.parametrize("sql", ["DELETE FROM stored_events", "UPDATE stored_events SET state = ''"])
def test_the_log_is_append_only(kith: Kith, sql: str) -> None:
    with (
        pytest.raises((sqlite3.IntegrityError, StoreError), match="append-only"),
        kith.store.writing() as transaction,
    ):
        transaction.query(sql)


def test_the_same_command_is_carried_out_once(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"), command_id="meet-ana")

    assert kith.meet(Person(name="Ana Silva"), command_id="meet-ana") == ana
    first = kith.touch(ana, Touch.message("hello"), command_id="hello")
    assert kith.touch(ana, Touch.message("hello"), command_id="hello") == first
    assert len(kith.relationship(ana).touches) == 1


def test_a_command_id_does_not_expire(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"), command_id="meet-ana")
    clock.forward(days=3_650)
    kith.rebuild()

    assert kith.meet(Person(name="Somebody else"), command_id="meet-ana") == ana


def test_a_refused_ask_is_refused_again_under_its_command_id(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(AskRefused) as first:
        kith.ask(ana, ReferralAsk(role="Risk analyst", company="Northwind"), command_id="cold")
    with pytest.raises(AskRefused) as second:
        kith.ask(ana, ReferralAsk(role="Risk analyst", company="Northwind"), command_id="cold")

    assert second.value.decision.findings == first.value.decision.findings
    assert [entry.what for entry in kith.timeline(ana)].count("refused ask") == 1


def test_a_rebuild_recreates_every_read_model(kith: Kith, clock: Clock) -> None:
    who = introduced(kith, clock)
    kith.ask(who, referral_ask())
    nurture(kith, clock, "Tom Reed")
    before = {table: rows(kith, table) for table in ("seekers", "relationships", "identities", "commands")}
    with kith.store.writing() as transaction:
        transaction.clear_rows()

    rebuilt = kith.rebuild()

    assert (rebuilt.seekers, rebuilt.relationships, rebuilt.corrupt) == (1, 3, [])
    assert {table: rows(kith, table) for table in before} == before


def test_the_doctor_names_a_read_model_that_differs_from_the_log(kith: Kith) -> None:
    kith.meet(Person(name="Ana Silva"))
    assert kith.doctor() == []
    with kith.store.writing() as transaction:
        transaction.query("UPDATE relationships SET name = 'Somebody else'")

    assert kith.doctor() == ["The table relationships differs from the log; kith rebuild recreates it."]
    kith.rebuild()
    assert kith.doctor() == []


def test_a_corrupt_row_is_named_and_the_rest_goes_on(kith: Kith, clock: Clock) -> None:
    ana, tom = kith.meet(Person(name="Ana Silva")), kith.meet(Person(name="Tom Reed"))
    kith.touch(ana, Touch.message())
    with damaging(kith.store) as transaction:
        transaction.query(
            "UPDATE stored_events SET state = '{broken' WHERE originator_id = ? AND originator_version = 2", (ana.hex,)
        )

    with Kith(kith.store, clock=clock, new_id=uuid4) as again:
        assert f"{ana}.2" in again.doctor()[0]
        again.touch(tom, Touch.message())
        assert [problem.originator for problem in again.rebuild().corrupt] == [ana]
        assert [one.name for one in again.people()] == ["Tom Reed"]
        assert [problem.version for problem in again.board(as_of=clock()).corrupt] == [2]


def test_a_topic_that_is_not_known_is_named(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with damaging(kith.store) as transaction:
        transaction.query(
            "UPDATE stored_events SET topic = 'relationship.from-the-future.v9' WHERE originator_id = ?", (ana.hex,)
        )

    assert "relationship.from-the-future.v9" in kith.doctor()[0]


def test_the_eventsourcing_library_reads_the_same_log(kith: Kith, clock: Clock) -> None:
    chatted(kith, clock)
    log = kith.store.log  # type: ignore[attr-defined]
    notifications = log.notification_log.select(start=1, limit=1_000)

    ids = [n.id for n in notifications]
    assert ids == sorted(set(ids))
    assert log.recorder.max_notification_id() == ids[-1]
    with kith.store.reading() as reading:
        written = [(r.originator_id, r.originator_version) for r in reading.scan(lambda _: None)]
    assert [(n.originator_id, n.originator_version) for n in notifications] == written
    assert [n.id for n in log.notification_log.select(start=ids[3], limit=2)] == ids[3:5]
    assert [n.id for n in log.notification_log.select(start=ids[3], limit=2, inclusive_of_start=False)] == ids[4:6]
    topic = notifications[5].topic
    assert [n.id for n in log.notification_log.select(start=1, limit=1_000, topics=[topic])] == [
        n.id for n in notifications if n.topic == topic
    ]
    assert {n.topic for n in notifications} <= EVENTS.keys()
    first = log.mapper.to_domain_event(notifications[0])
    assert next(iter(log.events.get(first.originator_id))) == first


def test_an_ask_writes_the_book_and_the_load_with_it(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask(), command_id="ask")

    with kith.store.reading() as reading:
        topics = [r.event.TOPIC for r in reading.scan(lambda _: None) if r.command_id == "ask"]
    assert topics == [
        "relationship.intro-asked.v1", "seeker.ask-booked.v1", "connector-load.taken.v1", "introduction.asked.v1",
    ]  # fmt: skip


def test_a_command_that_fails_writes_nothing(kith: Kith, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    who = chatted(kith, clock)
    before = kith.relationship(who).version
    monkeypatch.setattr("kith.workflows.application.work.seeker_row", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        kith.ask(who, intro_ask())
    assert kith.relationship(who).version == before
    assert kith.seeker().asks == ()


def test_the_library_writes_events_that_the_engine_reads(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    event = kith.touch(ana, Touch.message())[0]
    log = kith.store.log  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError):
        log.events.put([event])
    log.events.put([event._replace(originator_version=3)])

    assert kith.relationship(ana).version == 3
    assert [stored.originator_version for stored in log.events.recorder.select_events(ana, gt=1, desc=True)] == [3, 2]


def test_a_command_inside_another_one_is_refused(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with kith.store.reading(), pytest.raises(StoreError, match="inside another"):
        kith.touch(ana, Touch.message())
    assert kith.relationship(ana).touches == ()


def test_any_text_is_kept_as_it_is(kith: Kith) -> None:
    odd = "A\x00na\ufffe0 %s ? 'x' \U0001f600"
    ana = kith.meet(Person(name=odd, company="\ufffe"))
    kith.note(ana, "a\x00b")

    assert kith.relationship(ana).person.name == kith.people(odd)[0].name == odd
    assert kith.find(odd) == ana
    assert kith.doctor() == []


def test_a_closed_store_is_told(kith: Kith) -> None:
    kith.close()
    with pytest.raises(StoreError, match="closed"):
        kith.seeker()
