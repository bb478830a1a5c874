"""What the read models say of one relationship or seeker: pure functions from a state to rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from pydantic_core import to_json

from kith.domain.actions import actions
from kith.domain.agenda import Action
from kith.domain.debts import debts
from kith.domain.log import Recorded
from kith.domain.people import company_key, name_key
from kith.domain.relationship.events import RelationshipOpened
from kith.domain.relationship.evolve import evolve
from kith.domain.relationship.state import Person, Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Origin, Stage
from kith.domain.ties import employer_key, place_key
from kith.domain.timers import timers
from kith.workflows.readmodels.schema import micros

Row = tuple[Any, ...]


class Rows(NamedTuple):
    """The rows of one relationship or of several, by table."""

    relationships: tuple[Row, ...] = ()
    identities: tuple[Row, ...] = ()
    ties: tuple[Row, ...] = ()
    backgrounds: tuple[Row, ...] = ()


class Change(NamedTuple):
    """How the rows of one relationship change."""

    who: Row
    """The key of its own row."""
    stood: Rows
    """The rows that stand beside its own."""
    rows: Rows
    """All rows as they are to stand."""


NOTHING = Rows()


def relationship_rows(state: Relationship, seeker: Seeker) -> Rows:
    """The rows of a relationship; none once it was taken back."""
    if state.removed:
        return NOTHING
    key = _row_key(state)
    own = _own_row(key, state.version, state.person, state.origin, state.since, _stands(state, seeker))
    return _others(key, state)._replace(relationships=(own,))


def opening_rows(openings: Iterable[Recorded], seeker: Seeker) -> Rows:
    """The rows of relationships of which nothing but the opening is on record.

    They are told without a state, as are most of an import's: making the states took a twentieth of its time.
    """
    owner, own, identities = seeker.id.hex, list[Row](), list[Row]()
    for opened in openings:
        event, key = cast("RelationshipOpened", opened.event), (owner, opened.originator_id.hex)
        stands = _stands(evolve(None, opened), seeker) if event.origin.knows_your_work else AT_THE_BEGINNING
        own.append(_own_row(key, opened.originator_version, event, event.origin, event.since, stands))
        identities += _identity_rows(key, event.keys)
    return Rows(tuple(own), tuple(identities))


def changed_rows(before: Relationship, after: Relationship, seeker: Seeker) -> Change:
    """How the rows of a relationship change from one state to another."""
    key = _row_key(before)
    stood = NOTHING if before.removed else _others(key, before)
    return Change(key, stood, relationship_rows(after, seeker))


def _row_key(state: Relationship) -> tuple[str, str]:
    return state.seeker_id.hex, state.id.hex


def _others(key: tuple[str, str], state: Relationship) -> Rows:
    """The rows beside a relationship's own: by which keys a person is found, whom they know, where they were."""
    identities = _identity_rows(key, state.person.keys)
    if not (state.ties or state.backgrounds):
        return Rows((), identities)
    return Rows((), identities, tuple(_tie_rows(key, state)), tuple(_background_rows(key, state)))


def _identity_rows(key: tuple[str, str], keys: Iterable[str]) -> tuple[Row, ...]:
    owner, id_ = key
    return tuple([(owner, known_by, id_) for known_by in keys])


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


def _own_row(
    key: tuple[str, str],
    version: int,
    who: Person | RelationshipOpened,
    origin: Origin,
    since: date | None,
    stands: Row,
) -> Row:
    """Who somebody is, and how the relationship stands."""
    return (
        *key, version, who.name, name_key(who.name), who.company, employer_key(who.company), who.position, who.email,
        who.url, origin.value, since.isoformat() if since else None, *stands,
    )  # fmt: skip


AT_THE_BEGINNING: Row = (int(Stage.MET), int(Stage.MET), None, 0, None, None, None, 0, 0, None, None, None, None)
"""How everybody stands of whom nothing but the opening is on record, as of most people of an import."""


def _stands(state: Relationship, seeker: Seeker) -> Row:
    """How the relationship stands, what is worth doing, and when the first of its timers fires."""
    if state.is_bare and not state.origin.knows_your_work:
        return AT_THE_BEGINNING
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
    wanted = {company_key(company) for company in seeker.companies} | {who.hex for who in seeker.focus}
    late = [micros(seeker.calendar.plus_days(loop.known_at, days)) for loop in seeker.loops]
    return (
        seeker.id.hex, seeker.profile.name, seeker.calendar.zone_name, seeker.policy.agenda_size,
        seeker.policy.dormant_days, seeker.policy.open_asks,
        json.dumps(sorted(wanted)), json.dumps(sorted(lapses)), json.dumps(sorted(late)),
    )  # fmt: skip
