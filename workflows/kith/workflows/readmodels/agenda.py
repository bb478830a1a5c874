"""Today's actions straight from the tables: needs only the standard library, so that it answers at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain.agenda import Action, Candidate, Urgency, choose
from kith.domain.people import company_key
from kith.workflows.readmodels.schema import instant, micros

Query = Callable[[str, Sequence[Any]], list[Any]]

_CANDIDATES = """
    SELECT id, name, company, stage, actions FROM relationships WHERE seeker_id = ? AND shown_from <= ?
"""


class Agenda(NamedTuple):
    """The actions of a day, and how many more there are."""

    actions: list[Candidate]
    more: int
    people: int
    """Everybody on record."""


def agenda(query: Query, seeker_id: str, now: datetime) -> Agenda:
    """The actions worth doing at that instant, most urgent first."""
    size, most, lapses, late, companies = query(
        "SELECT agenda_size, open_asks, asks_lapse, loops_late, companies FROM seekers WHERE id = ?", (seeker_id,)
    )[0]
    at = micros(now)
    open_asks = sum(lapse > at for lapse in json.loads(lapses))
    favours = open_asks < most and not any(loop < at for loop in json.loads(late))
    wanted = frozenset(json.loads(companies))

    def preferred(one: Candidate) -> bool:
        return one.relationship_id in wanted or (bool(one.company) and company_key(one.company or "") in wanted)

    candidates = [one for row in query(_CANDIDATES, (seeker_id, at)) for one in _candidates(row, at)]
    chosen = choose(candidates, now, preferred, size, favours=favours)
    people = query("SELECT COUNT(*) FROM relationships WHERE seeker_id = ?", (seeker_id,))[0][0]
    return Agenda(chosen, len({c.relationship_id for c in candidates}) - len(chosen), people)


def reviving(query: Query, seeker_id: str, now: datetime) -> list[UUID]:
    """The relationships whose tie is worth reviving at that instant, in no particular order."""
    rows = query(_CANDIDATES, (seeker_id, micros(now)))
    candidates = (one for row in rows for one in _candidates(row, micros(now)))
    return [UUID(one.relationship_id) for one in candidates if one.action.urgency is Urgency.REVIVE]


def _candidates(row: Sequence[Any], at: int) -> Iterator[Candidate]:
    """The actions of one person that are on at that instant."""
    id_, name, company, stage, actions = row
    for key, kind, urgency, start, until, due, why, do, favour, close_tie in json.loads(actions):
        if start <= at and (until is None or at < until):
            action = Action(
                key, kind, Urgency(urgency), instant(start), None if until is None else instant(until),
                None if due is None else instant(due), why, do, favour, close_tie,
            )  # fmt: skip
            yield Candidate(id_, name, company, stage, action)
