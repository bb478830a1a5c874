"""Which step was perhaps meant by a text that is none: by the step's own words, whatever stands for its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final

from rapidfuzz import fuzz

from kith.workflows.audits.vocabulary.names import NAMES
from kith.workflows.audits.vocabulary.steps import Pattern

ENOUGH: Final = 0.55
"""The share of a step's own words, by weight, that a text must have."""
_ALIKE = 80
_PHRASES = (
    (re.compile(r"\b(?:can|won)['’]t\b|\bcannot\b"), "must not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\b(?:has|have|needs?|ought) to\b"), "must"),
)
_WORDS: Final = {
    **dict.fromkeys(("should", "shall", "may", "might", "can", "will"), "must"),
    **dict.fromkeys(("no", "never"), "not"),
    **dict.fromkeys(("come", "comes", "occur", "occurs"), "happen"),
    **dict.fromkeys(("earlier", "previously"), "before"),
    "in": "within",
}
"""Words that people take for each other, and the one that stands for them here."""
_SMALL: Final = frozenset({"it", "its", "must", "not", "have", "be", "the", "of", "is", "at", "with", "one"})
"""Words that many steps have, and that tell little."""

_WEIGHTS: Final = {"before": 4}
"""A step that looks back is not to stand for one that looks ahead."""


def nearest_step(text: str, known: Iterable[Pattern]) -> str:
    """The known step that is most like the text, and says no where that does; empty if none is near."""
    patterns = [one for one in known if negates(one.text) == negates(text)]
    told = _canonical(text)
    forms = [(one.words, one.words) for one in patterns] + [(_whole(one.text), one.text) for one in patterns]
    fit, hint = max(((_fit(told, form), hint) for form, hint in forms), default=(0, ""), key=itemgetter(0))
    return hint if fit else ""


def negates(text: str) -> bool:
    """Whether a step says that something is not to be; the name of an event may have a no of its own."""
    return "not" in _canonical(_NAMED_NOT.sub("event", text))


def _whole(text: str) -> str:
    """The pattern as it reads with all that may be left out."""
    return text.replace("[", "").replace("]", "")


def _canonical(text: str) -> list[str]:
    told = text.casefold()
    for phrase, word in _PHRASES:
        told = phrase.sub(word, told)
    return [_WORDS.get(found[0], found[0]) for found in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", told)]


def _fit(told: Sequence[str], form: str) -> float:
    """How much of the form's own words the text has, less for each that it lacks; 0 if too little."""
    own = _canonical(re.sub(r"\{\w+\}", "", form))
    whole, common = sum(map(_weight, own)), _common(told, own)
    return common - (whole - common) / 2 if common >= ENOUGH * whole else 0


def _common(told: Sequence[str], own: Sequence[str]) -> int:
    """The weight of those words of the form that stand in the text in the same order."""
    row = [0] * (len(own) + 1)
    for word in told:
        new = [0]
        for place, wanted in enumerate(own):
            taken = row[place] + _weight(wanted) if _alike(word, wanted) else 0
            new.append(max(new[-1], row[place + 1], taken))
        row = new
    return row[-1]


def _alike(word: str, wanted: str) -> bool:
    return word == wanted or (min(len(word), len(wanted)) > 3 and fuzz.ratio(word, wanted) >= _ALIKE)


def _weight(word: str) -> int:
    return 1 if word in _SMALL else _WEIGHTS.get(word, 3)


_NAMED_NOT: Final = re.compile(
    "|".join(re.escape(name.words) for name in NAMES if "not" in _canonical(name.words)), re.IGNORECASE
)
