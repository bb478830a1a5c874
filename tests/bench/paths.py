"""Ways through a network of 30,000 people and 500,000 ties: opening the store, and single questions after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from kith.workflows import Kith
from kith.workflows.records import GroupRecord, InteractionRecord, Network, PersonRecord, Place
from tests.bench.measure import Measured, median, seconds

PEOPLE, TIES, COMPANIES = 30_000, 500_000, 1_500
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUESTIONS = 40
NOWHERE = Place("generated", 1)


def network(seed: int = 1) -> Network:
    """Fictional people at companies of very different sizes; groups of 2 to 10; every tenth person in touch."""
    random = Random(seed)
    people = [_person(number, random) for number in range(PEOPLE)]
    touches = [touch for number in range(0, PEOPLE, 10) for touch in _exchange(number, random)]
    return Network(None, people, touches, list(_groups(random)), [], 0, {}, f"generated {seed}", ("generated",))


def company(random: Random) -> str:
    """A few companies have hundreds of people, most have some."""
    return f"Company {int(COMPANIES * random.random() ** 3)}"


def _person(number: int, random: Random) -> PersonRecord:
    name = f"Person {number}"
    return PersonRecord((_key(number),), name, company(random), None, None, None, None, "unknown", None, NOWHERE)


def _key(number: int) -> str:
    return f"email:person{number}@example.org"


def _exchange(number: int, random: Random) -> Iterator[InteractionRecord]:
    for direction in ("outbound", "inbound", "outbound"):
        at = NOW - timedelta(days=random.randrange(1, 1_500))
        id_ = f"message:{number}:{direction}:{at.isoformat()}"
        yield InteractionRecord((_key(number),), "", None, at, direction, "message", id_, True, NOWHERE)


def _groups(random: Random) -> Iterator[GroupRecord]:
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < TIES:
        middle = random.randrange(PEOPLE)
        members = {(middle + int(random.gauss(0, 300))) % PEOPLE for _ in range(random.randrange(2, 11))}
        if len(members) > 1:
            pairs.update(combinations(sorted(members), 2))
            at = NOW - timedelta(days=random.randrange(1, 3_000))
            yield GroupRecord(tuple(map(_key, sorted(members))), at, f"group:{len(pairs)}", NOWHERE)


def run() -> Iterator[Measured]:
    """Everything is asked once of a store that was just opened, and of one that is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kith.sqlite"
        with Kith.open(path, clock=lambda: NOW) as kith:
            kith.register("Mira", time_zone="Europe/Lisbon")
            taken = seconds(lambda: kith.import_network(network()))
        yield Measured("ways: import of 30,000 people and 500,000 ties", taken, "s")
        yield Measured("ways: opening the store and a first question", _first(path), "s", limit="2 s")
        for what, asked in _questions().items():
            times = _each(path, asked)
            yield Measured(f"ways to a {what}: median", median(times) * 1_000, "ms", limit="100 ms")
            yield Measured(f"ways to a {what}: slowest of {len(times)}", max(times) * 1_000, "ms")


def _questions() -> dict[str, list[str]]:
    random = Random(2)
    return {
        "company": [company(random) for _ in range(QUESTIONS)],
        "company with hundreds of people": [f"Company {number}" for number in range(5)],
        "person": [f"person{random.randrange(PEOPLE)}@example.org" for _ in range(QUESTIONS)],
    }


def _first(path: Path) -> float:
    def ask() -> None:
        with Kith.open(path, clock=lambda: NOW) as kith:
            assert kith.paths("Company 700").paths

    return seconds(ask)


def _each(path: Path, asked: list[str]) -> list[float]:
    with Kith.open(path, clock=lambda: NOW) as kith:
        kith.agenda()
        return [seconds(lambda to=to: kith.paths(to)) for to in asked]  # type: ignore[misc]
