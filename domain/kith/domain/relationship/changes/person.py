"""What the events about the person change."""

from __future__ import annotations

from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.changes.touch import Changes, Handler
from kith.domain.relationship.state import Relationship


def _described(state: Relationship, recorded: Recorded, event: e.PersonDescribed) -> Changes:
    told = {name: getattr(event, name) for name in ("name", "company", "position", "email", "url")}
    keys = (*state.person.keys, *(key for key in event.keys if key not in state.person.keys))
    person = state.person._replace(keys=keys, **{name: value for name, value in told.items() if value is not None})
    if event.origin is None:
        return {"person": person}
    return {"person": person, "origin": event.origin, "origin_by": recorded.originator_version}


def _noted(state: Relationship, recorded: Recorded, event: e.FactNoted) -> Changes:
    return {"notes": (*state.notes, (recorded.originator_version, event.text))}


HANDLERS: dict[type[Event], Handler] = {
    e.PersonDescribed: _described,
    e.FactNoted: _noted,
    e.TierSet: lambda _, recorded, event: {
        "tier": event.tier,
        "tier_at": recorded.at,
        "tier_by": recorded.originator_version,
    },
    e.ContactRefused: lambda _, __, ___: {"refuses_contact": True},
}
