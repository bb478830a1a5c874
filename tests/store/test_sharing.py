"""Several engines and processes share a store, and nothing is lost when one of them is killed."""

from __future__ import annotations

import subprocess
import sys
from uuid import UUID

from kith.workflows import Kith, Person, Touch
from tests.kithtest import Clock
from tests.stores import Stores

WRITER = """
import sys
from uuid import UUID
from kith.workflows import Kith, Touch

path, who, name, times = sys.argv[1:]
with Kith.open(path) as kith:
    for number in range(int(times)):
        kith.touch(UUID(who), Touch.call(f"{name} {number}"))
        print(number, flush=True)
"""


def writer(path: str, who: UUID, name: str, times: int) -> subprocess.Popen[str]:
    """A process of its own that is in touch with somebody many times, and says after each that it is written."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, path, str(who), name, str(times)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def with_ana(path: str) -> UUID:
    """Ana, whom the seeker of a new store has met."""
    with Kith.open(path) as kith:
        kith.register("Mira")
        return kith.meet(Person(name="Ana Silva"))


def test_what_was_written_is_there_after_reopening(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    ana = with_ana(path)
    with Kith.open(path, clock=clock) as kith:
        assert kith.relationship(ana).person.name == "Ana Silva"


def test_two_processes_write_the_same_store(shared_stores: Stores) -> None:
    path = shared_stores.new()
    ana = with_ana(path)
    writers = [writer(path, ana, name, 100) for name in ("one", "two")]
    for process in writers:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err

    with Kith.open(path) as kith:
        notes = [note for _, note in kith.relationship(ana).notes]
        assert sorted(notes) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(100))
        assert kith.doctor() == []


def test_two_engines_see_what_the_other_wrote(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as one, Kith.open(path, clock=clock) as two:
        one.register("Mira")
        ana = one.meet(Person(name="Ana Silva"))
        two.touch(ana, Touch.message())
        one.touch(ana, Touch.reply())
        two.touch(ana, Touch.message())
        assert one.relationship(ana) == two.relationship(ana)
        assert len(one.relationship(ana).touches) == 3


def test_a_killed_writer_leaves_whole_commands_only(shared_stores: Stores) -> None:
    path = shared_stores.new()
    ana = with_ana(path)
    process = writer(path, ana, "one", 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(50)][-1]
    process.kill()
    process.communicate()

    with Kith.open(path) as kith:
        numbers = [int(note.removeprefix("one ")) for _, note in kith.relationship(ana).notes]
        assert numbers[-1] >= int(told)
        assert numbers == list(range(len(numbers)))
        assert kith.doctor() == []
