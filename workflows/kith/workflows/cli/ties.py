"""``kith tie`` and ``kith ties``: who knows whom."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kith.workflows.cli import guide, options, output, session, shapes, times
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import engine, named, typed
from kith.workflows.cli.options import Who

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.workflows.readmodels.ties import Tie

app = words()
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


@app.command("tie", cls=Writing)
def tie(
    who: Who,
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="Whom they know, likewise.", autocompletion=options.names)
    ],
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help="How they know each other.")] = "",
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Since when: a year, a month or a day.")
    ] = None,
) -> None:
    """Note that two of your people know each other. To take it back: kith undo, with the id that kith ties shows."""
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    with engine() as kith:
        one, another = kith.find(who), kith.find(other)
        name, whom = (kith.relationship(id_).person.name for id_ in (one, another))
        by, begun = named(), _since(since, kith.seeker().calendar) if since else None
        written = kith.tie(one, another, how, since=begun, **by)
        id_ = f" [{shapes.short(written[0].id)}]" if written else ""
        parts = (name, f"knows {whom}", how, f"since {since}" if since else "")
        told = output.wrap(" · ".join(filter(None, parts)) + id_, 4, "")
        tell_written(kith, by, (one, name), told, other=shapes.person((another, whom)))


def _since(text: str, calendar: Calendar) -> date:
    if whole := _YEAR.fullmatch(text.strip()):
        text = f"{whole[1]}-{whole[2] or '01'}-01"
    return times.a_date(text, calendar, session.now())


@app.command("ties", cls=Reading)
def ties(who: Who) -> None:
    """Whom a person knows among your people, how that is known, and the id that takes it back."""
    with engine() as kith:
        id_ = kith.find(who)
        name = kith.relationship(id_).person.name
        found, called = kith.ties(id_), typed(kith, id_, name)
    output.say(lambda: _text(name, called, found), lambda: _shape((id_, name), found))


def _text(name: str, called: str, found: list[Tie]) -> str:
    from kith.domain.ties import noted  # noqa: PLC0415 - needs the models

    note = f'kith tie {guide.quoted(called)} OTHER --how "…"'
    if not found:
        return f"It is not on record whom {name} knows. If you know of somebody: {note}"
    people = output.count(len({tie.id for tie in found}), "of your people", "of your people")
    lines = [output.bold(f"{name} knows {people}.")]
    for one in found:
        told = ", ".join(filter(None, (one.name, one.company)))
        lines.append(output.wrap(f"{told}: {noted([one.source])[0].why} [{one.noted_by[:8]}.{one.version}]", 4, "  "))
    return "\n".join(
        [*lines, "", output.wrap(f'To note another: {note}. To take one back: kith undo ID --because "…"')]
    )


def _shape(who: tuple[UUID, str], found: list[Tie]) -> dict[str, Any]:
    return {"person": shapes.person(who), "ties": [_tie(one) for one in found]}


def _tie(one: Tie) -> dict[str, Any]:
    source = one.source
    return {
        "person": shapes.person((UUID(one.id), one.name)), "company": one.company, "kind": source.kind.value,
        "people": source.people, "note": source.note, "since": source.since.isoformat() if source.since else None,
        "at": shapes.iso(source.at), "event": f"{UUID(one.noted_by)}.{one.version}",
    }  # fmt: skip
