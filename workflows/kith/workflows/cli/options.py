"""Arguments and options that several commands share, and how their texts are read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kith.domain.errors import InvalidInput

if TYPE_CHECKING:
    from kith.domain.asks import Question


def names(incomplete: str) -> list[str]:
    """The names that begin like this, for the shell's completion."""
    from kith.workflows.cli import quick  # noqa: PLC0415 - only for completion
    from kith.workflows.readmodels.people import people  # noqa: PLC0415 - likewise

    with suppress(Exception), quick.look() as look:  # a shell is no place for complaints
        found = people(look.query, look.seeker, look.now, search=incomplete, limit=50)
        return [one.name for one in found if one.name.lower().startswith(incomplete.lower())]
    return []


Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO", help="A name, an e-mail, a LinkedIn address or the start of an id.", autocompletion=names
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help="When it happened, if not now: 2026-11-23, “2026-11-23 14:30”, yesterday, “3 days ago”.",
    ),
]
When = Annotated[
    str | None, typer.Option("--when", metavar="TIME", help="When the chat is: “2026-11-25 15:00”, “in 2 days”.")
]
Due = Annotated[str | None, typer.Option("--due", metavar="TIME", help="By when they promised it.")]
Text = Annotated[
    str, typer.Option("--text", metavar="TEXT", help="The message as you send it; @FILE reads it from a file.")
]
Override = Annotated[
    list[str] | None,
    typer.Option(
        "--override", metavar="GUARD=REASON", help="Go past a guard, for a reason that stays on record; repeatable."
    ),
]
Questions = Annotated[
    list[str] | None,
    typer.Option(
        "--question", metavar="TOPIC: TEXT", help="A question; topics are motivation, work, project, entry; repeatable."
    ),
]
Company = Annotated[str, typer.Option("--company", metavar="NAME", help="The company.")]
Compensation = Annotated[
    str, typer.Option("--compensation", metavar="TEXT", help="What you offer in return; it must be empty.")
]


CALLED = {"intro": "introduction", "refer": "referral", "message": "first message"}
"""Asks by the name of their command."""
OUTLINE = "<!-- kith draft "


def said(text: str, *, note: bool = False) -> str:
    """The text itself, or what the file after an ``@`` holds; ``@-`` is standard input.

    Of a file that began as an outline (``kith draft``) only what is written there, without its headings and facts;
    of an introduction's with ``note`` only the note to forward.
    """
    if not text.startswith("@") or text == "@":
        return text
    told = sys.stdin.read() if text == "@-" else Path(text[1:]).expanduser().read_text(encoding="utf-8-sig")
    if not told.startswith(OUTLINE):
        return told
    from kith.domain.lint.draft import outlined  # noqa: PLC0415 - needs the models

    return outlined(told, note=note)


def reasons(overrides: Iterable[str] | None) -> Mapping[str, str]:
    """The reason for each guard to go past."""
    found = {}
    for told in overrides or ():
        guard, sign, reason = told.partition("=")
        if not sign:
            raise InvalidInput(f"Write --override as GUARD=REASON, such as {told}=“why you go past it”.")
        found[guard.strip()] = reason.strip()
    return found


def questions(texts: Iterable[str] | None) -> tuple[Question, ...]:
    """The questions, each with its topic."""
    from kith.domain.asks import Question, Topic  # noqa: PLC0415 - needs the models

    found = []
    for told in texts or ():
        topic, _, text = told.partition(":")
        topic = topic.strip().lower()
        if topic not in set(Topic) or not text.strip():
            known = ", ".join(f"{one.value} ({one.words})" for one in Topic)
            raise InvalidInput(f"Write a question as “TOPIC: TEXT”; the topics are {known}. This has none: “{told}”.")
        found.append(Question(topic=Topic(topic), text=text))
    return tuple(found)


_YEARS = re.compile(r"[\s,(]+(?:(\d{4})\s*(?:-|–|to)\s*(\d{4})?|since\s+(\d{4})|until\s+(\d{4}))\)?$", re.IGNORECASE)


def place(text: str) -> tuple[str, int | None, int | None]:
    """A place with the years that stand after it: “Acme 2015-2019”, “Acme since 2020”, “Acme until 2019”, “Acme”."""
    years = _YEARS.search(text.strip())
    if years is None:
        return text, None, None
    start, end = years[1] or years[3], years[2] or years[4]
    return text.strip()[: years.start()], int(start) if start else None, int(end) if end else None


def one_of(word: str, known: Iterable[str], what: str) -> str:
    """The known word that was typed, in any case, with blanks, hyphens or underscores; raises InvalidInput."""
    folded = word.strip().lower().replace("-", " ").replace("_", " ")
    words = tuple(known)
    if folded not in words:
        listed = ", ".join(one.replace(" ", "-") for one in words)
        raise InvalidInput(f"{word!r} is no {what}; there are {listed}.")
    return folded
