"""``kith board``: who stands where; today's straight from the tables, an earlier one from the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from kith.domain.calendar import Calendar
from kith.domain.errors import InvalidInput
from kith.domain.stages import Stage
from kith.workflows.cli import output, quick, session, shapes, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.readmodels.people import Listed
from kith.workflows.readmodels.people import people as everybody

app = words()
Stages = Mapping[Stage, list[Listed]]
SHOWN = 10
SIDE_BY_SIDE = 112
AXES = ("happened", "recorded")

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As of an earlier instant; a date alone is the end of that day."),
]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="happened|recorded", help="Count what had happened by then, or what was on record by then."
    ),
]


@app.command("board", cls=Reading)
def board(
    as_of: AsOf = None,
    by: By = "happened",
    everyone: Annotated[bool, typer.Option("--all", help="Every name, however many.")] = False,
) -> None:
    """Who stands where, stage by stage; now, or as of any instant."""
    which = axis(by)
    if as_of is not None:
        _earlier(as_of, which, everyone)
        return
    with quick.look() as look:
        found = everybody(look.query, look.seeker, look.now)
        stages = {stage: [one for one in found if one.stage == stage] for stage in Stage}
        heading = f"The board on {times.weekday(look.now, look.calendar)}"
        output.say(lambda: _text(heading, stages, everyone), lambda: _shape(stages, look.now.isoformat(), which, []))


def axis(by: str) -> Any:
    """``happened`` or ``recorded``; raises InvalidInput."""
    if by not in AXES:
        raise InvalidInput(
            f"--by is happened (what had happened by then) or recorded (what was on record); not {by!r}."
        )
    return by


def _earlier(as_of: str, by: Any, everyone: bool) -> None:
    with engine() as kith:
        calendar = kith.seeker().calendar
        at = times.as_of(as_of, calendar, session.now())
        found = kith.board(as_of=at, by=by)
    heading = f"The board as of {told_as_of(at, by, calendar)}"
    unread = [str(problem) for problem in found.corrupt]
    text = "\n".join([_text(heading, found.stages, everyone), *unread])
    output.say(text, _shape(found.stages, at.isoformat(), by, unread))


def told_as_of(at: Any, by: str, calendar: Calendar) -> str:
    """An instant with what it is held against."""
    what = "by when things happened" if by == "happened" else "by when things were recorded"
    return f"{times.moment(at, calendar)} {calendar.zone_name}, {what}"


def _shape(stages: Stages, at: str, by: str, unread: list[str]) -> dict[str, Any]:
    columns = [{"stage": stage.words, "people": [shapes.listed(one) for one in stages[stage]]} for stage in Stage]
    return {"as_of": at, "by": by, "stages": columns, "unreadable": unread}


def _text(heading: str, stages: Stages, everyone: bool) -> str:
    body = _columns(stages, everyone) if output.full_width() >= SIDE_BY_SIDE else _sections(stages, everyone)
    total = sum(map(len, stages.values()))
    return "\n".join([output.bold(output.wrap(heading)), "", body, "", f"{output.count(total, 'person', 'people')}."])


def _sections(stages: Stages, everyone: bool) -> str:
    blocks = []
    for stage in Stage:
        names = [_marked(one) for one in _shown(stages[stage], everyone)]
        if not names:
            blocks.append(f"{output.bold(stage.words)}: nobody")
            continue
        told = "; ".join([*names, *_rest(stages[stage], names)])
        blocks.append(f"{output.bold(f'{stage.words} ({len(stages[stage]):,})')}\n{output.wrap(told, 2)}")
    return "\n".join(blocks)


def _columns(stages: Stages, everyone: bool) -> str:
    columns = {stage: [_marked(one) for one in _shown(stages[stage], everyone)] for stage in Stage}
    for stage, names in columns.items():
        names.extend(_rest(stages[stage], names))
    room = (output.full_width() - 2 * (len(Stage) - 1)) // len(Stage)
    heads = [output.fit(f"{stage.words} ({len(stages[stage]):,})", room) for stage in Stage]
    longest = max(map(len, columns.values()))
    lines = [
        "  ".join(output.fit(names[i] if i < len(names) else "", room) for names in columns.values())
        for i in range(longest)
    ]
    return "\n".join([output.bold("  ".join(heads).rstrip()), *(line.rstrip() for line in lines)])


def _shown(listed: list[Listed], everyone: bool) -> list[Listed]:
    return listed if everyone else listed[:SHOWN]


def _rest(listed: list[Listed], names: list[str]) -> list[str]:
    return [f"+{len(listed) - len(names):,} more"] if len(listed) > len(names) else []


def _marked(one: Listed) -> str:
    skipped = f"skipped from {Stage(one.earned).words}" if one.earned < one.stage else ""
    marks = ", ".join(filter(None, (one.status if one.status != "active" else "", skipped)))
    return f"{one.name} ({marks})" if marks else one.name
