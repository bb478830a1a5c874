"""A draft: what somebody is going to read, without what only its writer sees."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from kith.domain.asks import Ask, AskKind, ChatAsk, FirstMessage, IntroAsk, Introducing, Nudge, ReferralAsk
from kith.domain.errors import InvalidInput
from kith.domain.log import TEXT_LIMIT
from kith.domain.sentences import plain_lines


class DraftKind(StrEnum):
    """What a draft is to be."""

    FIRST_MESSAGE = "first message"
    CHAT = "chat"
    INTRODUCTION = "introduction"
    REFERRAL = "referral"
    THANKS = "thanks"
    OUTCOME = "outcome"
    NUDGE = "nudge"

    @property
    def ask(self) -> AskKind | None:
        """The ask that it makes; None for thanks and the report of an outcome, which ask for nothing."""
        return _ASKS.get(self)


_ASKS = {
    DraftKind.FIRST_MESSAGE: AskKind.FIRST_MESSAGE,
    DraftKind.CHAT: AskKind.CHAT,
    DraftKind.INTRODUCTION: AskKind.INTRO,
    DraftKind.REFERRAL: AskKind.REFERRAL,
    DraftKind.NUDGE: AskKind.NUDGE,
}

NOTE_HEADING = "The note to forward"
"""Under this heading an introduction's draft has what the connector passes on."""

MARK = re.compile(r"<!-- kith draft (?P<kind>[a-z-]+) (?P<who>[0-9a-f]{8}|-) -->")
"""The first line of an outline: what it is to become, and for whom."""

_UNREAD = re.compile(r"<!--(?s:.*?)-->|^[ \t]{0,3}#{1,6}(?:[ \t].*)?$|^[ \t]*>.*$", re.MULTILINE)
"""Comments, headings and quoted lines."""


class Draft(NamedTuple):
    """What is going to be read; its lines are where they were in the file."""

    kind: DraftKind
    text: str
    note: str = ""
    """Of an introduction: the note to forward, where it stands apart from the words to the connector."""
    apart: bool = False
    """Whether the note stands apart, so that the text is the words to the connector alone."""

    @property
    def whole(self) -> str:
        """Everything, line by line."""
        if not self.apart:
            return self.text
        lines = zip(self.text.split("\n"), self.note.split("\n"), strict=True)
        return "\n".join(first or second for first, second in lines)


def read(text: str, kind: DraftKind) -> Draft:
    """The draft in a text: Markdown comments, headings and quoted lines are for its writer and are left out.

    Raises InvalidInput where nothing is left to read, or far too much.
    """
    if len(text) > TEXT_LIMIT:
        raise InvalidInput(f"That is no message: it has {len(text):,} characters; {TEXT_LIMIT:,} are the most.")
    lines = plain_lines(text.removeprefix("\ufeff"))
    draft = _drafted(lines, kind)
    if not draft.whole.strip():
        raise InvalidInput("There is nothing to read in it: write below the headings; > quoted lines are left out.")
    return draft


def _drafted(lines: str, kind: DraftKind) -> Draft:
    found = re.search(rf"^#+[ \t]+{NOTE_HEADING}\b.*$", lines, re.MULTILINE | re.IGNORECASE)
    if found is None or kind is not DraftKind.INTRODUCTION:
        return Draft(kind, _readable(lines))
    letter, note = lines[: found.start()], lines[found.start() :]
    after, before = "\n" * note.count("\n"), "\n" * letter.count("\n")
    return Draft(kind, _readable(letter) + after, before + _readable(note), apart=True)


def _readable(text: str) -> str:
    """The text without what nobody else reads, line for line."""
    return _UNREAD.sub(lambda found: "\n" * found[0].count("\n"), text)


def outlined(text: str, *, note: bool = False) -> str:
    """What is going to be read of a text that began as an outline; any other text as it is.

    Of an introduction's it is what the connector reads, or with ``note`` what they pass on.
    """
    mark = MARK.match(text.removeprefix("\ufeff"))
    if mark is None:
        return text
    kind = DraftKind.INTRODUCTION if mark["kind"] == DraftKind.INTRODUCTION else DraftKind.FIRST_MESSAGE
    draft = _drafted(plain_lines(text), kind)
    return (draft.note if note else draft.text).strip()


def of_ask(ask: Ask) -> Draft:
    """What the other person gets to read of an ask; it may be empty still."""
    match ask:
        case IntroAsk():
            letter, note = plain_lines(ask.text), plain_lines(ask.note)
            before, after = letter + "\n" * (note.count("\n") + 1), "\n" * (letter.count("\n") + 1) + note
            return Draft(DraftKind.INTRODUCTION, before, after, apart=True)
        case FirstMessage():
            return Draft(DraftKind.FIRST_MESSAGE, plain_lines(ask.text))
        case ChatAsk():
            return Draft(DraftKind.CHAT, plain_lines(ask.text))
        case ReferralAsk():
            return Draft(DraftKind.REFERRAL, plain_lines(ask.texts()[0]))
        case Nudge():
            return Draft(DraftKind.NUDGE, plain_lines(ask.text))
        case Introducing():
            return Draft(DraftKind.INTRODUCTION, "")
