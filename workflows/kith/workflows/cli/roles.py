"""Introductions as each role may see them, and the words by which roles, sides and introductions are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast
from uuid import UUID

from kith.domain.errors import Ambiguous, NotFound
from kith.workflows.cli import output
from kith.workflows.cli.options import one_of
from kith.workflows.cli.shapes import iso

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.workflows.application.introductions import IntroductionStatus, Viewer
    from kith.workflows.bootstrap import Kith


def viewer(role: str) -> Viewer:
    """The role in which somebody looks at introductions."""
    return cast("Viewer", one_of(role, ("asker", "connector", "coach"), "role"))


def recorder(role: str) -> str:
    """The role in which somebody records an answer; the engine refuses the asker."""
    return one_of(role, ("connector", "coach", "asker"), "role")


def side(word: str) -> Literal["connector", "target"]:
    """Whose answer it is."""
    return cast("Literal['connector', 'target']", one_of(word, ("connector", "target"), "side of an introduction"))


def under_way(kith: Kith, start: str) -> UUID:
    """The introduction under way whose id begins so; raises NotFound, or Ambiguous with those that do."""
    found = kith.introductions()
    folded = start.strip().replace("-", "").lower()
    meant = [one for one in found if folded and one.id.hex.startswith(folded)]
    if not meant:
        raise NotFound(f"No introduction under way begins with {start!r}; kith intro list tells them.")
    if len(meant) > 1:
        raise Ambiguous(f"{start!r} could be any of {len(meant)} introductions.", [str(one.id) for one in meant])
    return meant[0].id


def told(one: IntroductionStatus, calendar: Calendar) -> str:
    """How an introduction stands, in a few lines."""
    lapses = f"; lapses on {calendar.spelled(one.due)}" if one.due else ""
    head = f"{one.connector} to {one.target}: {one.status}, since {calendar.spelled(one.since)}{lapses}"
    return f"{output.bold(output.wrap(head, 10, f'{one.id.hex[:8]}  '))}\n{output.wrap(one.next, indent=10)}"


def shape(one: IntroductionStatus) -> dict[str, Any]:
    """An introduction as JSON."""
    return {
        "id": str(one.id), "status": one.status, "awaited": one.awaited, "since": iso(one.since),
        "due": iso(one.due), "next": one.next, "connector": one.connector, "target": one.target,
    }  # fmt: skip
