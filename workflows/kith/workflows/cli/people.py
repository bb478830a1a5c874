"""``kith people``: everybody on record, read straight from the tables."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.domain.stages import Stage
from kith.workflows.cli import options, output, quick, shapes
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.quick import Look
from kith.workflows.readmodels.people import Listed
from kith.workflows.readmodels.people import people as everybody

app = words()
ROOMY = 72
STAGES = {stage.words: stage for stage in Stage}


@app.command("people", cls=Reading)
def people(
    search: Annotated[str, typer.Argument(metavar="[SEARCH]", help="Part of a name, a company or a position.")] = "",
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help="Only those at this stage or above.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 1_000_000,
    champions: Annotated[
        bool, typer.Option("--champions", help="Only those who referred you, and heard what came of it.")
    ] = False,
) -> None:
    """Everybody on record by name, or those in whose name, company or position SEARCH is found."""
    if champions:
        from kith.workflows.cli import champions as those  # noqa: PLC0415 - needs the models

        those.tell(search, stage, limit)
        return
    least = STAGES[options.one_of(stage, STAGES, "stage")] if stage else Stage.MET
    with quick.look() as look:
        found = everybody(look.query, look.seeker, look.now, search=search, least_stage=least, limit=limit)
        output.say(lambda: _text(found, look, search), lambda: {"people": [shapes.listed(one) for one in found]})


def _text(found: list[Listed], look: Look, search: str) -> str:
    if not found and search:
        return f"Nobody found for {search!r}. kith people lists everybody, kith meet NAME adds somebody."
    if not found:
        return (
            "Nobody is on record yet. Bring your network in with kith import FILE, or one person with kith meet NAME."
        )
    rows = [_row(one, look) for one in found]
    heads: tuple[str, ...] = ("Name", "Company", "Stage", "Status", "Last touch", "Waiting for", "Id")
    if output.full_width() < ROOMY:
        heads, rows = _spared(heads), [_spared(row) for row in rows]
    return f"{output.table(heads, rows, elastic=2)}\n{output.count(len(found), 'person', 'people')}."


def _spared(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row without what a narrow terminal has no room for: company and last touch."""
    return (row[0], *row[2:4], *row[5:])


def _row(one: Listed, look: Look) -> tuple[str, ...]:
    last = look.calendar.day(one.last_touch).isoformat() if one.last_touch else "never"
    waiting = f"{one.waiting} answer" if one.waiting else ""
    return (one.name, one.company or "", Stage(one.stage).words, one.status, last, waiting, one.id[:8])
