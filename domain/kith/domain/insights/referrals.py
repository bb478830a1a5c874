"""What referrals led to, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from kith.domain.insights.proportions import Rate
from kith.domain.relationship.state import Referral


class Led(StrEnum):
    """What a referral led to, as far as its recorded outcome says so in words that are known here."""

    OFFER = "offer"
    INTERVIEW = "interview"
    NOTHING = "rejected"
    OTHER = "other words"


_WORDS: Final = {
    Led.OFFER: ("offer", "an offer", "job offer", "offered", "hired", "job", "got the job", "accepted"),
    Led.INTERVIEW: ("interview", "an interview", "interviews", "first interview", "second interview", "invited"),
    Led.NOTHING: (
        "rejected",
        "rejection",
        "refused",
        "declined",
        "no",
        "nothing",
        "no answer",
        "turned down",
        "filled",
    ),
}
KNOWN: Final = {word: led for led, words in _WORDS.items() for word in words}
"""The outcomes that are told apart: whole ones, for the middle of a sentence would be a guess."""


class Referrals(NamedTuple):
    """The referrals received and what is known of them."""

    given: int
    volunteered: int
    """Those of them that nobody asked for."""
    known: int
    """Those of which the outcome is known."""
    reported: int
    """Those whose referrer has heard it."""
    led_to: dict[Led, int]
    offers: Rate
    """Offers among those that ended in an offer or without one; an interview is still open."""


def led_to(outcome: str) -> Led:
    """What a recorded outcome says."""
    return KNOWN.get(" ".join(outcome.casefold().strip(" .!").split()), Led.OTHER)


def referrals(given: Iterable[Referral]) -> Referrals:
    """What these referrals led to."""
    told = list(given)
    known = [led_to(one.outcome) for one in told if one.outcome is not None]
    counts = {led: known.count(led) for led in Led}
    over = counts[Led.OFFER] + counts[Led.NOTHING]
    return Referrals(
        len(told), sum(one.volunteered for one in told), len(known), sum(one.reported is not None for one in told),
        counts, Rate(counts[Led.OFFER], over, len(told) - over),
    )  # fmt: skip
