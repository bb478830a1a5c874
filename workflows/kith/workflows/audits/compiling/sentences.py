"""Lines as sentences of the vocabulary: which step each is, and which was perhaps meant where it is none."""

from __future__ import annotations

from collections.abc import Iterable

from kith.workflows.audits.compiled import RELATIONSHIP, WIDE, Events, Scope
from kith.workflows.audits.compiling import terms
from kith.workflows.audits.compiling.features import Line
from kith.workflows.audits.compiling.guesses import nearest_step
from kith.workflows.audits.compiling.terms import Wrong
from kith.workflows.audits.compiling.unnamed import NO
from kith.workflows.audits.vocabulary import steps, values
from kith.workflows.audits.vocabulary.names import named
from kith.workflows.audits.vocabulary.steps import THEN, Pattern, Step
from kith.workflows.audits.vocabulary.values import Bad

SAME = " with the same "
_NEEDLESS = frozenset({"of", "in", "the", "within", "about", "for", "any", "by"})
PATTERNS = tuple(step.pattern for step in THEN)


def scope(line: Line) -> Scope:
    """Which events are judged together; raises Bad."""
    if steps.ONE_BY_ONE.expression.fullmatch(line.text):
        return Scope(line.text, RELATIONSHIP)
    if steps.TOGETHER.expression.fullmatch(line.text):
        return Scope(line.text, "all")
    found = steps.SCOPE.expression.fullmatch(line.text)
    if not found:
        raise no_step(line, [steps.ONE_BY_ONE, steps.SCOPE, steps.TOGETHER, steps.SINCE])
    by = values.bare(found["attribute"]).casefold()
    return Scope(line.text, by if by in WIDE else terms.attribute(by).name)


def happening(text: str) -> Events:
    """The events that a policy is about; raises Bad."""
    if NO.match(text) and named(text) is None:
        raise Bad(f"A When step says what happens, and “{text}” is what does not; a Then step says what must not be.")
    return terms.events(text)


def then_step(line: Line) -> tuple[Step, dict[str, str | None]]:
    """The Then step that a line is, with its parts, which may be wrong; raises Bad."""
    fits = [(step, found) for step in THEN if (found := step.pattern.expression.fullmatch(line.text))]
    if not fits:
        raise no_step(line, PATTERNS)
    for step, found in fits:
        if not terms.terms(found.groupdict())[1]:
            return step, found.groupdict()
    step, found = fits[0]
    return step, found.groupdict()


def meant(text: str, step: Step, wrong: Wrong, bad: Bad) -> str:
    """What was perhaps meant by a part of a step that can't be read; empty if nothing is near."""
    if NO.match(wrong.text) and not bad.hint:
        return nearest_step(text, PATTERNS)
    return bad.hint or _same(text, step) or (step.pattern.words if _is_after_a_word(wrong) else "")


def _same(text: str, step: Step) -> str:
    """The step that pairs events “with the same …”, the last that says so, for a text in a step without that part."""
    having = [one for one in THEN if SAME in one.pattern.text]
    return having[-1].pattern.text if SAME in text and step not in having else ""


def _is_after_a_word(wrong: Wrong) -> bool:
    """Whether a part could be read without its first word, which belongs to no part."""
    first, _, rest = wrong.text.partition(" ")
    return first in _NEEDLESS and not terms.terms({wrong.part: rest})[1]


def no_step(line: Line, known: Iterable[Pattern]) -> Bad:
    """What to say of a line that is no step."""
    patterns = list(known)
    near = nearest_step(line.text, patterns) or (patterns[0].text if len(patterns) == 1 else "")
    told = "; kith policy steps lists them all" if not near else ""
    return Bad(f"There is no such step: “{line.text}”{told}.", near)
