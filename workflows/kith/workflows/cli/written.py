"""Tells what a command wrote: the events found again by the command's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.workflows.application.telling import short_id, tell
from kith.workflows.cli import output, shapes

if TYPE_CHECKING:
    from kith.workflows.application.desk import By
    from kith.workflows.bootstrap import Kith

NOTHING_NEW = "Nothing new: that is on record already."


def tell_written(kith: Kith, by: By, about: tuple[UUID, str] | None = None, told: str = "", **more: Any) -> None:
    """Say which events a command wrote; ``told`` says it in other words where it wrote any."""
    events = written(kith, by.get("command_id", ""), about)
    data: dict[str, Any] = {"person": shapes.person(about)} if about else {}
    name, calendar = about[1] if about else "", kith.seeker().calendar
    text = "\n".join(_line(recorded, name, calendar) for recorded in events)
    text = (told or text) if events else NOTHING_NEW
    output.say(text, {**data, **more, "events": [shapes.event(r) for r in events]})


def written(kith: Kith, command_id: str, about: tuple[UUID, str] | None = None) -> list[Recorded]:
    """What a command wrote about that person; or to whatever it was about."""
    seeker = kith.seeker().id
    with kith.store.reading() as reading:
        if about is None:
            return reading.command(seeker, command_id)
        return [recorded for recorded in reading.events(about[0]) if recorded.command_id == command_id]


def _line(recorded: Recorded, name: str, calendar: Calendar) -> str:
    event = recorded.event
    what = {e.StageAdvanced: "stage reached", e.StageCorrected: "stage now"}.get(type(event), shapes.called(event))
    told = ": ".join(filter(None, (what, tell(event, calendar))))
    if isinstance(event, e.StageAdvanced | e.StageCorrected):
        return output.wrap(" · ".join(filter(None, (name, told))), 4, "")
    id_ = short_id(recorded.originator_id, recorded.originator_version)
    return output.wrap(f"{' · '.join(filter(None, (name, told)))} [{id_}]", 4, "")
