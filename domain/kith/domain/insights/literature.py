"""What others have found, to hold one's own numbers against: each with its source, and how far it can be trusted."""

from __future__ import annotations

from typing import Final, NamedTuple


class Study(NamedTuple):
    """A number that others found."""

    about: str
    """first message, chat, introduction, referral, offer or thanks: which of one's own numbers it stands beside."""
    found: str
    source: str
    solid: str
    """How far it can be trusted."""
    share: float | None = None
    """The number, where it is a share that one's own can be compared with."""


STUDIES: Final = (
    Study(
        "offer", "Of referred candidates 1 in 16 was hired, of the others 1 in 152.",
        "Lever 2016", "a vendor's numbers; who gets referred is no accident", 1 / 16,
    ),
    Study(
        "referral", "A referral raises the odds that an interview ends in a match by 2.6 to 6.6%.",
        "Glassdoor, 440,000 interviews", "a platform's large sample, observed and not tried",
    ),
    Study(
        "introduction", "People underestimate by up to half how many of those they ask will help.",
        "Flynn & Lake 2008", "experiments",
    ),
    Study(
        "thanks", "Of those who were thanked 66% helped again, of those who were not 32%.",
        "Grant & Gino 2010", "an experiment",
    ),
)  # fmt: skip
"""They are the ones that the policy names."""
