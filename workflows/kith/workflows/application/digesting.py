"""The day's digest: the agenda as a value to be rendered and sent, and the claim by which it is sent at most once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, Unpack
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.agenda import Candidate
from kith.domain.calendar import Calendar, spelled, weekday
from kith.domain.log import Recorded
from kith.domain.seeker import Seeker
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work
from kith.workflows.ports import Reading
from kith.workflows.readmodels.agenda import Agenda, agenda

NAMED_DAYS = 31
"""Days for which a digest that was perhaps not sent is named."""


class DigestLine(NamedTuple):
    """One thing to do."""

    do: str
    why: str
    urgency: str
    """The class of the action in plain words: you owe this, promised, earned …"""
    due: str
    """When it is due in the seeker's time zone, in plain words; empty if it is not due on any day."""
    name: str
    company: str | None
    relationship_id: UUID
    key: str
    """Names the action within its relationship, so that it can be dismissed."""


class Digest(NamedTuple):
    """The agenda of a day, ready to be rendered as text or HTML. It holds nothing that the agenda does not show."""

    day: date
    subject: str
    """Names nobody: it shows where messages are listed, and in the logs of mail servers."""
    greeting: str
    opening: str
    """The sentence before the lines; where there are none, what to do instead."""
    lines: tuple[DigestLine, ...]
    more: int
    """How many more people there are with something to do."""


class Digesting:
    """Commands and questions about digests."""

    _desk: Desk

    def digest(self, on: date | None = None) -> Digest:
        """The agenda of a day, today if none is given: as it is now, and for another day as its work begins."""

        def question(reading: Reading, seeker: Seeker) -> Digest:
            at = _instant(on, self._desk.clock(), seeker.calendar)
            return _digest(agenda(reading.query, seeker.id.hex, at), seeker, at)

        return self._desk.look(question)

    def claim_digest(self, day: date, **by: Unpack[By]) -> bool:
        """Take it on oneself to send the digest of a day; True for one caller only, whatever overlaps or is repeated.

        The claim is committed when this returns. Who gets True sends the digest, and says so with ``digest_sent``.
        Who crashes in between leaves a claim that ``doctor`` names; that digest is never sent by itself again.
        """
        mine: list[Recorded] = []

        def command(work: Work) -> None:
            mine.clear()
            work.write_seeker(s.claim_digest(work.seeker, day, work.now))
            mine.extend(work.written)

        self._desk.carry_out(by, command)
        return bool(mine)

    def digest_sent(self, day: date, **by: Unpack[By]) -> tuple[Recorded, ...]:
        """Record that the digest of a day was sent. Raises NotApplicable if nobody claimed it."""
        return self._desk.carry_out(by, lambda work: work.write_seeker(s.digest_sent(work.seeker, day, work.now)))


def unsent(seeker: Seeker, now: datetime) -> list[str]:
    """The digests of the last month of which nobody knows whether they were sent, one sentence each."""
    calendar = seeker.calendar
    recent = (day for day in seeker.unsent if abs((calendar.day(now) - day).days) <= NAMED_DAYS)
    return [
        f"The digest of {spelled(day)} for seeker {seeker.id} was claimed, and perhaps not sent: its sender may have "
        f"been cut off. It is not sent again by itself; kith digest show {day.isoformat()} --seeker {seeker.id} shows "
        f"it, and kith digest sent {day.isoformat()} --seeker {seeker.id} settles it."
        for day in recent
    ]


def _instant(on: date | None, now: datetime, calendar: Calendar) -> datetime:
    return now if on in (None, calendar.day(now)) else calendar.at(on, calendar.opens)


def _digest(found: Agenda, seeker: Seeker, at: datetime) -> Digest:
    calendar, count = seeker.calendar, len(found.actions)
    day = calendar.day(at)
    things = "Nothing" if not count else "1 thing" if count == 1 else f"{count} things"
    return Digest(
        day, f"{things} to do on {weekday(day)}", f"Hello {seeker.profile.name},", _opening(found, day),
        tuple(_line(one, calendar, at) for one in found.actions), found.more,
    )  # fmt: skip


def _opening(found: Agenda, day: date) -> str:
    if found.actions:
        return f"This is worth doing on {weekday(day)}, most urgent first."
    if not found.people:
        return "Nobody is on record yet; bring your network in, or put one person on record."
    return "Nothing is due. Give something of use to somebody, or choose whom to stay close to."


def _line(one: Candidate, calendar: Calendar, at: datetime) -> DigestLine:
    action = one.action
    words = "overdue since" if action.due and action.due < at else "due on"
    due = f"{words} {weekday(calendar.day(action.due))}" if action.due else ""
    return DigestLine(
        action.do, action.why, action.urgency.words, due, one.name, one.company, UUID(one.relationship_id), action.key
    )  # fmt: skip
