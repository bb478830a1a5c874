"""``kith opening``: the jobs you have an eye on, who could refer you, and whom to ask."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.workflows.cli import output, session, times
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import engine, named, typed

app = words()
opening = words(help="Openings: add, list, show, close; who could refer you, and whom to ask.", no_args_is_help=True)
app.add_typer(opening, name="opening")

Which = Annotated[str, typer.Argument(metavar="OPENING", help="The start of its id, or words of its role and company.")]


@opening.command("add", cls=Writing)
def add(
    role: Annotated[str, typer.Option("--role", metavar="TITLE", help="The role.")],
    company: Annotated[str, typer.Option("--company", metavar="NAME", help="The company.")],
    link: Annotated[str, typer.Option("--link", metavar="ADDRESS", help="Its address.")] = "",
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="DATE", help="The last day to apply: 2027-02-05, “in 2 weeks”.")
    ] = None,
) -> None:
    """Note an opening; the same role at the same company again tells more of it, or opens it again."""
    from kith.workflows.cli import jobs  # noqa: PLC0415 - needs the models
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - likewise

    with engine() as kith:
        by, calendar = named(), kith.seeker().calendar
        last = None if deadline is None else times.a_date(deadline, calendar, session.now())
        id_ = kith.note_opening(role, company, link=link, deadline=last, **by)
        found = kith.opening(id_)
        tell_written(kith, by, told=jobs.noted(found), opening=jobs.shape(found.status))


@opening.command("list", cls=Reading)
def everything(
    every: Annotated[bool, typer.Option("--all", help="Also those that you are through with.")] = False,
) -> None:
    """Your openings, those that close first before others, with who was asked for each."""
    from kith.workflows.cli import jobs  # noqa: PLC0415 - needs the models

    with engine() as kith:
        known, calendar = kith.openings(closed_too=True), kith.seeker().calendar
    found, today = [one for one in known if every or one.opening.is_open], calendar.day(session.now())
    output.say(lambda: jobs.listing(found, len(known), today), {"openings": [jobs.shape(one) for one in found]})


@opening.command("show", cls=Reading)
def show(which: Which) -> None:
    """One opening: who was asked, who could refer you, and whom to ask and why."""
    from kith.workflows.cli import jobs  # noqa: PLC0415 - needs the models

    with engine() as kith:
        found, calendar = kith.opening(kith.find_opening(which)), kith.seeker().calendar
        chosen = found.chosen
        who = typed(kith, chosen.relationship_id, chosen.name) if chosen else ""
    today = calendar.day(session.now())
    output.say(lambda: jobs.text(found, who, today, calendar), lambda: jobs.whole_shape(found))


@opening.command("close", cls=Writing)
def close(
    which: Which,
    outcome: Annotated[
        str, typer.Argument(metavar="[OUTCOME]", help="What came of it: offer, rejected, filled …")
    ] = "",
) -> None:
    """Be through with an opening. What a referral led to is told with kith refer outcome and report."""
    from kith.workflows.cli import jobs  # noqa: PLC0415 - needs the models
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - likewise

    with engine() as kith:
        by, id_ = named(), kith.find_opening(which)
        kith.close_opening(id_, outcome, **by)
        found = kith.opening(id_)
        tell_written(kith, by, told=jobs.closed(found), opening=jobs.shape(found.status))
