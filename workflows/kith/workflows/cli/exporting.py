"""``kith export``: getting everything out, the people alone, or the log for process mining."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NamedTuple
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
EVENT_LOGS = ("xes", "ocel2")
FORMATS = ("jsonl", "csv", *EVENT_LOGS)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would carry out as a formula."""


class _Written(NamedTuple):
    """What was written, and whose record could not be."""

    number: int
    unreadable: tuple[UUID, ...] = ()


@app.command("export", cls=Reading)
def export(
    file: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write to this file; it must not exist yet.")
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help="The people as CSV for a spreadsheet, instead of every event.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--format",
            metavar="jsonl|csv|xes|ocel2",
            help="jsonl: every event, the usual one; csv: as --people; xes, ocel2: the log for process mining.",
        ),
    ] = None,
    pseudonymous: Annotated[
        bool, typer.Option("--pseudonymous", help="With xes and ocel2: ids without any names.")
    ] = False,
) -> None:
    """Every event of your log as JSON lines, oldest first; the people as CSV; or the log for process mining."""
    chosen = _format(format, people=people)
    if pseudonymous and chosen not in EVENT_LOGS:
        raise InvalidInput(f"{chosen} is full of names; --pseudonymous goes with --format {' or '.join(EVENT_LOGS)}.")
    if session().json and file is None:
        raise InvalidInput("The export on standard output is its own format; --json goes with --output FILE.")
    with engine() as kith:
        kith.seeker()
        with _opened(file) as out:
            written = _write(kith, out, chosen, pseudonymous)
    _tell(file, chosen, written)


def _format(told: str | None, *, people: bool) -> str:
    if told is not None and told not in FORMATS:
        raise InvalidInput(f"{told!r} is no format; there are {', '.join(FORMATS)}.")
    if people and told not in (None, "csv"):
        raise InvalidInput(f"--people writes CSV; leave it out, or leave out --format {told}.")
    return "csv" if people else told or "jsonl"


def _write(kith: Kith, out: IO[str], chosen: str, pseudonymous: bool) -> _Written:
    if chosen == "csv":
        return _Written(_people(kith, out))
    if chosen == "jsonl":
        return _Written(_events(kith, out))
    done = kith.export_event_log(out, "xes" if chosen == "xes" else "ocel2", pseudonymous=pseudonymous)
    return _Written(done.events, done.unreadable)


def _tell(file: Path | None, chosen: str, written: _Written) -> None:
    unread = [f"What is on record of relationship {id_} can't be read, and was left out; kith doctor says more."
              for id_ in written.unreadable]  # fmt: skip
    for sentence in unread:
        output.message(sentence)
    if file is not None:
        number = written.number
        what = output.count(number, "person", "people") if chosen == "csv" else output.count(number, "event")
        shape = {"file": str(file), "format": chosen, "count": number, "unreadable": unread}
        output.say(f"{what} written to {file}.", shape)


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
