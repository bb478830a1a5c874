"""What a document can hold: control characters and halves of characters are made visible instead of breaking it."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, not even escaped; HTML neither."""


def legible(text: str) -> str:
    """The text with a replacement character for each that a document can't hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
