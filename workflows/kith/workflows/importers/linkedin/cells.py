"""What stands in a cell: text without control characters, and blanks however a spreadsheet writes them."""

import re
from typing import Final

LONGEST: Final = 10_000
_SPACES: Final = re.compile(r"\s+")
# Control characters, and those that turn or hide text; the joiners of Persian, Indic and emoji spellings stay.
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_BLANKS: Final = frozenset({"", "na", "n/a", "none", "null", "-"})


class TooLong(Exception):
    """A cell has more characters than any name has."""

    reason = "A cell of this row has more than 10,000 characters, so the row was left out."


def clean(text: str) -> str:
    """The text without control characters, with single spaces; raises TooLong for more than 10,000 characters."""
    if len(text) > LONGEST:
        raise TooLong
    if not text.isprintable():
        text = _HIDDEN.sub("", _SPACES.sub(" ", text))
    return " ".join(text.split()) if "  " in text else text.strip()


def full_name(first: str, last: str) -> str:
    """First and last name as one; "" where there is neither."""
    return clean(f"{first} {last}")


def or_none(text: str) -> str | None:
    """The cleaned text, or None where there is none."""
    return clean(text) or None


def is_blank(text: str) -> bool:
    """Whether the cell is empty or says that there is nothing ("NA")."""
    return text.strip().casefold() in _BLANKS


def shown(text: str) -> str:
    """A short cell as it may stand in a problem."""
    kept = clean(text[:80])
    return repr(kept if len(kept) <= 40 else kept[:40] + "…")


class Texts(dict[str, str | None]):
    """Cleaned texts by what stood in the cell: many people share a company or a position."""

    def __missing__(self, text: str) -> str | None:
        """Cleans a text that was not met before."""
        made = self[text] = or_none(text)
        return made
