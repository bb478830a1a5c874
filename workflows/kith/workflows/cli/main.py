"""The entry point: finds the command that was typed, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import click
import typer
from typer.core import TyperGroup

from kith.workflows.cli import failing, output
from kith.workflows.cli.session import begin, session

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Every day": {
        "today": ("today", "At most 5 things to do today, most urgent first, each with why."),
        "board": ("board", "Who stands where, stage by stage; now, or as of any day."),
        "people": ("people", "Everybody on record, or those you search for."),
        "show": ("show", "One person: where you stand, what comes next, and the whole story."),
        "insights": ("insights", "What came of your asks, how long stages take, and what you gave and asked for."),
        "paths": ("paths", "The best ways to a company or a person, and whom to ask now."),
        "ties": ("ties", "Whom a person knows among your people."),
        "dormant": ("dormant", "Ties that were strong once and fell silent, each with a gift to begin with."),
    },
    "What happened": {
        "meet": ("facts", "Put somebody on record."),
        "log": ("facts", "Record a message, a reply, a call, a meeting or a reaction."),
        "give": ("facts", "Record something of use that you gave them, and why it is."),
        "note": ("facts", "Remember a fact about somebody."),
        "describe": ("facts", "Change what is known of somebody."),
        "tie": ("ties", "Note that two of your people know each other."),
        "import": ("importing", "Bring in a LinkedIn data export."),
    },
    "What you write": {
        "draft": ("draft", "What is worth saying in a message, as an outline to write from."),
        "lint": ("lint", "What is to be said about a draft before it goes out."),
    },
    "Asks, guarded": {
        "check": ("asks", "Ask the guards about an ask, without making it."),
        "message": ("asks", "Record a first message to somebody who does not know you."),
        "chat": ("chat", "Coffee chats: prepare, propose, agree, hold, thank …"),
        "intro": ("intro", "Warm introductions: ask, make, thank …"),
        "refer": ("refer", "Referrals: ask, agree, given, thank, outcome, report …"),
        "opening": ("opening", "Openings: add, list, show, close; who could refer you, and whom to ask."),
        "nudge": ("asks", "Remind somebody of an ask that waits for their answer."),
    },
    "How close, and whether": {
        "focus": ("focus", "The few people who come first: add, remove, list."),
        "tier": ("course", "Choose how often to keep in touch."),
        "snooze": ("course", "Hide somebody from today's actions for a while."),
        "dismiss": ("course", "Settle something due as not needed, or done elsewhere."),
        "close": ("course", "End a relationship, or record that they want no contact."),
        "reopen": ("course", "Go on with a closed relationship."),
        "undo": ("undo", "Take back or correct a fact, or take back a whole import."),
    },
    "You": {
        "init": ("profile", "Begin: say who you are."),
        "profile": ("profile", "Your profile, working hours and goals."),
        "seekers": ("seekers", "Everybody who keeps relationships in this store."),
        "policy": ("policy", "The policy you go by; and policies of your own to audit by: new, check, steps."),
        "what-if": ("what_if", "What another policy would have said to every past ask."),
        "guards": ("policy", "Every guard, with its rule and where it comes from."),
        "audit": ("audit", "Judge the log by policies, and report every violation."),
    },
    "By itself": {
        "serve": ("flows", "Do by itself what is due, until you stop it."),
        "flows": ("flows", "Everything that can run by itself: list, run …"),
        "digest": ("digest", "The digest of a day, and whether it reached you: show, sent."),
    },
    "Keeping": {
        "export": ("exporting", "Everything that happened, as JSON lines, XES or OCEL 2.0; or the people, as CSV."),
        "sweep": ("sweeping", "Fire what became due: asks lapse, ties fall asleep, reminders come up."),
        "doctor": ("keeping", "Look for damage in the store."),
        "rebuild": ("keeping", "Recreate the tables that the quick reads use, from the log."),
        "store": ("store", "The store itself: make its tables on PostgreSQL, or bring them up to date."),
    },
}
"""Every command by section: its module, loaded when it is typed, and its line in the help."""


class Commands(TyperGroup):
    """The commands, each loaded when it is typed, so that the everyday ones answer at once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for section in COMMANDS.values():
            for name, (_, told) in section.items():
                self.commands[name] = click.Command(name, help=told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        for section in COMMANDS.values():
            if cmd_name in section:
                module = import_module(f"kith.workflows.cli.{section[cmd_name][0]}")
                return typer.main.get_group(module.app).get_command(ctx, cmd_name)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - Click's
        """The help: section by section."""
        for title, section in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, told) for name, (_, told) in section.items()], col_max=10)


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    suggest_commands=False,  # Click does
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only where it is asked for

        try:
            output.write(f"kith {version('kithkin')}")
        except PackageNotFoundError:
            output.write("kith, not installed as a package")
        raise typer.Exit


@app.callback()
def kith(
    store: Annotated[
        str | None, typer.Option("--store", metavar="PATH", help="The store, instead of what KITH_STORE says.")
    ] = None,
    seeker: Annotated[
        str | None,
        typer.Option(
            "--seeker",
            metavar="WHO",
            help="Whose relationships, where several share the store: an id, its start or a name; or KITH_SEEKER.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Kith keeps your professional relationships: whom to nurture, what to give, and which asks are earned.

    Begin with kith init, then kith import FILE or kith meet NAME, then kith today. Every command has --help and --json.
    """
    session().store, session().seeker = store, seeker


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    begin()
    try:
        code = typer.main.get_command(app).main(typed, prog_name="kith", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:  # the one place where errors become sentences
        return failing.tell(error, asked_json="--json" in typed)
    if code == failing.INTERRUPTED:  # Click's own answer to an interrupt
        output.message(failing.STOPPED)
    return code if isinstance(code, int) else 0
