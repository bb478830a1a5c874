"""Asks at large: making one, the dry run ``check``, the first message, and the nudge."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from kith.workflows.cli import options, output, refusal, remarks, session, shapes
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import Change, about, engine, typed
from kith.workflows.cli.options import Company, Compensation, Override, Questions, Text, Who, said

if TYPE_CHECKING:
    from kith.domain.asks import Ask, ChatAsk, FirstMessage, IntroAsk, ReferralAsk
    from kith.domain.decision import Decision
    from kith.workflows.bootstrap import Kith

app = words()

Minutes = Annotated[int, typer.Option("--minutes", help="How long the chat is to be.")]
Target = Annotated[str, typer.Option("--to", metavar="NAME", help="The person to be introduced to.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why: an introduction, or a first message.")]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="A note to forward, 50 to 125 words; @FILE reads a file.")
]
Role = Annotated[str, typer.Option("--role", metavar="TITLE", help="The role.")]
Fit = Annotated[str, typer.Option("--fit", metavar="TEXT", help="Why you fit the role.")]
How = Annotated[str, typer.Option("--how", metavar="TEXT", help="How exactly this person can help.")]
Link = Annotated[str, typer.Option("--link", metavar="ADDRESS", help="The opening's address.")]
NoOpening = Annotated[bool, typer.Option("--no-opening", help="There is no public opening.")]
Seen = Annotated[
    str, typer.Option("--seen", metavar="TEXT", help="What they have seen of your work, as the message says it.")
]
Comfort = Annotated[
    str, typer.Option("--comfort", metavar="TEXT", help="The question whether they would be comfortable.")
]
Detail = Annotated[
    str, typer.Option("--detail", metavar="TEXT", help="A fact on record about them, as the message says it.")
]
WhoIAm = Annotated[str, typer.Option("--who-i-am", metavar="TEXT", help="Who you are, as the message says it.")]


def make(change: Change, ask: Ask, override: list[str] | None) -> None:
    """Make an ask; a refusal is raised, recorded. What lint says of its words is told with either."""
    _lint(change.kith, change.id, ask)
    change.kith.ask(change.id, ask, override=options.reasons(override), **change.by)


def _lint(kith: Kith, who: UUID, ask: Ask) -> None:
    session.session().remarks = kith.lint(ask, who=who).remarks


def first_message(text: str, detail: str, who_i_am: str, why: str) -> FirstMessage:
    """A first message of what was typed."""
    from kith.domain.asks import FirstMessage  # noqa: PLC0415 - needs the models

    return FirstMessage(text=said(text), detail=detail, who_i_am=who_i_am, why=why)


def chat(minutes: int, questions: list[str] | None, text: str) -> ChatAsk:
    """A chat ask of what was typed."""
    from kith.domain.asks import ChatAsk  # noqa: PLC0415 - needs the models

    return ChatAsk(minutes=minutes, questions=options.questions(questions), text=said(text))


def introduction(to: str, company: str, why: str, note: str, text: str, compensation: str) -> IntroAsk:
    """An introduction ask of what was typed."""
    from kith.domain.asks import IntroAsk  # noqa: PLC0415 - needs the models

    return IntroAsk(
        target=to, company=company, why=why, note=said(note, note=True), text=said(text), compensation=compensation
    )


def referral(  # noqa: PLR0913, PLR0917 - as many as the ask has fields
    role: str, company: str, fit: str, how: str, link: str, no_opening: bool, seen: str, comfort: str, text: str,
    compensation: str,
) -> ReferralAsk:  # fmt: skip
    """A referral ask of what was typed."""
    from kith.domain.asks import ReferralAsk  # noqa: PLC0415 - needs the models

    return ReferralAsk(
        role=role, company=company, fit=fit, help=how, link=link, no_opening=no_opening, seen=seen,
        comfort_question=comfort, text=said(text), compensation=compensation,
    )  # fmt: skip


@app.command("message", cls=Writing)
def message(
    who: Who,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The message; @FILE reads it from a file.")],
    detail: Detail = "",
    who_i_am: WhoIAm = "",
    why: Why = "",
    override: Override = None,
) -> None:
    """Record a first message to somebody who does not know you; the guards look at it first."""
    with about(who) as change:
        make(change, first_message(text, detail, who_i_am, why), override)


@app.command("nudge", cls=Writing)
def nudge(
    who: Who,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The reminder as you send it.")] = "",
    override: Override = None,
) -> None:
    """Remind somebody of the ask that waits longest for their answer."""
    with about(who) as change:
        from kith.domain.asks import Nudge  # noqa: PLC0415 - needs the models

        worded = said(text)
        _lint(change.kith, change.id, Nudge(ask_id=change.id, text=worded))
        change.kith.nudge(change.id, worded, override=options.reasons(override), **change.by)


@app.command("check", cls=Reading)
def check(  # noqa: PLR0913, PLR0917 - the fields of all asks
    who: Who,
    kind: Annotated[str, typer.Argument(metavar="ASK", help="chat, introduction, referral or first-message.")],
    minutes: Minutes = 20,
    question: Questions = None,
    to: Target = "",
    company: Company = "",
    why: Why = "",
    note: Note = "",
    role: Role = "",
    fit: Fit = "",
    how: How = "",
    link: Link = "",
    no_opening: NoOpening = False,
    seen: Seen = "",
    comfort: Comfort = "",
    detail: Detail = "",
    who_i_am: WhoIAm = "",
    text: Text = "",
    compensation: Compensation = "",
    override: Override = None,
) -> None:
    """Ask the guards about an ask, without making it: every finding, and what leads there."""
    asks: dict[str, Callable[[], Ask]] = {
        "chat": lambda: chat(minutes, question, text),
        "introduction": lambda: introduction(to, company, why, note, text, compensation),
        "referral": lambda: referral(role, company, fit, how, link, no_opening, seen, comfort, text, compensation),
        "first message": lambda: first_message(text, detail, who_i_am, why),
    }
    ask = asks[options.one_of(options.CALLED.get(kind, kind), asks, "ask")]()
    with engine() as kith:
        id_ = kith.find(who)
        name = kith.relationship(id_).person.name
        session.session().about = (id_, name)
        told = kith.check(id_, ask, override=options.reasons(override))
        _lint(kith, id_, ask)
        calendar, called = kith.seeker().calendar, typed(kith, id_, name)
    if not told.allowed:
        tell_refusal(told, recorded=False)
        raise typer.Exit(3)
    found = session.session().remarks
    data = {
        "person": shapes.person((id_, name)),
        "allowed": True,
        **shapes.decision(told, id_),
        **remarks.shaped(found),
    }
    output.say(
        "\n".join([refusal.allowed(told, name, called, calendar), *remarks.below(found)]),
        {**data, **remarks.shaped(found)},
    )


def tell_refusal(told: Decision, *, recorded: bool) -> None:
    """Say why an ask was refused, and what leads there."""
    current = session.session()
    assert current.about is not None, "an ask is about somebody"
    id_, name = current.about
    if current.json:
        refused = {"person": shapes.person(current.about), "refused": shapes.decision(told, id_)}
        output.write_json({"ok": False, **refused, **remarks.shaped(current.remarks)})
        return
    with engine() as kith:
        calendar, called = kith.seeker().calendar, typed(kith, id_, name)
    text = refusal.refused(told, name, called, calendar, recorded=recorded)
    output.write("\n".join([text, *remarks.below(current.remarks, (one.guard for one in told.missing))]))
