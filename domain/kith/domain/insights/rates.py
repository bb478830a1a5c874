"""How often each kind of ask worked: altogether, by stage and origin, cold or earned, and past which guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from kith.domain.asks import AskKind
from kith.domain.insights.asked import WORKED, Asked, Result
from kith.domain.insights.proportions import Difference, Rate, difference
from kith.domain.stages import Origin, Stage

Group = TypeVar("Group", Stage, Origin)


class Rates(NamedTuple):
    """How the asks of one kind went."""

    kind: AskKind
    all: Rate
    earned: Rate
    cold: Rate
    earned_above_cold: Difference | None
    """By how much more often the earned ones worked; None where there is too little of either."""
    by_stage: Mapping[Stage, Rate]
    """By the stage at the time of the ask; stages without an ask are left out."""
    by_origin: Mapping[Origin, Rate]


class Overrides(NamedTuple):
    """What it led to that guards were overridden."""

    guarded: Rate
    """The asks for which every guard held."""
    overridden: Rate
    guarded_above_overridden: Difference | None
    by_guard: Mapping[str, Rate]
    """An ask past several guards counts for each of them."""


def rate(asks: Iterable[Asked]) -> Rate:
    """How often these asks worked."""
    results = Counter(ask.result for ask in asks)
    worked = results[Result.WORKED]
    return Rate(worked, worked + results[Result.DID_NOT], results[Result.OPEN], results[Result.WITHDRAWN])


def rates(asks: Iterable[Asked]) -> Mapping[AskKind, Rates]:
    """How each kind of ask went, also those that were never made."""
    told = list(asks)
    return {kind: _of_kind(kind, [ask for ask in told if ask.kind is kind]) for kind in WORKED}


def _of_kind(kind: AskKind, asks: list[Asked]) -> Rates:
    earned, cold = rate(ask for ask in asks if not ask.cold), rate(ask for ask in asks if ask.cold)
    by_stage, by_origin = _grouped(asks, Stage, lambda ask: ask.stage), _grouped(asks, Origin, lambda ask: ask.origin)
    return Rates(kind, rate(asks), earned, cold, difference(earned, cold), by_stage, by_origin)


def _grouped(asks: list[Asked], groups: Iterable[Group], of: Callable[[Asked], Group]) -> dict[Group, Rate]:
    told = set(map(of, asks))
    return {group: rate(ask for ask in asks if of(ask) is group) for group in groups if group in told}


def overrides(asks: Iterable[Asked]) -> Overrides:
    """What overridden asks of every kind led to, beside those for which every guard held."""
    told = list(asks)
    guarded, past = rate(a for a in told if not a.overridden), rate(a for a in told if a.overridden)
    names = sorted({guard for ask in told for guard in ask.overridden})
    by_guard = {name: rate(ask for ask in told if name in ask.overridden) for name in names}
    return Overrides(guarded, past, difference(guarded, past), by_guard)
