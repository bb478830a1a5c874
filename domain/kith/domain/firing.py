"""What fires when time has passed: each due timer becomes an event of its relationship, at the instant it was due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.domain.log import Event
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.timers import Timer, timers


def fire(state: Relationship, policy: Policy, calendar: Calendar, now: datetime) -> list[Event]:
    """What fires of all that is due by now, in the order of time, up to the first lapse.

    A lapse arms other timers and disarms some, so it is asked again after one, until nothing is left. Then what fires,
    and in which order, does not depend on when one looks.
    """
    due = sorted(
        (timer for timer in timers(state, policy, calendar) if timer.due <= now),
        key=lambda timer: (timer.due, timer.kind, timer.subject),
    )
    first = next((timer.due for timer in due if timer.kind == "lapse"), now)
    return [fired(timer) for timer in due if timer.due <= first]


def fired(timer: Timer) -> Event:
    """The event by which a timer fires; it happened when it was due, however late that is noticed."""
    match timer.kind:
        case "lapse":
            return e.AskLapsed(at=timer.due, ask_id=UUID(timer.subject))
        case "dormant":
            return e.WentDormant(at=timer.due)
        case kind:
            return e.TimerFired(at=timer.due, kind=kind, subject=timer.subject, due=timer.due)
