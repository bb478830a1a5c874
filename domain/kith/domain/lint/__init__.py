"""Lint: what is to be said about a draft before it goes out. It refuses nothing; the guards do that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kith.domain import wording
from kith.domain.lint import rules
from kith.domain.lint.draft import Draft, DraftKind
from kith.domain.lint.remarks import Background, Remark, Rule
from kith.domain.sentences import Sentence, sentences

RULES: Final[tuple[Rule, ...]] = (
    rules.payment_language,
    rules.job_request,
    rules.new_ask,
    rules.placeholder,
    rules.personal,
    rules.specific,
    rules.similarity,
    rules.comfort,
    rules.generic_phrase,
    rules.length,
    rules.questions,
)
"""Every rule, those first that weigh most."""


class Judged(NamedTuple):
    """What lint says of a draft."""

    kind: DraftKind
    words: int
    """Of an introduction: those of the note to forward."""
    questions: int
    english: bool
    """Whether it reads like English; of another language it can't be told what is missing."""
    remarks: tuple[Remark, ...]
    """In the order of the draft; what is about the whole of it comes last."""


def lint(draft: Draft, background: Background | None = None) -> Judged:
    """What every rule has to say about a draft, held against what is known of its writer and its reader.

    Nothing is said about a draft without words, such as that of an ask that is told and not written.
    """
    background = background or Background()
    english = rules.is_english(draft.whole)
    found = [
        remark
        for rule in RULES
        if draft.whole.strip() and draft.kind in rule.on and (english or not rule.english)
        for remark in rule.remarks(draft, background)
    ]
    places = {sentence: place for place, sentence in enumerate(sentences(draft.whole))}
    found.sort(key=lambda remark: _place(remark, places))
    text = rules.counted(draft)
    return Judged(draft.kind, len(wording.words(text)), wording.questions(text), english, tuple(found))


def _place(remark: Remark, places: Mapping[Sentence, int]) -> tuple[bool, int, int]:
    """Where a remark stands: with its sentence, and what is about the whole draft at the end."""
    line = remark.line or 0
    return remark.line is None, line, places.get(Sentence(remark.sentence, line), 0)
