"""``kith import``: a LinkedIn data export, looked at first and then brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.errors import InvalidInput
from kith.workflows.cli import guide, output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.preview import kinds, left_out, preview
from kith.workflows.cli.session import NOT_BEGUN, session

if TYPE_CHECKING:
    from kith.workflows.application.import_plan import ImportPlan

app = words()


@app.command("import", cls=Reading)  # by its content an import is carried out once anyhow: no --command-id
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The export: the zip, its folder, or one of its files.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")] = False,
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="FILE:LINE", help="That row under review is that person; repeatable."),
    ] = None,
) -> None:
    """Bring in a LinkedIn data export. What is on record already is never doubled; a second time adds nothing."""
    from kith.workflows.importers.linkedin import read_linkedin  # noqa: PLC0415 - only here

    if not file.strip():
        raise InvalidInput("Say which file to import: the zip that LinkedIn sent, its folder, or one of its files.")
    accepted = same or []
    with output.progress("Reading") as reading:
        network = read_linkedin(Path(file).expanduser(), progress=reading)
    with engine(not_begun=_how_to_begin(network.owner.name if network.owner else None)) as kith:
        plan = kith.plan_import(network, same=accepted)
        _check_accepted(plan, accepted)
        if not session().json:
            output.write(preview(plan))
        batch = None
        if not dry_run:
            with output.progress("Writing") as writing:
                batch = kith.import_network(network, same=accepted, progress=writing).batch
    _done(plan, str(batch) if batch else None, dry_run)


def _how_to_begin(owner: str | None) -> str:
    if owner is None:
        return NOT_BEGUN
    return (
        f"Nobody has begun in this store yet. The export is that of {owner}: if that is you, begin with "
        f"kith init --name {guide.quoted(owner)}, then import again."
    )


def _check_accepted(plan: ImportPlan, accepted: list[str]) -> None:
    """Refuse to accept a row that is not in the export, or that several people or none may be."""
    places = {str(interaction.place) for interaction in plan.network.interactions if not interaction.keys}
    unclear = {str(review.place) for review in plan.review}
    for place in accepted:
        if place not in places:
            raise InvalidInput(f"--same {place} names no row under review; kith import FILE --dry-run lists them.")
        if place in unclear:
            raise InvalidInput(f"--same {place} can't be told: not exactly one person on record has that name.")


def _done(plan: ImportPlan, batch: str | None, dry_run: bool) -> None:
    if session().json:
        output.write_json({"ok": True, "dry_run": dry_run, "import": batch, **_shape(plan), "events": []})
    elif dry_run:
        output.write("\nA dry run: nothing was changed.")
    elif batch is None:
        output.write(f"\n{_nothing_new(plan)}")
    else:
        output.write(f'\nDone. This import is {batch[:8]}; kith undo {batch[:8]} --because "…" takes it back.')


def _nothing_new(plan: ImportPlan) -> str:
    if all(problem.level != "error" for problem in plan.problems):
        return "Nothing new: all of that is on record."
    if plan.known_people or plan.known_facts:
        return "Nothing new: what could be read is on record; the rest was left out, for the reasons above."
    return "Nothing was brought in: what the file holds was left out, for the reasons above."


def _shape(plan: ImportPlan) -> dict[str, Any]:
    return {
        "people": {"new": plan.new_people, "known": plan.known_people},
        "facts": {"new": plan.new_facts, "known": plan.known_facts, "by_kind": kinds(plan)},
        "groups": {"new": len(plan.groups), "known": plan.known_groups, "too_large": plan.large_groups},
        "changes": [
            {"name": c.name, "field": c.field, "before": c.before, "after": c.after, "place": str(c.place)}
            for c in plan.changes
        ],
        "review": [
            {"place": str(r.place), "what": r.what, "name": r.name, "candidates": list(r.candidates)}
            for r in plan.review
        ],
        "problems": [{"place": str(p.place), "level": p.level, "reason": p.reason} for p in plan.problems],
        "left_out": left_out(plan), "profile": sorted(plan.profile), "files": list(plan.network.files),
    }  # fmt: skip
