"""What bringing a store up to date found and did."""

from __future__ import annotations

from typing import NamedTuple


class Migration(NamedTuple):
    """What a migration found and did, or would do."""

    found: int | None
    """The schema as it was; None where there were no tables."""
    schema: int
    steps: tuple[str, ...]
    """One sentence for each; none where nothing is to be done."""


def made(schema: int) -> str:
    """The step that makes the tables."""
    return f"The tables are made, with schema {schema}."


def renewed(found: int, schema: int) -> str:
    """The step from an earlier schema to this one."""
    return f"Schema {found} becomes {schema}: the tables for quick reading are made anew from the log."
