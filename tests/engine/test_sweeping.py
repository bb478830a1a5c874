"""A sweep fires what is due: everything, once, in pages, and around what is damaged."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from kith.domain.errors import InvalidInput
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.workflows import Gift, Kith, Person, Touch
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.pacing import AT_FIRST, AT_LEAST, LONGEST_TURN_SECONDS, Pace
from kith.workflows.application.sweeping import SOURCE, Swept
from kith.workflows.application.work import Work
from kith.workflows.readmodels.due import COUNT, PAGE, SEEKERS
from tests.kithtest import Clock, chatted, intro_ask, nurture
from tests.stores import Stores, damage


def log(kith: Kith) -> list[Recorded]:
    """Every event in the order in which it was written."""
    with kith.store.reading() as reading:
        return list(reading.scan(lambda _: None))


def fired(kith: Kith) -> list[tuple[UUID, str, str, datetime]]:
    """What fired so far."""
    return [
        (r.originator_id, r.event.kind, r.event.subject, r.event.due)
        for r in log(kith)
        if isinstance(r.event, e.TimerFired)
    ]


def due(kith: Kith) -> int:
    """Of how many people anything will be due."""
    with kith.store.reading() as reading:
        count: int = reading.query("SELECT COUNT(*) FROM relationships WHERE next_due IS NOT NULL")[0][0]
        return count


def many(kith: Kith, number: int) -> list[UUID]:
    """People who wrote and wait for an answer."""
    people = [kith.meet(Person(name=f"Person {n}")) for n in range(number)]
    for who in people:
        kith.touch(who, Touch.reply())
    return people


def test_nothing_is_due_at_first(kith: Kith) -> None:
    kith.meet(Person(name="Ana Silva"))
    assert kith.sweep() == Swept({}, 0, 0, [])


def test_what_is_due_fires_once(kith: Kith, clock: Clock) -> None:
    [ana] = many(kith, 1)
    clock.forward(days=2)
    assert kith.sweep() == Swept({"answer": 1}, 1, 0, [])
    assert fired(kith) == [(ana, "answer", "2", clock.now)]
    assert kith.sweep() == Swept({}, 0, 0, [])
    assert kith.doctor() == []
    kith.rebuild()
    assert kith.sweep() == Swept({}, 0, 0, [])


def test_a_reminder_says_by_which_sweep_it_came(kith: Kith, clock: Clock) -> None:
    many(kith, 1)
    clock.forward(days=4)
    kith.sweep()
    recorded = log(kith)[-1]
    assert (recorded.source, recorded.recorded_at) == ("flow:sweep", clock.now)
    clock.forward(days=200)
    kith.sweep(source="manual", command_id="by-hand")
    assert (log(kith)[-1].source, log(kith)[-1].command_id) == ("manual", "by-hand:0")


def test_a_lapse_settles_the_ask_everywhere_in_one_transaction(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    ask = kith.ask(who, intro_ask())
    clock.forward(days=8)
    kith.sweep()
    clock.forward(days=20)
    swept = kith.sweep()

    assert (swept.fired["lapse"], swept.advanced) == (1, 1)
    lapsed = next(r for r in log(kith) if isinstance(r.event, e.AskLapsed))
    together = [r.event.TOPIC for r in log(kith) if r.command_id == lapsed.command_id]
    assert {
        "relationship.ask-lapsed.v1", "relationship.stage-advanced.v1", "seeker.ask-cleared.v1",
        "connector-load.released.v1", "introduction.did-not-work-out.v1",
    } <= set(together)  # fmt: skip
    assert kith.seeker().asks == ()
    made = kith.relationship(who).ask(ask)
    assert made is not None
    assert made.settled_at == lapsed.at == kith.seeker().calendar.plus_days(made.at, 21)
    assert kith.doctor() == []


def test_a_sweep_goes_in_pages_and_leaves_nothing(kith: Kith, clock: Clock) -> None:
    people = many(kith, 7)
    clock.forward(days=200)
    seen: list[tuple[int, int]] = []
    swept = kith.sweep(limit=3, progress=lambda done, total: seen.append((done, total)))

    assert swept == Swept({"answer": 7, "dormant": 7}, 7, 0, [])
    assert {who for who, *_ in fired(kith)} == set(people)
    assert max(pages(kith).values()) <= 3
    assert seen[-1] == (7, 7)
    assert (due(kith), kith.doctor()) == (0, [])


def test_pages_are_short_while_others_write(kith: Kith, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    people = many(kith, AT_FIRST + AT_LEAST + 1)
    clock.forward(days=3)
    monkeypatch.setattr(kith.store, "turn_seconds", 0)
    swept = kith.sweep(command_id="monday", progress=lambda *_: somebody_writes(kith))
    assert swept.fired == {"answer": len(people)}
    assert pages(kith) == {"monday:0": AT_FIRST, "monday:1": AT_LEAST, "monday:2": 1}
    assert kith.sweep(command_id="monday").fired == {}


def test_whether_anybody_wrote_is_told_of_the_whole_time_since_the_page_before(
    kith: Kith, stores: Stores, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(Pace, "took", lambda *_, alone: told.append(alone))
    many(kith, AT_FIRST * 3)
    clock.forward(days=3)
    kith.sweep(progress=lambda *_: somebody_writes(kith))
    assert len(told) > 2
    assert not any(told[1:])
    told.clear()
    many(kith, AT_FIRST * 3)
    clock.forward(days=3)
    kith.sweep()
    assert told == [stores.kind != "postgres"] * len(told)


def test_pages_grow_while_nobody_else_writes() -> None:
    pace = Pace(shortest=0.01)
    for _ in range(30):
        pace.took(10, 0.01, alone=True)
    assert pace.rows == 1_000 * LONGEST_TURN_SECONDS
    pace.took(10, 0.01, alone=False)
    assert pace.rows == 10


def somebody_writes(kith: Kith) -> None:
    """Another engine registers somebody in the same store."""
    Kith(kith.store, clock=Clock(), new_id=uuid4).register(f"Seeker {uuid4()}", another=True)


def pages(kith: Kith) -> Counter[str]:
    """How many timers each page fired."""
    return Counter(r.command_id for r in log(kith) if isinstance(r.event, e.TimerFired))


def test_a_page_collects_no_garbage_and_leaves_that_as_it_was(kith: Kith, clock: Clock) -> None:
    many(kith, 1)
    clock.forward(days=3)
    kith.sweep()
    assert gc.isenabled()
    gc.disable()
    try:
        kith.sweep()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_page_holds_at_least_one() -> None:
    with Kith.open(":memory:") as kith:
        kith.register("Mira Okafor")
        with pytest.raises(InvalidInput, match="at least one"):
            kith.sweep(limit=0)


def test_a_command_id_never_fires_twice_and_never_leaves_anything(kith: Kith, clock: Clock) -> None:
    many(kith, 5)
    clock.forward(days=3)
    assert kith.sweep(limit=2, command_id="monday").fired == {"answer": 5}
    assert kith.sweep(limit=2, command_id="monday").fired == {}
    clock.forward(days=200)
    assert kith.sweep(limit=2, command_id="monday").fired == {"dormant": 5}


def test_another_page_goes_on_where_a_crash_came_between(kith: Kith, clock: Clock) -> None:
    many(kith, 6)
    clock.forward(days=3)
    calls = iter((None, None, KeyboardInterrupt()))

    def crashes(_: int, __: int) -> None:
        error = next(calls)
        if error:
            raise error

    with pytest.raises(KeyboardInterrupt):
        kith.sweep(limit=1, progress=crashes)
    assert len(fired(kith)) == 3
    assert kith.sweep().fired == {"answer": 3}
    assert len(set(fired(kith))) == 6


def test_a_page_that_fails_leaves_no_trace(kith: Kith, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    many(kith, 2)
    clock.forward(days=3)
    before = len(log(kith))
    with monkeypatch.context() as patched:
        patched.setattr("kith.workflows.application.work.changed_rows", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            kith.sweep()
    assert len(log(kith)) == before
    assert kith.sweep().fired == {"answer": 2}


@pytest.fixture
def damaged(kith: Kith, clock: Clock) -> Iterator[tuple[Kith, list[UUID]]]:
    """Three people whose messages wait; a row of the first is damaged."""
    people = many(kith, 3)
    damage(kith.store, people[0], 2)
    clock.forward(days=200)
    with Kith(kith.store, clock=clock, new_id=uuid4) as again:
        yield again, people


def test_a_damaged_relationship_is_named_and_the_rest_goes_on(damaged: tuple[Kith, list[UUID]]) -> None:
    kith, people = damaged
    for limit in (1, 1_000):
        swept = kith.sweep(limit=limit)
        assert [sentence for sentence in swept.unreadable if f"{people[0]}.2" in sentence] == swept.unreadable
        assert len(swept.unreadable) == 1
    assert {who for who, *_ in fired(kith)} == set(people[1:])


def test_a_seeker_whose_own_rows_are_damaged_is_named_and_holds_nobody_up(kith: Kith, clock: Clock) -> None:
    many(kith, 1)
    mira = kith.seeker().id
    damage(kith.store, mira, 1)
    clock.forward(days=200)
    with Kith(kith.store, clock=clock, new_id=uuid4, seeker_id=mira) as again:
        for progress in (None, lambda *_: None):
            swept = again.sweep(progress=progress)
            assert (swept.fired, [f"{mira}.1" in sentence for sentence in swept.unreadable]) == ({}, [True])


def test_what_a_sweep_did_is_json(kith: Kith, clock: Clock) -> None:
    many(kith, 2)
    clock.forward(days=3)
    told = json.loads(json.dumps(kith.sweep()._asdict()))
    assert told == {"fired": {"answer": 2}, "relationships": 2, "advanced": 0, "unreadable": []}


def test_an_imported_past_falls_asleep_and_asks_for_nothing(kith: Kith) -> None:
    who = kith.meet(Person(name="Ana Silva"))
    kith.touch(who, Touch.reply(at=datetime(2020, 5, 1, tzinfo=UTC)))
    before = kith.agenda()
    assert kith.sweep().fired == {"dormant": 1}
    assert kith.agenda() == before
    assert kith.people()[0].status == "dormant"


def test_nothing_is_fired_of_whom_another_seeker_knows(kith: Kith, clock: Clock) -> None:
    many(kith, 2)
    other = Kith(kith.store, clock=clock, new_id=uuid4)
    other.register("Lena Braun", another=True)
    clock.forward(days=3)
    assert other.sweep().fired == {}
    assert kith.sweep().fired == {"answer": 2}


def test_sweeps_that_overlap_fire_everything_once(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as first:
        first.register("Mira Okafor")
        many(first, 30)
        clock.forward(days=3)
        engines = [Kith.open(path, clock=clock) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            swept = list(pool.map(lambda kith: kith.sweep(limit=2), engines))
        for kith in engines:
            kith.close()
        assert sum(one.fired.get("answer", 0) for one in swept) == len(fired(first)) == len(set(fired(first))) == 30
        assert first.doctor() == []


def test_what_others_write_after_a_page_was_read_is_heeded(
    shared_stores: Stores, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as first, Kith.open(path, clock=clock) as second:
        first.register("Mira Okafor")
        answered, waiting = many(first, 2)
        clock.forward(days=3)
        carry_out = Desk.carry_out

        def after_somebody_answered(desk: Desk, by: By, command: Callable[[Work], object]) -> tuple[Recorded, ...]:
            if by.get("source") == SOURCE and not fired(first):
                second.touch(answered, Touch.message())
            return carry_out(desk, by, command)

        monkeypatch.setattr(Desk, "carry_out", after_somebody_answered)
        assert first.sweep().fired == {"answer": 1}
        assert [who for who, *_ in fired(first)] == [waiting]
        assert first.doctor() == []


MANY_ROWS = """
    INSERT INTO relationships
        (seeker_id, id, version, name, name_key, origin, stage, earned, closed, gifts, favours, next_due)
    SELECT n % 10, n, 1, 'x', 'x', 'x', 1, 1, 0, 0, 0, CASE WHEN n % 2 = 0 THEN n + 1000 END
    FROM generate_series(1, 20000) AS n
"""


def test_a_sweep_reads_nothing_of_what_is_not_due(kith: Kith, stores: Stores) -> None:
    explain = "EXPLAIN" if stores.kind == "postgres" else "EXPLAIN QUERY PLAN"
    with kith.store.writing() as transaction:
        if stores.kind == "postgres":  # it goes by how many rows there are
            transaction.query(MANY_ROWS)
            transaction.query("ANALYZE relationships")
        plans = [
            " ".join(str(row[-1]) for row in transaction.query(f"{explain} {sql}", ["1"] * sql.count("?")))
            for sql in (PAGE, COUNT, SEEKERS)
        ]
    if stores.kind == "postgres":
        assert [plan for plan in plans if "using due_sheet" not in plan or "Seq Scan on relationships" in plan] == []
        assert "Sort" not in plans[0]
        return
    assert "TEMP B-TREE" not in plans[0]
    assert [plan for plan in plans if "due_sheet" not in plan] == []
    assert [plan for plan in plans if "SCAN relationships" in plan or "PRIMARY" in plan] == []


def test_what_was_given_in_time_is_not_reminded_of(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.give(who, Gift.article("https://example.org/2", because="it is hers"))
    clock.forward(days=1)
    assert kith.sweep().fired == {}
