"""``kith dormant``: ties that were strong once and fell silent, and a gift to begin again with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.calendar import Calendar
from kith.workflows.cli import guide, output, shapes, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine, typed

if TYPE_CHECKING:
    from kith.domain.dormant import DormantTie

app = words()

NOBODY = (
    "No tie that was strong once has been silent for {years} years or more. kith people lists everybody, "
    "kith tier WHO 3 keeps somebody from falling silent."
)
WHY = (
    "Such ties are worth as much as current ones, and tell you more that is new (Levin, Walter & Murnighan 2011). "
    "Begin with a gift, and ask for nothing, not even for an answer."
)
ORDER = "Order: your target companies first, then how far you came, then how often you were in touch."


@app.command("dormant", cls=Reading)
def dormant(limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 5) -> None:
    """Ties that were strong once and have been silent for years, each with why, and a gift to begin again with."""
    with engine() as kith:
        found, seeker = kith.dormant(limit), kith.seeker()
        called = [typed(kith, one.id, one.name) for one in found]
    commands = [_command(who) for who in called]
    data = {"dormant": [_shape(one, command) for one, command in zip(found, commands, strict=True)], "order": ORDER}
    output.say(lambda: _text(found, commands, seeker.calendar, seeker.policy.revive_years), data)


def _command(who: str) -> str:
    return guide.after_action("revive", who, "", "")


def _shape(one: DormantTie, command: str) -> dict[str, Any]:
    return {
        "person": shapes.person((one.id, one.name)), "company": one.company, "stage": one.stage.words,
        "last_touch": shapes.iso(one.last), "days_in_touch": one.days, "gifts": one.gifts, "target": one.wanted,
        "why": list(one.why), "openers": list(one.openers), "command": command,
    }  # fmt: skip


def _text(found: list[DormantTie], commands: list[str], calendar: Calendar, years: int) -> str:
    if not found:
        return output.wrap(NOBODY.format(years=years))
    blocks = [
        _block(number, one, command, calendar)
        for number, (one, command) in enumerate(zip(found, commands, strict=True), 1)
    ]
    return "\n\n".join([output.wrap(WHY), *blocks, output.wrap(ORDER)])


def _block(number: int, one: DormantTie, command: str, calendar: Calendar) -> str:
    who = ", ".join(filter(None, (one.name, one.company)))
    lines = [
        output.bold(output.wrap(f"{who}: silent since {times.day(one.last, calendar)}", 4, f"{number:>2}. ")),
        output.wrap(f"Why: {'; '.join(one.why)}.", 4),
        *(output.wrap(f"{opener}.", 6, "    · ") for opener in one.openers),
        f"    $ {command}",
    ]
    return "\n".join(lines)
