"""What happened: meeting people, touches, gifts, notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.errors import InvalidInput
from kith.domain.stages import Origin
from kith.workflows.cli import options, output, session, times
from kith.workflows.cli.commands import Writing, words
from kith.workflows.cli.engine import about, engine, named
from kith.workflows.cli.options import At, Who

if TYPE_CHECKING:
    from kith.domain.facts import Touch

app = words()

TOUCHES = ("message", "reply", "call", "meeting", "reaction")
GIFTS = ("article", "feedback", "connection", "help", "recommendation", "endorsement")
ORIGINS = tuple(origin.value for origin in Origin)

CompanyOf = Annotated[str | None, typer.Option("--company", metavar="NAME", help="Where they work.")]
Position = Annotated[str | None, typer.Option("--position", metavar="TITLE", help="What they do there.")]
Email = Annotated[
    str | None, typer.Option("--email", metavar="ADDRESS", help="By which they are recognised in imports.")
]
Url = Annotated[
    str | None, typer.Option("--url", metavar="ADDRESS", help="Their LinkedIn address; recognised in imports.")
]
HowKnown = Annotated[
    str | None, typer.Option("--origin", metavar="HOW", help=f"How you know each other: {', '.join(ORIGINS)}.")
]


@app.command("meet", cls=Writing)
def meet(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The person's name.")],
    company: CompanyOf = None,
    position: Position = None,
    email: Email = None,
    url: Url = None,
    origin: HowKnown = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Since when you know each other.")
    ] = None,
    introduced_by: Annotated[
        str | None, typer.Option("--introduced-by", metavar="WHO", help="Who introduced you.")
    ] = None,
) -> None:
    """Put somebody on record. Somebody with the same e-mail or LinkedIn address is the same person."""
    from kith.domain.facts import Person  # noqa: PLC0415 - needs the models
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - likewise

    known_as = Origin(options.one_of(origin or "unknown", ORIGINS, "origin"))
    with engine() as kith:
        met = times.a_date(since, kith.seeker().calendar, session.now()) if since else None
        person = Person(name=name, company=company, position=position, email=email, url=url, since=met)
        by = named()
        connector = kith.find(introduced_by) if introduced_by else None
        id_ = kith.meet(person, origin=known_as, introduced_by=connector, **by)
        on_record = kith.relationship(id_).person.name
        tell_written(kith, by, (id_, on_record))
        twins = [one for one in kith.people(on_record) if one.id != id_.hex and one.name.lower() == on_record.lower()]
    if twins:
        output.message(
            f"{output.count(len(twins), 'other person', 'other people')} of that name on record: "
            f"{', '.join(twin.id[:8] for twin in twins[:5])}."
        )


@app.command("describe", cls=Writing)
def describe(  # noqa: PLR0913, PLR0917 - all that is known of a person
    who: Who,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Their name.")] = None,
    company: CompanyOf = None,
    position: Position = None,
    email: Email = None,
    url: Url = None,
    origin: HowKnown = None,
    worked_at: Annotated[
        list[str] | None,
        typer.Option("--worked-at", metavar="PLACE", help="Where they worked, such as “Acme 2015-2019”; repeatable."),
    ] = None,
    studied_at: Annotated[
        list[str] | None,
        typer.Option("--studied-at", metavar="PLACE", help="Where they studied, likewise; repeatable."),
    ] = None,
) -> None:
    """Change what is known of somebody; what you leave out stays."""
    told: dict[str, Any] = {"name": name, "company": company, "position": position, "email": email, "url": url}
    if origin is not None:
        told["origin"] = Origin(options.one_of(origin, ORIGINS, "origin"))
    if all(value is None for value in told.values()) and not (worked_at or studied_at):
        raise InvalidInput("Say what to change, such as --company “Acme”.")
    with about(who) as change:
        from kith.domain.facts import Background  # noqa: PLC0415 - needs the models

        places = [Background.worked(*options.place(text)) for text in worked_at or ()]
        places += [Background.studied(*options.place(text)) for text in studied_at or ()]
        change.kith.describe(change.id, **told, backgrounds=places, **change.by)


@app.command("log", cls=Writing)
def log(
    who: Who,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="message (you wrote), reply (they wrote), call, meeting, reaction.")
    ],
    note: Annotated[str | None, typer.Argument(metavar="[NOTE]", help="What it was about.")] = None,
    at: At = None,
) -> None:
    """Record a message of yours, a reply of theirs, a call, a meeting, or a like or comment."""
    kind = options.one_of(what, TOUCHES, "interaction")
    with about(who) as change:
        from kith.domain.facts import Touch  # noqa: PLC0415 - needs the models

        make: Callable[..., Touch] = getattr(Touch, kind)
        change.kith.touch(change.id, make(note, change.past(at)), **change.by)


@app.command("give", cls=Writing)
def give(
    who: Who,
    kind: Annotated[str, typer.Argument(metavar="WHAT", help=f"{', '.join(GIFTS)}.")],
    what: Annotated[str, typer.Argument(metavar="[WHICH]", help="The link, the name, the thing.")] = "",
    because: Annotated[str, typer.Option("--because", metavar="WHY", help="Why it is of use to them.")] = "",
    both_agreed: Annotated[
        bool, typer.Option("--both-agreed", help="Of a connection: both sides said yes to it.")
    ] = False,
    at: At = None,
) -> None:
    """Record something of use that you gave somebody, and why it is of use to them."""
    chosen = options.one_of(kind, GIFTS, "gift")
    if not because.strip():
        raise InvalidInput("Say why it is of use to them: --because “…”; a gift without a why is noise.")
    with about(who) as change:
        from kith.domain.facts import Gift, GiftKind  # noqa: PLC0415 - needs the models

        gift = Gift(kind=GiftKind(chosen), what=what, because=because, both_agreed=both_agreed, at=change.past(at))
        change.kith.give(change.id, gift, **change.by)


@app.command("note", cls=Writing)
def note(
    who: Who,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is worth remembering; @FILE reads a file.")],
) -> None:
    """Remember a fact about somebody."""
    with about(who) as change:
        change.kith.note(change.id, options.said(text), **change.by)
