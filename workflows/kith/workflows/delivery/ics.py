"""An agreed coffee chat as an iCalendar object (RFC 5545) for the seeker's own calendar: it invites nobody."""

from __future__ import annotations

from datetime import timedelta

from kith.domain.appointments import Appointment
from kith.domain.calendar import Calendar

PRODUCT = "-//Kith//kithkin//EN"
YEAR = timedelta(days=366)
"""The changes of the clocks are told for so long before and after, and not for half a century."""


def uid(chat: Appointment) -> str:
    """By which calendars know the chat again, whatever is changed about it."""
    return f"{chat.id}@kith"


def calendar_of(chat: Appointment, zone: Calendar, *, location: str = "", url: str = "") -> bytes:
    """The calendar with that one event, in the seeker's time zone.

    The same chat always has the same UID, and a higher SEQUENCE each time it is moved, so that a calendar replaces it
    (RFC 5545, 3.8.4.7 and 3.8.7.4). There is no attendee, no organizer and no method: nothing is sent to anybody.
    """
    from icalendar import Calendar as Object  # noqa: PLC0415 - takes half a second to import
    from icalendar import Event  # noqa: PLC0415 - likewise

    event = Event()
    event.add("uid", uid(chat))
    event.add("sequence", chat.changes)
    event.add("dtstamp", chat.changed_at)
    event.add("dtstart", chat.starts.astimezone(zone.zone))
    event.add("dtend", chat.ends.astimezone(zone.zone))
    event.add("summary", f"Coffee chat with {chat.name}")
    event.add("class", "PRIVATE")
    for name, value in (("location", location), ("url", url), ("description", _questions(chat))):
        if value.strip():
            event.add(name, value.strip())
    calendar = Object()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones(chat.starts.date() - YEAR, chat.ends.date() + YEAR)
    return bytes(calendar.to_ical())


def _questions(chat: Appointment) -> str:
    return "\n".join(f"- {question.text}" for question in chat.questions)
