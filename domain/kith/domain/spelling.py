"""Names that look like what was typed, to be offered and never taken by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process

ALIKE: Final = 75
"""From here on, of 100, a name is offered: one letter of four may be another."""
OFFERED: Final = 5


def alike(typed: str, names: Mapping[str, str]) -> list[str]:
    """The names whose key looks like the one that was typed, the most alike first: by letters, or by whole words."""
    found = process.extract(typed, list(names), scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=OFFERED)
    found += process.extract(typed, list(names), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=OFFERED)
    best = sorted(found, key=lambda one: (-one[1], one[0]))
    return list(dict.fromkeys(names[key] for key, _, _ in best))[:OFFERED]


def meant(typed: str, names: Iterable[str]) -> str:
    """The question whether one of the names was meant, to stand behind a sentence; empty if none looks like it."""
    return offered(alike(typed.casefold(), {name.casefold(): name for name in names}))


def offered(like: Sequence[str]) -> str:
    """The same question for names that were found."""
    return f" Did you mean {' or '.join(like)}?" if like else ""
