"""``kith chat calendar``: an agreed chat as a file for the seeker's own calendar."""

from __future__ import annotations

import sys
from pathlib import Path

from kith.domain.errors import InvalidInput
from kith.workflows.cli import output, shapes, times
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

BEGINS = b"BEGIN:VCALENDAR"


def give(who: str, file: Path | None, location: str, url: str) -> None:
    """Write the chat to a file, or to standard output."""
    if session().json and file is None:
        raise InvalidInput("The calendar on standard output is its own format; --json goes with a FILE.")
    from kith.workflows.delivery.ics import calendar_of, uid  # noqa: PLC0415 - its library takes half a second to import

    with engine() as kith:
        id_ = kith.find(who)
        chat, zone = kith.appointment(id_), kith.seeker().calendar
    content = calendar_of(chat, zone, location=location, url=url)
    if file is None:
        sys.stdout.buffer.write(content)
        return
    _write(file.expanduser(), content)
    when = times.moment(chat.starts, zone)
    data = {
        "person": shapes.person((id_, chat.name)), "file": str(file), "uid": uid(chat), "sequence": chat.changes,
        "starts": shapes.iso(chat.starts), "ends": shapes.iso(chat.ends), "time_zone": zone.zone_name,
    }  # fmt: skip
    output.say(f"Your chat with {chat.name}, {when} ({zone.zone_name}), written to {file}. It invites nobody.", data)


def _write(file: Path, content: bytes) -> None:
    """Write a calendar file; what is none is never replaced."""
    if file.exists():
        with file.open("rb") as there:
            if there.read(len(BEGINS)) != BEGINS:
                raise InvalidInput(f"{file} is there already and is no calendar; choose another name.")
    file.write_bytes(content)
