"""The parts of a step, understood: names of events, attributes and their values, numbers and durations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, Final

from kith.domain.guards import GUARDS
from kith.domain.stages import Channel, Direction, Origin, Stage
from kith.workflows.audits.compiled import Condition, Events, Terms
from kith.workflows.audits.compiling.problems import nearest
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary import values
from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES, BY_NAME, Attribute, word
from kith.workflows.audits.vocabulary.names import BY_WORDS, GIFTS, NAMES, NOTHING
from kith.workflows.audits.vocabulary.values import Bad, bare

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "overridden guard": tuple(guard.name for guard in GUARDS),
    "failed guard": tuple(guard.name for guard in GUARDS),
    "ask kind": ("first message", "chat", "introduction", "referral", "nudge", "making an introduction"),
    "direction": tuple(Direction),
    "channel": tuple(Channel),
    "gift kind": GIFTS,
    "stage": tuple(stage.words for stage in Stage),
    "origin": tuple(Origin),
    "party": ("connector", "target"),
    "source": ("manual", "import", "flow"),
    "debt kind": ("thanks", "answer", "outcome", "report", "follow-up"),
    "settled how": ("done elsewhere", "not needed"),
}
"""The words that an attribute can be."""


class Unknown(Bad):
    """Something that is not known; with what was perhaps meant."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.hint = hint


def events(text: str) -> Events:
    """The events of ``a gift or a coffee chat``; raises Unknown."""
    parts = [bare(part) for part in text.split(" or ")]
    found = [_event(part) for part in parts]
    return Events(" or ".join(parts), tuple(kind for kinds in found for kind in kinds))


def _event(words: str) -> tuple[Any, ...]:
    name = BY_WORDS.get(words.casefold()) or BY_WORDS.get(words.casefold().removesuffix("s"))
    if name is None:
        raise Unknown(f"There is no event called “{words}”.", nearest(words, (known.words for known in NAMES)))
    return name.kinds


def attribute(text: str) -> Attribute:
    """The attribute of that name; raises Unknown."""
    found = BY_NAME.get(bare(text).casefold())
    if found is None:
        near = nearest(bare(text), (known.name for known in ATTRIBUTES))
        raise Unknown(f"There is no attribute called “{bare(text)}”.", near)
    return found


def attribute_of(text: str, told: Events) -> Attribute:
    """The same, which some of these events must have; raises Unknown."""
    found = attribute(text)
    if told.topics.isdisjoint(found.topics()):
        having = [known.name for known in ATTRIBUTES if not told.topics.isdisjoint(known.topics())]
        what = f"{values.an(told.words).capitalize()} has no {found.name}."
        raise Unknown(what, nearest(found.name, [name for name in having if name != found.name]))
    return found


def value(text: str, of: Attribute) -> Value:
    """A value as policies write it; raises Bad."""
    text = text.strip().strip('"')
    if text.casefold() == NOTHING:
        return None
    if of.kind in ("filled", "id"):
        kept = "is not kept, only whether there is one" if of.kind == "filled" else "is an id"
        raise Bad(f"The {of.name} {kept}: say whether it is nothing, or is not nothing.")
    if of.kind == "number":
        return values.number(text)
    if of.kind == "yes or no":
        if text.casefold() not in ("yes", "no"):
            raise Bad(f"The {of.name} is yes or no, not {text!r}.")
        return text.casefold() == "yes"
    return _word(text, of)


def _word(text: str, of: Attribute) -> Value:
    choices = CHOICES.get(of.name, ())
    if choices and text.casefold() not in choices:
        raise Unknown(f"The {of.name} is never “{text}”.", nearest(text, choices))
    return text.casefold() if of.kind == "list" or choices else word(text)


def condition(name: str, text: str, told: Events, *, negated: bool) -> Condition:
    """A condition on the events of the When step; raises Bad."""
    found = attribute_of(name, told)
    return Condition(found.name, value(text, found), negated)


def stage(text: str) -> str:
    """The words of a stage; raises Unknown."""
    known = {one.words for one in Stage}
    if bare(text).casefold() not in known:
        raise Unknown(f"There is no stage called “{bare(text)}”.", nearest(bare(text), known))
    return bare(text).casefold()


_READ: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "A": ("a", events),
    "B": ("b", events),
    "C": ("c", events),
    "duration": ("span", values.span),
    "n": ("n", values.number),
    "attribute": ("attributes", lambda text: (attribute(text).name,)),
    "attributes": ("attributes", lambda text: tuple(attribute(name).name for name in values.listed(text))),
    "stage": ("stage", stage),
    "days": ("days", values.weekdays),
}


def terms(parts: Mapping[str, str | None]) -> tuple[Terms, list[Bad]]:
    """The parts of a Then step, and what is wrong with them."""
    found, between, wrong = dict[str, Any](), list[time](), list[Bad]()
    for name, text in parts.items():
        try:
            if text is not None and name in ("time", "time2"):
                between.append(values.clock(text))
            elif text is not None and name in _READ:
                field, read = _READ[name]
                found[field] = read(text)
        except Bad as bad:
            wrong.append(bad)
    if len(between) == 2:
        found["between"] = tuple(between)
    return Terms(**found), wrong
