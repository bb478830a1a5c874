"""Whom a draft greets: nobody, everybody, or somebody by name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kith.domain.people import name_key
from kith.domain.sentences import Sentence

_EVERYBODY: Final = re.compile(
    r"to\s+whom\s+it\s+may\s+concern\b|"
    r"(?:dear|hi|hello|hey|respected)\s+(?:sir|madam|sirs|all|team|there|everyone|everybody|friend|connection|"
    r"(?:hiring|recruiting|recruitment|hr)\s+\w+|recruiters?|colleagues?|professional|contact)\b",
    re.IGNORECASE,
)
_SOMEBODY: Final = re.compile(
    r"(?:dear|hi|hello|hey|hallo|respected|ol[aá]|hola|ciao|bonjour|good\s+(?:morning|afternoon|evening))\s+"
    r"(?P<name>[^,!:.;\n\u2013\u2014?]{1,60}?)\s*(?:[,!:;\u2013\u2014]|\.?$)",
    re.IGNORECASE,
)
_TITLES: Final = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "mx",
        "sir",
        "madam",
        "herr",
        "frau",
        "senhor",
        "senhora",
        "dona",
        "don",
        "sra",
        "sr",
        "chef",
        "coach",
    ]
)
_NO_NAME: Final = frozenset(["again", "both", "my", "and", "to", "from", "there", "all"])


def greets_everybody(first: Sentence) -> bool:
    """Whether the greeting would fit anybody."""
    return bool(_EVERYBODY.match(first.text))


def greets_another(first: Sentence, name: str) -> str | None:
    """The name in the greeting, if it can't be that person's; None if it can, or if nobody is greeted by name.

    A short form counts (Jon for Jonathan, Bex for Rebecca). Of names in different scripts nothing can be said.
    """
    found = _SOMEBODY.match(first.text)
    if found is None or greets_everybody(first):
        return None
    said = found["name"].strip()
    called = [word for word in name_key(said).split() if word not in _TITLES]
    if not called or len(called) > 4 or _NO_NAME & set(called) or _script(said) != _script(name):
        return None
    known = name_key(name).split()
    return None if any(_alike(word, one) for word in called for one in known) else said


def _alike(said: str, known: str) -> bool:
    if not said.isascii():
        return said[0] == known[0] or said in known
    return said[:2] in known or said.startswith(known[:2])


def _script(text: str) -> str:
    """The script of the first letter, as Unicode names it."""
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0]
