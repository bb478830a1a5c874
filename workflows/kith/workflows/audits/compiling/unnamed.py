"""What is said of names that are none: everyday words for events, and lists that are joined with commas."""

from __future__ import annotations

import re
from typing import Final

from kith.workflows.audits.vocabulary.belonging import joined
from kith.workflows.audits.vocabulary.everyday import CHANNELS, meant
from kith.workflows.audits.vocabulary.likeness import nearest
from kith.workflows.audits.vocabulary.names import NAMES, named
from kith.workflows.audits.vocabulary.values import Bad, an, bare

NO: Final = re.compile(r"(?:no|not|never)\s+", re.IGNORECASE)
"""How a part of a step begins that was to say that something is not to be."""
_BETWEEN = re.compile(r",\s*(?:and |or )?| and | or ")


def unknown(words: str) -> Bad:
    """What to say of a name that no event has."""
    what, known = f"There is no event called “{words}”", meant(words)
    near = nearest(words, (name.words for name in NAMES))
    if NO.match(words):
        return Bad(f"{what}.", near if NO.match(near) else "")
    if known and words.casefold().removesuffix("s") in CHANNELS:
        return Bad(f"{what}; it is a touch: {_channel(words.casefold().removesuffix('s'), *known)}")
    if len(known) > 1:
        return Bad(f"{what}; it may be {joined([f'“{name}”' for name in known], 'or')}.")
    return Bad(f"{what}.", known[0] if known else near)


def _channel(channel: str, touch: str, mutual: str) -> str:
    return f"write “When {an(touch)} happens” and “And its channel is {channel}”, and in a Then step “{an(mutual)}”."


def listed(text: str) -> Bad | None:
    """What to say of events that are joined with commas, or with and; None if they are not."""
    if not re.search(r",| and ", text):
        return None
    parts = [bare(part) for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) < 2 or not any(map(named, parts)):
        return None
    hint = " or ".join(an(part) for part in parts) if all(map(named, parts)) else ""
    both = "; any of them counts, and where all are meant, each has a policy of its own" if " and " in text else ""
    return Bad(f"Events are joined with “or”, not as in “{text}”{both}.", hint)
