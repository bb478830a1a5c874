"""How long an audit of a million events takes, and how much memory, beside only reading the rows of the log."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from kith.domain.asks import ReferralAsk
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.stages import Channel, Direction, Stage
from kith.workflows import Kith
from kith.workflows.stores.mapper import encode
from tests.bench.measure import Measured, median

EVENTS, RELATIONSHIPS = 1_000_000, 20_000
ROUNDS = 3
BEGIN = datetime(2020, 1, 6, 9, tzinfo=UTC)
SPREAD = timedelta(days=2_000)
NOTE = "We spoke about how the scenarios are chosen, and about the two papers that she sent last week. " * 2
MARK = b"2000-01-01T01:01:01.123456Z"
"""Stands in templates for when it happened."""
RAW = "SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY sequence"
ASK = ReferralAsk(
    role="Risk analyst", company="Northwind", fit=NOTE, help=NOTE, link="https://northwind.example/jobs/1", seen=NOTE,
    comfort_question="Would you be comfortable to vouch for that?",
)  # fmt: skip


def kinds(at: datetime) -> Sequence[tuple[int, Event]]:
    """What happens, and how often of a hundred; thanks follow each chat."""
    id_ = UUID(int=7)
    return (
        (30, e.Touched(at=at, direction=Direction.OUTBOUND, channel=Channel.MESSAGE, note=NOTE)),
        (24, e.Touched(at=at, direction=Direction.INBOUND, channel=Channel.MESSAGE, note=NOTE)),
        (10, e.TimerFired(at=at, kind="keep-in-touch", subject="12", due=at)),
        (12, e.FactNoted(at=at, text=NOTE)),
        (8, e.GiftGiven(at=at, gift="article", what="https://example.org/paper", because=NOTE)),
        (6, e.StageAdvanced(at=at, stage=Stage.VALUE_GIVEN, evidence=(1, 2, 3), policy="0123456789ab")),
        (5, e.ChatHeld(at=at, minutes=20, learnings=NOTE)),
        (0, e.ThanksSent(at=at, thanks_for=1, note="Thank you!")),
        (3, e.ReferralAsked(at=at, ask_id=id_, policy="0123456789ab", ask=ASK, opening=ASK.opening)),
        (2, e.AskDeclined(at=at, ask_id=id_)),
    )


def make(path: Path, events: int = EVENTS, relationships: int = RELATIONSHIPS) -> None:
    """A store of so many events: the first tenth imported, and so in no order; the rest as it happened."""
    with Kith.open(path) as kith:
        seeker = kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
            _rows(seeker, events, relationships),
        )


def _rows(seeker: UUID, events: int, relationships: int) -> Iterator[tuple[str, int, str, bytes]]:
    people = [UUID(int=n << 64 | n * 7_919 % 65_536) for n in range(1, relationships + 1)]
    for person in people:
        opened = e.RelationshipOpened(at=BEGIN, seeker_id=seeker, name="Ana Silva")
        yield person.hex, 1, opened.TOPIC, _bytes(opened)
    versions = [1] * relationships
    for number, at, topic, state in _story(events - relationships, relationships):
        versions[number] += 1
        told = at.isoformat(timespec="microseconds").replace("+00:00", "Z").encode()
        yield people[number].hex, versions[number], topic, state.replace(MARK, told)


def _story(events: int, relationships: int) -> Iterator[tuple[int, datetime, str, bytes]]:
    """What happens to whom and when: a favour is seldom asked unearned, and a chat is thanked for."""
    random, told = Random(1), kinds(datetime.fromisoformat(MARK.decode()))
    weights, topics = [weight for weight, _ in told], [event.TOPIC for _, event in told]
    states = [_bytes(event) for _, event in told]
    gift, chat, thanks, ask = (
        topics.index(kind.TOPIC) for kind in (e.GiftGiven, e.ChatHeld, e.ThanksSent, e.ReferralAsked)
    )
    had: dict[int, set[int]] = {gift: set(), chat: set()}
    kind, person = -1, -1
    for number in range(events):
        happened = number if number > events // 10 else random.randrange(events // 10)
        if kind == chat:
            kind = thanks
        else:
            kind, person = random.choices(range(len(told)), weights)[0], random.randrange(relationships)
        if kind == ask and not all(person in people for people in had.values()):
            kind = gift
        had.get(kind, set()).add(person)
        yield person, BEGIN + SPREAD * (happened / events), topics[kind], states[kind]


def _bytes(event: Event) -> bytes:
    return bytes(encode(Recorded(UUID(int=1), 1, event, event.at, "01234567-89ab-cdef-0123-456789abcdef")))


FIVE = (
    ("a referral ask happens", "a gift must have happened before"),
    ("a referral ask happens", "a coffee chat must have happened within the 1500 days before"),
    ("a coffee chat happens", "a thank-you must follow within 72 hours"),
    ("a referral ask happens", "no decline may have happened within the 30 days before"),
    ("a gift happens", "it may happen at most 5 times in any 7 days"),
)
"""Five policies over five kinds of events."""
MORE = (
    ("a message from them happens", "a word to them must follow within {n}00 days"),
    ("an outbound touch happens", "it may happen at most {n} times in any 7 days"),
    ("a referral ask happens", "a word from them must have happened within the {n}00 days before"),
    ("a referral ask happens", "a reply must have happened before"),
    ("a referral ask happens", "a coffee chat must have happened within the {n}00 days before"),
    ("a referral ask happens", "at most {n} may be open at once until a decline with the same ask"),
    ("a coffee chat happens", "no referral ask may follow within {n} hours"),
    ("a referral ask happens", "it may happen at most {n} times as often as a gift"),
    ("a stage advance happens", "it may stay in stage value given at most {n}00 days"),
    ("a thank-you happens", "it must happen on any day between 0:00 and 23:59"),
)
"""Kinds of policies, of which each is taken several times with other numbers."""


def feature(count: int) -> str:
    """A feature with so many policies."""
    chosen = [*FIVE, *((when, then.format(n=30 + n)) for n in range(count) for when, then in MORE)][:count]
    rules = [
        f"  Rule: {n}\n    @policy @id:p{n}\n    Scenario: {n}\n      Given every relationship\n      When {when}\n"
        f"      Then {then}\n"
        for n, (when, then) in enumerate(chosen)
    ]
    return "Feature: Bench\n" + "\n".join(rules)


def raw(path: Path) -> None:
    """Read every row of the log, and do nothing with it."""
    with closing(sqlite3.connect(path)) as connection:
        for _ in connection.execute(RAW):
            pass


PEAK = """
import re, sys
from pathlib import Path
from kith.workflows import Kith
with Kith.open(sys.argv[1]) as kith:
    kith.audit(sys.argv[2])
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1_024)
"""
"""The most of its own: what ``getrusage`` tells begins with the most of the process that started it."""


def run() -> Iterator[Measured]:
    """Five policies over five kinds of events; fifty over most kinds; and the memory of a process that audits."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store.sqlite")
        make(store)
        yield from measured(store, Path(folder))


def measured(store: Path, folder: Path) -> Iterator[Measured]:
    """The figures for a store that is there."""
    files = {count: folder / f"{count}.feature" for count in (5, 50)}
    for count, file in files.items():
        file.write_text(feature(count))
    with Kith.open(store) as kith:
        work: dict[object, Callable[[], object]] = {"raw": lambda: raw(store)}
        work |= {count: (lambda file=file: kith.audit(file)) for count, file in files.items()}  # type: ignore[misc]
        taken = {name: [_seconds(one) for _ in range(ROUNDS)] for name, one in work.items()}
        report = kith.audit()
        shipped = _seconds(kith.audit)
    read = median(taken["raw"])
    yield Measured("reading a million rows", EVENTS / read, "events/s")
    for count in files:
        seconds = median(taken[count])
        limit = {"least": "1,000,000 events/s when quiet"} if count == 5 else {"limit": "8 s when quiet"}
        value, unit = (EVENTS / seconds, "events/s") if count == 5 else (seconds, "s")
        yield Measured(f"an audit by {count} policies", value, unit, "reading the rows", seconds / read, **limit)
    breaches = sum(len(audited.violations) for audited in report.policies)
    told = f"an audit by the {len(report.policies)} policies that ship, with {breaches:,} breaches to tell"
    yield Measured(told, shipped, "s", "reading the rows", shipped / read)
    peak = subprocess.run(
        [sys.executable, "-c", PEAK, store, files[5]], check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    yield Measured("memory of a process that audits by 5 policies", float(peak), "MB", limit="100 MB")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
