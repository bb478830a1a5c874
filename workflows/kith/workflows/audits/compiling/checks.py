"""What a policy that is well written can still get wrong: it can never be broken, kept, or put to the test."""

from __future__ import annotations

from collections.abc import Iterator

from kith.workflows.audits.compiled import RELATIONSHIP, STAGE, WIDE, Condition, Events, Scope, Terms
from kith.workflows.audits.compiling.terms import attribute_of
from kith.workflows.audits.vocabulary.attributes import BY_NAME
from kith.workflows.audits.vocabulary.belonging import can_have
from kith.workflows.audits.vocabulary.steps import Step
from kith.workflows.audits.vocabulary.values import Bad, an

_BY_ITSELF = (1, 2, 10, 20)
"""Steps that make no sense of an event and itself."""
_OF_B = (12, 15, 23)
"""Steps whose attribute is that of B too."""


def mistakes(scope: Scope, when: Events, step: Step, terms: Terms) -> Iterator[str]:
    """Each in a sentence."""
    yield from _counts(step, terms)
    yield from _by_itself(when, step, terms)
    yield from _never(when)
    yield from _attributes(when, step, terms)
    yield from _scope(scope, when, terms)


def _counts(step: Step, terms: Terms) -> Iterator[str]:
    if "n" in step.pattern.parts and terms.n == 0 and step.number != 14:
        yield "Zero makes no sense here: write that it must never happen, or leave the policy out."
    if step.number == 14 and not step.table and any(_no_number(name) for name in terms.attributes):
        yield f"The {terms.attribute} is no number, so it is never at least or at most one."
    if "time" in step.pattern.parts and terms.between[0] >= terms.between[1]:
        yield "The second time is to be later than the first."


def _no_number(attribute: str) -> bool:
    return BY_NAME[attribute.casefold()].kind != "number"


def _by_itself(when: Events, step: Step, terms: Terms) -> Iterator[str]:
    one, other = (terms.a, terms.b) if step.number in (10, 20) else (when, terms.b)
    if step.number in _BY_ITSELF and one and other and set(one.kinds) <= set(other.kinds) and not one.conditions:
        yield f"{an(one.words).capitalize()} can't be set against itself: the first one would always break the policy."
    if step.number == 10 and terms.b and terms.b.topics.isdisjoint(when.topics):
        yield f"The When step is to name {an(terms.b.words)}, which is what is judged."
    if step.number == 19 and terms.a and terms.a.topics.isdisjoint(when.topics):
        yield f"The first {when.words} can never be {an(terms.a.words)}."
    if step.number == 18 and _entering(step).isdisjoint(when.topics):
        yield "The When step is to name what enters the stage: a stage advance, or met."


def _entering(step: Step) -> frozenset[str]:
    return frozenset().union(*(events.topics for role, events in step.extras if role == STAGE))


def _never(when: Events) -> Iterator[str]:
    """Conditions that nothing can meet."""
    if not any(_possible(kind.needs, when.conditions) for kind in when.kinds):
        yield "No event can meet these conditions, so the policy could never be put to the test."


def _possible(needs: tuple[tuple[str, frozenset[object] | None], ...], conditions: tuple[Condition, ...]) -> bool:
    known = dict(needs)
    for condition in conditions:
        wanted = [c.value for c in conditions if c.attribute == condition.attribute and not c.negated]
        if BY_NAME[condition.attribute.casefold()].kind != "list" and len(set(wanted)) > 1:
            return False
        if condition.negated and condition.value in wanted:
            return False
        values = known.get(condition.attribute)
        if values is not None and (values <= {condition.value} if condition.negated else condition.value not in values):
            return False
    return True


def _attributes(when: Events, step: Step, terms: Terms) -> Iterator[str]:
    judged = terms.a if step.number == 23 else when
    others = [terms.c] if step.number == 16 else [terms.b] if step.number in _OF_B else []
    for name in terms.attributes:
        for events in filter(None, [judged, *others]):
            try:
                attribute_of(name, events)
            except Bad as bad:
                yield str(bad)


def _scope(scope: Scope, when: Events, terms: Terms) -> Iterator[str]:
    named = [events for events in (when, terms.a, terms.b, terms.c) if events]
    for events in named:
        if scope.by == RELATIONSHIP and all(topic.startswith("seeker.") for topic in events.topics):
            told = f"{an(events.words).capitalize()} belongs to no relationship"
            yield f"{told}: write Given all relationships of one seeker together."
        if scope.by not in WIDE and scope.attribute and not can_have(events, BY_NAME[scope.by.casefold()]):
            yield f"{an(events.words).capitalize()} has no {scope.by}, so it is never among what is judged together."
