"""The kinds of command, and the options that every command has."""

from __future__ import annotations

from typing import Any

import click
import typer
from typer.core import TyperCommand, TyperGroup

from kith.workflows.cli.session import session


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


def _seeker() -> click.Option:
    return click.Option(["--seeker"], hidden=True, expose_value=False, callback=_keep("seeker"))


def _command_id() -> click.Option:
    told = "Carried out once, for ever: the same id again changes nothing and tells the same."
    return click.Option(["--command-id"], metavar="ID", expose_value=False, callback=_keep("command_id"), help=told)


class Reading(TyperCommand):
    """A command that answers a question."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store(), _seeker()], **options)


class Writing(TyperCommand):
    """A command that records something."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _command_id(), _json(), _store(), _seeker()], **options)


class ReadingGroup(TyperGroup):
    """A word that answers a question on its own, and has commands too."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store(), _seeker()], **options)
