"""``kith today``: what to do now, read straight from the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import typer

from kith.domain.agenda import ORDER, Candidate
from kith.domain.stages import Stage
from kith.workflows.cli import guide, output, quick, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.quick import Look
from kith.workflows.readmodels.agenda import Agenda, agenda

app = words()

NOBODY = "Nobody is on record yet. Bring your network in with kith import FILE, or one person with kith meet NAME."
NOTHING = (
    "Nothing to do today. Give something of use to somebody (kith people lists everybody), "
    "choose whom to stay close to (kith tier WHO 2), or meet somebody new (kith meet NAME)."
)
IN_SHORT = (
    "Order: what you owe, what is promised, asks you earned, ties about to ripen, keeping in touch, reviving old ties."
)
"""The order in one line; the whole of it comes with ``--json``."""


@app.command("today", cls=Reading)
def today(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Another day: 2026-12-01, tomorrow, “in 3 days”.")
    ] = None,
) -> None:
    """At most 5 things to do today, most urgent first, each with why and the command to type next."""
    with quick.look() as look:
        at = look.now if on is None else times.ahead(on, look.calendar, look.now)
        found = agenda(look.query, look.seeker, at)
        then = replace(look, now=at)
        commands = [_command(then, one) for one in found.actions]
        actions = [
            _shape(number, one, command)
            for number, (one, command) in enumerate(zip(found.actions, commands, strict=True), 1)
        ]
        data = {"on": at.isoformat(), "actions": actions, "more": found.more, "people": found.people, "order": ORDER}
        output.say(_text(found, then, commands), data)


def _command(look: Look, one: Candidate) -> str:
    who = guide.called(look.query, look.seeker, one.name, one.relationship_id)
    return guide.after_action(one.action.kind, who, one.action.key, one.action.do)


def _shape(number: int, one: Candidate, command: str) -> dict[str, object]:
    action = one.action
    who = {
        "id": str(UUID(one.relationship_id)),
        "name": one.name,
        "company": one.company,
        "stage": Stage(one.stage).words,
    }
    return {
        "number": number, "key": action.key, "kind": action.kind, "urgency": action.urgency.words, "do": action.do,
        "why": action.why, "who": who, "due": action.due.isoformat() if action.due else None, "command": command,
    }  # fmt: skip


def _text(found: Agenda, look: Look, commands: list[str]) -> str:
    heading = output.bold(times.weekday(look.now, look.calendar))
    if not found.actions:
        return f"{heading}\n\n{output.wrap(NOTHING if found.people else NOBODY)}"
    blocks = [_block(number, one, look, commands[number - 1]) for number, one in enumerate(found.actions, 1)]
    more = f"+{output.count(found.more, 'more person', 'more people')} with something to do.\n" if found.more else ""
    return "\n\n".join([heading, *blocks, more + output.wrap(IN_SHORT)])


def _block(number: int, one: Candidate, look: Look, command: str) -> str:
    action = one.action
    due = f", {times.due(action.due, look.now, look.calendar)}" if action.due else ""
    who = " · ".join(filter(None, (one.name, one.company, f"stage {Stage(one.stage).words}")))
    lines = [
        output.bold(output.wrap(f"{action.do} ({action.urgency.words}{due})", 4, f"{number:>2}. ")),
        output.wrap(who, 4),
        output.wrap(f"Why: {action.why}", 4),
        f"    $ {command}",
    ]
    return "\n".join(lines)
