"""Commands and questions about who knows whom."""

from __future__ import annotations

from datetime import date
from typing import Unpack
from uuid import UUID

from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.people import Written
from kith.workflows.application.work import Work
from kith.workflows.readmodels.ties import Tie, Ties


class Tying:
    """Who knows whom."""

    _desk: Desk

    def tie(self, who: UUID, other: UUID, note: str = "", *, since: date | None = None, **by: Unpack[By]) -> Written:
        """Record that two people on record know each other. To take it back, undo the event.

        Whichever of them is named first, the same again writes nothing.
        """

        def command(work: Work) -> None:
            case, known = work.case(who), work.relationship(other)
            told = e.TiesNoted(at=work.now, others=(other,), note=note, since=since)
            today = work.seeker.calendar.day(work.now)
            work.enact(case, decisions.note_tie(case.relationship, known, told, today))

        return self._desk.carry_out(by, command)

    def ties(self, who: UUID) -> list[Tie]:
        """Whom a person knows by what was noted and imported, by name; one for each event that tells it."""
        self._desk.relationship(who)
        return self._desk.look(lambda reading, seeker: Ties(reading.query, seeker.id.hex).of(who.hex))
