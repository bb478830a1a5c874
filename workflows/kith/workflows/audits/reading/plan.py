"""What an audit reads of the log: the least that its policies need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain.relationship import events as e
from kith.workflows.audits.reading.memory import LEARNED_FROM, SAID_BY
from kith.workflows.audits.vocabulary.attributes import ASKS, BY_NAME, Attribute

ALWAYS = frozenset({e.RelationshipOpened.TOPIC, s.SeekerRegistered.TOPIC, s.ProfileUpdated.TOPIC})
"""Whose each relationship is, and in which time zone."""
REVISIONS = frozenset({e.FactsRetracted.TOPIC, e.FactCorrected.TOPIC})
CONSENTS = frozenset({i.ConsentGiven.TOPIC, i.ConsentRefused.TOPIC})


class Plan(NamedTuple):
    """What is read."""

    attributes: Mapping[str, tuple[Attribute, ...]]
    """By topic of the policies, what they ask of it."""
    of_ask: tuple[Attribute, ...]
    """What is remembered of asks, for the events that belong to them."""
    learning: frozenset[str]
    """Topics to remember something from."""
    companies: bool
    """Whether it matters where people work."""

    @property
    def topics(self) -> frozenset[str]:
        """Every topic to read."""
        return frozenset({*self.attributes, *self.learning, *ALWAYS, *REVISIONS, *self._helpers})

    @property
    def _helpers(self) -> frozenset[str]:
        introductions = any(topic.startswith("introduction.") for topic in self.attributes)
        helpers = {i.IntroductionAsked.TOPIC} if introductions else set[str]()
        return frozenset({*helpers, *({e.PersonDescribed.TOPIC} if self.companies else ())})

    @property
    def whole(self) -> frozenset[str]:
        """The topics whose events are read with all their fields."""
        asked = {topic for topic, attributes in self.attributes.items() if attributes}
        return frozenset({*asked, *self.learning, *ALWAYS, *self._helpers, *(CONSENTS & self.topics)})

    @property
    def asked(self) -> frozenset[str]:
        """The names of all attributes that are asked for."""
        return frozenset(attribute.name for many in self.attributes.values() for attribute in many)

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of the attributes by topic."""
        return {topic: tuple(a.name for a in attributes) for topic, attributes in self.attributes.items()}


def planned(reads: Iterable[tuple[str, str | None]], *, companies: bool = False) -> Plan:
    """The plan for pairs of a topic and an attribute's name, or None where the event itself is enough."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for topic, name in reads:
        attribute = BY_NAME[name.casefold()] if name else None
        wanted[topic].update([attribute.name] if attribute and topic in attribute.topics() else [])
    attributes = {topic: tuple(BY_NAME[n.casefold()] for n in sorted(names)) for topic, names in wanted.items()}
    used = {attribute.name: attribute for many in attributes.values() for attribute in many}
    of_ask = tuple(used[name] for name in sorted(used) if used[name].of_ask and _belongs(used[name], attributes))
    learned = {a.name for topic, many in attributes.items() for a in many if topic not in SAID_BY.get(a.name, ())}
    learning = frozenset[str]().union(*(LEARNED_FROM.get(name, frozenset()) for name in learned))
    if of_ask:
        learning |= {kind.TOPIC for kind in ASKS} | LEARNED_FROM["ask"]
    return Plan(attributes, of_ask, learning, companies)


def _belongs(attribute: Attribute, attributes: Mapping[str, tuple[Attribute, ...]]) -> bool:
    return any(attribute in many and topic not in attribute.on for topic, many in attributes.items())
