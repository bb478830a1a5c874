"""What a text says: words, questions, what it contains, whether it offers money, and whether it is a copy."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from kith.domain.sentences import sentences

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_URL = re.compile(r"(?:https?://|www\.)\S+?(?=[.,;:!?)\]>\u201d]*(?:\s|$))")


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """The text without case, accents and extra white space, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def questions(text: str) -> int:
    """How many questions a text asks; what stands in an address is none."""
    return len(re.findall(r"[?\u061f\uff1f]+", _URL.sub("", text)))


def contains(text: str, part: str) -> bool:
    """Whether the text holds that part as whole words; give or take a tenth of it, if it is of any length."""
    whole, piece = folded(text), folded(part)
    if not piece:
        return False
    if re.search(rf"(?<![a-z0-9]){re.escape(piece)}(?![a-z0-9])", whole):
        return True
    return 12 <= len(piece) <= len(whole) * 1.1 and fuzz.partial_ratio(piece, whole) >= 90


def on_record(detail: str, record: Sequence[str]) -> str | None:
    """The entry of a record that a detail speaks of; None if it speaks of none."""
    said = {word for word in words(folded(detail)) if len(word) > 3}
    for entry in record:
        known = {word for word in words(folded(entry)) if len(word) > 3}
        if contains(detail, entry) or contains(entry, detail) or (known and len(said & known) >= min(2, len(known))):
            return entry
    return None


_MONEY = r"(?:[$€£¥]\s?\d|\d[\d.,]*\s?(?:euros?|dollars?|pounds?|bucks|usd|eur|gbp|[$€£]))"
_WILLING = (
    r"(?:(?:will|would|can|could|might|may|shall|am|are|be|happy|glad|gladly|willing|ready|able|to|even|also|like|love|want|"
    r"going|certainly|definitely|of|course|pay)\s+)"
)
_PAY = (
    r"(?:pay|reward|compensate|tip|reimburse|bribe)\s+(?:you|u)\b"
    r"(?!\s+(?:a\s+|another\s+)?(?:visit|compliment|call|attention))"
)
_OFFERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:I|we|let me|let us)(?:['\u2019](?:d|ll|m|re))?\s+" + _WILLING + r"{0,6}" + _PAY,
        r"\b(?:happy|glad|willing|ready|able|love|prepared)\s+to\s+" + _PAY,
        r"^\W*(?:paying|rewarding|compensating|tipping|reimbursing|bribing)\s+you\b",
        r"\byou(?:['\u2019](?:ll|d)|\s+(?:will|would|could|can|may))\s+(?:be|get)\s+(?:paid|rewarded|compensated|reimbursed)\b",
        r"\b(?:half|part|some|a share|percent|%)\s+of\s+(?:my|the)\s+(?:\w+\s+){0,2}(?:bonus|salary|pay|fee|reward)\b",
        _MONEY
        + r".{0,40}\bif\s+(?:I\s+(?:get|land)|you\s+(?:get|refer|intro|recommend|help|hire|put|pass|forward|vouch))",
        r"\bmoney\b.{0,20}\bin it for you\b",
        r"\b(?:offer|send|transfer|give|venmo|paypal|wire)\w*\s+(?:you\s+)?(?:\w+\s+){0,4}?" + _MONEY,
        _MONEY + r".{0,40}\b(?:for|if|once|when)\s+(?:you|the|your|a)\b.{0,30}\b(?:refer|intro|help|time|hire)",
        r"\b(?:name|state|tell me)\s+your\s+(?:price|fee|rate)\b",
        r"\b(?:give|quote)\s+me\s+a\s+price\b",
        r"\bhow much\s+(?:do|would|will|should)\s+(?:you\s+(?:charge|want|ask)|I\s+(?:pay|owe))\b",
        r"\bwhat\s+(?:do|would|will)\s+you\s+(?:charge|want|ask)(?:\s+me)?(?:\W*$|\s+(?:for|to)\s+(?:(?:a|an|the|your)\s+)?(?:refer|intro|recommend|help|time))",
        r"\b(?:gift ?cards?|vouchers?|cash|commission|kickback|finder'?s fee)\b.{0,40}\b(?:you|yours)\b",
        r"\b(?:you|yours)\b.{0,40}\b(?:gift ?cards?|vouchers?|kickback|finder'?s fee|a commission|in cash)\b",
        r"\b(?:split|share|keep|halve)\b.{0,30}\b(?:referral\s+)?(?:bonus|fee|reward|commission)\b",
        r"\bworth\s+your\s+while\b",
        r"\bin\s+(?:exchange|return)\s+(?:for\s+)?(?:money|payment|a (?:fee|reward)|" + _MONEY + ")",
        r"\b(?:a|some|any|financial|monetary)\s+(?:reward|compensation|payment)\s+(?:for|to)\s+you(?:r)?\b",
    )
]


@lru_cache(maxsize=512)
def offers_money(sentence: str) -> bool:
    """Whether a sentence seems to offer money or a reward."""
    return any(pattern.search(sentence) for pattern in _OFFERS)


def payment_offer(text: str) -> str | None:
    """The first sentence that seems to offer money or a reward; None if there is none."""
    return next((sentence.text for sentence in sentences(text) if offers_money(sentence.text)), None)


_JOB_REQUESTS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\brefer(?:ring)?\s+me\b",
        r"\ba?\s*referral\b",
        r"\b(?:hire|recruit)\s+me\b",
        r"\b(?:are|is)\s+(?:you|your (?:team|company))\s+(?:currently\s+)?hiring\b",
        r"\b(?:looking|searching|hunting|applying)\s+for\s+(?:a\s+|an\s+|my\s+)?(?:\w+\s+)?(?:job|role|position|internship|opportunit\w+)\b",
        r"\b(?:any|an?)\s+(?:open(?:ing)?|vacanc\w+|job|position|internship)s?\s+(?:for me|at|in|on|with|available)\b",
        r"\bany\s+(?:openings?|vacancies|jobs|positions|opportunities)\b",
        r"\b(?:my|the)\s+(?:resume|résumé|cv)\b",
        r"\bgood\s+word\b",
        r"\bget\s+me\s+(?:a|an|the)\s+(?:job|interview)\b",
    )
]


_NO_REQUEST = re.compile(r"\bnot\s+(?:\w+\s+){0,2}(?:ask|look|seek|search|hunt|after|for)\w*\b", re.IGNORECASE)
"""“I am not asking for a referral” asks for none, as long as no “but” follows."""


def asks_for_a_job(sentence: str) -> bool:
    """Whether a sentence asks for a job or a referral."""
    told = sentence if re.search(r"\bbut\b", sentence, re.IGNORECASE) else _without_denial(sentence)
    return any(pattern.search(told) for pattern in _JOB_REQUESTS)


def _without_denial(sentence: str) -> str:
    found = _NO_REQUEST.search(sentence)
    return sentence[: found.start()] if found else sentence


def job_request(text: str) -> str | None:
    """The first sentence that asks for a job or a referral; None if there is none."""
    return next((sentence.text for sentence in sentences(text) if asks_for_a_job(sentence.text)), None)


_COURSES = re.compile(
    r"\b(?:relevant\s+)?(?:coursework|courses|classes|modules)\b\s*(?:taken|include|:|-)", re.IGNORECASE
)
_COURSE_CODE = re.compile(r"\b[A-Z]{2,5}\s?-?\d{3}\b")


def says_who_you_are(intro: str) -> bool:
    """Whether a profile's introduction tells of a person: some words, and not a list of classes."""
    return len(words(intro)) >= 8 and not _COURSES.search(intro) and len(_COURSE_CODE.findall(intro)) < 3


def fingerprint(text: str) -> tuple[int, ...]:
    """The words of a text in order as 16-bit hashes: enough to recognise a copy, too little to read.

    Any of a great many words may stand behind each number, so a name can't be read off it.
    """
    return tuple(zlib.crc32(word.encode()) & 0xFFFF for word in words(folded(text)))


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """How alike two fingerprints are, 0 to 1: the share of words that need no change (normalised Indel)."""
    return Indel.normalized_similarity(one, other)


def closest(text: str, earlier: Iterable[Sequence[int]]) -> float:
    """How alike a text is to the one of these fingerprints that it is most like, 0 to 1."""
    mine = fingerprint(text)
    return max((similarity(mine, sent) for sent in earlier), default=0.0)
