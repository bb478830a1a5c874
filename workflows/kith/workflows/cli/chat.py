"""``kith chat``: coffee chats from the preparation to the thanks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kith.domain.errors import InvalidInput
from kith.workflows.cli import asks, calendar_file, options, owed, session, suggested
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import about
from kith.workflows.cli.options import At, Override, Questions, Text, When, Who

app = words()
chat = words(help="Coffee chats: prepare, propose, agree, calendar, hold, thank.", no_args_is_help=True)
app.add_typer(chat, name="chat")

Thanks = Annotated[str, typer.Argument(metavar="[NOTE]", help="What you thanked for, in your words.")]
Told = Annotated[str, typer.Argument(metavar="[NOTE]", help="What you told them.")]


@chat.command("prepare", cls=Writing)
def prepare(
    who: Who,
    question: Questions = None,
    pick: Annotated[
        list[int] | None, typer.Option("--pick", metavar="NUMBER", help="One of those that were suggested; repeatable.")
    ] = None,
) -> None:
    """Note questions for the next chat: at least 3, on at least 2 of the topics. Without any, some are suggested."""
    if not question and not pick:
        suggested.tell(who)
        return
    with about(who) as change:
        chosen = (*suggested.picked(change.kith, change.id, pick or ()), *options.questions(question))
        change.kith.prepare_chat(change.id, chosen, **change.by)


@chat.command("calendar", cls=Reading)
def calendar(
    who: Who,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Write it there; an earlier calendar file is replaced.")
    ] = None,
    location: Annotated[str, typer.Option("--location", metavar="PLACE", help="Where you meet.")] = "",
    url: Annotated[str, typer.Option("--url", metavar="ADDRESS", help="The address of a video call.")] = "",
) -> None:
    """An agreed chat as a calendar file (iCalendar), for your own calendar; it invites nobody."""
    calendar_file.give(who, file, location, url)


@chat.command("propose", cls=Writing)
def propose(
    who: Who, minutes: asks.Minutes = 20, question: Questions = None, text: Text = "", override: Override = None
) -> None:
    """Ask for a coffee chat; the guards look at it first."""
    with about(who) as change:
        asks.make(change, asks.chat(minutes, question, text), override)


@chat.command("agree", cls=Writing)
def agree(who: Who, when: When = None, at: At = None) -> None:
    """They said yes, to a chat at that time."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.agree(change.id, AskKind.CHAT, due=change.ahead(when), at=change.past(at), **change.by)


@chat.command("decline", cls=Writing)
def decline(who: Who, at: At = None) -> None:
    """They said no."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.decline(change.id, AskKind.CHAT, at=change.past(at), **change.by)


@chat.command("reschedule", cls=Writing)
def reschedule(
    who: Who, when: Annotated[str, typer.Option("--when", metavar="TIME", help="The new time: “2026-11-25 15:00”.")]
) -> None:
    """Set or move the time of an agreed chat."""
    with about(who) as change:
        due = change.ahead(when)
        assert due is not None
        if due < session.now():
            raise InvalidInput("That time is past: kith chat hold records a chat that took place, with --at.")
        change.kith.reschedule_chat(change.id, due, **change.by)


@chat.command("cancel", cls=Writing)
def cancel(who: Who) -> None:
    """An agreed chat will not take place."""
    with about(who) as change:
        change.kith.cancel_chat(change.id, **change.by)


@chat.command("withdraw", cls=Writing)
def withdraw(who: Who) -> None:
    """Take the ask back."""
    with about(who) as change:
        from kith.domain.asks import AskKind  # noqa: PLC0415 - needs the models

        change.kith.withdraw(change.id, AskKind.CHAT, **change.by)


@chat.command("hold", cls=Writing)
def hold(
    who: Who,
    learned: Annotated[
        str, typer.Option("--learned", metavar="TEXT", help="What you learned; @FILE reads it from a file.")
    ] = "",
    promised: Annotated[
        list[str] | None, typer.Option("--promised", metavar="TEXT", help="Something you promised them; repeatable.")
    ] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=1, help="How long it was.")] = None,
    at: At = None,
) -> None:
    """Record that a chat took place, what you learned and what you promised."""
    if not all(map(str.strip, promised or ())):
        raise InvalidInput("Say what you promised: --promised “…”; or leave it out.")
    with about(who) as change:
        change.kith.hold_chat(
            change.id, learnings=options.said(learned), follow_ups=promised or (), minutes=minutes, at=change.past(at),
            **change.by,
        )  # fmt: skip
    owed.tell(who)


@chat.command("thank", cls=Writing)
def thank(who: Who, note: Thanks = "", at: At = None) -> None:
    """Record that you said thank you for the chat."""
    with about(who) as change:
        change.kith.thank(change.id, "chat", note, at=change.past(at), **change.by)
