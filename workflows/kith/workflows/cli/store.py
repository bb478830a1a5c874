"""``kith store``: the store itself, made and brought up to date."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.session import session

app = words()
store = words(help="The store itself: make its tables on PostgreSQL, or bring them up to date.", no_args_is_help=True)
app.add_typer(store, name="store")


@store.callback()
def _store() -> None:
    """The store itself: make its tables on PostgreSQL, or bring them up to date."""


@store.command("migrate", cls=Reading)
def migrate(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")] = False,
) -> None:
    """Make the store's tables, or bring them up to date. On PostgreSQL nothing else does; a file sees to it itself."""
    from kith.workflows.bootstrap import migrate as bring_up_to_date  # noqa: PLC0415 - the models take their time

    done = bring_up_to_date(session().where, dry_run=dry_run)
    told = list(done.steps) or [f"Nothing to do: the store has schema {done.schema}."]
    if dry_run and done.steps:
        told += ["A dry run: nothing was changed."]
    data = {"found": done.found, "schema": done.schema, "steps": list(done.steps), "dry_run": dry_run}
    output.say("\n".join(output.wrap(step) for step in told), data)
