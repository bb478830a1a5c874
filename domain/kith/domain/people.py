"""Identity keys and folded names: what makes two records the same person, and what only makes them look alike."""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

LONGEST_URL: Final = 2_000
LONGEST_EMAIL: Final = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets

_USUAL: Final = re.compile(r"https://www\.linkedin\.com/in/([A-Za-z0-9-]{1,200})")
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)*linkedin\.com/(?:mwlite/)?in/([^/?#\s]+)(?:[/?#]\S*)?", re.IGNORECASE
)
_EMAIL: Final = re.compile(r"[^\s@<>()\[\]\",;:\\]+@[^\s@<>()\[\]\",;:\\.]+(?:\.[^\s@<>()\[\]\",;:\\.]+)+")
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")
_SILENT: Final = re.compile(r"[.'\u2018\u2019\u02bc`´]")
_BREAKS: Final = re.compile(r"[\W_]+")
_WHOLE_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
_LEGAL_FORMS: Final = frozenset({
    "ab", "ag", "aps", "as", "asa", "bv", "bvba", "co", "company", "corp", "corporation", "cv", "eirl", "ev", "eurl",
    "gbr", "ggmbh", "gmbh", "inc", "incorporated", "kft", "kg", "kgaa", "lda", "limitada", "limited", "llc", "llp",
    "lp", "ltd", "ltda", "mbh", "nv", "ohg", "oy", "oyj", "plc", "pllc", "pte", "pty", "pvt", "sa", "sarl", "sas",
    "sasu", "se", "sl", "slu", "snc", "spa", "srl", "sro", "ug",
})  # fmt: skip


def linkedin_key(url: str) -> str | None:
    """The key of a LinkedIn profile address: `linkedin:` and the decoded, lower-cased slug after `/in/`.

    Works with or without a scheme, a country in front, a query or a closing slash. None for any other text.
    """
    if usual := _USUAL.fullmatch(url):
        return "linkedin:" + usual[1].lower()
    if len(url) > LONGEST_URL:
        return None
    found = _PROFILE.fullmatch(url.strip())
    if found is None:
        return None
    slug = _decoded(found.group(1)).lower()
    return f"linkedin:{slug}" if slug.isprintable() else None


def email_key(text: str) -> str | None:
    """The key of an e-mail address: `email:` and the case-folded address.

    None for a blank, "NA" and what else is no address.
    """
    address = text.strip()
    if "@" not in address or len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        return None
    return f"email:{address.casefold()}"


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """A name without case, accents and punctuation. It *offers* duplicates for review and never merges anybody."""
    return _folded(name)


@lru_cache(maxsize=16_384)
def company_key(company: str) -> str:
    """A company's name folded like a person's, without its legal form (GmbH, Inc., S.A. …)."""
    words = _folded(company.replace("&", " and ")).split()
    kept = _without_legal_form(words)
    return " ".join(kept or words)


def _decoded(slug: str) -> str:
    """The slug in letters; left as it is where its bytes are not UTF-8, so that two slugs never become one."""
    if "%" in slug:
        try:
            slug = unquote(slug, errors="strict")
        except UnicodeDecodeError:
            return slug
    return slug if slug.isascii() else unicodedata.normalize("NFC", slug)


def _folded(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded).translate(_WHOLE_LETTERS))
        folded = unicodedata.normalize("NFC", plain)
    words = _BREAKS.sub(" ", _SILENT.sub("", folded)).strip()
    return words or " ".join(text.casefold().split())


def _without_legal_form(words: list[str]) -> list[str]:
    end = len(words)
    while end and (words[end - 1] in _LEGAL_FORMS or (end < len(words) and words[end - 1] == "and")):
        end -= 1
    return words[:end]
