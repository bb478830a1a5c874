"""Writes the reference of lint from its rules and phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kith.domain.lint import RULES
from kith.domain.lint.draft import DraftKind
from kith.domain.lint.limits import questions, words
from kith.domain.lint.phrases import PHRASES
from kith.domain.lint.remarks import Rule
from kith.domain.policy import PRESETS

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], list[str]]


def rules(table: Table) -> Iterator[str]:
    """What every rule asks for, on which drafts, and the guard that goes by it."""
    yield from table(("Rule", "On", "Asks for", "Guard", "From"), map(_row, RULES))


def _row(rule: Rule) -> tuple[str, ...]:
    kinds = [kind.value for kind in DraftKind if kind in rule.on]
    everything = "every draft" if len(kinds) == len(DraftKind) else ", ".join(kinds)
    guards = ", ".join(f"[`{name}`](guards.md#{name})" for name in dict.fromkeys(guard for _, guard in rule.guards))
    return (
        f"`{rule.name}`",
        everything,
        rule.told,
        "yes" if rule.english else "",
        guards,
        rule.source or "a value choice",
    )


def numbers(table: Table) -> Iterator[str]:
    """How long each kind may be, and how many questions it asks."""
    policy = PRESETS["default"]
    rows = [(kind.value, _span(words(kind, policy)), _span(questions(kind, policy))) for kind in DraftKind]
    yield from table(("Draft", "Words", "Questions"), rows)


def _span(limits: tuple[int, int]) -> str:
    least, most = limits
    return f"{least} to {most}" if least else f"at most {most}"


def phrases(table: Table) -> Iterator[str]:
    """The generic phrases, why they help nobody, and what to write instead."""
    yield from table(("Phrase", "Why not", "Instead"), [(f"“{one.example}”", one.why, f"{one.do}.") for one in PHRASES])
