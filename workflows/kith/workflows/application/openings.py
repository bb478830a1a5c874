"""Openings, who could refer the seeker for one, and the people in focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple, Unpack
from uuid import UUID

from kith.domain import focus, openings, referrers
from kith.domain.asks import opening_key
from kith.domain.errors import Ambiguous, NotFound
from kith.domain.log import Recorded
from kith.domain.openings import Opening
from kith.domain.people import company_key, name_key
from kith.domain.referrers import AskedBefore, Referrer
from kith.domain.seeker import Seeker
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work
from kith.workflows.ports import Reading
from kith.workflows.readmodels.people import Colleague, Listed, at_companies, people

Written = tuple[Recorded, ...]
MOST = 20
"""So many people at a company are looked at: those furthest along, and among equals those who wrote last."""


class OpeningStatus(NamedTuple):
    """An opening with who was asked for it."""

    opening: Opening
    asked: tuple[AskedBefore, ...]
    """Who was asked or referred unasked, oldest first."""

    @property
    def referrer(self) -> AskedBefore | None:
        """The one referrer: asked and not settled, promised, or given."""
        return next((one for one in self.asked if one.binds), None)


class OpeningView(NamedTuple):
    """An opening with who could help."""

    opening: Opening
    asked: tuple[AskedBefore, ...]
    referrers: tuple[Referrer, ...]
    """People at the company in the order that ``kith.domain.referrers.ORDER`` tells; none once somebody was asked."""
    chosen: Referrer | None
    """The one to ask."""
    why: str
    """Why that one, or why nobody."""
    more: int
    """People at the company who were not looked at."""

    @property
    def status(self) -> OpeningStatus:
        """The opening with who was asked."""
        return OpeningStatus(self.opening, self.asked)


class Openings:
    """Commands and questions about openings and focus."""

    _desk: Desk

    def note_opening(
        self, role: str, company: str, *, link: str = "", deadline: date | None = None, **by: Unpack[By]
    ) -> UUID:
        """Note an opening and return its id. The same role at the same company is the same opening: it is told anew."""

        def command(work: Work) -> None:
            told = openings.OpeningNoted(
                at=work.now, opening_id=work.new_id(), role=role, company=company, link=link, deadline=deadline
            )
            work.write_seeker(openings.note(work.seeker.openings, told))

        self._desk.carry_out(by, command)
        key = opening_key(role, company, link)
        return next(one.id for one in self._desk.seeker_now().openings if one.key == key)

    def close_opening(self, opening_id: UUID, outcome: str = "", **by: Unpack[By]) -> Written:
        """Be through with an opening; ``outcome`` says what came of it."""
        return self._desk.carry_out(
            by,
            lambda work: work.write_seeker(openings.close(work.seeker.openings, opening_id, outcome, work.now)),
        )

    def find_opening(self, which: str) -> UUID:
        """The one opening that the start of an id, or words of its role and company, stand for.

        Raises NotFound, or Ambiguous with the candidates.
        """
        known = self._desk.seeker_now().openings
        found = list(_called(known, which)) if which.strip() else []
        if not found:
            raise NotFound(f"No opening answers to {which!r}; kith opening list --all shows every one.")
        if len(found) > 1:
            told = [f"{one.id.hex[:8]}  {one.title}" for one in found]
            raise Ambiguous(f"{which!r} could be any of {len(found)} openings.", told)
        return found[0].id

    def openings(self, *, closed_too: bool = False) -> list[OpeningStatus]:
        """The openings with who was asked for each: by deadline, then those that are past it, then closed ones."""

        def question(work: Work) -> list[OpeningStatus]:
            known = [one for one in work.seeker.openings if one.is_open or closed_too]
            today = work.seeker.calendar.day(work.now)
            known.sort(key=lambda o: (not o.is_open, o.is_past(today), o.deadline or date.max, o.noted_at))
            return [OpeningStatus(one, _asked(work, one)) for one in known]

        return self._desk.look_ahead(question)

    def opening(self, opening_id: UUID) -> OpeningView:
        """Who could refer the seeker for an opening, which one to ask, and why. Raises NotFound."""

        def question(work: Work) -> OpeningView:
            known = openings.find(work.seeker.openings, opening_id)
            if known is None:
                raise NotFound(f"There is no opening {opening_id}; kith opening list --all shows every one.")
            return _view(work, known)

        return self._desk.look_ahead(question)

    # Focus

    def add_focus(self, who: UUID, **by: Unpack[By]) -> Written:
        """Put somebody into the focus. Raises NotApplicable where as many as the policy allows are in it."""

        def command(work: Work) -> None:
            work.relationship(who)
            most = work.seeker.policy.focus_people
            work.write_seeker(focus.add([*_in_focus(work)], who, most, work.now))

        return self._desk.carry_out(by, command)

    def focus(self) -> list[Listed]:
        """The people in focus who are still on record, longest in focus first."""
        now = self._desk.clock()

        def question(reading: Reading, seeker: Seeker) -> list[Listed]:
            found = {UUID(one.id): one for one in people(reading.query, seeker.id.hex, now)} if seeker.focus else {}
            return [found[id_] for id_ in seeker.focus if id_ in found]

        return self._desk.look(question)

    def remove_focus(self, who: UUID, **by: Unpack[By]) -> Written:
        """Take somebody out of the focus."""
        return self._desk.carry_out(
            by, lambda work: work.write_seeker(focus.remove(work.seeker.focus, who, work.now))
        )  # fmt: skip


def _in_focus(work: Work) -> Iterator[UUID]:
    """Those in focus who are still on record: the others take up no room."""
    for id_ in work.seeker.focus:
        with suppress(NotFound):
            yield work.relationship(id_).id


def _called(known: openings.Openings, which: str) -> Iterator[Opening]:
    """An id decides, then a whole title, then words of one."""
    start, words = which.strip().replace("-", "").lower(), _folded(which)
    by_id = [one for one in known if len(start) >= 4 and one.id.hex.startswith(start)]
    whole = [one for one in known if _folded(one.title) == words]
    part = [one for one in known if words in _folded(one.title)]
    yield from by_id or whole or part


def _folded(title: str) -> str:
    """A title without accents, punctuation and legal forms; words alone are taken for a part of one."""
    role, at, company = title.rpartition(" at ")
    return f"{name_key(role)} {company_key(company)}" if at else name_key(title)


def _asked(work: Work, opening: Opening) -> tuple[AskedBefore, ...]:
    """Who was asked for the opening, or referred the seeker unasked."""
    book = work.seeker
    asked = [one.relationship_id for one in book.asked_referrals if one.opening == opening.key]
    given = [one.relationship_id for one in book.referrals if one.opening == opening.key]
    found = list[AskedBefore]()
    for id_ in dict.fromkeys((*asked, *given)):
        found += referrers.asked_before(work.case(id_, removed_too=True).relationship, opening)
    return tuple(sorted(found, key=lambda one: (one.at, one.name)))


def _view(work: Work, opening: Opening) -> OpeningView:
    asked = _asked(work, opening)
    binds = next((one for one in asked if one.binds), None)
    if not opening.is_open:
        return OpeningView(opening, asked, (), None, "You are through with it.", 0)
    if binds is not None:
        return OpeningView(opening, asked, (), None, _one_is_enough(binds, work), 0)
    there = at_companies(work.transaction.query, work.seeker.id.hex, {company_key(opening.company)})
    there.sort(key=lambda one: (-one.earned, -(one.last_inbound or 0), one.id))
    ordered, calendar = _ordered(work, opening, there[:MOST]), work.seeker.calendar
    chosen, why = referrers.choose(ordered, opening, calendar, calendar.day(work.now))
    return OpeningView(opening, asked, tuple(ordered), chosen, why, max(0, len(there) - MOST))


def _ordered(work: Work, opening: Opening, people: list[Colleague]) -> list[Referrer]:
    ids = [UUID(one.id) for one in people]
    work.prepare(ids)
    found = (referrers.referrer(work.case(id_), opening, work.now) for id_ in ids)
    return referrers.in_order(found, opening, work.seeker.calendar)


def _one_is_enough(asked: AskedBefore, work: Work) -> str:
    day = work.seeker.calendar.spelled(asked.at)
    told = {
        "waiting": f"{asked.name} was asked on {day} and has not answered yet",
        "promised": f"{asked.name} promised to refer you",
        "given": f"{asked.name} referred you on {day}",
    }[asked.status]
    return f"{told}: one referrer per opening is enough."
