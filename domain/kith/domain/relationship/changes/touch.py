"""What several kinds of events change: a touch, and what is known of the facts of an import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kith.domain.asks import AskKind
from kith.domain.log import Recorded
from kith.domain.relationship.state import Contact, Happened, MadeAsk, Relationship
from kith.domain.stages import Channel, Direction

Changes = dict[str, Any]
Handler = Callable[[Relationship, Recorded, Any], Changes]


def touch(state: Relationship, recorded: Recorded, direction: Direction, channel: Channel) -> Changes:
    """A touch more, and what a word from them answers and wakes."""
    version, at, touches = recorded.originator_version, recorded.event.at, state.touches
    changes: Changes = {}
    if direction is not Direction.INBOUND:
        out = Contact(version, at, Direction.OUTBOUND, channel)
        touches = (*touches, out)
        changes["last_touch"] = _later(state.last_touch, out)
        changes["last_outbound"] = _later(state.last_outbound, out)
    if direction is not Direction.OUTBOUND:
        back = Contact(version, at, Direction.INBOUND, channel)
        touches = (*touches, back)
        changes["last_touch"] = _later(state.last_touch, back)
        changes["last_inbound"] = _later(state.last_inbound, back)
        changes |= _heard(state, back)
    changes["touches"] = touches
    return changes


def _heard(state: Relationship, contact: Contact) -> Changes:
    """A word from them wakes and answers a first message; one of long ago that is learned of only now does not."""
    changes: Changes = {}
    if state.asks and any(
        ask.is_open and ask.kind is AskKind.FIRST_MESSAGE and ask.at <= contact.at for ask in state.asks
    ):
        changes["asks"] = tuple(_answered(ask, contact.at) for ask in state.asks)
    if state.dormant_since is not None and _later(state.last_touch, contact) is contact:
        changes["dormant_since"] = None
    snoozed = state.recorded(state.snoozed_by) if state.snoozed_until is not None else None
    if snoozed is not None and contact.at >= snoozed.at:
        changes["snoozed_until"] = None
    return changes


def _later(known: Contact | None, new: Contact) -> Contact:
    if known is None or known.at < new.at:
        return new
    return known if (known.at, known.version) > (new.at, new.version) else new


def _answered(ask: MadeAsk, at: datetime) -> MadeAsk:
    if ask.is_open and ask.kind is AskKind.FIRST_MESSAGE and ask.at <= at:
        return ask._replace(settled="answered", settled_at=at)
    return ask


def happened(recorded: Recorded) -> Happened:
    """The fact, with its two times."""
    return Happened(recorded.originator_version, recorded.at, recorded.recorded_at)


def known(state: Relationship, external_id: str | None) -> Changes:
    """The fact's id elsewhere, so that it is not recorded twice."""
    return {"external_ids": state.external_ids | {external_id}} if external_id else {}
