"""``kith paths``: the best ways to a company or a person, and who may be asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kith.workflows.cli import guide, output, shapes, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine, typed

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.domain.decision import Decision
    from kith.workflows.application.paths import Path, Paths, Target

app = words()
HOW = (
    "A strength is the mean of the first three numbers, times the others. It is about where to begin, and never about "
    "what people are worth."
)


@app.command("paths", cls=Reading)
def paths(
    to: Annotated[str, typer.Argument(metavar="TO", help="A company, or somebody: a name, an address, an id.")],
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Where somebody works who is not on record.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="At most so many ways.")] = 5,
) -> None:
    """The best ways to a company or a person: directly, or through one or two who introduce; and whom to ask now."""
    with engine() as kith:
        found = kith.paths(to, company=company, limit=limit)
        calendar = kith.seeker().calendar
        called = [typed(kith, UUID(path.way.people[0].id), path.way.people[0].name) for path in found.paths]
        if found.to.namesakes:
            _tell_namesakes(found.to)
    output.say(lambda: _text(found, called, calendar), lambda: _shape(found))


def _tell_namesakes(to: Target) -> None:
    ids = " or ".join(f"kith paths {id_[:8]}" for id_ in to.namesakes)
    output.message(
        f"Taken as a company; {output.count(len(to.namesakes), 'person is', 'people are')} called so: {ids}."
    )


# As text


def _text(found: Paths, called: list[str], calendar: Calendar) -> str:
    ways = [
        _way(number, path, who, found.to, calendar)
        for number, (path, who) in enumerate(zip(found.paths, called, strict=True), 1)
    ]
    if not ways:
        return f"{_to(found.to)}\nNo way is on record: none of your people is there, or knows anybody there."
    return "\n\n".join([_to(found.to), *ways, output.wrap(HOW)])


def _to(to: Target) -> str:
    working = output.count(to.people, "of your people works", "of your people work")
    if to.kind == "company":
        return output.bold(output.wrap(f"Ways to {to.name}, where {working}:"))
    if to.id is None:
        told = f"Ways to {to.name} of {to.company}, who is not on record. There {working}:"
        return output.bold(output.wrap(told))
    return output.bold(output.wrap(f"Ways to {', '.join(filter(None, (to.name, to.company)))}:"))


def _way(number: int, path: Path, who: str, to: Target, calendar: Calendar) -> str:
    way = path.way
    beyond = [] if len(way.links) < len(way.people) else [to.name if to.kind == "person" else f"somebody at {to.name}"]
    names = " → ".join([*(one.name for one in way.people), *beyond])
    where = f" ({way.people[-1].company})" if way.people[-1].company and not beyond else ""
    head = output.wrap(f"{names}{where}, strength {way.strength:.2f}", 4, f"{number:>2}. ")
    parts = [output.wrap(part.why, 27, f"    {part.name:<15}  {part.value:>4.2f}  ") for part in way.parts]
    return "\n".join([output.bold(head), *_asking(path, who, to, calendar), *parts])


def _asking(path: Path, who: str, to: Target, calendar: Calendar) -> list[str]:
    """Whether the first person may be asked now; else what is missing, and how to begin."""
    decision, first = path.decision, path.way.people[0].name
    asked = f"{'an' if decision.kind[0] in 'aeiou' else 'a'} {decision.kind}"
    if decision.allowed:
        return [output.wrap(f"You may ask {first} for {asked} now:", 4, "    "), f"      {_to_ask(path, who, to)}"]
    command = next(filter(None, _commands(decision, who)), None)
    told = f"Not yet for {asked}: {decision.missing[0].why} {_way_on(decision, calendar)}"
    return [output.wrap(told, 4, "    "), *([f"      {command}"] if command else [])]


def _way_on(decision: Decision, calendar: Calendar) -> str:
    plan = decision.plan
    if plan is None or plan.earliest is None:
        return f"Instead: {plan.instead}." if plan else ""
    steps = output.count(len(plan.steps), "step leads there", "steps lead there")
    day = calendar.day(plan.earliest)
    when = "today" if day == calendar.day(decision.at) else f"on {times.day(plan.earliest, calendar)}"
    return f"{steps}, at the earliest {when}. First: {plan.steps[0].do}"


def _to_ask(path: Path, who: str, to: Target) -> str:
    command = guide.to_ask(path.decision.kind, who) or ""
    after = path.way.people[1].name if len(path.way.people) > 1 else to.name
    at = guide.quoted(to.name if to.kind == "company" else to.company or "…")
    meant = "--company" if after == to.name and to.kind == "company" else "--to"
    return command.replace('--to "…"', f"{meant} {guide.quoted(after)}").replace('--company "…"', f"--company {at}")


def _commands(decision: Decision, who: str) -> list[str | None]:
    steps = decision.plan.steps if decision.plan else ()
    return [guide.after_step(step.what, who, step.do) for step in steps if step.by == "you"]


# As JSON


def _shape(found: Paths) -> dict[str, Any]:
    to = found.to
    target = {
        "kind": to.kind, "name": to.name, "company": to.company, "id": str(UUID(to.id)) if to.id else None,
        "people": to.people,
    }  # fmt: skip
    return {"to": target, "paths": [_path(path) for path in found.paths]}


def _path(path: Path) -> dict[str, Any]:
    way = path.way
    return {
        "people": [
            {"id": str(UUID(one.id)), "name": one.name, "company": one.company, "position": one.position}
            for one in way.people
        ],
        "strength": way.strength,
        "parts": [{"name": part.name, "value": round(part.value, 6), "why": part.why} for part in way.parts],
        "ties": [
            {"weight": link.weight, "evidence": [{"weight": one.weight, "why": one.why} for one in link.evidence]}
            for link in way.links
        ],
        "ask": {"allowed": path.decision.allowed, **shapes.decision(path.decision, UUID(way.people[0].id))},
    }  # fmt: skip
