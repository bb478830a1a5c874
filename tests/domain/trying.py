"""A network in memory, and a search in it that tries every way there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from kith.domain.paths import PER_INTRODUCER, Goal, Weighted
from kith.domain.strength import Acquaintance, strength_of
from kith.domain.ties import Evidence

Pair = tuple[str, str]


@dataclass
class Drawn:
    """A network in memory."""

    people: Mapping[str, Acquaintance]
    tied: Mapping[Pair, float] = field(default_factory=dict)
    share: Mapping[Pair, float] = field(default_factory=dict)

    def acquaintances(self, ids: Collection[str]) -> dict[str, Acquaintance]:
        return {id_: self.people[id_] for id_ in ids if id_ in self.people}

    def ties(self, ids: Collection[str]) -> Iterator[Weighted]:
        return _both_ways(self.tied, ids)

    def shared(self, ids: Collection[str]) -> Iterator[Weighted]:
        return _both_ways(self.share, ids)

    def evidence(self, one: str, other: str) -> list[Evidence]:
        told = [known.get(pair) for known in (self.tied, self.share) for pair in ((one, other), (other, one))]
        return [Evidence(weight, f"it counts {weight}") for weight in told if weight is not None]

    def weight(self, one: str, other: str) -> float:
        return max((evidence.weight for evidence in self.evidence(one, other)), default=0)


def _both_ways(pairs: Mapping[Pair, float], ids: Collection[str]) -> Iterator[Weighted]:
    for (one, other), weight in pairs.items():
        if one in ids:
            yield Weighted(one, other, weight)
        if other in ids:
            yield Weighted(other, one, weight)


def every_way(network: Drawn, goal: Goal, now: datetime) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every way with at most two introducers and nobody on it twice, with its strength."""
    for chain in chains(tuple(network.people), 3):
        inner, last = chain[:-1], chain[-1]
        if any(id_ in goal.people for id_ in inner):
            continue
        strength = strength_of(network.people[chain[0]], now)
        for one, other in pairwise(chain):
            strength *= network.weight(one, other) * PER_INTRODUCER
        if last in goal.people:
            if not inner or last not in goal.introduced:
                yield chain, strength
        elif last in goal.beyond and len(chain) < 3:
            yield chain, strength * goal.beyond[last].weight * PER_INTRODUCER


def chains(ids: tuple[str, ...], most: int) -> Iterator[tuple[str, ...]]:
    """Every order of up to so many different people."""
    for id_ in ids:
        yield (id_,)
        if most > 1:
            yield from ((id_, *rest) for rest in chains(tuple(other for other in ids if other != id_), most - 1))


def best_by_trying(network: Drawn, goal: Goal, now: datetime) -> dict[str, float]:
    """Of each person who could be asked first, the strength of their best way, if it has any."""
    best: dict[str, float] = {}
    for (first, *_), strength in every_way(network, goal, now):
        best[first] = max(best.get(first, 0), strength)
    return {first: strength for first, strength in best.items() if strength > 0}
