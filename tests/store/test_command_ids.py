"""A command id is its seeker's own: it never finds what somebody else did under the same id."""

from __future__ import annotations

from uuid import UUID

import pytest

from kith.workflows import PRESETS, Kith, NotApplicable, NotFound, Person, Stage, Touch
from tests.kithtest import Clock, chatted, intro_ask


def test_two_seekers_use_the_same_command_id(kith: Kith) -> None:
    mira = kith.seeker().id
    ana = kith.meet(Person(name="Ana Silva"), command_id="first")
    robin = kith.register("Robin Hale", another=True)
    tom = kith.meet(Person(name="Tom Reed"), command_id="first")

    assert robin != mira
    assert tom != ana
    assert kith.meet(Person(name="Anybody"), command_id="first") == tom
    assert [one.name for one in kith.people()] == ["Tom Reed"]


def test_a_registration_is_repeated_only_for_the_same_name(kith: Kith) -> None:
    ana = kith.register("Ana Silva", another=True, command_id="init")
    robin = kith.register("Robin Hale", another=True, command_id="init")

    assert ana != robin
    assert kith.register("Ana Silva", another=True, command_id="init") == ana
    assert kith.register("Robin Hale", another=True, command_id="init") == robin
    with pytest.raises(NotApplicable):
        kith.register("Somebody else", command_id="init")


def test_a_rebuild_knows_whose_each_command_was(kith: Kith, clock: Clock) -> None:
    kith.ask(chatted(kith, clock), intro_ask(), command_id="same")
    kith.register("Robin Hale", another=True)
    tom = kith.meet(Person(name="Tom Reed"), command_id="same")
    before = commands(kith)
    kith.rebuild()

    assert commands(kith) == before
    assert kith.meet(Person(name="Anybody"), command_id="same") == tom
    assert kith.touch(tom, Touch.message(), command_id="same")[0].originator_id == tom


def commands(kith: Kith) -> list[tuple[UUID, ...]]:
    """The table of commands."""
    with kith.store.reading() as reading:
        return sorted(reading.query("SELECT * FROM commands"))


def test_seekers_of_one_store_see_and_change_only_what_is_theirs(kith: Kith, clock: Clock) -> None:
    mira = kith.seeker().id
    ana = kith.meet(Person(name="Ana Silva"))
    before = relationships_of(kith, mira)
    robin = kith.register("Robin Hale", another=True)
    kith.meet(Person(name="Tom Reed"))
    kith.adopt_policy(PRESETS["brisk"])

    assert relationships_of(kith, mira) == before
    assert [one.name for one in kith.board(as_of=clock()).stages[Stage.MET]] == ["Tom Reed"]
    with pytest.raises(NotFound):
        kith.touch(ana, Touch.message())
    assert robin != mira
    assert kith.doctor() == []


def relationships_of(kith: Kith, seeker: UUID) -> list[tuple[object, ...]]:
    """The rows of a seeker."""
    with kith.store.reading() as reading:
        return reading.query("SELECT * FROM relationships WHERE seeker_id = ?", (seeker.hex,))
