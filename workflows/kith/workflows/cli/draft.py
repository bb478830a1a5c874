"""``kith draft``: an outline to write from, as Markdown. Nothing is ever sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.calendar import Calendar
from kith.workflows.cli import guide, output, shapes, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine, typed
from kith.workflows.cli.lint import KIND_HELP, kind_of
from kith.workflows.cli.options import OUTLINE, Who
from kith.workflows.cli.session import now

if TYPE_CHECKING:
    from kith.domain.outlines import Outline, Part
    from kith.domain.outlines.facts import Fact

app = words()

OPTIONS = {"help": "--how", "comfort_question": "--comfort", "target": "--to", "questions": "--question"}
"""The option for a field of an ask, where it is not called like the field."""
WRITE = "Write below the headings. Headings, and lines that begin with >, are for you alone: kith lint leaves them out."


@app.command("draft", cls=Reading)
def draft(kind: Annotated[str, typer.Argument(metavar="KIND", help=KIND_HELP)], who: Who) -> None:
    """What is worth saying in a message, from the record, as an outline in Markdown to write from.

    It invents nothing: where nothing is on record it says what to find out. Save it, write, and let kith lint judge it.
    """
    chosen = kind_of(kind, but="nudge")
    with engine() as kith:
        id_ = kith.find(who)
        found, calendar = kith.draft(chosen, id_), kith.seeker().calendar
        called = typed(kith, id_, found.name)
    output.say(lambda: "\n".join(_markdown(found, called, calendar)), lambda: _shape(found))


def _markdown(found: Outline, who: str, calendar: Calendar) -> list[str]:
    kind = found.kind.value.replace(" ", "-")
    mark = f"{OUTLINE}{kind} {found.person.hex[:8]} -->"
    lines = [mark, f"# {_TITLES[kind].format(name=_plain(found.name))}", ""]
    lines += [f"> {WRITE}", *_guards(found, kind, who, calendar), ">", "> Between you, to know and not to write:"]
    lines += [f"> - {_plain(fact.text)}" for fact in found.between]
    for part in found.parts:
        lines += _part(part)
    return lines


_TITLES = {
    "first-message": "First message to {name}",
    "chat": "Asking {name} for a coffee chat",
    "introduction": "Asking {name} for an introduction",
    "referral": "Asking {name} for a referral",
    "thanks": "Thanks to {name}",
    "outcome": "Telling {name} how it went",
}
_CHECKED = {"introduction": "--text @FILE --note @FILE"}
"""What to check with the file, where it is not only the text."""


def _guards(found: Outline, kind: str, who: str, calendar: Calendar) -> list[str]:
    if kind in ("thanks", "outcome"):
        return []
    check = f"Then: kith check {guide.quoted(who)} {kind} {_CHECKED.get(kind, '--text @FILE')}"
    if not found.open_guards:
        return [f"> Every guard that looks beyond the words holds. {check}"]
    return [
        f"> Guards that do not hold yet, whatever the words: {', '.join(found.open_guards)}"
        f"{_earliest(found, calendar)}. {check}"
    ]


def _earliest(found: Outline, calendar: Calendar) -> str:
    if found.earliest is None:
        return ""
    today = calendar.day(found.earliest) == calendar.day(now())
    return f"; they can as early as {'today' if today else times.day(found.earliest, calendar)}"


def _part(part: Part) -> list[str]:
    options = ", ".join(OPTIONS.get(field, f"--{field.replace('_', '-')}") for field in part.fields)
    heading = f"## {_plain(part.heading)}{f' ({options})' if options else ''}"
    facts = [f"> - {_plain(fact.text)}" for fact in part.facts]
    missing = [f"> - Find out: {_plain(part.find_out)}"] if part.find_out else []
    return ["", heading, "", f"> {part.prompt}", *facts, *missing, "", ""]


def _plain(text: str) -> str:
    """In one line, so that it stays behind its sign."""
    return " ".join(text.split())


def _shape(found: Outline) -> dict[str, Any]:
    parts = [
        {"heading": part.heading, "prompt": part.prompt, "fields": list(part.fields),
         "facts": [_fact(fact, found) for fact in part.facts], "find_out": part.find_out or None}
        for part in found.parts
    ]  # fmt: skip
    return {
        "kind": found.kind.value, "person": shapes.person((found.person, found.name)),
        "between": [_fact(fact, found) for fact in found.between], "parts": parts,
        "open_guards": list(found.open_guards), "earliest": shapes.iso(found.earliest),
    }  # fmt: skip


def _fact(fact: Fact, found: Outline) -> dict[str, str | None]:
    return {"text": fact.text, "evidence": f"{found.person}.{fact.version}" if fact.version else None}
