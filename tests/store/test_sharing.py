"""Several engines and processes share a store, and nothing is lost when one of them is killed."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from kith.workflows import Kith, Person, Touch
from tests.kithtest import Clock
from tests.stores import Stores


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_what_was_written_is_there_after_reopening(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    with Kith.open(path, clock=clock) as kith:
        assert kith.relationship(ana).person.name == "Ana Silva"


def test_two_processes_write_the_same_store(shared_stores: Stores) -> None:
    path = shared_stores.new()
    with Kith.open(path) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    script = """
        import sys
        from uuid import UUID
        from kith.workflows import Kith, Touch
        with Kith.open(sys.argv[1]) as kith:
            for number in range(100):
                kith.touch(UUID(sys.argv[2]), Touch.message(f"{sys.argv[3]} {number}"))
    """
    writers = [run(script, path, ana, name) for name in ("one", "two")]
    for writer in writers:
        _, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err

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
    with Kith.open(path) as kith:
        kith.register("Mira")
        ana = kith.meet(Person(name="Ana Silva"))
    script = """
        import sys
        from uuid import UUID
        from kith.workflows import Kith, Touch
        with Kith.open(sys.argv[1]) as kith:
            for number in range(100_000):
                kith.touch(UUID(sys.argv[2]), Touch.call(str(number)))
                print(number, flush=True)
    """
    writer = run(script, path, ana)
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(50)][-1]
    writer.kill()
    writer.communicate()

    with Kith.open(path) as kith:
        numbers = [int(note) for _, note in kith.relationship(ana).notes]
        assert numbers[-1] >= int(told)
        assert numbers == list(range(len(numbers)))
        assert kith.doctor() == []
