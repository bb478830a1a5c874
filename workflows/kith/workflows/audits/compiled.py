"""A policy as it is compiled: which events it is about, what they are to each other, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from kith.workflows.audits.reading.log import Sign
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.report import Place, Policy
from kith.workflows.audits.vocabulary.names import Kind
from kith.workflows.audits.vocabulary.values import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kith.workflows.audits.vocabulary.steps import Step


class Condition(NamedTuple):
    """``And its {attribute} is [not] {value}``."""

    attribute: str
    value: Value
    negated: bool

    def holds(self, found: Value) -> bool:
        """Whether an event's value is as it is to be; of a list, whether the value is in it."""
        same = self.value in found if isinstance(found, tuple) else found == self.value
        return same is not self.negated


class Events(NamedTuple):
    """Events that a policy speaks of: ``a gift or a coffee chat``, perhaps only those that meet some conditions."""

    words: str
    kinds: tuple[Kind, ...]
    conditions: tuple[Condition, ...] = ()

    @property
    def topics(self) -> frozenset[str]:
        """Their topics."""
        return frozenset(kind.topic for kind in self.kinds)

    def reads(self) -> Iterator[tuple[str, str | None]]:
        """What has to be read of which topic to know them."""
        for kind in self.kinds:
            yield kind.topic, None
            yield from ((kind.topic, attribute) for attribute, _ in kind.needs)
            yield from ((kind.topic, condition.attribute) for condition in self.conditions)

    def match(self, sign: Sign, told: Mapping[str, Value]) -> bool:
        """Whether an event is one of them."""
        return any(kind.topic == sign.topic and _fits(kind, told) for kind in self.kinds) and all(
            condition.holds(told.get(condition.attribute)) for condition in self.conditions
        )


def _fits(kind: Kind, told: Mapping[str, Value]) -> bool:
    for attribute, values in kind.needs:
        found = told.get(attribute)
        if found is None or (values is not None and found not in values):
            return False
    return True


class Terms(NamedTuple):
    """What the Then step names."""

    a: Events | None = None
    b: Events | None = None
    c: Events | None = None
    span: Span | None = None
    n: int = 0
    attributes: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    stage: str = ""
    days: frozenset[int] = frozenset()
    between: tuple[time, time] = (time(), time.max)

    @property
    def attribute(self) -> str:
        """The one attribute that the step names."""
        return self.attributes[0]


class Scope(NamedTuple):
    """Which events are judged together."""

    words: str
    by: str
    """relationship, seeker, connector, company, all; or an attribute of the events."""

    @property
    def attribute(self) -> str | None:
        """The attribute of the events by whose value they are judged together."""
        return None if self.by in WIDE or self.by == RELATIONSHIP else self.by


RELATIONSHIP = "relationship"
WIDE = ("seeker", "connector", "company", "all")


class Example(NamedTuple):
    """A worked example: events, and who breaks the policy then."""

    name: str
    events: tuple[ExampleEvent, ...]
    breaks: frozenset[str]
    place: Place
    """Of the step that says who breaks it."""


class ExampleEvent(NamedTuple):
    """One row of an example's table."""

    at: str
    relationship: str
    event: str
    others: tuple[tuple[str, str], ...]
    """Attributes and their values."""
    place: Place


class Compiled(NamedTuple):
    """A policy that can be put to a log."""

    policy: Policy
    scope: Scope
    when: Events
    step: Step
    terms: Terms
    since: date | None = None
    examples: tuple[Example, ...] = ()

    def roles(self) -> Iterator[tuple[int, Events]]:
        """What each kind of event is to the policy."""
        yield JUDGED, self.when
        for role, events in ((A, self.terms.a), (B, self.terms.b), (C, self.terms.c)):
            if events is not None:
                yield role, events
        yield from self.step.extras

    def reads(self) -> Iterator[tuple[str, str | None]]:
        """What has to be read of which topic."""
        for role, events in self.roles():
            yield from events.reads()
            told = (*self.terms.attributes, *self.step.reads) if role != CLOSING else ()
            for attribute in (*told, *filter(None, [self.scope.attribute])):
                yield from ((topic, attribute) for topic in events.topics)

    def role_of(self, sign: Sign, told: Mapping[str, Value]) -> int:
        """What an event is to the policy, as bits; 0 if it is nothing."""
        return sum(role for role, events in self.roles() if events.match(sign, told))


JUDGED, A, B, C, ANY, STAGE, CLOSING = 1, 2, 4, 8, 16, 32, 64
"""What an event can be to a policy: the one of the When step, those that the Then step names, and others it needs."""
