"""Generic phrases: what is said to everybody, why it helps nobody, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """A phrase that could stand in any message."""

    example: str
    """How it goes, or several ways apart by commas."""
    pattern: re.Pattern[str]
    why: str
    do: str


def _phrase(example: str, pattern: str, why: str, do: str) -> Phrase:
    return Phrase(example, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), why, do)


PHRASES: Final[tuple[Phrase, ...]] = (
    _phrase(
        "I hope this message finds you well",
        r"hope\s+(?:that\s+)?(?:this|my|the)\s+(?:e-?mail|message|letter|note)?\s*(?:finds|reaches)\s+you|"
        r"hope\s+(?:that\s+)?you(?:['\u2019]re| are)\s+(?:doing\s+)?well\b(?!\s+\w)",
        "An opening that is in every message is read over.",
        "Begin with what made you think of them",
    ),
    _phrase(
        "I came across your profile",
        r"(?:came|come|stumbled)\s+(?:across|upon|on)\s+your\s+(?:\w+\s+)?(?:profile|page|account)\b",
        "Everybody who writes to them came across their profile.",
        "Name what you read or saw of theirs",
    ),
    _phrase(
        "impressed by your background",
        r"(?:impress(?:ed|ive)|amazing|incredible|inspiring|outstanding|remarkable|great)\b.{0,20}?"
        r"\b(?:background|profile|career|experience|journey|achievements)\b",
        "Praise that fits anybody is praise for nobody.",
        "Say what exactly, and what it changed for you",
    ),
    _phrase(
        "pick your brain",
        r"pick(?:ing)?\s+your\s+brains?\b",
        "It says that you want to take, and not what about.",
        "Ask the one question that you would ask first",
    ),
    _phrase(
        "expand my network",
        r"(?:expand|grow|build|broaden|extend)\w*\s+(?:of\s+)?my\s+(?:professional\s+)?network\b|"
        r"add\s+you\s+to\s+my\s+(?:professional\s+)?network\b",
        "It makes them a number in your network.",
        "Say why you write to this person",
    ),
    _phrase(
        "I would love to connect",
        r"(?:love|like|want|wanted|happy|keen|glad|eager)\s+to\s+connect(?:\s+with\s+you)?\b"
        r"(?!\s+(?:the|my|your|our|this|these|those|them|him|her|two|with\s+(?:the|him|her|them))\b)",
        "To connect is no reason: they can't tell what you want to talk about.",
        "Say what you want to learn or tell",
    ),
    _phrase(
        "mutually beneficial, win-win, synergies",
        r"mutually\s+beneficial\b|win[- ]win\b|synerg\w+",
        "It promises something without saying what.",
        "Name the one thing that you can give them",
    ),
    _phrase(
        "any help, whatever advice",
        r"(?:any|whatever)\s+(?:\w+\s+)?(?:help|advice|guidance|tips|insights?|support|opportunit\w+|information)\b"
        r"(?!\s+(?:on|about|in|for|with|from|at|that|you\s+gave)\b)",
        "Any help is no request: they would have to think of one for you.",
        "Ask for one thing that takes them a few minutes",
    ),
    _phrase(
        "hop on a quick call",
        r"(?:hop|jump|get)\s+on\s+a\s+(?:quick\s+)?call\b",
        "How long, and about what, is left to them to find out.",
        "Ask for 15 to 30 minutes, and say about what",
    ),
    _phrase(
        "touching base, circling back, just checking in",
        r"touch(?:ing)?\s+base\b|circl(?:e|ing)\s+back\b|"
        r"(?:just\s+)?check(?:ing)?\s+in\b(?=\W*$|\s+(?:with\s+you|to\s+see|on\s+(?:this|my|the)))",
        "It says that you want something again, and nothing new.",
        "Give the news that makes you write",
    ),
    _phrase(
        "I am passionate about, team player, fast learner",
        r"(?:i['\u2019]m|i\s+am)\s+(?:very\s+|deeply\s+|extremely\s+|so\s+)?passionate\s+about\b|team[- ]player\b|"
        r"(?:fast|quick)\s+learner\b|hard[- ]?working\s+(?:and|individual|person|professional)|"
        r"results[- ](?:driven|oriented)|self[- ]starter\b",
        "Everybody says this of themselves, so it says nothing.",
        "Tell one thing that you did which shows it",
    ),
    _phrase(
        "thank you for everything, thanks for all your help",
        r"thank(?:s|\s+you)\s+(?:so\s+much\s+|very\s+much\s+)?for\s+"
        r"(?:everything|all\s+(?:that\s+)?you(?:['\u2019]ve|\s+have)?(?:\s+do|\s+did|\s+done)?"
        r"|(?:all\s+)?(?:of\s+)?your\s+(?:help|support|time|advice|guidance)(?:\s+and\s+(?:help|support|time|advice|guidance))?\W*$)",
        "Thanks for everything are thanks for nothing in particular.",
        "Name the one thing that they did, and what came of it",
    ),
    _phrase(
        "think outside the box, next level, cutting-edge",
        r"think\s+outside\s+(?:of\s+)?the\s+box|low[- ]hanging\s+fruit|game[- ]changer|next\s+level\b|"
        r"cutting[- ]edge\b|world[- ]class\b",
        "A stock phrase stands where a fact could.",
        "Say what it is in plain words",
    ),
    _phrase(
        "let me know if there is anything",
        r"let\s+me\s+know\s+(?:if|when)\s+(?:there\s+is\s+|there['\u2019]s\s+)?(?:anything|something|ever\s+anything)\b|"
        r"(?:if\s+there(?:['\u2019]s|\s+is)\s+)?anything\s+i\s+can\s+(?:ever\s+)?do\s+for\s+you\b",
        "An offer of anything leaves the work to them.",
        "Offer the one thing that you could do",
    ),
    _phrase(
        "I know you are busy, sorry to bother you",
        r"i\s+know\s+(?:that\s+)?you(?:['\u2019]re|\s+are|\s+must\s+be)\s+(?:\w+\s+)?busy\b|"
        r"sorry\s+(?:to|for)\s+(?:bother|disturb)\w*|hate\s+to\s+(?:bother|ask)\b",
        "An apology in advance says that the message is not worth their time.",
        "Make it short, and easy to answer",
    ),
    _phrase(
        "a company like yours",
        r"(?:like|love|dream)\s+to\s+work\s+(?:for|at|in)\s+(?:a|your)\s+(?:company|organi[sz]ation|firm|team)\s+like\s+yours\b|"
        r"(?:a|your)\s+(?:company|organi[sz]ation|firm|team)\s+like\s+yours\b",
        "It would fit every company.",
        "Name the company, and what draws you to it",
    ),
    _phrase(
        "thanks in advance",
        r"thank(?:s|ing\s+you)\s+in\s+advance\b",
        "It takes their yes for granted.",
        "Thank them when they have done it",
    ),
)  # fmt: skip
"""Curated by hand. A phrase is here if a message only gains by going without it."""


def generic(sentence: str) -> Iterator[tuple[str, Phrase]]:
    """The generic phrases of a sentence, in its own words."""
    for phrase in PHRASES:
        found = phrase.pattern.search(sentence)
        if found is not None:
            yield found[0].strip(), phrase
