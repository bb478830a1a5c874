"""``kith what-if``: what another policy would have said to everything you ever asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kith.workflows.cli import guide, output, shapes, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.policy import preset, read_policy

if TYPE_CHECKING:
    from kith.domain.calendar import Calendar
    from kith.domain.decision import Finding
    from kith.domain.rejudging import Rejudged
    from kith.workflows.application.what_if import Change, WhatIf

app = words()
SHOWN = 10


@app.command("what-if", cls=Reading)
def what_if(
    which: Annotated[str, typer.Argument(metavar="PRESET|FILE", help="default, careful, brisk, or a TOML file.")],
    everything: Annotated[bool, typer.Option("--all", help="Every ask and person, however many.")] = False,
    pseudonymous: Annotated[
        bool, typer.Option("--pseudonymous", help="Ids instead of names, and no sentences that may hold any.")
    ] = False,
) -> None:
    """Judge every past ask again under another policy: what it would have refused and why, and what allowed.

    Each ask is judged on what was on record before it. Nothing is written.

    A TOML file holds the numbers that differ, one a line (gifts_before_ask = 2); kith policy lists the settings.
    """
    policy = read_policy(which)
    with engine() as kith, output.progress("Judging the past again") as progress:
        found = kith.what_if(policy, progress=progress)
        calendar = kith.seeker().calendar
    told = _Told(found, calendar, which, everything=everything, named=not pseudonymous)
    output.say(told.text, told.shape)


class _Told:
    """What was found, as text and as JSON."""

    def __init__(self, found: WhatIf, calendar: Calendar, which: str, *, everything: bool, named: bool) -> None:
        self._found, self._calendar, self._which = found, calendar, which
        self._most, self._named = len(found.asks) if everything else SHOWN, named

    # Text

    def text(self) -> str:
        """The verdict, every ask that would have ended otherwise, and sums by guard and by person."""
        found = self._found
        lines = [output.bold(output.wrap(self._heading())), ""]
        if not found.asks:
            lines += [output.wrap("You have asked nobody for anything yet, so there is nothing to judge.")]
        lines += [
            *self._section("Would have been refused", found.refused, f"of {output.count(found.made, 'ask')} made"),
            *self._section("Would have been allowed", found.allowed, f"of {len(found.asks) - found.made:,} held back"),
            *self._sums("Guard", ((guard, change) for guard, change in found.by_guard().items())),
            *self._sums("Person", ((self._name(who), change) for who, change in found.by_person().items())),
            *(output.wrap(str(problem), 2, "- ") for problem in found.corrupt),
            *self._close(),
        ]
        return "\n".join(lines)

    def _heading(self) -> str:
        found = self._found
        named = f"{preset(found.policy) or self._which} (policy {found.policy.hash})"
        same = ", which you go by now" if found.policy == found.in_force else ""
        changed = len(found.refused) + len(found.allowed)
        asks = output.count(len(found.asks), "past ask")
        return f"Under {named}{same}: {changed or 'none'} of {asks} would have ended otherwise."

    def _section(self, title: str, asks: Sequence[Rejudged], of: str) -> Iterator[str]:
        if not asks:
            return
        yield output.bold(f"{title}: {len(asks):,} {of}")
        for ask in asks[: self._most]:
            yield from self._ask(ask)
        if len(asks) > self._most:
            yield f"  +{len(asks) - self._most:,} more; --all shows them"
        yield ""

    def _ask(self, ask: Rejudged) -> Iterator[str]:
        day = times.moment(ask.at, self._calendar).partition(" ")[0]
        past = f", past {', '.join(ask.overridden)}" if ask.overridden else ""
        yield output.wrap(f"{self._name(ask.relationship)} · {ask.decision.kind}{past}", 14, f"  {day}  ")
        if ask.would_be_allowed:
            yield output.wrap(f"was held back by {', '.join(ask.held_back)}", 18, " " * 14)
        for finding in ask.decision.missing:
            yield output.wrap(f"{finding.guard}{self._why(finding)}", 18, " " * 14)

    def _why(self, finding: Finding) -> str:
        if not self._named:
            return ""
        missing = f" Missing: {finding.missing.rstrip('.')}." if finding.missing not in ("", "time") else ""
        return f": {finding.why}{missing}"

    def _sums(self, what: str, changes: Iterable[tuple[str, Change]]) -> Iterator[str]:
        rows = [(name, f"{change.refused:,}", f"{change.allowed:,}") for name, change in changes]
        if rows:
            yield output.table((what, "Would be refused", "Would be allowed"), rows[: self._most], elastic=1)
            yield from [f"+{len(rows) - self._most:,} more; --all shows them"] if len(rows) > self._most else []
            yield ""

    def _name(self, who: UUID) -> str:
        return self._found.people[who] if self._named else str(who)

    def _close(self) -> Iterator[str]:
        found = self._found
        if found.asks:
            made, held_back = found.made - len(found.refused), len(found.asks) - found.made - len(found.allowed)
            yield f"Unchanged: {made:,} made, {held_back:,} held back."
        if found.policy == found.in_force:
            yield "Nothing was written."
        else:
            yield "Nothing was written. To go by it from here on:"
            yield f"  $ kith policy adopt {guide.quoted(self._which)}"

    # JSON

    def shape(self) -> dict[str, Any]:
        """The same as JSON."""
        found = self._found
        return {
            "policy": {"hash": found.policy.hash, "preset": preset(found.policy)},
            "in_force": found.in_force.hash,
            "asks": len(found.asks),
            "made": found.made,
            "held_back": len(found.asks) - found.made,
            "unchanged": len(found.asks) - len(found.refused) - len(found.allowed),
            "would_be_refused": [self._ask_shape(ask) for ask in found.refused],
            "would_be_allowed": [self._ask_shape(ask) for ask in found.allowed],
            "by_guard": [{"guard": guard, **_change(change)} for guard, change in found.by_guard().items()],
            "by_person": [{**self._person(who), **_change(change)} for who, change in found.by_person().items()],
            "unreadable": [str(problem) for problem in found.corrupt],
        }

    def _person(self, who: UUID) -> dict[str, Any]:
        return {"id": str(who), "name": self._found.people[who] if self._named else None}

    def _ask_shape(self, ask: Rejudged) -> dict[str, Any]:
        findings = [
            {"guard": f.guard, **({"why": f.why, "missing": f.missing} if self._named else {}), "hard": f.hard}
            for f in ask.decision.missing
        ]
        return {
            "id": ask.id, "person": self._person(ask.relationship), "kind": ask.decision.kind,
            "at": shapes.iso(ask.at), "policy": ask.policy, "held_back_by": list(ask.held_back),
            "overridden": list(ask.overridden), "findings": findings,
        }  # fmt: skip


def _change(change: Change) -> dict[str, int]:
    return {"refused": change.refused, "allowed": change.allowed}
