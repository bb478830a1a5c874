"""Finds out which party of the messages and invitations is the owner of the export."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kith.domain.people import name_key


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """Who wrote to whom: their names, and the keys of their profiles where there are any. Many messages share one."""

    sender: str
    sender_key: str | None
    to: str
    to_keys: tuple[str, ...]


Line: TypeAlias = tuple[int, Parties, str]
"""A message without its body: the line it stands on, its parties, and its date as written."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner as a party: their name, and their profile's key where the export tells it."""

    name: str
    key: str | None

    def is_party(self, key: str | None, name: str) -> bool:
        """Whether a party is the owner: by key where both are known, else by name."""
        if key and self.key:
            return key == self.key
        return self.is_called(name)

    def is_called(self, name: str) -> bool:
        """Whether that is the owner's name."""
        return bool(name) and name_key(name) == name_key(self.name)


class Unclear(Exception):
    """Nothing in the export tells which party its owner is."""


def find_owner(messages: Counter[Parties], name: str, known: Owner | None, others: Container[str]) -> Owner:
    """The owner: as the invitations say (`known`), else by the profile's name, else the most frequent party.

    `others` are the keys of the connections, of whom the owner is none. Raises Unclear where two parties fit as well.
    """
    if known and known.key and known.key not in others:
        return known
    count = _Count(messages, others)
    expected = name or (known.name if known else "")
    return count.of_name(expected) or count.most_frequent()


class _Count:
    """How often each key, each name, and each name under a key is a party."""

    def __init__(self, messages: Counter[Parties], others: Container[str]) -> None:
        self.keys: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.spelt: dict[str, str] = {}
        self.with_recipients = self.all = 0
        for parties, times in messages.items():
            self.all += times
            self.with_recipients += times if parties.to_keys else 0
            self._add(parties.sender, (parties.sender_key,) if parties.sender_key else (), times, others)
            self._add(parties.to, parties.to_keys, times, others)

    def of_name(self, name: str) -> Owner | None:
        """The party of that name, if it is about as frequent as the owner must be."""
        wanted = name_key(name)
        mine = [(times, key) for (called, key), times in self.pairs.items() if called == wanted]
        if name and mine and max(mine)[0] * 2 >= max(self.keys.values()):
            return Owner(name, max(mine)[1])
        if name and wanted in self.names and self.names[wanted] * 2 >= max(self.names.values()):
            return Owner(name, None)
        return None

    def most_frequent(self) -> Owner:
        """The most frequent party, by profile where the recipients' profiles are known, else by name."""
        if self.with_recipients * 2 > self.all:
            key = _first(self.keys)
            called = Counter({name: times for (name, of), times in self.pairs.items() if of == key})
            return Owner(self.spelt[called.most_common(1)[0][0]] if called else "", key)
        wanted = _first(self.names)
        keys = Counter({key: times for (name, key), times in self.pairs.items() if name == wanted})
        return Owner(self.spelt[wanted], keys.most_common(1)[0][0] if keys else None)

    def _add(self, name: str, keys: tuple[str, ...], times: int, others: Container[str]) -> None:
        called = name_key(name)
        self.spelt.setdefault(called, name)
        mine = [key for key in keys if key not in others]
        if called and (mine or not keys):
            self.names[called] += times
        for key in mine:
            self.keys[key] += times
        if mine and len(keys) == 1:
            self.pairs[called, keys[0]] += times


def _first(counter: Counter[str]) -> str:
    """The most frequent one; raises Unclear if there is none, or two."""
    top = counter.most_common(2)
    if not top or (len(top) == 2 and top[0][1] == top[1][1]):
        raise Unclear
    return top[0][0]


def names_of(messages: Iterable[Parties]) -> set[str]:
    """The folded names of all who wrote."""
    return {name_key(parties.sender) for parties in messages}
