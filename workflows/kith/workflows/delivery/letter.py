"""The digest as a letter: a subject, a text and an HTML page of the day's actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kith.domain.agenda import Candidate
from kith.domain.calendar import Calendar, spelled
from kith.domain.stages import Stage

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Item:
    """One action of the day, in the words that it is read in."""

    do: str
    who: str
    why: str
    urgency: str
    due: str
    short: str


@dataclass(frozen=True)
class Letter:
    """What is sent."""

    subject: str
    text: str
    html: str


def letter(name: str, at: datetime, calendar: Calendar, actions: list[Candidate], more: int) -> Letter:
    """The digest of the day on which ``at`` falls in the seeker's time zone."""
    day = calendar.day(at)
    items = [_item(one, calendar) for one in actions]
    number = f"{len(items)} thing{'' if len(items) == 1 else 's'}" if items else "Nothing"
    words = {"name": name, "day": f"{day:%A} {spelled(day)}", "items": items, "more": more}
    return Letter(f"{number} to do on {day:%A}", _render("digest.txt", words), _render("digest.html", words))


def _item(one: Candidate, calendar: Calendar) -> Item:
    action = one.action
    who = " · ".join(filter(None, (one.name, one.company, f"stage {Stage(one.stage).words}")))
    due = "" if action.due is None else f"due {_when(action.due, calendar)}"
    return Item(action.do, who, action.why, action.urgency.words, due, str(UUID(one.relationship_id))[:8])


def _when(at: datetime, calendar: Calendar) -> str:
    local = at.astimezone(calendar.zone)
    return f"{local:%A} {spelled(local.date())}, {local:%H:%M}"


def _render(template: str, words: dict[str, object]) -> str:
    return _templates().get_template(template).render(words)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: bool(name and name.endswith(".html")),  # what people are called is no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
