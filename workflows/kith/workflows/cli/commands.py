"""The kinds of command, and the options that every command has."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import click
import typer
from typer.core import TyperCommand, TyperGroup

from kith.workflows.cli.session import session


def words(**options: Any) -> typer.Typer:
    """Commands of one word of the domain, with plain help: the decorated one takes twice as long to start."""
    return typer.Typer(
        rich_markup_mode=None,
        suggest_commands=False,  # Click does
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


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


class _Strict(click.Command):
    """A command that an error in its options is told of: the parser forgets which one it was."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments that are left, as click tells them."""
        try:
            self._refuse_options_as_values(args)
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def _refuse_options_as_values(self, args: list[str]) -> None:
        """Nobody is called ``--json``: an option that stands where a value should is a value that was forgotten.

        A value that does look so is written ``--to=--json``.
        """
        options = [one for one in self.params if isinstance(one, click.Option)]
        names = {name for one in options for name in (*one.opts, *one.secondary_opts)}
        waiting = {name for one in options if not (one.is_flag or one.count) for name in one.opts}
        for said, after in pairwise(args[: args.index("--")] if "--" in args else args):
            if said in waiting and after in names:
                raise click.BadOptionUsage(said, f"Option {said!r} requires an argument.")


class _Command(_Strict, TyperCommand):
    """A command that has options like all others."""


class Reading(_Command):
    """A command that answers a question."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store(), _seeker()], **options)


class Writing(_Command):
    """A command that records something."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _command_id(), _json(), _store(), _seeker()], **options)


class ReadingGroup(_Strict, TyperGroup):
    """A word that answers a question on its own, and has commands too."""

    def __init__(self, *args: Any, params: list[click.Parameter] | None = None, **options: Any) -> None:
        super().__init__(*args, params=[*(params or []), _json(), _store(), _seeker()], **options)
