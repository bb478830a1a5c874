"""What people call events that policies call something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_MESSAGES = ("message from them", "outbound touch", "first message")

CHANNELS: Final = ("call", "meeting")
"""Touches that are told from others by their channel."""

EVERYDAY: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(CHANNELS, ("touch", "mutual touch")),
    **dict.fromkeys(("chat", "coffee"), ("coffee chat",)),
    **dict.fromkeys(("thank", "thanks", "thanking"), ("thank-you",)),
    **dict.fromkeys(("message", "email", "e-mail", "mail"), _MESSAGES),
    **dict.fromkeys(("give", "giving", "present"), ("gift",)),
    **dict.fromkeys(("answer", "response"), ("reply",)),
}
"""By the everyday word, the names of the events that are perhaps meant, the likeliest first."""


def meant(words: str) -> tuple[str, ...]:
    """The events that an everyday word may mean; none if it is no such word."""
    told = words.strip().casefold()
    return EVERYDAY.get(told) or EVERYDAY.get(told.removesuffix("s")) or ()
