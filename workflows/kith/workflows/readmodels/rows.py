"""What the read models say of one relationship or seeker: pure functions from a state to rows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from kith.domain.actions import actions
from kith.domain.people import company_key, name_key
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.timers import timers
from kith.workflows.readmodels.schema import micros

Row = tuple[Any, ...]


class Rows(NamedTuple):
    """The rows of one relationship, by table."""

    relationships: tuple[Row, ...] = ()
    identities: tuple[Row, ...] = ()
    timers: tuple[Row, ...] = ()
    agenda: tuple[Row, ...] = ()


NOTHING = Rows()


def relationship_rows(state: Relationship, seeker: Seeker) -> Rows:
    """The rows of a relationship; none once it was taken back."""
    if state.removed:
        return NOTHING
    id_, owner = state.id.hex, state.seeker_id.hex
    row, keys = (own_row(state, id_, owner),), identity_rows(state, id_, owner)
    if state.is_bare and not state.origin.knows_your_work:
        return Rows(row, keys)
    return Rows(row, keys, timer_rows(state, seeker, id_, owner), _agenda(state, seeker, id_, owner))


def identity_rows(state: Relationship, id_: str, owner: str) -> tuple[Row, ...]:
    """By which keys a person is found."""
    return tuple([(owner, key, id_) for key in state.person.keys])


def timer_rows(state: Relationship, seeker: Seeker, id_: str, owner: str) -> tuple[Row, ...]:
    """What becomes due."""
    armed = timers(state, seeker.policy, seeker.calendar)
    return tuple([(micros(timer.due), owner, id_, timer.kind, timer.subject) for timer in armed])


def _agenda(state: Relationship, seeker: Seeker, id_: str, owner: str) -> tuple[Row, ...]:
    return tuple([
        (owner, id_, a.key, a.kind, int(a.urgency), micros(a.start), _micros(a.until), _micros(a.due), a.why, a.do,
         int(a.favour), int(a.close_tie))
        for a in actions(state, seeker)
    ])  # fmt: skip


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def own_row(state: Relationship, id_: str, owner: str) -> Row:
    """How a relationship stands."""
    person, last, inbound = state.person, state.last_touch, state.last_inbound
    waiting = ", ".join([ask.kind.value for ask in state.asks if ask.is_open])
    return (
        owner, id_, state.version, person.name, name_key(person.name), person.company, person.position,
        person.email, person.url, state.origin.value, state.since.isoformat() if state.since else None,
        int(state.stage), int(state.earned), state.tier, int(state.closed or state.refuses_contact),
        _micros(state.snoozed_until), _micros(last.at if last else None), _micros(inbound.at if inbound else None),
        len(state.gifts), waiting or None,
    )  # fmt: skip


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
