"""``kith people --champions``: who vouched for you, and heard what came of it."""

from __future__ import annotations

from uuid import UUID

from kith.domain.champions import Champion
from kith.domain.errors import InvalidInput
from kith.workflows.cli import output, shapes
from kith.workflows.cli.engine import engine
from kith.workflows.readmodels.people import Listed

NOBODY = (
    "No champions yet: they are those who referred you, heard from you what came of it (kith refer report), and with "
    "whom you are in touch."
)


def tell(search: str, stage: str | None, limit: int) -> None:
    """The champions by name."""
    if stage is not None:
        raise InvalidInput("Leave --stage out with --champions: they are at whatever stage they are.")
    with engine() as kith:
        found = {one.relationship_id: one for one in kith.champions()}
        listed = [one for one in kith.people(search) if UUID(one.id) in found][:limit] if found else []
        calendar = kith.seeker().calendar
    both = [(one, found[UUID(one.id)]) for one in listed]
    rows = [
        (one.name, one.company or "", f"{known.role} at {known.company}", known.outcome,
         calendar.day(one.last_touch).isoformat() if one.last_touch else "never", one.id[:8])
        for one, known in both
    ]  # fmt: skip
    text = output.table(("Name", "Company", "Referred you as", "Outcome", "Last touch", "Id"), rows, elastic=3)
    told = f"{text}\n{output.count(len(both), 'champion')}." if both else output.wrap(NOBODY)
    output.say(told, {"people": [_shape(*pair) for pair in both]})


def _shape(one: Listed, known: Champion) -> dict[str, object]:
    champion = {"role": known.role, "company": known.company, "outcome": known.outcome}
    return {**shapes.listed(one), "champion": champion}
