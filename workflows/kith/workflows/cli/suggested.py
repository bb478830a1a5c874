"""Questions that are suggested for a coffee chat, and those that were picked from them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kith.domain.errors import InvalidInput
from kith.workflows.cli import guide, output, shapes
from kith.workflows.cli.engine import engine, typed

if TYPE_CHECKING:
    from kith.domain.asks import Question
    from kith.domain.suggestions import Suggestion
    from kith.workflows.bootstrap import Kith


def tell(who: str) -> None:
    """The suggestions for a chat with somebody, each with its number."""
    with engine() as kith:
        id_ = kith.find(who)
        name = kith.relationship(id_).person.name
        found, called = kith.chat_suggestions(id_), typed(kith, id_, name)
    data = {"person": shapes.person((id_, name)), "suggestions": [_shape(n, one) for n, one in enumerate(found, 1)]}
    output.say(lambda: _text(found, name, called), data)


def picked(kith: Kith, who: UUID, numbers: Iterable[int]) -> list[Question]:
    """The questions of those numbers; raises InvalidInput for one that was not suggested."""
    found = kith.chat_suggestions(who)
    for number in numbers:
        if not 1 <= number <= len(found):
            raise InvalidInput(f"There is no suggestion {number}: they are numbered from 1 to {len(found)}.")
    return [found[number - 1].question for number in numbers]


def _text(found: list[Suggestion], name: str, who: str) -> str:
    lines = [output.bold(output.wrap(f"Questions for your chat with {name}")), ""]
    numbered = list(enumerate(found, 1))
    for topic, ones in groupby(numbered, key=lambda one: one[1].question.topic):
        lines.append(f"  {topic.words} ({topic.value})")
        lines += [output.wrap(_line(one), 6, f"  {number:>2}. ") for number, one in ones]
    how = "Choose at least 3 on at least 2 topics, put them in your own words if you like, or write others:"
    picks = " ".join(f"--pick {number}" for number in _across(found))
    prepare = f"kith chat prepare {guide.quoted(who)}"
    return "\n".join([*lines, "", output.wrap(how), f"  $ {prepare} {picks}", f'  $ {prepare} --question "work: …"'])


def _across(found: list[Suggestion]) -> list[int]:
    """The numbers of three suggestions, as far apart as their topics allow."""
    first = {one.question.topic: number for number, one in reversed(list(enumerate(found, 1)))}
    return sorted(first.values())[:3]


def _line(one: Suggestion) -> str:
    return f"{one.question.text}{' (prepared)' if one.prepared else ''}"


def _shape(number: int, one: Suggestion) -> dict[str, Any]:
    return {
        "number": number, "topic": one.question.topic.value, "text": one.question.text,
        "drawn_from": one.drawn_from or None, "prepared": one.prepared,
    }  # fmt: skip
