"""Which events can have an attribute at all: many have it only from the ask that they belong to, or answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kith.domain import introduction as i
from kith.domain.log import EVENTS, Event
from kith.domain.relationship import events as e
from kith.domain.speaking import SPEAKING
from kith.domain.stages import Direction
from kith.workflows.audits.compiled import Condition, Events
from kith.workflows.audits.vocabulary.attributes import ASKS, ATTRIBUTES, Attribute
from kith.workflows.audits.vocabulary.names import Kind
from kith.workflows.audits.vocabulary.values import an

_ANY = (e.Nudged, e.GuardOverridden, e.AskAgreed, e.AskDeclined, e.AskWithdrawn, e.AskLapsed)
_ASKED: Final[Mapping[type[Event], tuple[type[Event], ...]]] = {
    **dict.fromkeys(_ANY, ASKS),
    **dict.fromkeys((e.ChatRescheduled, e.ChatCancelled), (e.ChatAsked,)),
    **dict.fromkeys((e.IntroductionReceived, e.IntroductionFailed, i.IntroductionAsked), (e.IntroAsked,)),
    **dict.fromkeys((e.Touched, e.IntroductionAgreed), (e.FirstMessageSent,)),
    e.ReferralGiven: (e.ReferralAsked,),
    e.ChatHeld: (e.ChatAsked, e.FirstMessageSent),
}
"""The asks that an event can belong to, or answer; see ``reading.memory``."""
_ANSWERING: Final = frozenset({Direction.INBOUND.value, Direction.MUTUAL.value})
"""The directions of a touch that can answer an ask."""
_EVENTS_NAMED = 6


def can_have(told: Events, attribute: Attribute) -> bool:
    """Whether one of these events can have it."""
    return any(_can_have(kind, told.conditions, attribute) for kind in told.kinds)


def _can_have(kind: Kind, conditions: Iterable[Condition], attribute: Attribute) -> bool:
    if kind.topic not in attribute.topics():
        return False
    if kind.topic == e.Touched.TOPIC and (attribute.of_ask or attribute.name == "ask"):
        return _can_answer(kind, conditions) and _asked_has(kind.topic, attribute)
    return kind.topic in attribute.on or _asked_has(kind.topic, attribute)


def _asked_has(topic: str, attribute: Attribute) -> bool:
    return any(ask.TOPIC in attribute.on for ask in _ASKED[EVENTS[topic]])


def _can_answer(kind: Kind, conditions: Iterable[Condition]) -> bool:
    """Whether a touch can be a word from them."""
    allowed = dict(kind.needs).get("direction") or frozenset(map(str, Direction))
    asked = [condition for condition in conditions if condition.attribute == "direction"]
    return any(one in allowed and all(condition.holds(one) for condition in asked) for one in _ANSWERING)


def instead(told: Events, attribute: Attribute) -> str:
    """What to write, where none of these events can have the attribute: the events that have it, or what they have."""
    having = sorted(SPEAKING[EVENTS[topic]] for topic in attribute.topics() if _can_have(Kind(topic), (), attribute))
    if len(having) <= _EVENTS_NAMED:
        return f"that is said of {joined(map(an, having))}"
    names = sorted(one.name for one in ATTRIBUTES if can_have(told, one))
    return f"it has {joined(names)}" if names else "nothing is said of it"


def joined(words: Iterable[str], by: str = "and") -> str:
    """Words as a sentence lists them: ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} {by} {last}" if first else last
