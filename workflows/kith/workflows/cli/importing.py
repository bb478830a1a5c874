"""``kith import``: a LinkedIn data export, looked at first and then brought in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.errors import NotFound
from kith.workflows.cli import guide, output
from kith.workflows.cli.session import NOT_BEGUN, Writing, engine, session, words

if TYPE_CHECKING:
    from kith.workflows.application.importing import ImportPlan, Review
    from kith.workflows.bootstrap import Kith

app = words()
SHOWN = 10
LEFT_OUT = {
    "hidden": "connections that share nothing but a date",
    "rows_left_out": "rows that could not be read",
    "duplicate_rows": "rows that came twice",
    "messages_group": "messages in groups",
    "messages_not_yours": "messages that are not yours",
    "messages_unnamed": "messages without a name",
    "messages_sponsored": "sponsored messages",
    "messages_draft": "drafts",
    "messages_spam": "messages in the spam folder",
    "invitations_without_text": "invitations without a personal text",
    "endorsements_undone": "endorsements that were taken back",
    "recommendations_not_accepted": "recommendations that were not accepted",
}
"""What was read and left out, by the importer's reason."""


@app.command("import", cls=Writing)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export: the zip, its folder, or one of its files.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")] = False,
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="FILE.csv:LINE", help="A row under review is that person; repeatable."),
    ] = None,
) -> None:
    """Bring in a LinkedIn data export. What is on record already is never doubled; a second time adds nothing."""
    from kith.workflows.importers.linkedin import read_linkedin  # noqa: PLC0415 - only here

    with output.progress("Reading") as reading:
        network = read_linkedin(file.expanduser(), progress=reading)
    with _begun(network.owner) as kith:
        plan = kith.plan_import(network, same=same or ())
        batch = None
        if not session().json:
            output.write(_preview(plan))
        if not dry_run:
            with output.progress("Writing") as writing:
                batch = kith.import_network(network, same=same or (), progress=writing).batch
    _done(plan, str(batch) if batch else None, dry_run)


def _begun(owner: Any) -> Any:
    """The engine; where nobody has begun, say how, with the name that the export tells."""
    from contextlib import contextmanager  # noqa: PLC0415 - only here

    @contextmanager
    def begun() -> Any:
        try:
            with engine() as kith:
                kith.seeker()
                yield kith
        except NotFound as error:
            if str(error) != NOT_BEGUN or owner is None:
                raise
            raise NotFound(
                f"Nobody has begun in this store yet. The export is {owner.name}'s: if that is you, begin with "
                f"kith init --name {guide.quoted(owner.name)}, then import again."
            ) from error

    return begun()


def _done(plan: ImportPlan, batch: str | None, dry_run: bool) -> None:
    if session().json:
        output.write_json({"ok": True, "dry_run": dry_run, "import": batch, **_shape(plan), "events": []})
    elif dry_run:
        output.write("\nA dry run: nothing was changed.")
    elif batch is None:
        output.write("\nNothing new: all of that is on record.")
    else:
        output.write(f'\nDone. This import is {batch[:8]}; kith undo {batch[:8]} --because "…" takes it back.')


# Shape


def _shape(plan: ImportPlan) -> dict[str, Any]:
    return {
        "people": {"new": plan.new_people, "known": plan.known_people},
        "facts": {"new": plan.new_facts, "known": plan.known_facts, "by_kind": _kinds(plan)},
        "changes": [{"name": c.name, "field": c.field, "before": c.before, "after": c.after, "place": str(c.place)} for c in plan.changes],
        "review": [{"place": str(r.place), "what": r.what, "name": r.name, "candidates": list(r.candidates)} for r in plan.review],
        "problems": [{"place": str(p.place), "level": p.level, "reason": p.reason} for p in plan.problems],
        "left_out": _left_out(plan), "profile": sorted(plan.profile), "files": list(plan.network.files),
    }  # fmt: skip


def _kinds(plan: ImportPlan) -> dict[str, int]:
    return dict(Counter(f"{i.channel} {i.direction}" for item in plan.items for i in item.interactions).most_common())


def _left_out(plan: ImportPlan) -> dict[str, int]:
    totals = {"connections", "messages", "invitations", "endorsements", "recommendations"}
    return {name: number for name, number in plan.network.counts.items() if number and name not in totals}


# Text


def _preview(plan: ImportPlan) -> str:
    lines = [
        output.bold(f"{', '.join(plan.network.files) or 'The export'}"),
        f"  People: {plan.new_people:,} new, {plan.known_people:,} known",
        f"  Facts:  {plan.new_facts:,} new, {plan.known_facts:,} known{_by_kind(plan)}",
        *_listed(
            "Changes of people on record",
            (f"{c.name}: {c.field} {c.before or 'nothing'} → {c.after}" for c in plan.changes),
        ),
        *([f"  Your profile gets: {', '.join(sorted(plan.profile))}"] if plan.profile else []),
        *_listed(
            "Left out",
            (f"{number:,} {LEFT_OUT.get(name, name.replace('_', ' '))}" for name, number in _left_out(plan).items()),
        ),
        *_listed("Problems", (f"{p.place}: {p.reason} ({p.level})" for p in plan.problems)),
        *_under_review(plan.review),
    ]
    return "\n".join([output.wrap(lines[0]), *lines[1:]])


def _by_kind(plan: ImportPlan) -> str:
    told = ", ".join(f"{number:,} {kind}" for kind, number in _kinds(plan).items())
    return f"\n          ({told})" if told else ""


def _listed(title: str, texts: Iterable[str]) -> list[str]:
    told = list(texts)
    if not told:
        return []
    rest = [f"    +{len(told) - SHOWN:,} more (--json lists all)"] if len(told) > SHOWN else []
    return [f"  {title}:", *(output.wrap(text, 6, "    ") for text in told[:SHOWN]), *rest]


def _under_review(review: list[Review]) -> list[str]:
    if not review:
        return []
    told = (
        f"{r.place}: {r.what} with {r.name}; {' or '.join(r.candidates) if r.candidates else 'nobody on record has that name'}"
        for r in review
    )
    sure = next((r for r in review if len(r.candidates) == 1), None)
    how = [output.wrap(f"If it is the same person, import again with --same {sure.place}", 4)] if sure else []
    return [*_listed("Under review, for the same name is not the same person", told), *how]
