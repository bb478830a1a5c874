"""``kith init`` and ``kith profile``: who you are, when you work and where you want to go."""

from __future__ import annotations

import os
import re
import sys
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.calendar import zone
from kith.domain.errors import InvalidInput
from kith.workflows.cli import output, shapes
from kith.workflows.cli.commands import Writing, words
from kith.workflows.cli.engine import chosen, engine, named
from kith.workflows.cli.session import session
from kith.workflows.settings import on_postgres, shown

if TYPE_CHECKING:
    from kith.domain.policy import Policy
    from kith.domain.seeker import Seeker
    from kith.workflows.bootstrap import Kith

app = words()
ALREADY = "{} is registered here already; nothing was changed. kith profile shows more."
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@app.command("init", cls=Writing)
def init(
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Your name.")] = None,
    time_zone: Annotated[
        str | None,
        typer.Option("--time-zone", metavar="ZONE", help="Such as Europe/Lisbon; this computer's if left out."),
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="PRESET|FILE", help="default, careful, brisk, or a TOML file.")
    ] = None,
    another: Annotated[
        bool, typer.Option("--another", help="Put one more seeker on record, in a store that several are to share.")
    ] = False,
) -> None:
    """Begin: put yourself on record. A second time it says who is registered, and changes nothing."""
    where = session().where
    there = on_postgres(where) or Path(where).exists()
    answers = None if there else _answers(name, time_zone, policy)  # no store for a wrong answer
    with engine(new=True) as kith:
        before = {one.id for one in kith.seekers()}
        new = another or not before
        events = _register(kith, *(answers or _answers(name, time_zone, policy)), another=another) if new else []
        known = (kith if new else chosen(kith)).seeker()
    registered = known.id not in before
    text = _welcome(known, where, one_of_several=bool(before)) if registered else ALREADY.format(known.profile.name)
    output.say(text, {**_shape(known), "registered": registered, "store": shown(where), "events": events})


def _welcome(known: Seeker, where: str, *, one_of_several: bool) -> str:
    share = f"You share it: export KITH_SEEKER={known.id} makes what follows yours.\n" if one_of_several else ""
    return (
        f"Welcome, {known.profile.name}. Your days are those of {known.calendar.zone_name}.\n"
        f"Your store is {shown(where)}.\n{share}"
        "Next: kith import FILE brings your network in, kith meet NAME adds one person."
    )


def _answers(name: str | None, time_zone: str | None, policy: str | None) -> tuple[str, str, Policy | None]:
    from kith.workflows.cli.policy import read_policy  # noqa: PLC0415 - only here

    where = zone(time_zone).key if time_zone else system_zone()
    chosen = read_policy(policy) if policy else None
    return _name(name), where, chosen


def _register(kith: Kith, name: str, time_zone: str, policy: Policy | None, *, another: bool) -> list[dict[str, Any]]:
    command = session().command_id or "init"  # two at the same moment are one
    kith.register(name, time_zone=time_zone, another=another, command_id=command)
    if policy is not None:
        kith.adopt_policy(policy, command_id=f"{command}:policy")
    return _events(kith, command, f"{command}:policy")


def _events(kith: Kith, *commands: str) -> list[dict[str, Any]]:
    from kith.workflows.cli.written import written  # noqa: PLC0415 - needs the models

    return [shapes.event(recorded) for command in commands for recorded in written(kith, command)]


def _name(name: str | None) -> str:
    if name is None and sys.stdin.isatty() and not session().json:
        name = str(typer.prompt("Your name", err=True))
    if not name or not name.strip():
        raise InvalidInput("Say who you are: kith init --name “Your Name”.")
    return name


def system_zone() -> str:
    """This computer's time zone; UTC where it does not say."""
    told = os.environ.get("TZ", "").lstrip(":")
    if not told:
        told = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    if told in ("", "Etc/UTC"):
        return "UTC"
    try:
        return zone(told).key
    except InvalidInput:
        return "UTC"


@app.command("profile", cls=Writing)
def profile(  # noqa: PLR0913, PLR0917 - one option for each part
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Your name.")] = None,
    headline: Annotated[str | None, typer.Option("--headline", metavar="TEXT", help="Your public headline.")] = None,
    intro: Annotated[str | None, typer.Option("--intro", metavar="TEXT", help="Who you are, in sentences.")] = None,
    picture: Annotated[bool | None, typer.Option("--picture/--no-picture", help="Whether you have one.")] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", metavar="ZONE", help="Such as Europe/Lisbon.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", metavar="FROM-TO", help="Working hours: 09:00-18:00.")] = None,
    quiet_days: Annotated[
        str | None, typer.Option("--quiet-days", metavar="DAYS", help="Without reminders: saturday,sunday, or none.")
    ] = None,
    companies: Annotated[
        list[str] | None,
        typer.Option("--target-company", metavar="NAME", help="A company you aim at; repeatable, replaces the list."),
    ] = None,
    roles: Annotated[
        list[str] | None,
        typer.Option("--target-role", metavar="TITLE", help="A role you aim at; repeatable, replaces the list."),
    ] = None,
) -> None:  # fmt: skip
    """Show your profile, or change what you name."""
    opens, closes = _hours(hours)
    told: dict[str, Any] = {
        "name": name, "headline": headline, "intro": intro, "picture": picture, "time_zone": time_zone, "opens": opens,
        "closes": closes, "quiet_days": _days(quiet_days),
    }  # fmt: skip
    command = named().get("command_id", "")
    with engine() as kith:
        if any(value is not None for value in told.values()):
            kith.update_profile(**told, command_id=command)
        if companies is not None or roles is not None:
            goals = f"{command}:goals"
            kith.set_goals(companies=_filled(companies), roles=_filled(roles), command_id=goals)
        seeker, events = kith.seeker(), _events(kith, command, f"{command}:goals")
    output.say(lambda: _text(seeker), {**_shape(seeker), "events": events})


def _filled(texts: list[str] | None) -> list[str] | None:
    return None if texts is None else [text for text in texts if text.strip()]


def _hours(text: str | None) -> tuple[time | None, time | None]:
    if text is None:
        return None, None
    found = re.fullmatch(r"\s*(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2})\s*", text)
    try:
        opens, closes = (time.fromisoformat(part.zfill(5)) for part in found.groups()) if found else (None, None)
    except ValueError:
        opens = closes = None
    if opens is None:
        raise InvalidInput(f"Write working hours like 09:00-18:00; not {text!r}.")
    return opens, closes


def _days(text: str | None) -> tuple[int, ...] | None:
    if text is None or text.strip().lower() == "none":
        return None if text is None else ()
    found = []
    for part in text.lower().split(","):
        day = next(
            (
                number
                for number, name in enumerate(WEEKDAYS)
                if len(part.strip()) >= 3 and name.startswith(part.strip())
            ),
            None,
        )
        if day is None:
            raise InvalidInput(
                f"Write quiet days like saturday,sunday, or none; {part.strip()!r} is no day of the week."
            )
        found.append(day)
    return tuple(found)


def _shape(seeker: Seeker) -> dict[str, Any]:
    calendar, told = seeker.calendar, seeker.profile
    return {
        "profile": {
            "id": str(seeker.id), "name": told.name, "headline": told.headline, "intro": told.intro,
            "picture": told.picture, "time_zone": calendar.zone_name,
            "opens": f"{calendar.opens:%H:%M}", "closes": f"{calendar.closes:%H:%M}",
            "quiet_days": [WEEKDAYS[day] for day in sorted(calendar.quiet_days)],
            "target_companies": list(seeker.companies), "target_roles": list(seeker.roles),
            "jobs": [job.model_dump(mode="json") for job in told.jobs], "policy": seeker.policy.hash,
        }
    }  # fmt: skip


def _text(seeker: Seeker) -> str:
    calendar, told = seeker.calendar, seeker.profile
    rows = [
        ("Headline", told.headline or "none yet: kith profile --headline “…”"),
        ("Intro", told.intro or "none yet: kith profile --intro “…”"),
        ("Picture", "yes" if told.picture else "no (kith profile --picture once there is one)"),
        ("Time zone", calendar.zone_name),
        ("Hours", f"{calendar.opens:%H:%M} to {calendar.closes:%H:%M}"),
        ("Quiet days", ", ".join(WEEKDAYS[day] for day in sorted(calendar.quiet_days)) or "none"),
        ("Aims at", "; ".join([*seeker.companies, *seeker.roles]) or "nothing yet: kith profile --target-company “…”"),
        ("Jobs", "; ".join(", ".join(filter(None, (job.title, job.company))) for job in told.jobs) or "none on record"),
        ("Policy", f"{seeker.policy.hash} (kith policy)"),
    ]
    return "\n".join([output.bold(told.name), *(output.wrap(value, 14, f"  {name:<12}") for name, value in rows)])
