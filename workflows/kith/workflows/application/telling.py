"""A relationship's story: each event as a line that a person can read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.speaking import SPEAKING
from kith.domain.stages import Direction


class Entry(NamedTuple):
    """One line of a timeline."""

    id: str
    """By which the event can be taken back, if it can."""
    at: datetime
    recorded_at: datetime
    what: str
    """The event's speaking name."""
    text: str
    source: str
    revised: bool
    """Taken back or corrected since."""
    can_be_undone: bool


def timeline(state: Relationship) -> list[Entry]:
    """The events of a relationship in the order in which they happened."""
    events = sorted(state.events, key=lambda recorded: (recorded.at, recorded.originator_version))
    return [_entry(recorded, state) for recorded in events]


def _entry(recorded: Recorded, state: Relationship) -> Entry:
    event = recorded.event
    revised = recorded.originator_version in state.revised
    return Entry(
        short_id(recorded.originator_id, recorded.originator_version), recorded.at, recorded.recorded_at,
        _named(event), tell(event), recorded.source, revised, isinstance(event, e.RETRACTABLE) and not revised,
    )  # fmt: skip


def short_id(originator: UUID, version: int) -> str:
    """An event's id as people type it: the start of the relationship's id, a dot, and the version."""
    return f"{originator.hex[:8]}.{version}"


def _named(event: Event) -> str:
    if isinstance(event, e.Touched):
        return "reply" if event.direction is Direction.INBOUND else "touch"
    return SPEAKING[type(event)]


def tell(event: Event) -> str:
    """What an event says, in a line; empty where its name says it all."""
    match event:
        case e.RelationshipOpened():
            return ", ".join(filter(None, (event.name, event.position, event.company, f"known as {event.origin}")))
        case e.PersonDescribed():
            told = event.model_dump(exclude_none=True, exclude={"at", "keys"}, mode="json")
            return ", ".join(f"{name}: {value}" for name, value in told.items()) or "an address"
        case e.FactNoted():
            return event.text
        case e.Touched():
            return " · ".join(filter(None, (event.channel.value, event.note)))
        case e.GiftGiven():
            return " · ".join(filter(None, (event.gift, event.what, event.because)))
        case e.StageAdvanced():
            skipped = f", {', '.join(stage.words for stage in event.skipped)} skipped" if event.skipped else ""
            return f"{event.stage.words}{skipped}{' (volunteered)' if event.volunteered else ''}"
        case e.StageCorrected():
            return event.stage.words
        case _:
            return _tell_ask(event)


def _tell_ask(event: Event) -> str:
    match event:
        case e.AskRefused():
            return f"{event.kind}: {', '.join(event.guards)}"
        case e.IntroAsked():
            return ", ".join(filter(None, (event.ask.target, event.ask.company, event.ask.why)))
        case e.ReferralAsked():
            return f"{event.ask.role} at {event.ask.company}"
        case e.ReferralGiven():
            return f"{event.role} at {event.company}{' (volunteered)' if event.volunteered else ''}"
        case e.ChatAsked():
            return f"{event.ask.minutes} minutes, {len(event.ask.questions)} questions with it"
        case e.ChatPrepared():
            return "; ".join(question.text for question in event.questions)
        case e.GuardOverridden():
            return f"{event.guard}: {event.reason}"
        case e.FactsRetracted():
            return f"{len(event.versions)} taken back: {event.reason}"
        case e.FactCorrected():
            changes = ", ".join(f"{name}: {value}" for name, value in event.changes.items())
            return f"event {event.version} now reads {changes} ({event.reason})"
        case _:
            return _tell_rest(event)


def _tell_rest(event: Any) -> str:
    parts = (getattr(event, name, None) for name in ("learnings", "note", "outcome", "reason", "debt", "how"))
    due = getattr(event, "due", None) or getattr(event, "until", None)
    texts = [part for part in parts if isinstance(part, str) and part]
    return " · ".join([*texts, *([f"{due:%Y-%m-%d %H:%M} UTC"] if due else [])])
