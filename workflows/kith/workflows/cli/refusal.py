"""What the guards say, as text: the verdict, every finding, and what leads to the ask."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kith.domain.calendar import Calendar
from kith.workflows.cli import guide, output, times

if TYPE_CHECKING:
    from kith.domain.decision import Decision, Finding, Plan, Step

COUNTED = "Nothing was sent. This refusal is on record: Kith counts what was held back, and never holds it against you."
INTRODUCING = "making an introduction"
OVERRIDE = "To go past a guard all the same, give a reason, which stays on record:"
ANSWERS = (
    "Once both agreed, say so with --both-agreed. Where seekers share a store, a connector or a coach records what the "
    "two answer to an introduction that was asked for: kith intro answer."
)
_LABELS = {"you": "you ", "them": "them", "time": "wait"}


def refused(told: Decision, name: str, who: str, calendar: Calendar, *, recorded: bool) -> str:
    """A refused ask, readable; ``who`` is what to type for the person."""
    parts = [output.bold(output.wrap(_verdict(told, name))), "", *findings(told, calendar)]
    if told.plan is not None:
        parts += ["", *_way(told, told.plan, who, calendar)]
    if any(not finding.hard for finding in told.missing) and told.kind != INTRODUCING:
        parts += ["", output.wrap(OVERRIDE), '  --override GUARD="…"']
    if told.kind == INTRODUCING:
        parts += ["", output.wrap(ANSWERS)]
    if recorded:
        parts += ["", output.wrap(COUNTED)]
    return "\n".join(parts)


def _verdict(told: Decision, name: str) -> str:
    if told.kind == INTRODUCING:
        return "NOT YET: an introduction needs the yes of both."
    if told.plan is not None and told.plan.not_possible:
        return f"NOT POSSIBLE: {_an(told.kind)} to {name}."
    failing = len(told.missing)
    verb = "does" if failing == 1 else "do"
    return f"NOT YET: {_an(told.kind)} to {name}. {failing} of {len(told.findings)} guards {verb} not hold."


def allowed(told: Decision, name: str, who: str, calendar: Calendar) -> str:
    """An ask that may be made, with what speaks for it."""
    past = sum(finding.overridden for finding in told.findings)
    well = f"All {len(told.findings)} guards hold." if not past else f"{output.count(past, 'guard')} overridden."
    command = guide.to_ask(told.kind, who)
    how = ["", f"To make it: {command}"] if command else []
    return "\n".join(
        [output.bold(output.wrap(f"EARNED: {_an(told.kind)} to {name}. {well}")), "", *findings(told, calendar), *how]
    )


def _an(kind: str) -> str:
    said = kind if kind in ("nudge", "first message") else f"{kind} ask"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {said}"


def findings(told: Decision, calendar: Calendar) -> list[str]:
    """Every finding, those that stand in the way first."""
    ordered = sorted(told.findings, key=lambda finding: (finding.holds, finding.overridden))
    return [_finding(finding, calendar) for finding in ordered]


def _finding(finding: Finding, calendar: Calendar) -> str:
    if finding.holds:
        return output.wrap(f"{finding.guard}: {finding.why}", 6, "  ✓ holds    ")
    if finding.overridden:
        return output.wrap(f"{finding.guard}: {finding.why}", 6, "  ! overridden ")
    missing = f" Missing: {finding.missing.rstrip('.')}." if finding.missing and finding.missing != "time" else ""
    by_time = f" Time alone mends it, on {times.day(finding.earliest, calendar)}." if finding.earliest else ""
    can = " No override." if finding.hard else ""
    return output.wrap(f"{finding.guard}: {finding.why}{missing}{by_time}{can}", 6, "  ✗ missing  ")


def _way(told: Decision, plan: Plan, who: str, calendar: Calendar) -> list[str]:
    if plan.not_possible:
        known = any(finding.why == plan.not_possible for finding in told.missing)
        return [*([] if known else [output.wrap(plan.not_possible)]), output.wrap(f"Instead: {plan.instead}.")]
    lines = [output.bold("What leads there:")]
    number = 1
    for day, steps in groupby(plan.steps, key=lambda step: calendar.day(step.at)):
        first = day == calendar.day(told.at)
        lines.append(f"  {'Today' if first else f'From {day.day} {day:%B %Y}'}")
        for step in steps:
            lines.append(_step(number, step))
            number += 1
    if plan.earliest is not None:
        lines.append(output.wrap(f"Earliest day, if all of this happens: {times.weekday(plan.earliest, calendar)}."))
    return lines + _start(told.kind, plan, who)


def _step(number: int, step: Step) -> str:
    first = f"  {number:>3}. {_LABELS.get(step.by, step.by)}  "
    return output.wrap(step.do, len(first), first)


def _start(kind: str, plan: Plan, who: str) -> list[str]:
    mine = (guide.after_step(step.what, who, step.do) for step in plan.steps if step.by == "you")
    command = next((command for command in mine if command), None)
    if command is None and any(step.by == "you" for step in plan.steps):
        command = guide.to_ask(kind, who)
    return [f"Begin with: {command}"] if command else []
