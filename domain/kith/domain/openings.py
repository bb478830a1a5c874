"""Openings: the jobs that a seeker has an eye on, each with its role, company, link and deadline."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from kith.domain.asks import opening_key
from kith.domain.errors import NotFound
from kith.domain.log import Event, PersonalLine, PersonalText

# Events


class OpeningNoted(Event):
    """The seeker has an eye on an opening, or learned more about it; noted again, one that was closed is open again."""

    TOPIC: ClassVar[str] = "seeker.opening-noted.v1"
    opening_id: UUID
    role: PersonalLine
    company: PersonalLine
    link: PersonalText = ""
    deadline: date | None = None
    """The last day to apply, in the seeker's time zone."""


class OpeningClosed(Event):
    """The seeker is through with an opening."""

    TOPIC: ClassVar[str] = "seeker.opening-closed.v1"
    opening_id: UUID
    outcome: PersonalText = ""
    """What came of it, in the seeker's words."""


# State


class Opening(NamedTuple):
    """An opening as it stands."""

    id: UUID
    role: str
    company: str
    link: str
    deadline: date | None
    noted_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""

    @property
    def key(self) -> str:
        """What referral asks for the same opening have in common."""
        return opening_key(self.role, self.company, self.link)

    @property
    def title(self) -> str:
        """Role and company."""
        return f"{self.role} at {self.company}"

    @property
    def is_open(self) -> bool:
        """Whether the seeker still has an eye on it."""
        return self.closed_at is None

    def is_past(self, today: date) -> bool:
        """Whether its deadline is over."""
        return self.deadline is not None and self.deadline < today


Openings = tuple[Opening, ...]


def noted(openings: Openings, event: OpeningNoted) -> Openings:
    """The openings after one was noted, oldest first; noted again it keeps its place."""
    known = find(openings, event.opening_id)
    first = known.noted_at if known else event.at
    told = Opening(event.opening_id, event.role, event.company, event.link, event.deadline, first)
    if known is None:
        return (*openings, told)
    return tuple(told if one.id == told.id else one for one in openings)


def closed(openings: Openings, event: OpeningClosed) -> Openings:
    """The openings after the seeker was through with one."""
    return tuple(
        one._replace(closed_at=event.at, outcome=event.outcome) if one.id == event.opening_id else one
        for one in openings
    )


def find(openings: Openings, id_: UUID) -> Opening | None:
    """The opening of that id."""
    return next((one for one in openings if one.id == id_), None)


# Decisions


def note(openings: Openings, told: OpeningNoted) -> list[Event]:
    """Note an opening. The same role at the same company is the same opening; nothing happens if it is known so."""
    key = opening_key(told.role, told.company, told.link)
    known = next((one for one in openings if one.key == key), None)
    if known is None:
        return [told]
    more = told.model_copy(
        update={
            "opening_id": known.id, "role": _spelled(told.role, known.role),
            "company": _spelled(told.company, known.company), "link": told.link or known.link,
            "deadline": told.deadline or known.deadline,
        }
    )  # fmt: skip
    same = known.is_open and (more.role, more.company, more.link, more.deadline) == known[1:5]
    return [] if same else [more]


def _spelled(said: str, known: str) -> str:
    """The text as it stands, if the new one differs in nothing but capital letters."""
    return known if said.casefold() == known.casefold() else said


def close(openings: Openings, id_: UUID, outcome: str, now: datetime) -> list[Event]:
    """Be through with an opening; raises NotFound. Nothing happens if it is closed with that outcome."""
    known = find(openings, id_)
    if known is None:
        raise NotFound(f"There is no opening {id_}; kith opening list --all shows them.")
    told = OpeningClosed(at=now, opening_id=id_, outcome=outcome)
    return [told] if known.is_open or told.outcome not in ("", known.outcome) else []
