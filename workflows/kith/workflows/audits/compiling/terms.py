"""The parts of a step, understood: names of events, attributes and their values, numbers and durations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, Final, NamedTuple

from kith.domain.guards import GUARDS
from kith.domain.stages import Channel, Direction, Origin, Stage
from kith.workflows.audits.compiled import Condition, Events, Terms
from kith.workflows.audits.compiling import unnamed
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary import values
from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES, BY_NAME, Attribute, word
from kith.workflows.audits.vocabulary.belonging import can_have, instead, joined
from kith.workflows.audits.vocabulary.likeness import nearest
from kith.workflows.audits.vocabulary.names import GIFTS, NOTHING, Kind, named
from kith.workflows.audits.vocabulary.values import Bad, bare, every

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
_VALUES_NAMED = 10
_BETWEEN = re.compile(r",\s*(?:and |or )?| and | or ")
_ONE_VALUE = (
    "a condition names one. To leave others out, write “its {name} is not …”, a line for each; a Then step takes "
    "several, “its {name} must be one of”, in a table below it."
)


def events(text: str) -> Events:
    """The events of ``a gift or a coffee chat``; raises Bad."""
    if commas := unnamed.listed(text):
        raise commas
    parts = [bare(part) for part in text.split(" or ")]
    return Events(" or ".join(parts), tuple(kind for kinds in every(_event, parts) for kind in kinds))


def _event(words: str) -> tuple[Kind, ...]:
    name = named(words)
    if name is None:
        raise unnamed.unknown(words)
    return name.kinds


def attribute(text: str) -> Attribute:
    """The attribute of that name; raises Bad."""
    name = bare(text).casefold()
    if found := BY_NAME.get(name):
        return found
    what, names = f"There is no attribute called “{bare(text)}”", [known.name for known in ATTRIBUTES]
    having = [known for known in names if name in known.casefold().split()]
    if len(having) > 1:
        raise Bad(f"{what}; there are {joined(sorted(having))}.")
    raise Bad(f"{what}.", having[0] if having else nearest(name, names))


def attribute_of(text: str, told: Events) -> Attribute:
    """The same, which some of these events must be able to have; raises Bad."""
    found = attribute(text)
    if not can_have(told, found):
        raise Bad(f"{values.an(told.words).capitalize()} has no {found.name}; {instead(told, found)}.")
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
            raise Bad(f"The {of.name} is yes or no, not “{text}”.")
        return text.casefold() == "yes"
    return _word(text, of)


def _word(text: str, of: Attribute) -> Value:
    choices = CHOICES.get(of.name, ())
    if choices and text.casefold() not in choices:
        raise _no_choice(text, of, choices)
    return text.casefold() if of.kind == "list" or choices else word(text)


def _no_choice(text: str, of: Attribute, choices: tuple[str, ...]) -> Bad:
    what = f"The {of.name} is never “{text}”"
    parts = [part.casefold() for part in _BETWEEN.split(text.removeprefix("one of ")) if part]
    if len(parts) > 1 and set(parts) <= set(choices):
        return Bad(f"{what}: {_ONE_VALUE.format(name=of.name)}")
    if text.casefold().startswith(("no ", "not ")):
        return Bad(f"{what}: what it is not is written “its {of.name} is not …”.")
    told = f"; it can be {joined(choices, 'or')}" if len(choices) <= _VALUES_NAMED else ""
    return Bad(f"{what}{told}.", nearest(text, choices))


def condition(name: str, text: str, told: Events, *, negated: bool) -> Condition:
    """A condition on the events of the When step; raises Bad."""
    found = attribute_of(name, told)
    return Condition(found.name, value(text, found), negated)


def stage(text: str) -> str:
    """The words of a stage; raises Bad."""
    known = [one.words for one in Stage]
    if bare(text).casefold() not in known:
        raise Bad(f"There is no stage called “{bare(text)}”.", nearest(bare(text), known))
    return bare(text).casefold()


_READ: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "A": ("a", events),
    "B": ("b", events),
    "C": ("c", events),
    "duration": ("span", values.span),
    "n": ("n", values.number),
    "attribute": ("attributes", lambda text: (attribute(text).name,)),
    "attributes": ("attributes", lambda text: every(lambda name: attribute(name).name, values.listed(text))),
    "stage": ("stage", stage),
    "days": ("days", values.weekdays),
}


class Wrong(NamedTuple):
    """A part of a step that can't be read."""

    part: str
    text: str
    bad: Bad


def terms(parts: Mapping[str, str | None]) -> tuple[Terms, list[Wrong]]:
    """The parts of a Then step, and what is wrong with them."""
    found, between, wrong = dict[str, Any](), list[time](), list[Wrong]()
    for name, text in parts.items():
        try:
            if text is not None and name in ("time", "time2"):
                between.append(values.clock(text))
            elif text is not None and name in _READ:
                field, read = _READ[name]
                found[field] = read(text)
        except Bad as bad:
            wrong.append(Wrong(name, text or "", bad))
    if len(between) == 2:
        found["between"] = tuple(between)
    return Terms(**found), wrong
