"""A relationship's story: each event as a line that a person can read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.speaking import speaking
from kith.domain.stages import Origin
from kith.domain.ties import Background
from kith.domain.timers import REMINDERS


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


def timeline(state: Relationship, calendar: Calendar) -> list[Entry]:
    """The events of a relationship in the order in which they happened, told in the seeker's time zone."""
    events = sorted(state.events, key=lambda recorded: (recorded.at, recorded.originator_version))
    return [_entry(recorded, state, calendar) for recorded in events]


def _entry(recorded: Recorded, state: Relationship, calendar: Calendar) -> Entry:
    event = recorded.event
    revised = recorded.originator_version in state.revised
    return Entry(
        short_id(recorded.originator_id, recorded.originator_version), recorded.at, recorded.recorded_at,
        speaking(event), tell(event, calendar), recorded.source, revised,
        isinstance(event, e.RETRACTABLE) and not revised,
    )  # fmt: skip


def short_id(originator: UUID, version: int) -> str:
    """An event's id as people type it: the start of the relationship's id, a dot, and the version."""
    return f"{originator.hex[:8]}.{version}"


def tell(event: Event, calendar: Calendar) -> str:
    """What an event says, in a line; empty where its name says it all."""
    teller = TELLERS.get(type(event))
    return teller(event) if teller else _said(event, calendar)


def _parts(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _opened(event: e.RelationshipOpened) -> str:
    known = "" if event.origin is Origin.UNKNOWN else f"known as {event.origin}"
    return ", ".join(filter(None, (event.name, event.position, event.company, known)))


def _described(event: e.PersonDescribed) -> str:
    told = event.model_dump(exclude_none=True, exclude={"at", "keys"}, mode="json")
    return ", ".join(f"{name}: {value}" for name, value in told.items()) or "an address"


def _advanced(event: e.StageAdvanced) -> str:
    if not event.volunteered:
        return event.stage.words
    skipped = f"; skipped: {', '.join(stage.words for stage in event.skipped)}" if event.skipped else ""
    return f"{event.stage.words} (volunteered{skipped})"


def _corrected(event: e.FactCorrected) -> str:
    changes = ", ".join(f"{name}: {value}" for name, value in event.changes.items())
    return f"event {event.version} now reads {changes} ({event.reason})"


def _referred(event: e.ReferralGiven) -> str:
    return f"{event.role} at {event.company}{' (volunteered)' if event.volunteered else ''}"


def _tied(event: e.TiesNoted) -> str:
    others = len(event.others)
    knows = f"knows {others} other{'' if others == 1 else 's'} of your people"
    group = f"a {event.kind} of {event.people} people" if event.people else None
    return _parts(knows, group, event.note, f"since {event.since.isoformat()}" if event.since else None)


def _background(event: e.BackgroundNoted) -> str:
    years = Background(event.kind, event.place, event.start, event.end).years
    return " ".join(filter(None, (event.kind.value, f"at {event.place}", years)))


def _reminder(event: e.TimerFired) -> str:
    return REMINDERS.get(event.kind, event.kind)


def _said(event: Any, calendar: Calendar) -> str:
    texts = (getattr(event, name, None) for name in ("text", "learnings", "note", "outcome", "reason", "debt", "how"))
    due = getattr(event, "due", None) or getattr(event, "until", None)
    return _parts(
        *(text for text in texts if isinstance(text, str)),
        f"{calendar.spelled(due)}, {due.astimezone(calendar.zone):%H:%M}" if due else None,
    )


TELLERS: dict[type[Event], Callable[[Any], str]] = {
    e.RelationshipOpened: _opened,
    e.PersonDescribed: _described,
    e.Touched: lambda event: _parts(event.channel.value, event.note),
    e.TiesNoted: _tied,
    e.BackgroundNoted: _background,
    e.GiftGiven: lambda event: _parts(event.gift, event.what, event.because),
    e.StageAdvanced: _advanced,
    e.StageCorrected: lambda event: event.stage.words,
    e.AskRefused: lambda event: f"{event.kind}: {', '.join(event.guards)}",
    e.FirstMessageSent: lambda event: event.ask.text,
    e.IntroAsked: lambda event: ", ".join(filter(None, (event.ask.target, event.ask.company, event.ask.why))),
    e.ReferralAsked: lambda event: f"{event.ask.role} at {event.ask.company}",
    e.ReferralGiven: _referred,
    e.ChatAsked: lambda event: f"{event.ask.minutes} minutes",
    e.ChatPrepared: lambda event: "; ".join(question.text for question in event.questions),
    e.GuardOverridden: lambda event: f"{event.guard}: {event.reason}",
    e.TimerFired: _reminder,
    e.FactsRetracted: lambda event: f"{len(event.versions)} taken back: {event.reason}",
    e.FactCorrected: _corrected,
}
"""How the events are told that say more than their common fields."""
