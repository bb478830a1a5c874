"""What an import would do, as text: people, facts, changes, what is left out, problems, and what waits for review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kith.workflows.cli import output

if TYPE_CHECKING:
    from kith.workflows.application.import_plan import ImportPlan, Review

TOTALS = {"connections", "messages", "invitations", "endorsements", "recommendations"}
"""What the importer counts that was not left out."""

SHOWN = 10
LEFT_OUT = {
    "hidden": "connections that share only their date",
    "rows_left_out": "rows that could not be read",
    "duplicate_rows": "rows that came twice",
    "messages_group": "messages in groups",
    "messages_not_yours": "messages that are not yours",
    "messages_unnamed": "messages without a name",
    "messages_sponsored": "sponsored messages",
    "messages_draft": "drafts",
    "messages_spam": "messages in the spam folder",
    "invitations_without_text": "invitations without a personal text",
    "endorsements_undone": "endorsements taken back",
    "recommendations_not_accepted": "recommendations not accepted",
}
"""The importer's reasons in words."""
_DIRECTIONS = {"inbound": "from them", "outbound": "from you"}


def preview(plan: ImportPlan) -> str:
    """What an import would do."""
    lines = [
        output.bold(output.wrap(", ".join(plan.network.files) or "The export")),
        f"  People  {plan.new_people:,} new, {plan.known_people:,} known",
        output.wrap(f"{plan.new_facts:,} new, {plan.known_facts:,} known{_by_kind(plan)}", 10, "  Facts   "),
        *_ties(plan),
        *_listed("Changes of people on record", _changes(plan)),
        *([f"  Your profile gets: {', '.join(sorted(plan.profile))}"] if plan.profile else []),
        *_listed("Left out", (f"{_reason(name)}: {number:,}" for name, number in left_out(plan).items())),
        *_listed("Problems", (f"{p.place}: {p.reason} ({p.level})" for p in plan.problems if p.level != "note")),
        *_listed("Notes", (f"{p.place}: {p.reason}" for p in plan.problems if p.level == "note")),
        *_under_review(plan.review),
    ]
    return "\n".join(lines)


def _ties(plan: ImportPlan) -> list[str]:
    """Who knows whom by it, if it tells of any group."""
    told = [f"{output.count(len(plan.groups), 'new group')} of people who know of each other"] if plan.groups else []
    told += [f"{plan.known_groups:,} known"] if plan.known_groups else []
    told += [f"{plan.large_groups:,} too large to tell who knows whom"] if plan.large_groups else []
    return [output.wrap(", ".join(told), 10, "  Ties    ")] if told else []


def _by_kind(plan: ImportPlan) -> str:
    told = []
    for kind, number in kinds(plan).items():
        channel, direction = kind.split()
        told.append(f"{output.count(number, channel)} {_DIRECTIONS[direction]}")
    return f" ({', '.join(told)})" if told else ""


def _changes(plan: ImportPlan) -> Iterable[str]:
    return (f"{c.name}: {c.field} {c.before or 'nothing'} → {c.after}" for c in plan.changes)


def _reason(name: str) -> str:
    return LEFT_OUT.get(name, name.replace("_", " "))


def _listed(title: str, texts: Iterable[str]) -> list[str]:
    told = list(texts)
    if not told:
        return []
    rest = [f"    +{len(told) - SHOWN:,} more (--json lists all)"] if len(told) > SHOWN else []
    return [f"  {title}:", *(output.wrap(text, 6, "    ") for text in told[:SHOWN]), *rest]


def _under_review(review: list[Review]) -> list[str]:
    sure = [r for r in review if len(r.candidates) == 1]
    how = [f"    If it is the same person, import again with: --same {sure[0].place}"] if sure else []
    return [*_listed("Under review, for the same name is not the same person", map(_row, review)), *how]


def _row(row: Review) -> str:
    candidates = " or ".join(row.candidates) or "nobody on record has that name"
    return f"{row.place}: {row.what} with {row.name}; {candidates}"


def kinds(plan: ImportPlan) -> dict[str, int]:
    """New facts by channel and direction, the most first."""
    return dict(Counter(f"{i.channel} {i.direction}" for item in plan.items for i in item.interactions).most_common())


def left_out(plan: ImportPlan) -> dict[str, int]:
    """What was read and left out, by the importer's reason."""
    return {name: number for name, number in plan.network.counts.items() if number and name not in TOTALS}
