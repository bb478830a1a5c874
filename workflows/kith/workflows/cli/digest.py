"""``kith digest``: the digest of a day as it is sent, and settling one that was perhaps not sent."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from typing import Annotated

import typer

from kith.domain.calendar import spelled
from kith.domain.errors import InvalidInput, NotApplicable
from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import engine, named
from kith.workflows.cli.written import tell_written

app = words()
digest = words(help="The digest of a day, and whether it reached you: show, sent.", no_args_is_help=True)
app.add_typer(digest, name="digest")

Day = Annotated[str, typer.Argument(metavar="DAY", help="The day of the digest: 2026-11-23.")]


@digest.command("show", cls=Reading)
def show(day: Day) -> None:
    """The digest of a day, as text to hand over; nothing is sent."""
    if find_spec("jinja2") is None:
        raise NotApplicable("Digests need one more package: pip install 'kithkin[flows]' brings it.")
    from kith.workflows.delivery.letter import letter  # noqa: PLC0415 - where it is installed

    with engine() as kith:
        found = letter(kith.digest(_day(day)))
    data = {"day": day, "subject": found.subject, "text": found.text}
    output.say(f"{output.bold(found.subject)}\n\n{found.text.strip()}", data)


@digest.command("sent", cls=Writing)
def sent(day: Day) -> None:
    """Record that the digest of a day reached its seeker: it was found sent, or handed over by hand."""
    on, by = _day(day), named()
    with engine() as kith:
        kith.digest_sent(on, **by)
        tell_written(kith, by, told=f"The digest of {spelled(on)} counts as sent.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"Write the day like 2026-11-23; not {text!r}.") from None
