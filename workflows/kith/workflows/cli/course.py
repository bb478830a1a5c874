"""How close to stay, and whether to go on: tier, snooze, dismiss, close, reopen."""

from __future__ import annotations

from typing import Annotated

import typer

from kith.domain.errors import Ambiguous, InvalidInput, NotFound
from kith.workflows.cli import session, times
from kith.workflows.cli.commands import Writing, words
from kith.workflows.cli.engine import Change, about
from kith.workflows.cli.options import Who

app = words()


@app.command("tier", cls=Writing)
def tier(
    who: Who, tier: Annotated[str, typer.Argument(metavar="TIER", help="1 (closest) to 4 (outermost), or none.")]
) -> None:
    """Choose how often to keep in touch: every 21, 60, 180 or 365 days, unless your policy says otherwise."""
    if tier.strip().lower() not in ("1", "2", "3", "4", "none"):
        raise InvalidInput(f"A tier is 1 (closest), 2, 3, 4 (outermost), or none; not {tier!r}.")
    with about(who) as change:
        change.kith.set_tier(change.id, int(tier) if tier.strip().isdigit() else None, **change.by)


@app.command("snooze", cls=Writing)
def snooze(
    who: Who, until: Annotated[str, typer.Argument(metavar="UNTIL", help="2026-12-24, tomorrow, “in 3 weeks”.")]
) -> None:
    """Hide somebody from today's actions until then; any word from them wakes them earlier."""
    with about(who) as change:
        change.kith.snooze(change.id, times.day_start(until, change.calendar, session.now()), **change.by)


@app.command("dismiss", cls=Writing)
def dismiss(
    who: Who,
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="Which action, where several are due.")] = None,
    done_elsewhere: Annotated[
        bool, typer.Option("--done-elsewhere", help="It was done, only not recorded here.")
    ] = False,
) -> None:
    """Settle something due as not needed, or as done elsewhere."""
    with about(who) as change:
        change.kith.dismiss(change.id, _key(change, key), done_elsewhere=done_elsewhere, **change.by)


def _key(change: Change, key: str | None) -> str:
    """The action meant: the one named, or the only one that is on now."""
    from kith.domain.actions import actions  # noqa: PLC0415 - needs the models

    state, now = change.kith.relationship(change.id), session.now()
    known = actions(state, change.kith.seeker())
    if key is not None and (key in state.settled_debts or any(action.key == key for action in known)):
        return key
    current = [action for action in known if action.start <= now and (action.until is None or now < action.until)]
    if key is not None or len(current) > 1:
        told = (
            f"Nothing of {change.name} has the key {key!r}."
            if key
            else f"Several things of {change.name} are due: name one."
        )
        raise Ambiguous(told, [f"{action.key}  {action.do}" for action in current])
    if not current:
        raise NotFound(f"Nothing of {change.name} is due, so there is nothing to dismiss.")
    return current[0].key


@app.command("close", cls=Writing)
def close(
    who: Who,
    reason: Annotated[str, typer.Argument(metavar="[REASON]", help="Why; it stays on record.")] = "",
    no_contact: Annotated[
        bool, typer.Option("--no-contact", help="They want no contact: no ask passes any more, whatever the policy.")
    ] = False,
) -> None:
    """End a relationship; open asks are taken back and reminders stop."""
    with about(who) as change:
        change.kith.close_relationship(change.id, reason, refuses_contact=no_contact, **change.by)


@app.command("reopen", cls=Writing)
def reopen(who: Who) -> None:
    """Go on with a closed relationship."""
    with about(who) as change:
        change.kith.reopen_relationship(change.id, **change.by)
