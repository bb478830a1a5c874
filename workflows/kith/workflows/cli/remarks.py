"""What lint remarks, as text and as JSON: under a draft, and under what the guards say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kith.workflows.cli import output

if TYPE_CHECKING:
    from kith.domain.lint.remarks import Remark

HEADING = "The wording, which nothing is refused for (kith lint):"

_SAID_BY = {"comfort": "can-vouch"}
"""Guards that say the same of an ask's fields as a rule says of a draft."""


def lines(remarks: Iterable[Remark]) -> list[str]:
    """Every remark: the sentence, why, and what to do."""
    return [line for remark in remarks for line in _lines(remark)]


def _lines(remark: Remark) -> list[str]:
    where = f"line {remark.line}" if remark.line else "whole"
    quote = [output.wrap(f"“{remark.sentence}”", 11, f"  {where:<9}")] if remark.sentence else []
    source = f" [{remark.source}]" if remark.source else ""
    guard = f" The guard {remark.guard} holds it back for this." if remark.guard else ""
    first = None if quote else f"  {where:<9}"
    return [*quote, output.wrap(f"{remark.rule}: {remark.why}{guard} {remark.do}.{source}", 11, first)]


def below(remarks: Iterable[Remark] | None, refused: Iterable[str] = ()) -> list[str]:
    """What to add below what the guards say: what they did not say themselves."""
    said = set(refused)
    told = [one for one in remarks or () if one.guard not in said and _SAID_BY.get(one.rule) not in said]
    return ["", output.bold(HEADING), *lines(told)] if told else []


def shape(remark: Remark) -> dict[str, Any]:
    """A remark as JSON."""
    return {
        "rule": remark.rule, "line": remark.line, "sentence": remark.sentence or None, "why": remark.why,
        "do": remark.do, "source": remark.source or None, "guard": remark.guard or None,
    }  # fmt: skip


def shaped(remarks: Iterable[Remark] | None) -> dict[str, Any]:
    """The remarks on an ask, as a field of its JSON; nothing where nothing is asked."""
    return {} if remarks is None else {"remarks": [shape(one) for one in remarks]}
