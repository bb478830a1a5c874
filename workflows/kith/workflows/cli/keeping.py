"""``kith export``, ``kith doctor`` and ``kith rebuild``: getting everything out, and keeping the store sound."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from kith.domain.errors import InvalidInput
from kith.domain.stages import Stage
from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

if TYPE_CHECKING:
    from kith.workflows.bootstrap import Kith

app = words()
COLUMNS = (
    "name",
    "company",
    "position",
    "origin",
    "stage",
    "status",
    "tier",
    "last_touch",
    "last_inbound",
    "gifts",
    "waiting",
    "id",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would carry out as a formula."""


@app.command("export", cls=Reading)
def export(
    file: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write to this file; it must not exist yet.")
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help="The people as CSV for a spreadsheet, instead of every event.")
    ] = False,
) -> None:
    """Every event of your log as JSON lines, oldest first; or the people on record as CSV."""
    if session().json and file is None:
        raise InvalidInput("The export on standard output is its own format; --json goes with --output FILE.")
    with engine() as kith:
        kith.seeker()
        with _opened(file) as out:
            count = _people(kith, out) if people else _events(kith, out)
    what = output.count(count, "person", "people") if people else output.count(count, "event")
    if file is not None:
        output.say(
            f"{what} written to {file}.", {"file": str(file), "format": "csv" if people else "jsonl", "count": count}
        )


@contextmanager
def _opened(file: Path | None) -> Generator[IO[str]]:
    if file is None:
        yield sys.stdout
        return
    with file.expanduser().open("x", encoding="utf-8", newline="") as out:
        yield out


def _events(kith: Kith, out: IO[str]) -> int:
    count = 0
    only = kith.seeker().id if len(kith.seekers()) > 1 else None  # the log of one holds what is nobody's, too
    for event in kith.export(seeker=only):
        out.write(json.dumps(event, ensure_ascii=False) + "\n")
        count += 1
    return count


def _people(kith: Kith, out: IO[str]) -> int:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    found = kith.people()
    for one in found:
        touch, inbound = (at.isoformat() if at else "" for at in (one.last_touch, one.last_inbound))
        row = (
            one.name, one.company, one.position, one.origin, Stage(one.stage).words, one.status, one.tier, touch,
            inbound, one.gifts, one.waiting, UUID(one.id),
        )  # fmt: skip
        table.writerow([_cell(value) for value in row])
    return len(found)


def _cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@app.command("doctor", cls=Reading)
def doctor() -> None:
    """Look for damage: rows that can't be read, tables that differ from the log, digests perhaps not sent."""
    with engine() as kith:
        problems = kith.doctor()
    if session().json:
        output.write_json({"ok": not problems, "problems": problems})
    else:
        told = io.StringIO()
        told.writelines(f"{output.wrap(problem, 2, '- ')}\n" for problem in problems)
        output.write(
            told.getvalue().rstrip() or "The store is sound: every row can be read, and the tables agree with the log."
        )
    if problems:
        raise typer.Exit(1)


@app.command("rebuild", cls=Reading)
def rebuild() -> None:
    """Recreate the tables that the quick reads use, from the log."""
    with engine() as kith, output.progress("Rebuilding") as progress:
        done = kith.rebuild(progress)
    unread = [str(problem) for problem in done.corrupt]
    told = f"Rebuilt the tables of {output.count(done.relationships, 'person', 'people')}."
    output.say(
        "\n".join([told, *unread]), {"seekers": done.seekers, "people": done.relationships, "unreadable": unread}
    )
