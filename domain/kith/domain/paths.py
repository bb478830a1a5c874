"""The best ways to somebody: directly, through one person who introduces, or through two.

A way's strength is that of one's own relationship with its first person, times the weight of each tie on it, times
three quarters for each introducer, for every one of them has to be willing: a value choice. (In the chains of mails of
Dodds, Muhamad & Watts, Science 2003, most of those who got one did not pass it on.) One way is told for each person
who could be asked first, in the order of strength: an order of ways to begin, never of what people are worth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nlargest
from itertools import chain as chain_of
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from kith.domain.strength import Acquaintance, Part, parts_of, strength_of
from kith.domain.ties import STRONGEST_SHARED, Evidence

PER_INTRODUCER: Final = 0.75
MOST_INTRODUCERS: Final = 2
LOT: Final = 32
"""People whose ties are looked up at once; after each lot it is seen whether another can still matter."""
DIGITS: Final = 6
"""Strengths are compared to so many digits, so that the order does not hang on how numbers are added."""


class Weighted(NamedTuple):
    """That one person knows another, and how much speaks for it."""

    one: str
    other: str
    weight: float


class Network(Protocol):
    """The seeker's people and who of them knows whom. Nobody is in it who wants no contact, or whom one left."""

    def acquaintances(self, ids: Collection[str]) -> Mapping[str, Acquaintance]:
        """Those people who are in it."""
        ...

    def ties(self, ids: Collection[str]) -> Iterable[Weighted]:
        """Whom these people know by what was noted, each pair once."""
        ...

    def shared(self, ids: Collection[str]) -> Iterable[Weighted]:
        """Whom they may know by a shared employer or school; no weight is above ``STRONGEST_SHARED``."""
        ...

    def evidence(self, one: str, other: str) -> Iterable[Evidence]:
        """All that speaks for a tie; its weight is that of the strongest."""
        ...


class Goal(NamedTuple):
    """Where a way is to lead: to any of these people, or beyond those who may know somebody who is not on record."""

    people: Collection[str]
    beyond: Mapping[str, Evidence] = {}
    introduced: Collection[str] = ()
    """Whom one was introduced to already, so that nobody has to do it again."""


class Link(NamedTuple):
    """A tie on a way, with all that speaks for it, the strongest first."""

    weight: float
    evidence: tuple[Evidence, ...]


class Way(NamedTuple):
    """The best way that begins with one person."""

    people: tuple[Acquaintance, ...]
    """Whom to ask first, then those whom it leads to."""
    links: tuple[Link, ...]
    """The ties between them; one more than that where the way leads beyond the last of them."""
    strength: float
    parts: tuple[Part, ...]
    """What the strength is made of: the relationship's parts, then each tie, then the introducers."""


class _Chain(NamedTuple):
    """What comes after the first person of a way."""

    value: float
    ids: tuple[str, ...] = ()
    introducers: int = 0

    @property
    def order(self) -> tuple[float, int, tuple[str, ...]]:
        """The best first."""
        return -self.value, self.introducers, self.ids

    def after(self, weight: float, *one: str) -> _Chain:
        """The chain of somebody who introduces to ``one``, where this one begins; or beyond themselves."""
        return _Chain(self.value_after(weight), (*one, *self.ids), self.introducers + 1)

    def value_after(self, weight: float) -> float:
        """The value of a chain that is a tie of that weight longer."""
        return round(self.value * weight * PER_INTRODUCER, DIGITS)


_HERE = _Chain(1.0)
Chains = Mapping[str, _Chain]


def best_ways(network: Network, goal: Goal, now: datetime, limit: int, *, lot: int = LOT) -> list[Way]:
    """The strongest ways to a goal, at most one for each person who could be asked first.

    Days since somebody's last word are days of the calendar, in the time zone of ``now``.
    """
    search = _Search(network, now, limit, lot)
    there = search.offer(dict.fromkeys(goal.people, _HERE))
    beyond = {id_: _HERE.after(tie.weight) for id_, tie in goal.beyond.items() if id_ not in there}
    strangers = {id_: here for id_, here in there.items() if id_ not in goal.introduced}
    level = _better(search.offer(beyond), search.through(strangers))
    for _ in range(MOST_INTRODUCERS - 1):
        level = search.through(level)
    return [_told(network, goal, *search.found[id_], search.strengths[id_], now) for id_ in search.best()]


def _better(one: Chains, other: Chains) -> dict[str, _Chain]:
    """The better chain of each person."""
    return {
        id_: min((chains[id_] for chains in (one, other) if id_ in chains), key=lambda chain: chain.order)
        for id_ in one.keys() | other.keys()
    }


class _Search:
    """What was found so far: of each person the best chain from there on."""

    def __init__(self, network: Network, now: datetime, limit: int, lot: int) -> None:
        self._network, self._now, self._limit, self._lot = network, now, limit, lot
        self.found: dict[str, tuple[Acquaintance, _Chain]] = {}
        self.strengths: dict[str, float] = {}
        self._own: dict[str, float] = {}
        self._floor = 0.0
        """The strength of the last way that is told as things stand; none where there is room for more."""

    def offer(self, chains: Chains) -> dict[str, _Chain]:
        """Take in what is better than what was known; returns the chains that begin with people of the network."""
        new = self._network.acquaintances([id_ for id_ in chains if id_ not in self.found])
        self._own |= {id_: strength_of(person, self._now) for id_, person in new.items()}
        taken = {id_: chain for id_, chain in chains.items() if id_ in self._own}
        for id_, chain in taken.items():
            if id_ not in self.found or chain.order < self.found[id_][1].order:
                self.found[id_] = (new[id_] if id_ in new else self.found[id_][0], chain)
                self.strengths[id_] = round(self._own[id_] * chain.value, DIGITS)
        best = nlargest(self._limit, self.strengths.values())
        self._floor = best[-1] if len(best) == self._limit else 0.0
        return taken

    def through(self, level: Chains) -> dict[str, _Chain]:
        """Offer the chains that are one introducer longer, as far as one of them can still be among the best."""
        longer: dict[str, _Chain] = {}
        ordered = sorted(level, key=lambda id_: level[id_].order)
        for start in range(0, len(ordered), self._lot):
            lot = ordered[start : start + self._lot]
            if level[lot[0]].value_after(1.0) < self._floor:
                break
            longer = _better(longer, self.offer(self._through(lot, level)))
        return longer

    def _through(self, lot: list[str], level: Chains) -> dict[str, _Chain]:
        ties = self._network.ties(lot)
        if level[lot[0]].value_after(STRONGEST_SHARED) >= self._floor:
            ties = chain_of(ties, self._network.shared(lot))
        chains: dict[str, _Chain] = {}
        for one, other, weight in ties:
            before = level[one]
            value = before.value_after(weight)
            if value >= self._floor and other not in before.ids and not self._is_there(other):
                chain = before.after(weight, one)
                if other not in chains or chain.order < chains[other].order:
                    chains[other] = chain
        return chains

    def _is_there(self, id_: str) -> bool:
        """Whether somebody is the goal: nobody introduces them to it."""
        return id_ in self.found and not self.found[id_][1].introducers

    def best(self) -> list[str]:
        """Whom to begin with, in order: the strongest way, the shortest, then by name."""

        def order(id_: str) -> tuple[float, int, str, str]:
            person, chain = self.found[id_]
            return -self.strengths[id_], chain.introducers, person.name.casefold(), id_

        return sorted(self.found, key=order)[: self._limit]


def _told(network: Network, goal: Goal, first: Acquaintance, chain: _Chain, strength: float, now: datetime) -> Way:
    known = network.acquaintances(chain.ids)
    people = (first, *(known[id_] for id_ in chain.ids))
    links = [_link(network.evidence(one.id, other.id)) for one, other in pairwise(people)]
    ties = [
        Part("tie", link.weight, f"{one.name} and {other.name}: {link.evidence[0].why}.")
        for link, (one, other) in zip(links, pairwise(people), strict=True)
    ]
    last = people[-1]
    if len(links) < chain.introducers:
        links.append(_link([goal.beyond[last.id]]))
        ties.append(Part("tie", links[-1].weight, f"{last.name} {links[-1].evidence[0].why}."))
    return Way(people, tuple(links), strength, (*parts_of(first, now), *ties, *_length(chain.introducers)))


def _link(evidence: Iterable[Evidence]) -> Link:
    found = tuple(sorted(evidence, key=lambda one: -one.weight))
    return Link(found[0].weight, found)


def _length(introducers: int) -> Iterator[Part]:
    if introducers:
        told = "One introducer has" if introducers == 1 else f"{introducers} introducers have"
        yield Part("introducers", PER_INTRODUCER**introducers, f"{told} to be willing.")
