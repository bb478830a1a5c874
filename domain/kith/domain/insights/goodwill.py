"""The goodwill ledger: what was given to each person, and what was asked of them and received."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from kith.domain.relationship.state import Relationship


class Account(NamedTuple):
    """What was given to one person, and what they were asked for. It says nothing of what anybody is worth."""

    relationship_id: UUID
    name: str
    gifts: int
    favours_asked: int
    """Introduction and referral asks that are open or were accepted, as the guard ``goodwill`` counts them."""
    favours_received: int
    """Introductions and referrals, also those that nobody asked for."""


class Ledger(NamedTuple):
    """The accounts of everybody who was given or asked for anything, by name, and their sums."""

    accounts: tuple[Account, ...]
    gifts: int
    favours_asked: int
    favours_received: int


def account(state: Relationship) -> Account:
    """What was given to one person, asked of them, and received."""
    asked = sum(ask.is_favour for ask in state.asks)
    received = len(state.introductions) + len(state.referrals)
    return Account(state.id, state.person.name, len(state.gifts), asked, received)


def ledger(accounts: Iterable[Account]) -> Ledger:
    """The accounts in the order of names, without empty ones."""
    told = sorted((one for one in accounts if any(one[2:])), key=lambda one: (one.name.casefold(), one))
    return Ledger(
        tuple(told), sum(one.gifts for one in told), sum(one.favours_asked for one in told),
        sum(one.favours_received for one in told),
    )  # fmt: skip
