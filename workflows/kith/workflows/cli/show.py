"""``kith show``: one person with the whole story, or the imports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kith.domain.errors import InvalidInput
from kith.workflows.cli import output, session, shapes, times
from kith.workflows.cli.board import AsOf, By, axis
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine, typed
from kith.workflows.cli.options import names

if TYPE_CHECKING:
    from kith.domain.agenda import Action
    from kith.domain.relationship.state import Relationship
    from kith.domain.seeker import Seeker
    from kith.workflows.bootstrap import Kith
    from kith.workflows.cli.story import Story

app = words()


@app.command("show", cls=Reading)
def show(
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHO]", help="A name, an e-mail, a LinkedIn address or the start of an id.", autocompletion=names
        ),
    ] = None,
    as_of: AsOf = None,
    by: By = "happened",
    imports: Annotated[
        bool, typer.Option("--imports", help="List the imports instead, each with the id that undoes it.")
    ] = False,
) -> None:
    """One person: where you stand, what comes next, and the whole story with the id of each event."""
    if imports:
        _imports()
        return
    if who is None:
        raise InvalidInput("Say whom to show: kith show WHO; or kith show --imports.")
    with engine() as kith:
        story = _story(kith, who, as_of, by)
    output.say(story.text(), story.shape())


def _story(kith: Kith, who: str, as_of: str | None, by: str) -> Story:
    from kith.workflows.cli.story import Story  # noqa: PLC0415 - needs the models

    seeker, id_, now, which = kith.seeker(), kith.find(who), session.now(), axis(by)
    at = times.as_of(as_of, seeker.calendar, now) if as_of else None
    state = kith.relationship(id_, as_of=at, by=which)
    entries = kith.timeline(id_, as_of=at, by=which)
    action = None if at else _action(state, seeker, now)
    return Story(state, seeker, entries, action, typed(kith, id_, state.person.name), now, at, by)


def _action(state: Relationship, seeker: Seeker, now: datetime) -> Action | None:
    """The most urgent thing to do about this person now."""
    from kith.domain.actions import actions  # noqa: PLC0415 - needs the models

    found = (a for a in actions(state, seeker) if a.start <= now and (a.until is None or now < a.until))
    return min(found, key=lambda action: (action.urgency, action.due or action.start), default=None)


def _imports() -> None:
    with engine() as kith:
        seeker = kith.seeker()
    rows = [
        (str(batch.id), times.moment(batch.at, seeker.calendar), batch.format, _state(batch.finished, batch.undone))
        for batch in seeker.batches
    ]
    shape = [
        {"id": id_, "at": shapes.iso(b.at), "format": b.format, "state": state}
        for b, (id_, _, _, state) in zip(seeker.batches, rows, strict=True)
    ]
    text = (
        output.table(("Id", "When", "Format", "State"), rows)
        if rows
        else "Nothing was imported yet; kith import FILE does."
    )
    output.say(text, {"imports": shape})


def _state(finished: bool, undone: bool) -> str:
    return "undone" if undone else "complete" if finished else "interrupted: import the same file again to finish it"
