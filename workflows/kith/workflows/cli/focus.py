"""``kith focus``: the few people who come first."""

from __future__ import annotations

from kith.domain.stages import Stage
from kith.workflows.cli import output, shapes
from kith.workflows.cli.commands import Reading, Writing, words
from kith.workflows.cli.engine import engine, named
from kith.workflows.cli.options import Who
from kith.workflows.readmodels.people import Listed

app = words()
focus = words(help="The few people who come first: add, remove, list.", no_args_is_help=True)
app.add_typer(focus, name="focus")

NOBODY = (
    "Nobody is in your focus. kith focus add WHO puts somebody there: up to {} people who come first in kith today."
)


@focus.command("add", cls=Writing)
def add(who: Who) -> None:
    """Put somebody into your focus; as many as the setting focus_people of your policy have room."""
    _change(who, added=True)


@focus.command("remove", cls=Writing)
def remove(who: Who) -> None:
    """Take somebody out of your focus."""
    _change(who, added=False)


def _change(who: str, *, added: bool) -> None:
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    with engine() as kith:
        id_, by = kith.find(who), named()
        name = kith.relationship(id_).person.name
        (kith.add_focus if added else kith.remove_focus)(id_, **by)
        room = f"{output.count(len(kith.focus()), 'person', 'people')} of {kith.seeker().policy.focus_people}"
        told = f"{name} is {'in' if added else 'no longer in'} your focus: {room}."
        tell_written(kith, by, told=told, person=shapes.person((id_, name)))


@focus.command("list", cls=Reading)
def everybody() -> None:
    """Who is in your focus, longest first, and for how many more there is room."""
    with engine() as kith:
        found, most = kith.focus(), kith.seeker().policy.focus_people
        calendar = kith.seeker().calendar
    rows = [
        (one.name, one.company or "", Stage(one.stage).words, one.status,
         calendar.day(one.last_touch).isoformat() if one.last_touch else "never", one.id[:8])
        for one in found
    ]  # fmt: skip
    text = output.table(("Name", "Company", "Stage", "Status", "Last touch", "Id"), rows, elastic=2)
    told = f"{text}\n{output.count(len(found), 'person', 'people')} of at most {most}."
    output.say(told if found else output.wrap(NOBODY.format(most)), _shape(found, most))


def _shape(found: list[Listed], most: int) -> dict[str, object]:
    return {"people": [shapes.listed(one) for one in found], "most": most}
