"""What the events about whom the person knows, and where they were, change."""

from __future__ import annotations

from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.changes.touch import Changes, Handler, known
from kith.domain.relationship.state import Relationship
from kith.domain.ties import Background, Noted


def _tied(state: Relationship, recorded: Recorded, event: e.TiesNoted) -> Changes:
    noted = Noted(
        recorded.originator_version, recorded.at, event.others, event.kind, event.people, event.note, event.since,
        event.external_id,
    )  # fmt: skip
    return {"ties": (*state.ties, noted)} | known(state, event.external_id)


def _background(state: Relationship, recorded: Recorded, event: e.BackgroundNoted) -> Changes:
    noted = Background(event.kind, event.place, event.start, event.end, recorded.originator_version)
    return {"backgrounds": (*state.backgrounds, noted)}


HANDLERS: dict[type[Event], Handler] = {e.TiesNoted: _tied, e.BackgroundNoted: _background}
