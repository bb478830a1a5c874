"""The way from a command to the engine, and to the one person whom it is about."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kith.domain.errors import NotFound
from kith.workflows.cli import output, remarks
from kith.workflows.cli.guide import called
from kith.workflows.cli.session import NOT_BEGUN, now, session
from kith.workflows.cli.whose import whose

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.workflows.application.desk import By
    from kith.workflows.bootstrap import Kith


@contextmanager
def engine(*, new: bool = False, not_begun: str = NOT_BEGUN) -> Generator[Kith]:
    """The engine on the store. Where nobody has begun, a new one is only made for somebody who does."""
    where = session().where
    if not new and "://" not in where and where != ":memory:" and not Path(where).exists():
        raise NotFound(not_begun)
    from kith.workflows.bootstrap import Kith  # noqa: PLC0415 - the models take a quarter of a second to import

    now()
    with Kith.open(where, clock=now) as kith:
        if not new and not has_begun(kith):
            raise NotFound(not_begun)
        yield kith if new else chosen(kith)


def chosen(kith: Kith) -> Kith:
    """The engine of the seeker who was named, if one was."""
    told = session().whose
    if told is None:
        return kith
    with kith.store.reading() as reading:
        return kith.serving(UUID(whose(reading.query, told)[0]))


def has_begun(kith: Kith) -> bool:
    """Whether anybody is registered in the store."""
    with kith.store.reading() as reading:
        return bool(reading.query("SELECT 1 FROM seekers LIMIT 1"))


def typed(kith: Kith, id_: UUID, name: str) -> str:
    """What to type for a person in a command."""
    seeker = kith.seeker().id.hex
    with kith.store.reading() as reading:
        return called(reading.query, seeker, name, id_.hex)


@dataclass
class Change:
    """A command about one person, while it is carried out."""

    kith: Kith
    id: UUID
    name: str
    calendar: Calendar
    by: By

    def past(self, text: str | None) -> datetime | None:
        """When something happened, as told; None means now."""
        from kith.workflows.cli import times  # noqa: PLC0415 - only where a time is told

        return None if text is None else times.past(text, self.calendar, now())

    def ahead(self, text: str | None) -> datetime | None:
        """When something is to be, as told."""
        from kith.workflows.cli import times  # noqa: PLC0415 - only where a time is told

        return None if text is None else times.ahead(text, self.calendar, now())


def named() -> By:
    """The command's id: the one given, or a new one, by which its events are found again."""
    return {"command_id": session().command_id or str(uuid4())}


@contextmanager
def about(who: str) -> Generator[Change]:
    """A command about the one person whom ``who`` stands for; when it is done, what it wrote is told.

    Of an ask, what lint says of its words is told as well.
    """
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    with engine() as kith:
        id_ = kith.find(who)
        change = Change(kith, id_, kith.relationship(id_).person.name, kith.seeker().calendar, named())
        session().about = (id_, change.name)
        yield change
        found = session().remarks
        tell_written(kith, change.by, (id_, change.name), **remarks.shaped(found))
    if found and not session().json:
        output.write("\n".join(remarks.below(found)))
