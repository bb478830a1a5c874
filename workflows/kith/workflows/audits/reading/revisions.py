"""What was taken back or corrected: judged by what remains, or in the order of recording by what was known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from pydantic_core import to_json

from kith.domain.log import Event, Recorded, event_id
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.workflows.audits.reading.log import GONE, Log
from kith.workflows.audits.reading.plan import REVISIONS
from kith.workflows.audits.reading.reader import Reader
from kith.workflows.errors import CorruptEvent
from kith.workflows.ports import Reading
from kith.workflows.readmodels.schema import micros

ABOUT: Final = frozenset({"occasion", "referral", "warm introduction"})
"""The attributes by which an event tells of another one of its relationship."""


class Change(NamedTuple):
    """How a row reads from now on."""

    row: int
    at: int
    code: int


def changes(reader: Reader, reading: Reading) -> Mapping[int, list[Change]]:
    """By the row before which they become known, what revisions changed of the rows before it."""
    found: defaultdict[int, list[Change]] = defaultdict(list)
    revised: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for position, aggregate, version in reader.revisions:
        revised[aggregate].append((position, version))
    rows = _rows(reader.log, revised)
    for aggregate, revisions in revised.items():
        try:
            events = reading.events(UUID(reader.log.ids[aggregate]))
        except CorruptEvent as corrupt:
            reader.log.corrupt.append(event_id(corrupt.originator, corrupt.version))
            continue
        for position, change in _Revised(reader, aggregate, events, rows[aggregate]).changes(revisions):
            found[position].append(change)
    return found


def remaining(found: Mapping[int, Iterable[Change]]) -> Iterator[Change]:
    """How each row that was revised reads in the end."""
    yield from {change.row: change for position in sorted(found) for change in found[position]}.values()


def _rows(log: Log, revised: Iterable[int]) -> Mapping[int, dict[int, int]]:
    """Of the revised relationships, the rows by version."""
    rows: dict[int, dict[int, int]] = {aggregate: {} for aggregate in revised}
    if rows:
        for row, aggregate in enumerate(log.aggregate):
            if aggregate in rows:
                rows[aggregate][log.version[row]] = row
    return rows


class _Revised:
    """A relationship in which something was taken back or corrected."""

    def __init__(self, reader: Reader, aggregate: int, events: list[Recorded], rows: Mapping[int, int]) -> None:
        log = reader.log
        self._reader, self._aggregate, self._events, self._rows = reader, aggregate, events, rows
        self._read = {version: Change(row, log.at[row], log.code[row]) for version, row in rows.items()}
        self._now = dict(self._read)
        self._recorded = {recorded.originator_version: recorded for recorded in events}

    def changes(self, revisions: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Change]]:
        """What each revision, of a position and a version, changed of the events before it."""
        for position, revision in revisions:
            stands = _standing(self._events, revision)
            for version in [version for version in self._rows if version < revision]:
                change = self._reads(version, stands)
                if change != self._now[version]:
                    self._now[version] = change
                    yield position, change

    def _reads(self, version: int, stands: Mapping[int, Recorded]) -> Change:
        read, recorded, now = self._read[version], self._recorded[version], stands.get(version)
        if recorded.event.TOPIC in REVISIONS:
            return read
        if now is None:
            return read._replace(code=GONE)
        change = read if now is recorded else self._corrected(read.row, now)
        about = told_of(now.event)
        return change if about is None or about in stands else self._about_nothing(change)

    def _about_nothing(self, change: Change) -> Change:
        """An event that tells of one that was taken back: it happened, but is about nothing that stands."""
        log = self._reader.log
        sign = log.signs[change.code]
        values = tuple(None if name in ABOUT else value for name, value in log.told(sign).items())
        return change._replace(code=log.coded(sign._replace(values=values)))

    def _corrected(self, row: int, now: Recorded) -> Change:
        at = micros(now.at)
        said = self._reader.said(self._aggregate, now.originator_version, now.event.TOPIC, at, _stored(now))
        return Change(row, at, max(self._reader.code(said), GONE))


def told_of(event: Event) -> int | None:
    """The version of the chat, introduction or referral that an event is about; None if it is about none."""
    match event:
        case e.ThanksSent():
            return event.thanks_for
        case e.OutcomeLearned() | e.OutcomeReported():
            return event.referral
        case e.IntroductionReported():
            return event.introduction
        case e.DebtSettled(debt=debt) if debt.startswith(("thanks:", "outcome:", "report:")):
            return int(debt.partition(":")[2])
        case _:
            return None


def _stored(recorded: Recorded) -> bytes:
    """An event as it would be stored."""
    stamp = {"r": recorded.recorded_at, "s": recorded.source}
    return to_json({**recorded.event.model_dump(mode="json", exclude_none=True), "$": stamp})


def _standing(events: Iterable[Recorded], revision: int) -> Mapping[int, Recorded]:
    """What stands after the revision of that version, by version."""
    before = tuple(recorded for recorded in events if recorded.originator_version <= revision)
    return {recorded.originator_version: recorded for recorded in standing(before)}
