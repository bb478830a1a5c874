"""How long each kind of message may be, and how many questions it asks: one place for the guards and for lint."""

from __future__ import annotations

from typing import Final, NamedTuple

from kith.domain.lint.draft import DraftKind
from kith.domain.policy import Policy


class Limits(NamedTuple):
    """The fewest and the most."""

    least: int
    most: int

    def hold(self, count: int) -> bool:
        """Whether that many are allowed."""
        return self.least <= count <= self.most


def first_message_words(policy: Policy) -> Limits:
    """Words of a first message (Simon Fraser University career services: practitioners' advice)."""
    return Limits(0, policy.first_message_words)


def note_words(policy: Policy) -> Limits:
    """Words of a note to forward (Boomerang: a vendor's numbers, correlational)."""
    return Limits(policy.note_words_min, policy.note_words_max)


def note_questions(policy: Policy) -> Limits:
    """Questions of a note to forward (Boomerang: a vendor's numbers, correlational)."""
    return Limits(policy.note_questions_min, policy.note_questions_max)


_WORDS: Final = {
    DraftKind.CHAT: Limits(0, 125),
    DraftKind.REFERRAL: Limits(0, 200),
    DraftKind.THANKS: Limits(0, 125),
    DraftKind.OUTCOME: Limits(0, 125),
    DraftKind.NUDGE: Limits(0, 75),
}
"""Value choices: no guard counts these words. A referral ask has the most to say."""

ASKING: Final = frozenset({DraftKind.FIRST_MESSAGE, DraftKind.CHAT, DraftKind.INTRODUCTION, DraftKind.REFERRAL})
"""The drafts that have to ask something."""


def words(kind: DraftKind, policy: Policy) -> Limits:
    """How many words a draft of that kind may have."""
    if kind is DraftKind.FIRST_MESSAGE:
        return first_message_words(policy)
    return note_words(policy) if kind is DraftKind.INTRODUCTION else _WORDS[kind]


def questions(kind: DraftKind, policy: Policy) -> Limits:
    """How many questions a draft of that kind may ask."""
    most = note_questions(policy)
    return most if kind in ASKING else most._replace(least=0)
