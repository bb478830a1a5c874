"""``kith doctor`` and ``kith rebuild``: keeping the store sound."""

from __future__ import annotations

import io

import typer

from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

app = words()


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
