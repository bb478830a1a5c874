"""``kith refer``: referrals from the ask to the report of what came of them."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.workflows.cli import asks
from kith.workflows.cli.chat import Thanks, Told
from kith.workflows.cli.commands import Writing, words
from kith.workflows.cli.engine import about
from kith.workflows.cli.options import At, Company, Compensation, Due, Override, Text, Who

app = words()
refer = words(help="Referrals: ask, agree, given, thank, outcome, report.", no_args_is_help=True)
app.add_typer(refer, name="refer")

Noted = Annotated[
    str,
    typer.Option(
        "--opening", metavar="WHICH", help="An opening on record: its role, company and link, where you give none."
    ),
]


@refer.command("ask", cls=Writing)
def ask(  # noqa: PLR0913, PLR0917 - the fields of the ask
    who: Who,
    opening: Noted = "",
    role: asks.Role = "",
    company: Company = "",
    fit: asks.Fit = "",
    how: asks.How = "",
    link: asks.Link = "",
    no_opening: asks.NoOpening = False,
    seen: asks.Seen = "",
    comfort: asks.Comfort = "",
    text: Text = "",
    compensation: Compensation = "",
    override: Override = None,
) -> None:
    """Ask for a referral for one opening; the guards look at it first."""
    with about(who) as change:
        if opening:
            noted = change.kith.opening(change.kith.find_opening(opening)).opening
            role, company, link = role or noted.role, company or noted.company, link or noted.link
        told = asks.referral(role, company, fit, how, link, no_opening, seen, comfort, text, compensation)
        asks.make(change, told, override)


@refer.command("agree", cls=Writing)
def agree(who: Who, due: Due = None, at: At = None) -> None:
    """They said yes; by a date, if they named one."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.agree(change.id, AskKind.REFERRAL, due=change.ahead(due), at=change.past(at), **change.by)


@refer.command("decline", cls=Writing)
def decline(who: Who, at: At = None) -> None:
    """They said no."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.decline(change.id, AskKind.REFERRAL, at=change.past(at), **change.by)


@refer.command("withdraw", cls=Writing)
def withdraw(who: Who) -> None:
    """Take the ask back."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.withdraw(change.id, AskKind.REFERRAL, **change.by)


@refer.command("given", cls=Writing)
def given(
    who: Who,
    role: Annotated[str, typer.Option("--role", metavar="TITLE", help="The role, where you had not asked.")] = "",
    company: Company = "",
    at: At = None,
) -> None:
    """Record that they referred you; where you had not asked, say for which role and company."""
    with about(who) as change:
        change.kith.receive_referral(change.id, role=role, company=company, at=change.past(at), **change.by)


@refer.command("thank", cls=Writing)
def thank(who: Who, note: Thanks = "", at: At = None) -> None:
    """Record that you said thank you for the referral."""
    with about(who) as change:
        change.kith.thank(change.id, "referral", note, at=change.past(at), **change.by)


@refer.command("outcome", cls=Writing)
def outcome(
    who: Who,
    what: Annotated[str, typer.Argument(metavar="OUTCOME", help="What came of it: interview, offer, rejected …")],
    at: At = None,
) -> None:
    """Record what the latest referral of theirs led to."""
    with about(who) as change:
        change.kith.learn_outcome(change.id, what, at=change.past(at), **change.by)


@refer.command("report", cls=Writing)
def report(who: Who, note: Told = "", at: At = None) -> None:
    """Record that you told them how it went."""
    with about(who) as change:
        change.kith.report_outcome(change.id, note, at=change.past(at), **change.by)
