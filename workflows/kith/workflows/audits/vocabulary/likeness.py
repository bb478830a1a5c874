"""Which of the words that are known a text is most like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

NEAR: Final = 70
"""From here on, of 100, a word is near enough to be named."""


def nearest(text: str, known: Iterable[str]) -> str:
    """The known text that is most like it; empty if none is near."""
    found = process.extractOne(
        text.casefold(), list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=NEAR
    )
    return found[0] if found else ""
