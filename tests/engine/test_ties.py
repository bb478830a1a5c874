"""Who knows whom on record: noted once, imported once, taken back, and the same after a rebuild."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from kith.domain.errors import InFuture, InvalidInput, NotFound
from kith.domain.facts import Background
from kith.workflows import Kith, Person
from kith.workflows.records import GroupRecord, Network, PersonRecord, Place
from tests.kithtest import Clock

PLACE = Place("messages.csv", 2)
PEOPLE = ("ana", "tom", "eva", "rui")


@pytest.fixture
def ana(kith: Kith) -> UUID:
    return kith.meet(Person(name="Ana", email="ana@example.org"))


@pytest.fixture
def tom(kith: Kith) -> UUID:
    return kith.meet(Person(name="Tom", email="tom@example.org"))


def knows(kith: Kith, who: UUID) -> list[str]:
    return [tie.name for tie in kith.ties(who)]


def rows(kith: Kith) -> list[tuple[object, ...]]:
    """The tables of ties and backgrounds, in order."""
    with kith.store.reading() as reading:
        tables = [reading.query(f"SELECT * FROM {table}") for table in ("ties", "backgrounds")]
    return sorted((row for table in tables for row in table), key=repr)


# By hand


def test_a_tie_is_known_of_both(kith: Kith, ana: UUID, tom: UUID) -> None:
    kith.tie(ana, tom, "same team", since=date(2019, 5, 1))
    assert (knows(kith, ana), knows(kith, tom)) == (["Tom"], ["Ana"])
    [tie] = kith.ties(tom)
    assert (tie.source.note, tie.source.since, tie.noted_by) == ("same team", date(2019, 5, 1), ana.hex)


def test_the_same_tie_again_writes_nothing_whoever_is_named_first(kith: Kith, ana: UUID, tom: UUID) -> None:
    kith.tie(ana, tom, "same team")
    assert (kith.tie(ana, tom, "same team"), kith.tie(tom, ana), kith.tie(ana, tom)) == ((), (), ())
    assert len(kith.tie(tom, ana, "same choir")) == 1


def test_a_tie_is_taken_back_with_its_event(kith: Kith, ana: UUID, tom: UUID) -> None:
    [noted] = kith.tie(ana, tom)
    kith.undo(noted.id, "another Tom")
    assert (knows(kith, ana), knows(kith, tom), rows(kith)) == ([], [], [])
    assert kith.doctor() == []


def test_a_tie_that_was_corrected_reads_as_it_now_does(kith: Kith, ana: UUID, tom: UUID) -> None:
    [noted] = kith.tie(ana, tom, "same team")
    kith.correct(noted.id, "it was the choir", changes={"note": "same choir"})
    assert [tie.source.note for tie in kith.ties(tom)] == ["same choir"]


def test_what_makes_no_sense_is_refused(kith: Kith, clock: Clock, ana: UUID, tom: UUID) -> None:
    with pytest.raises(InvalidInput):
        kith.tie(ana, ana)
    with pytest.raises(InFuture):
        kith.tie(ana, tom, since=clock.now.date() + timedelta(days=2))
    with pytest.raises(NotFound):
        kith.tie(ana, UUID(int=1))
    assert rows(kith) == []


def test_backgrounds_are_noted_once_and_taken_back(kith: Kith, ana: UUID) -> None:
    places = (Background.worked("Acme", 2015, 2019), Background.studied("Porto"))
    written = kith.describe(ana, backgrounds=places)
    assert kith.describe(ana, backgrounds=places) == ()
    assert len(rows(kith)) == 2
    kith.undo(written[0].id, "it was Globex")
    assert len(rows(kith)) == 1
    assert kith.doctor() == []


def test_what_is_no_employer_is_remembered_and_ties_nobody(kith: Kith, ana: UUID) -> None:
    assert len(kith.describe(ana, backgrounds=[Background.worked("Freelance")])) == 1
    assert rows(kith) == []


def test_a_rebuild_makes_the_same_rows(kith: Kith, ana: UUID, tom: UUID) -> None:
    kith.tie(ana, tom)
    kith.describe(tom, backgrounds=[Background.worked("Acme", 2015)])
    kith.import_network(network(group("ana", "tom", "eva")))
    before = rows(kith)
    kith.rebuild()
    assert rows(kith) == before != []


# By imports


def group(*names: str, id_: str = "1", at: datetime | None = None) -> GroupRecord:
    keys = tuple(f"email:{name}@example.org" for name in names)
    return GroupRecord(keys, at or Clock().now - timedelta(days=9), f"group:{id_}", PLACE)


def network(*groups: GroupRecord, people: tuple[str, ...] = PEOPLE) -> Network:
    told = [
        PersonRecord((f"email:{name}@example.org",), name.title(), None, None, None, None, None, "unknown", None, PLACE)
        for name in people
    ]
    return Network(None, told, [], list(groups), [], 0, {}, repr((groups, people)), ("messages.csv",))


def test_the_people_of_a_thread_know_each_other(kith: Kith) -> None:
    result = kith.import_network(network(group("ana", "tom", "eva")))
    assert len(result.plan.groups) == 1
    assert knows(kith, kith.find("Tom")) == ["Ana", "Eva"]
    assert knows(kith, kith.find("Rui")) == []
    assert {tie.source.people for tie in kith.ties(kith.find("Tom"))} == {4}
    assert kith.doctor() == []


def test_a_second_import_ties_nobody_anew(kith: Kith) -> None:
    told = network(group("ana", "tom", "eva"))
    kith.import_network(told)
    before = rows(kith)
    plan = kith.import_network(told._replace(digest="another file")).plan
    assert (plan.is_empty, plan.known_groups, rows(kith)) == (True, 1, before)


def test_a_thread_of_more_than_ten_ties_nobody(kith: Kith) -> None:
    many = tuple(f"person{number}" for number in range(11))
    plan = kith.import_network(network(group(*many), group(*many[:10], id_="2"), people=many)).plan
    assert (plan.large_groups, len(plan.groups)) == (1, 1)
    assert len(rows(kith)) == 10 * 9


def test_people_who_are_not_on_record_only_make_a_thread_larger(kith: Kith) -> None:
    kith.import_network(network(group("ana", "tom", "nobody", "neither")))
    assert {tie.source.people for tie in kith.ties(kith.find("Tom"))} == {5}
    assert kith.import_network(network(group("ana", "nobody", id_="2"))).plan.groups == []


def test_a_thread_of_the_future_is_left_out_and_told(kith: Kith, clock: Clock) -> None:
    plan = kith.import_network(network(group("ana", "tom", at=clock.now + timedelta(days=1)))).plan
    assert [problem.reason for problem in plan.problems] == ["It lies in the future; the group was left out."]
    assert rows(kith) == []


@pytest.mark.usefixtures("tom")
def test_an_import_is_undone_with_its_ties_and_can_come_again(kith: Kith, ana: UUID) -> None:
    told = network(group("ana", "tom"), people=())
    batch = kith.import_network(told).batch
    assert batch is not None
    kith.undo_import(batch, "the wrong file")
    assert (knows(kith, ana), rows(kith)) == ([], [])
    kith.import_network(told)
    assert knows(kith, ana) == ["Tom"]


def test_what_was_taken_back_by_hand_is_not_brought_again(kith: Kith, ana: UUID, tom: UUID) -> None:
    told = network(group("ana", "tom"), people=())
    kith.import_network(told)
    [tie] = kith.ties(ana)
    kith.undo(f"{tie.noted_by}.{tie.version}", "two other people")
    assert kith.import_network(told._replace(digest="again")).plan.is_empty
    assert (knows(kith, tom), rows(kith)) == ([], [])


def test_whoever_comes_on_record_later_is_tied_to_the_others(kith: Kith, ana: UUID, tom: UUID) -> None:
    told = group("ana", "tom", "eva")
    kith.import_network(network(told, people=()))
    kith.import_network(network(told, people=("eva",)))
    eva = kith.find("Eva")
    assert knows(kith, eva) == ["Ana", "Tom"]
    assert [path.way.strength for path in kith.paths(tom).paths if path.way.people[0].id == ana.hex] == [
        pytest.approx((0.2 + 0.5 + 0.0) / 3 * 0.75 / 3, abs=1e-6)  # told twice of Ana and Tom, and counts once
    ]
    assert kith.import_network(network(told, people=("eva",))._replace(digest="again")).plan.is_empty
