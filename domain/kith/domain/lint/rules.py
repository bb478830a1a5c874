"""The rules of lint: what each finds in a draft, and where it comes from. The guards go by the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kith.domain import wording
from kith.domain.lint import concrete, limits, phrases
from kith.domain.lint.draft import Draft, DraftKind
from kith.domain.lint.greeting import greets_another, greets_everybody
from kith.domain.lint.remarks import PERSONAL, Background, Remark, about, rule
from kith.domain.sentences import Sentence, sentences

FIRST: Final = frozenset({DraftKind.FIRST_MESSAGE})
CLOSED: Final = frozenset({DraftKind.THANKS, DraftKind.OUTCOME})
GENUINE: Final = {DraftKind.FIRST_MESSAGE: "genuine-first-message"}
CONCRETE: Final = {**GENUINE, DraftKind.INTRODUCTION: "specific-intro"}


def counted(draft: Draft) -> str:
    """The part whose words and questions are counted: of an introduction the note, else everything."""
    return draft.note if draft.apart else draft.text


@rule("payment-language", source="“Asking me to give a price to refer him”", guard="payment-language")
def payment_language(draft: Draft, background: Background) -> Iterator[Remark]:
    """No sentence seems to offer money or a reward."""
    for sentence in sentences(draft.whole):
        if wording.offers_money(sentence.text):
            yield about(sentence, "This seems to offer money or a reward.", "Put it differently, or leave it out")


@rule("job-request", {DraftKind.FIRST_MESSAGE, DraftKind.CHAT}, "Article: “stop asking strangers for referrals”",
      GENUINE)  # fmt: skip
def job_request(draft: Draft, background: Background) -> Iterator[Remark]:
    """A first message and the ask for a chat ask for no job and no referral."""
    for sentence in sentences(draft.whole):
        if wording.asks_for_a_job(sentence.text):
            yield about(sentence, "This asks for a job or a referral, which is not earned yet.",
                        "Leave it out; ask about their work instead")  # fmt: skip


@rule("new-ask", CLOSED, "Grant & Gino 2010: thanks alone make people help again")
def new_ask(draft: Draft, background: Background) -> Iterator[Remark]:
    """Thanks and the report of an outcome ask for no further favour."""
    for sentence in sentences(draft.whole):
        if _FAVOUR.search(sentence.text):
            yield about(sentence, "This asks for the next favour, and turns the message into a bill.",
                        "Leave it out; ask another day")  # fmt: skip


_FAVOUR: Final = re.compile(
    r"\b(?:could|can|would|will|may|might)\s+(?:you|I\s+ask\s+you\s+to)\b[^.?]{0,30}?\b"
    r"(?:introduce\s+me|refer\s+me|recommend\s+me|connect\s+me|put\s+(?:me|in\s+a\s+(?:good\s+)?word)|"
    r"(?:pass|send|forward)\s+(?:on\s+|along\s+)?my\s+(?:cv|resume|résumé|profile|name))\b",
    re.IGNORECASE,
)


@rule("length", source="Simon Fraser (≤ 100 words, practitioner); Boomerang (50–125 words, vendor, correlational)",
      guard=CONCRETE)  # fmt: skip
def length(draft: Draft, background: Background) -> Iterator[Remark]:
    """Long enough to say something, and short enough to be read."""
    text, allowed = counted(draft), limits.words(draft.kind, background.policy)
    count, note = len(wording.words(text)), " to forward" if draft.kind is DraftKind.INTRODUCTION else ""
    if count > allowed.most:
        yield about(_crossing(text, allowed.most), f"It has {count} words; here the first {allowed.most} end.",
                    f"Cut it to {allowed.most} words: what is left out can be told in the answer")  # fmt: skip
    if count < allowed.least:
        yield about(
            None,
            f"The note{note} has {count} words, too few for somebody who does not know you.",
            f"Write {allowed.least} to {allowed.most}: who you are, what you want to learn, a question",
        )


def _crossing(text: str, most: int) -> Sentence | None:
    """The sentence that goes beyond so many words."""
    count = 0
    for sentence in sentences(text):
        count += len(wording.words(sentence.text))
        if count > most:
            return sentence
    return None


@rule("questions", source="Boomerang (1–3 questions, vendor, correlational); Huang 2017 (questions: strong)",
      guard={DraftKind.INTRODUCTION: "specific-intro"})  # fmt: skip
def questions(draft: Draft, background: Background) -> Iterator[Remark]:
    """An ask has one to three questions; thanks and reports need none."""
    text, allowed = counted(draft), limits.questions(draft.kind, background.policy)
    count = wording.questions(text)
    if count > allowed.most:
        yield about(_last_too_many(text, allowed.most), f"This is question {allowed.most + 1} of {count}.",
                    f"Keep the {allowed.most} that only they can answer")  # fmt: skip
    if count < allowed.least and is_english(text) and not (draft.kind in FIRST and _WONDERS.search(text)):
        yield about(None, "It asks nothing, so they don't know what to answer.",
                    "End with one question that takes them a minute")  # fmt: skip


_WONDERS: Final = re.compile(
    r"\b(?:I\s+wonder\b|"
    r"I['\u2019]?(?:d|\s+would)\s+(?:really\s+)?(?:love|like|be\s+\w+)\s+to\s+(?:hear|know|learn|understand|read)\b|"
    r"(?:please\s+)?(?:tell|let)\s+me\s+(?:know\s+)?(?:how|what|why|where|which|when|if|whether)\b|I\s+was\s+wondering\b)",
    re.IGNORECASE,
)
"""Questions without a question mark."""


def _last_too_many(text: str, most: int) -> Sentence | None:
    count = 0
    for sentence in sentences(text):
        count += wording.questions(sentence.text)
        if count > most:
            return sentence
    return None


@rule("specific", PERSONAL, "Article: “be specific”; “stop using a script”", english=True)
def specific(draft: Draft, background: Background) -> Iterator[Remark]:
    """Names something that could not be said to everybody; a first message, something on record about them."""
    found = concrete.body(sentences(draft.whole))
    named = concrete.names_something(found, background.name)
    if draft.kind in FIRST and background.name:
        if concrete.on_record_about(found, background.facts):
            return
        yield _not_on_record(background, named=named)
    elif not named and not concrete.on_record_about(found, background.record):
        yield about(None, "Nothing in it is particular: it could go to anybody as it is.", _PARTICULAR[draft.kind])


_PARTICULAR: Final = {
    DraftKind.FIRST_MESSAGE: "Name something that they did, wrote or said, and what you made of it",
    DraftKind.CHAT: "Say what you want to talk about, and why with them",
    DraftKind.INTRODUCTION: "Name whom you want to meet, and what you have done that is of interest to them",
    DraftKind.REFERRAL: "Name the role, the company, and what they have seen of your work",
    DraftKind.THANKS: "Name what they did or said, and what you have done with it since",
    DraftKind.OUTCOME: "Name the role, the company, and what came of it",
}


def _not_on_record(background: Background, *, named: bool) -> Remark:
    """What the guard would say, too: a detail that is not on record backs no first message."""
    name, why = background.name, "It names nothing that is on record about {name}."
    do = "If what it says is true, keep it first (kith note); else name what is on record"
    if not background.facts:
        why, do = "Nothing is on record about {name} that it could name.", "Read what they made, and keep it: kith note"
    elif not named:
        why = "It names nothing about {name}: it could go to anybody as it is."
        do = "Name something that is on record, and what you made of it"
    return about(None, why.format(name=name), do)._replace(guard=GENUINE[DraftKind.FIRST_MESSAGE])


@rule("personal", PERSONAL, "Article: “stop using a script”")
def personal(draft: Draft, background: Background) -> Iterator[Remark]:
    """Greets the person by name, and speaks of them and not only of oneself."""
    told = sentences(draft.text) or sentences(draft.whole)
    if greets_everybody(told[0]):
        yield about(told[0], "This greeting fits anybody.", "Greet them by name")
    elif background.name and (draft.kind is not DraftKind.INTRODUCTION or draft.apart):
        other = greets_another(told[0], background.name)
        if other:
            yield about(told[0], f"This greets {other}, and the draft is for {background.name}.",
                        "Put the right name in, unless they go by this one")  # fmt: skip
    if draft.kind in limits.ASKING and _speaks_of_oneself(draft.whole):
        yield about(None, "It speaks of you alone: there is no “you” in it.", "Say what it has to do with them")


def _speaks_of_oneself(text: str) -> bool:
    return len(wording.words(text)) >= ENOUGH and is_english(text) and not _YOU.search(text)


ENOUGH: Final = 15
"""Words from which on a message has room to speak of its reader."""
_YOU: Final = re.compile(r"\b(?:you|your|yours|yourself|u|ur)\b", re.IGNORECASE)


@rule("placeholder")
def placeholder(draft: Draft, background: Background) -> Iterator[Remark]:
    """No blank of a template is left unfilled."""
    for sentence in sentences(draft.whole):
        found = _BLANK.search(sentence.text)
        if found is not None:
            yield about(sentence, f"“{found[0]}” is a blank that was not filled in.", "Fill it in, or leave it out")


_BLANK: Final = re.compile(
    r"\[[^\W\d_][^\]\n]{1,40}\](?!\()|\{\{?[^{}\n]{1,40}\}\}?|<[A-Za-z][\w .-]{0,30}>(?!\w)|"
    r"\b(?:XXX+|TODO|TBD|FIXME)\b|"
    r"\b(?:INSERT|YOUR|FIRST|LAST|COMPANY|RECIPIENT)[ _](?:NAME|COMPANY|TITLE|ROLE|HERE)\b|_{3,}"
)


@rule("generic-phrase", source="Article: “stop using a script”")
def generic_phrase(draft: Draft, background: Background) -> Iterator[Remark]:
    """No phrase that stands in everybody's messages."""
    for sentence in sentences(draft.whole):
        for words, phrase in phrases.generic(sentence.text):
            yield about(sentence, f"“{words}”: {phrase.why[0].lower()}{phrase.why[1:]}", phrase.do)


@rule("similarity", FIRST, "Article: “stop using a script”", GENUINE)
def similarity(draft: Draft, background: Background) -> Iterator[Remark]:
    """Not the same as a first message that was sent before."""
    alike = wording.closest(draft.text, background.earlier)
    if alike >= background.policy.first_message_similarity:
        yield about(None, f"It is {alike:.0%} the same as a first message that you sent before.",
                    "Write it anew for this person")  # fmt: skip


@rule("comfort", {DraftKind.REFERRAL}, "Article: “staking reputation”", english=True)
def comfort(draft: Draft, background: Background) -> Iterator[Remark]:
    """Asks whether they would be comfortable, so that no is easy to say."""
    if not _COMFORTABLE.search(draft.whole):
        yield about(None, "It does not ask whether they are comfortable with it: vouching stakes their name.",
                    "Ask “Would you be comfortable to …?”, and say that no is fine")  # fmt: skip


_COMFORTABLE: Final = re.compile(
    r"\b(?:comfortable|at ease|feel(?:ing)? (?:able|right|good|ok|okay|easy|free to (?:say no|decline))|"
    r"(?:happy|willing|prepared|able) to (?:vouch|put your name|stand behind|say)|no hard feelings|"
    r"(?:fine|ok|okay|alright|understand(?:able)?)(?:\s+\w+)?\s+if\s+(?:not|you)|rather not|only if you)\b",
    re.IGNORECASE,
)

_LITTLE: Final = (
    "the to and of in is you your i for that with my we have was on at it would are be this how from about as not"
)
_ENGLISH: Final = frozenset(_LITTLE.split())


def is_english(text: str) -> bool:
    """Whether a text reads like English; a few words in plain letters are taken for it."""
    found = [word.casefold() for word in wording.words(text)]
    known = sum(word in _ENGLISH for word in found)
    if len(found) < 8:
        return known > 0 or all(letter.isascii() for letter in text if letter.isalpha())
    return known >= 0.15 * len(found)
