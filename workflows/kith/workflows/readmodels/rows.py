"""What the read models say of one relationship or seeker: pure functions from a state to rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import to_json

from kith.domain.actions import actions
from kith.domain.agenda import Action
from kith.domain.debts import debts
from kith.domain.people import company_key, name_key
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage
from kith.domain.ties import employer_key, place_key
from kith.domain.timers import timers
from kith.workflows.readmodels.schema import micros

Row = tuple[Any, ...]


class Rows(NamedTuple):
    """The rows of one relationship, by table."""

    relationships: tuple[Row, ...] = ()
    identities: tuple[Row, ...] = ()
    ties: tuple[Row, ...] = ()
    backgrounds: tuple[Row, ...] = ()


NOTHING = Rows()


def relationship_rows(state: Relationship, seeker: Seeker) -> Rows:
    """The rows of a relationship; none once it was taken back."""
    if state.removed:
        return NOTHING
    key = row_key(state)
    return _others(key, state)._replace(relationships=(_own_row(key, state, seeker),))


def row_key(state: Relationship) -> tuple[str, str]:
    """The key of a relationship's own row."""
    return state.seeker_id.hex, state.id.hex


def standing_rows(state: Relationship) -> Rows:
    """The rows of a relationship beside its own: by which keys a person is found, whom they know, where they were."""
    return NOTHING if state.removed else _others(row_key(state), state)


def _others(key: tuple[str, str], state: Relationship) -> Rows:
    owner, id_ = key
    identities = tuple([(owner, known_by, id_) for known_by in state.person.keys])
    if not (state.ties or state.backgrounds):
        return Rows((), identities)
    return Rows((), identities, tuple(_tie_rows(key, state)), tuple(_background_rows(key, state)))


def _tie_rows(key: tuple[str, str], state: Relationship) -> Iterator[Row]:
    owner, noted_by = key
    for tie in state.ties:
        since = tie.since.isoformat() if tie.since else None
        told = (tie.version, tie.kind.value, tie.people, tie.note, since, micros(tie.at), tie.external_id)
        for one, other in tie.pairs(state.id):
            yield (owner, one.hex, other.hex, noted_by, *told)


def _background_rows(key: tuple[str, str], state: Relationship) -> Iterator[Row]:
    for one in state.backgrounds:
        at = place_key(one.kind, one.place)
        if at is not None:
            yield (*key, one.version, one.kind.value, one.place, at, one.start, one.end)


def _own_row(key: tuple[str, str], state: Relationship, seeker: Seeker) -> Row:
    """Who somebody is, how the relationship stands, what is worth doing, and when the first of its timers fires."""
    person = state.person
    return (
        *key, state.version, person.name, name_key(person.name), person.company, employer_key(person.company),
        person.position, person.email, person.url, state.origin.value, state.since.isoformat() if state.since else None,
        *(AT_THE_BEGINNING if state.is_bare and not state.origin.knows_your_work else _course(state, seeker)),
    )  # fmt: skip


AT_THE_BEGINNING: Row = (int(Stage.MET), int(Stage.MET), None, 0, None, None, None, 0, 0, None, None, None, None)
"""How everybody stands of whom nothing but the opening is on record, as of most people of an import."""


def _course(state: Relationship, seeker: Seeker) -> Row:
    last, inbound = state.last_touch, state.last_inbound
    waiting = ", ".join([ask.kind.value for ask in state.asks if ask.is_open]) if state.asks else None
    owed = tuple(debts(state, seeker.policy, seeker.calendar))
    to_do = actions(state, seeker, owed)
    due = [timer.due for timer in timers(state, seeker.policy, seeker.calendar, owed)]
    return (
        int(state.stage), int(state.earned), state.tier,
        int(state.closed or state.refuses_contact), _micros(state.snoozed_until), _micros(last.at if last else None),
        _micros(inbound.at if inbound else None), len(state.gifts),
        sum([ask.is_favour for ask in state.asks]), waiting or None,
        to_json([_told(action) for action in to_do]).decode() if to_do else None,
        micros(min([action.start for action in to_do])) if to_do else None, micros(min(due)) if due else None,
    )  # fmt: skip


def _told(action: Action) -> Row:
    return (
        action.key, action.kind, int(action.urgency), micros(action.start), _micros(action.until), _micros(action.due),
        action.why, action.do, action.favour, action.close_tie,
    )  # fmt: skip


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def seeker_row(seeker: Seeker) -> Row:
    """The row of a seeker: what the everyday reads need to know."""
    lapses = [micros(ask.lapses) for ask in seeker.asks if ask.status == "open" and ask.kind.value != "first message"]
    days = seeker.policy.loop_days
    late = [micros(seeker.calendar.plus_days(loop.known_at, days)) for loop in seeker.loops]
    return (
        seeker.id.hex, seeker.profile.name, seeker.calendar.zone_name, seeker.policy.agenda_size,
        seeker.policy.dormant_days, seeker.policy.open_asks,
        json.dumps(sorted({company_key(company) for company in seeker.companies})), json.dumps(sorted(lapses)),
        json.dumps(sorted(late)),
    )  # fmt: skip
