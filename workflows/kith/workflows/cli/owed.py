"""What is owed to somebody, told right after it came to be: each with its day and the command that settles it."""

from __future__ import annotations

from kith.workflows.cli import guide, output, times
from kith.workflows.cli.engine import engine, typed
from kith.workflows.cli.session import now, session


def tell(who: str) -> None:
    """Say what is owed to that person from here on; programs ask kith today."""
    if session().json:
        return
    with engine() as kith:
        id_ = kith.find(who)
        actions, calendar = kith.owed(id_), kith.seeker().calendar
        called = typed(kith, id_, kith.relationship(id_).person.name)
    for action in actions:
        due = f" ({times.due(action.due, now(), calendar)})" if action.due else ""
        output.write(output.wrap(f"{action.do}{due}", 2, ""))
        output.write(f"  $ {guide.after_action(action.kind, called, action.key, action.do)}")
