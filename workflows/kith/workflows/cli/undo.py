"""``kith undo``: takes back or corrects one fact, or takes back a whole import."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kith.domain.errors import Ambiguous, InvalidInput, NotFound
from kith.workflows.cli import output, session, times
from kith.workflows.cli.commands import Writing, words
from kith.workflows.cli.engine import engine, named

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.workflows.bootstrap import Kith

app = words()


@app.command("undo", cls=Writing)
def undo(
    what: Annotated[
        str,
        typer.Argument(
            metavar="EVENT|IMPORT", help="An event's id (kith show WHO) or an import's (kith show --imports)."
        ),
    ],
    because: Annotated[
        str, typer.Option("--because", metavar="WHY", help="Why; what is taken back stays in the log, with the reason.")
    ] = "",
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="Correct this field instead of taking the fact back; repeatable."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Of an import: say what would go, and change nothing.")
    ] = False,
) -> None:
    """Take a fact back or correct it, or take a whole import back; always with a reason."""
    if not because.strip() and not dry_run:
        raise InvalidInput("Say why: --because “…”; what is taken back stays in the log, with the reason.")
    with engine() as kith:
        if "." in what:
            _event(kith, what, because, changes or [], dry_run)
        else:
            _import(kith, _batch(kith, what), because, dry_run)


def _event(kith: Kith, event: str, because: str, changes: list[str], dry_run: bool) -> None:
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    who, version = kith.event(event)
    state = kith.relationship(who)
    if dry_run:
        raise InvalidInput("A dry run is for imports; one fact is taken back at once, and that can be undone too.")
    by = named()
    if changes:
        told = dict(_change(one, kith.seeker().calendar) for one in changes)
        kith.correct(f"{who}.{version}", because, changes=told, **by)
    else:
        kith.undo(f"{who}.{version}", because, **by)
    tell_written(kith, by, (who, state.person.name))


def _change(told: str, calendar: Calendar) -> tuple[str, Any]:
    name, sign, value = told.partition("=")
    if not sign:
        raise InvalidInput(f"Write --set as FIELD=VALUE; {told!r} has no =.")
    name = name.strip()
    if name == "at":
        return name, times.past(value, calendar, session.now()).isoformat()
    if value[:1] in ("[", "{") or value in ("true", "false", "null"):
        try:
            return name, json.loads(value)
        except ValueError:
            return name, value
    return name, value


def _batch(kith: Kith, start: str) -> UUID:
    digits = start.strip().replace("-", "").lower()
    found = [batch for batch in kith.seeker().batches if digits and batch.id.hex.startswith(digits)]
    if not found:
        raise NotFound(f"No event and no import has the id {start!r}; kith show WHO and kith show --imports list them.")
    if len(found) > 1:
        raise Ambiguous(f"{start!r} could be any of {len(found)} imports.", [str(batch.id) for batch in found])
    return found[0].id


def _import(kith: Kith, batch: UUID, because: str, dry_run: bool) -> None:
    if dry_run:
        people, facts = _reach(kith, batch)
        told = f"Would take back {output.count(facts, 'fact')} about {output.count(people, 'person', 'people')}."
        output.say(
            f"{told} Nothing was changed.",
            {"import": str(batch), "dry_run": True, "people": people, "facts": facts, "events": []},
        )
        return
    counts = kith.undo_import(batch, because)
    if not any(counts.values()):
        told = "Nothing to take back: that import was undone already."
    else:
        gone = output.count(counts["removed"], "person", "people")
        told = f"Took back {output.count(counts['facts'], 'fact')}: {gone} gone, {counts['stay']:,} still on record."
    output.say(told, {"import": str(batch), "dry_run": False, **counts, "events": []})


def _reach(kith: Kith, batch: UUID) -> tuple[int, int]:
    """How many people and facts an import brought."""
    from kith.domain.relationship.events import RETRACTABLE  # noqa: PLC0415 - needs the models

    source, people, facts = f"import:{batch}", set[UUID](), 0
    with kith.store.reading() as reading:
        for recorded in reading.scan(lambda _: None, source):
            if recorded.source == source and isinstance(recorded.event, RETRACTABLE):
                people.add(recorded.originator_id)
                facts += 1
    return len(people), facts
