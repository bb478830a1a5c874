"""Artifacts: the report of a run as people read it in Prefect's own pages, with ids and numbers in it and no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_table_artifact

Report = dict[str, Any]
"""What a run returns: JSON values, ids and numbers only."""

MOST_ROWS = 500
"""Rows of a table that a person still looks at; the whole is in the store."""


def key(*parts: str | int | UUID) -> str:
    """The key of an artifact: lower case with hyphens, the same for every run, which makes versions of it."""
    return "-".join(str(part) for part in parts).lower()


def tell(name: str, title: str, lines: Iterable[str], rows: Sequence[Mapping[str, Any]] = ()) -> None:
    """Publish a report: its text under ``name``, and its rows, if any, as a table under ``name-table``."""
    text = "\n".join([f"# {title}", "", *lines, *_cut(rows)])
    create_markdown_artifact(markdown=text, key=name, description=title)
    if rows:
        create_table_artifact(table=[dict(row) for row in rows[:MOST_ROWS]], key=f"{name}-table", description=title)


def _cut(rows: Sequence[object]) -> list[str]:
    return ["", f"The table shows the first {MOST_ROWS:,} of {len(rows):,}."] if len(rows) > MOST_ROWS else []


def short(id_: object) -> str:
    """The start of an id, as people type it."""
    return str(id_)[:8]


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """``1 ask``, ``2,000 asks``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
