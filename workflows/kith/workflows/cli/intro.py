"""``kith intro``: warm introductions, from the ask to what came of them."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.domain.errors import InvalidInput
from kith.workflows.cli import asks, output, roles
from kith.workflows.cli.chat import Thanks, Told
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import about, engine, named
from kith.workflows.cli.options import At, Company, Compensation, Override, Text, Who

app = words()
intro = words(
    help="Warm introductions: ask, list, answer, make, thank, report, failed, withdraw.", no_args_is_help=True
)
app.add_typer(intro, name="intro")


@intro.command("ask", cls=Writing)
def ask(
    who: Who,
    to: asks.Target = "",
    company: Company = "",
    why: asks.Why = "",
    note: asks.Note = "",
    text: Text = "",
    compensation: Compensation = "",
    override: Override = None,
) -> None:
    """Ask for one warm introduction; the guards look at it first."""
    with about(who) as change:
        asks.make(change, asks.introduction(to, company, why, note, text, compensation), override)


Role = Annotated[
    str, typer.Option("--as", metavar="ROLE", help="As whom: asker, or connector or coach, who see whose turn it is.")
]


@intro.command("list", cls=Reading)
def list_(role: Role = "asker") -> None:
    """The introductions that are under way, and the next step of each."""
    viewer = roles.viewer(role)
    with engine() as kith:
        calendar = kith.seeker().calendar
        found = kith.introductions(role=viewer)
    output.say(
        lambda: "\n".join(roles.told(one, calendar) for one in found) or "No introduction is under way.",
        {"introductions": [roles.shape(one) for one in found]},
    )


@intro.command("answer", cls=Writing)
def answer(
    introduction: Annotated[
        str, typer.Argument(metavar="INTRODUCTION", help="Its id or the start of it; kith intro list tells them.")
    ],
    side: Annotated[str, typer.Argument(metavar="SIDE", help="Whose answer it is: connector or target.")],
    yes: Annotated[bool, typer.Option("--yes/--no", help="What they answered.")],
    role: Annotated[
        str, typer.Option("--as", metavar="ROLE", help="As whom you record it: connector or coach, never the asker.")
    ],
) -> None:
    """Record what one of the two answered; the one who asked does not get to see it."""
    with engine() as kith:
        id_ = roles.under_way(kith, introduction)
        told = kith.consent(id_, roles.side(side), yes=yes, role=roles.recorder(role), **named())
        calendar = kith.seeker().calendar
    output.say(lambda: roles.told(told, calendar), {"introduction": roles.shape(told)})


@intro.command("withdraw", cls=Writing)
def withdraw(who: Who) -> None:
    """Take the ask back."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.withdraw(change.id, AskKind.INTRO, **change.by)


@intro.command("make", cls=Writing)
def make(  # noqa: PLR0913, PLR0917 - a connector, somebody new, and what was said
    who: Who,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Somebody new, whom you were introduced to.")
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="WHO", help="Or somebody who is on record already.")
    ] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME", help="Where that person works.")] = None,
    position: Annotated[
        str | None, typer.Option("--position", metavar="TITLE", help="What that person does there.")
    ] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="That person's e-mail.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="ADDRESS", help="That person's LinkedIn address.")] = None,
    both_agreed: Annotated[bool, typer.Option("--both-agreed", help="Both of them said yes to it.")] = False,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What is worth remembering of it.")] = "",
    at: At = None,
) -> None:
    """Record that WHO introduced you to somebody; both must have agreed."""
    if to and known:
        raise InvalidInput("Name either somebody new (--to) or somebody on record (--known), not both.")
    with about(who) as change:
        from kith.domain.facts import Person  # noqa: PLC0415 - needs the models

        new = Person(name=to, company=company, position=position, email=email, url=url) if to else None
        target = change.kith.find(known) if known else new
        change.kith.make_introduction(
            change.id, to=target, both_agreed=both_agreed, note=note, at=change.past(at), **change.by
        )  # fmt: skip


@intro.command("failed", cls=Writing)
def failed(who: Who) -> None:
    """Record that it did not work out; neither who nor why is kept."""
    with about(who) as change:
        change.kith.fail_introduction(change.id, **change.by)


@intro.command("thank", cls=Writing)
def thank(who: Who, note: Thanks = "", at: At = None) -> None:
    """Record that you said thank you for the introduction."""
    with about(who) as change:
        change.kith.thank(change.id, "introduction", note, at=change.past(at), **change.by)


@intro.command("report", cls=Writing)
def report(who: Who, note: Told = "", at: At = None) -> None:
    """Record that you told them what came of the introduction."""
    with about(who) as change:
        change.kith.report_introduction(change.id, note, at=change.past(at), **change.by)
