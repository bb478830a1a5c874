"""Whether a draft names something: a thing on record, a name, a number, a title, or words that are not worn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kith.domain.lint.worn import worn
from kith.domain.sentences import Sentence
from kith.domain.wording import folded, on_record, words

_GREETING: Final = re.compile(
    r"(?:dear|hi|hiya|hey|hello|hallo|good (?:morning|afternoon|evening|day)|greetings|respected|salam|namaste|"
    r"ol[aá]|hola|ciao|bonjour|liebe[rs]?)\b(?:\s+[^\s,!:]+){0,4}?\s*(?:[,!:\u2013\u2014]|\s-\s|$)\s*",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:(?:kind(?:est)?|best|warm(?:est)?|with)\s+)?(?:kind\s+|best\s+|warm\s+)?"
    r"(?:regards|best|wishes|cheers|sincerely|yours(?:\s+\w+)?|warmly|respectfully|thanks|thank you|gratefully|"
    r"greetings)"
    r"(?:\s+(?:again|so much|and regards))?[,.!\s]*",
    re.IGNORECASE,
)
_SELF: Final = re.compile(
    r"(?:my name is|this is \w+ from|i am (?:an?|the|currently)\b|i['\u2019]m (?:an?|the|currently)\b|"
    r"i (?:currently )?(?:work|study)\b)",
    re.IGNORECASE,
)
_DURATION: Final = re.compile(
    r"\b\d+(?:\s*(?:[-\u2013]|to)\s*\d+)?\s*-?\s*(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_CAPITALS: Final = """
    i i'm i'd i've i'll linkedin xing zoom skype teams google meet whatsapp facebook twitter english cv hr ok am pm
    asap ps fyi pdf mr mrs ms dr prof sir madam monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december christmas easter
"""
_NO_NAMES: Final = frozenset(_CAPITALS.split())
"""What is written with a capital and names nothing in particular."""
_NAME: Final = re.compile(r"(?<=[\w,;:(\u2013-] )(?:[A-Z]{2,}\b|[^\W\d_a-z][\w'\u2019&.-]*[\w])")
_TITLE: Final = re.compile(r"[\"\u201c\u201e\u00ab][^\"\u201d\u201c\u00bb]{6,}[\"\u201d\u201c\u00bb]")

LAST: Final = 3
"""Sentences at the end among which the closing is looked for: “Thanks!” in the middle is none."""


def names_something(found: Iterable[Sentence], own: str = "") -> bool:
    """Whether any of the sentences says what could not be said to everybody, as far as its form shows.

    A name, a number or a title does; and so do two words that are not worn by such messages. ``own`` is the name of
    the person it is written to, which is nothing in particular.
    """
    mine = {folded(word) for word in words(own)}
    rare: set[str] = set()
    for sentence in found:
        text = _said(sentence)
        if re.search(r"\d", text) or _TITLE.search(text) or _named(text, mine):
            return True
        rare |= {word for word in map(folded, words(text)) if not worn(word)} - mine
    return len(rare) >= 2


def _said(sentence: Sentence) -> str:
    """What a sentence says beside greetings, durations and who its writer is."""
    text = _GREETING.sub("", sentence.text, count=1) if _GREETING.match(sentence.text) else sentence.text
    return "" if _CLOSING.fullmatch(text) or _SELF.match(text) else _DURATION.sub(" ", text)


def _named(text: str, mine: set[str]) -> bool:
    names = (folded(found[0]).replace("\u2019", "'") for found in _NAME.finditer(text))
    return any(name not in _NO_NAMES and name not in mine for name in names)


def body(found: Sequence[Sentence]) -> list[Sentence]:
    """The sentences without the greeting alone in its line, and without the closing and the name below it."""
    ends = range(max(1, len(found) - LAST), len(found))
    last = next((n for n in ends if _CLOSING.fullmatch(found[n].text)), len(found))
    kept = list(found[:last])
    if len(kept) > 1 and _GREETING.fullmatch(kept[0].text):
        kept = kept[1:]
    if len(kept) > 1 and len(words(kept[-1].text)) <= 3 and kept[-1].text[-1] not in ".!?":
        kept = kept[:-1]
    return kept


def on_record_about(found: Iterable[Sentence], record: Sequence[str]) -> bool:
    """Whether any of the sentences speaks of something on record: an entry of it, or a word of one that is not worn."""
    known = {word for entry in record for word in words(folded(entry)) if len(word) > 3 and not worn(word)}
    return any(
        not known.isdisjoint(words(folded(sentence.text))) or on_record(sentence.text, record) for sentence in found
    )
