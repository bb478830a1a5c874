"""What one call of the command line knows: its store, its clock, its options, and the way to the engine."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from inspect import unwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints
from uuid import UUID, uuid4

import click
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.models import ArgumentInfo

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows import settings

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.workflows.application.desk import By
    from kith.workflows.bootstrap import Kith

NOT_BEGUN = "Nobody has begun in this store yet; begin with kith init."


@dataclass
class Session:
    """The options that every command shares, and whom the command turned out to be about."""

    json: bool = False
    store: str | None = None
    command_id: str | None = None
    about: tuple[UUID, str] | None = None

    @property
    def where(self) -> str:
        """The store: what ``--store`` says, or the environment."""
        return str(Path(told).expanduser()) if "://" not in (told := self.store or settings.store()) else told


_CURRENT: ContextVar[Session] = ContextVar("session")


def begin() -> Session:
    """A new session, for the command that is about to run."""
    started = Session()
    _CURRENT.set(started)
    return started


def session() -> Session:
    """The session of the command that runs."""
    return _CURRENT.get()


def now() -> datetime:
    """The present instant; raises InvalidInput where ``KITH_NOW`` can't be read."""
    try:
        return settings.clock()
    except ValueError as error:
        raise InvalidInput("KITH_NOW is no instant; write it like 2026-11-23T09:00:00+01:00, or unset it.") from error


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
        yield kith


def has_begun(kith: Kith) -> bool:
    """Whether anybody is registered in the store."""
    with kith.store.reading() as reading:
        return bool(reading.query("SELECT 1 FROM seekers LIMIT 1"))


def typed(kith: Kith, id_: UUID, name: str) -> str:
    """What to type for a person in a command."""
    from kith.workflows.cli.quick import called  # noqa: PLC0415 - it needs this module

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
    """A command about the one person whom ``who`` stands for; when it is done, what it wrote is told."""
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    with engine() as kith:
        id_ = kith.find(who)
        change = Change(kith, id_, kith.relationship(id_).person.name, kith.seeker().calendar, named())
        session().about = (id_, change.name)
        yield change
        tell_written(kith, change.by, (id_, change.name))


def words(**options: Any) -> typer.Typer:
    """Commands of one word of the domain, with plain help: the decorated one takes twice as long to start."""
    return typer.Typer(rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]}, **options)


# Options that every command has


def _keep(name: str) -> Any:
    def callback(_: click.Context, __: click.Parameter, value: Any) -> None:
        if value:
            setattr(session(), name, value)

    return callback


def _json() -> click.Option:
    told = "Print JSON: the result, the refusal or the error."
    return click.Option(["--json"], is_flag=True, expose_value=False, callback=_keep("json"), help=told)


def _store() -> click.Option:
    return click.Option(["--store"], hidden=True, expose_value=False, callback=_keep("store"))


def _command_id() -> click.Option:
    told = "Carried out once, for ever: the same id again changes nothing and tells the same."
    return click.Option(["--command-id"], metavar="ID", expose_value=False, callback=_keep("command_id"), help=told)


class Explained(TyperCommand):
    """A command whose arguments keep their help: Click 8.5 forgets what Typer 0.24 gave them."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of arguments and options."""
        hints = get_type_hints(unwrap(self.callback), include_extras=True) if self.callback else {}
        for argument in self.params:
            if isinstance(argument, TyperArgument) and not argument.help:
                told = getattr(hints.get(argument.name or ""), "__metadata__", ())
                argument.help = next((info.help for info in told if isinstance(info, ArgumentInfo)), None)
        super().format_options(ctx, formatter)


class Reading(Explained):
    """A command that answers a question."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store()], **options)


class Writing(Explained):
    """A command that records something."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _command_id(), _json(), _store()], **options)


class ReadingGroup(TyperGroup):
    """A word that answers a question on its own, and has commands too."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store()], **options)
