"""Logs of events made up for tests, as the rows that a store keeps of them, and policies put to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.stages import Channel, Direction, Stage
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.compiling.compiler import compile_text
from kith.workflows.audits.judging import Judging
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.plan import planned
from kith.workflows.audits.reading.reader import FOR_EVER, Reader
from kith.workflows.ports import LogRow
from kith.workflows.readmodels.schema import micros
from kith.workflows.stores.mapper import encode

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday."""
SEEKER = UUID(int=1)
PEOPLE = tuple(UUID(int=100 + number) for number in range(4))
HOUR = 3_600_000_000


class Told(NamedTuple):
    """An event of a made-up log; its place in the list is when it was recorded."""

    name: str
    who: int
    hour: int
    ask: str | None = None
    minutes: int | None = None
    learnings: str | None = None
    stage: int = 2

    @property
    def at(self) -> datetime:
        """When it happened."""
        return START + timedelta(hours=self.hour)


def ask_id(letter: str) -> UUID:
    """The id of an ask that tests call by a letter."""
    return UUID(int=1_000 + ord(letter))


MAKE: dict[str, Callable[[Told], Event]] = {
    "met": lambda t: e.RelationshipOpened(at=t.at, seeker_id=SEEKER, name=f"Person {t.who}"),
    "gift": lambda t: e.GiftGiven(at=t.at, gift="article"),
    "inbound touch": lambda t: e.Touched(at=t.at, direction=Direction.INBOUND, channel=Channel.MESSAGE),
    "outbound touch": lambda t: e.Touched(at=t.at, direction=Direction.OUTBOUND, channel=Channel.CALL),
    "note": lambda t: e.FactNoted(at=t.at, text="something"),
    "agreement": lambda t: e.AskAgreed(at=t.at, ask_id=ask_id(t.ask or "x")),
    "decline": lambda t: e.AskDeclined(at=t.at, ask_id=ask_id(t.ask or "x")),
    "introduction": lambda t: e.IntroductionReceived(at=t.at, ask_id=ask_id(t.ask) if t.ask else None),
    "coffee chat": lambda t: e.ChatHeld(at=t.at, minutes=t.minutes, learnings=t.learnings or ""),
    "stage advance": lambda t: e.StageAdvanced(at=t.at, stage=Stage(t.stage), evidence=(), policy="p"),
    "stage correction": lambda t: e.StageCorrected(at=t.at, stage=Stage(t.stage), earned=Stage(t.stage), retraction=1,
                                                   policy="p"),
    "closing": lambda t: e.Closed(at=t.at),
    "reopening": lambda t: e.Reopened(at=t.at),
}  # fmt: skip


class Row(NamedTuple):
    """A row of the log, and the event that the test told; None for what only has to be there."""

    row: LogRow
    recorded: Recorded
    told: Told | None


def rows(log: Sequence[Told], zone: str = "UTC") -> list[Row]:
    """The rows of a log: a seeker, everybody met long before, and what is told."""
    before = START - timedelta(days=400)
    events: list[tuple[UUID, Event, Told | None]] = [
        (SEEKER, s.SeekerRegistered(at=before, name="M", time_zone=zone), None)
    ]
    events += [(PEOPLE[who], MAKE["met"](Told("met", who, -9_600)), None) for who in range(len(PEOPLE))]
    events += [(PEOPLE[told.who], MAKE[told.name](told), told) for told in log]
    return written(events)


def written(events: Iterable[tuple[UUID, Event, Told | None]]) -> list[Row]:
    """Events as they stand in a log, in the order in which they were recorded."""
    versions: dict[UUID, int] = {}
    found = []
    for sequence, (id_, event, told) in enumerate(events, 1):
        versions[id_] = versions.get(id_, 0) + 1
        recorded = Recorded(id_, versions[id_], event, START + timedelta(days=60, seconds=sequence), f"c{sequence}")
        row = (sequence, id_.hex, versions[id_], event.TOPIC, bytes(encode(recorded)))
        found.append(Row(row, recorded, told))
    return found


@lru_cache(maxsize=1_000)
def policy(*steps: str, name: str = "P") -> Compiled:
    """The policy of these steps."""
    lines = "\n".join(f"      {step}" for step in steps)
    return compile_text(f"Feature: F\n  Rule: R\n    @policy @id:p\n    Scenario: {name}\n{lines}\n")[0]


class Judged(NamedTuple):
    """What became of a policy: by the place of the event in the list of the test."""

    violations: list[int]
    judged: int
    pending: int


def judge(
    policies: Sequence[Compiled], log: Sequence[Row], as_of: datetime, *, happened: bool
) -> tuple[list[AnyMonitor], list[int]]:
    """Put policies to a log; returns the monitors, and for each of their rows the place in the list."""
    reader = Reader(
        planned(pair for one in policies for pair in one.reads()), SEEKER, until=micros(as_of) if happened else FOR_EVER
    )
    reader.take([row.row for row in log])
    judging = Judging(policies, reader.log, as_of=micros(as_of), happened=happened)
    judging.run()
    places = {(row.row[1], row.row[2]): place for place, row in enumerate(row for row in log if row.told)}
    columns = reader.log
    return judging.monitors, [
        places.get((columns.ids[columns.aggregate[row]], columns.version[row]), -1) for row in range(len(columns))
    ]


def outcome(
    compiled: Compiled, log: Sequence[Told], as_of: datetime, *, happened: bool = True, zone: str = "UTC"
) -> Judged:
    """What becomes of one policy."""
    (monitor,), places = judge([compiled], rows(log, zone), as_of, happened=happened)
    return Judged(sorted(places[found.rows[0]] for found in monitor.found), monitor.judged, monitor.pending)
