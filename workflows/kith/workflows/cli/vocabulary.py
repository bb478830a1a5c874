"""``kith policy steps``: every sentence of a policy, and every event and attribute that it can name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from kith.workflows.cli import output

if TYPE_CHECKING:
    from kith.workflows.audits.vocabulary.attributes import Attribute
    from kith.workflows.audits.vocabulary.names import Name
    from kith.workflows.audits.vocabulary.steps import Before, Step

TABLE = "| message |"
NOTHING = "Nothing in the vocabulary has these words. Without a word, kith policy steps lists all of it."


def steps(
    word: Annotated[str, typer.Argument(metavar="WORD", help="Only what has this word in it; all, if left out.")] = "",
) -> None:
    """List every sentence of a policy with an example, and the names of all events and attributes."""
    output.say(lambda: _text(word), lambda: _shape(word))


class _Found(NamedTuple):
    """What of the vocabulary has the words that are looked for."""

    before: list[Before]
    then: list[Step]
    examples: list[Before]
    parts: list[tuple[str, str]]
    names: list[Name]
    attributes: list[Attribute]


def _found(word: str) -> _Found:
    from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES  # noqa: PLC0415 - needs the models
    from kith.workflows.audits.vocabulary.everyday import meant  # noqa: PLC0415 - likewise
    from kith.workflows.audits.vocabulary.names import NAMES  # noqa: PLC0415 - likewise
    from kith.workflows.audits.vocabulary.steps import BEFORE, IN_EXAMPLES, PARTS, THEN  # noqa: PLC0415 - likewise

    has, names = _having(word), meant(word)
    return _Found(
        [one for one in BEFORE if has(_written(one), one.meaning)],
        [one for one in THEN if has(_written(one), one.meaning, one.example)],
        [one for one in IN_EXAMPLES if has(_written(one), one.meaning, one.example)],
        [part for part in PARTS.items() if has(*part)],
        [one for one in NAMES if has(one.words, one.meaning) or one.words in names],
        [one for one in ATTRIBUTES if has(one.name, one.meaning)],
    )


def _having(word: str) -> Callable[..., bool]:
    """Whether a text has these words, the last of which may go on."""
    wanted = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, word.split())), re.IGNORECASE)
    return lambda *texts: any(wanted.search(text) for text in texts)


def _written(one: Before | Step) -> str:
    return f"{one.keyword} {one.pattern.text}"


def _text(word: str) -> str:
    found = _found(word)
    sections = (
        ("How a policy begins", _before(found.before)),
        ("What must be so", _then(found.then)),
        ("Worked examples: scenarios of the same Rule, without the tag @policy", _before(found.examples)),
        (
            "What stands in braces; what stands in brackets may be left out",
            _pairs((f"{{{part}}}", meaning) for part, meaning in found.parts),
        ),
        ("Events", _pairs((one.words, one.meaning) for one in found.names)),
        ("Attributes of events", _pairs((one.name, f"{one.kind}: {one.meaning}") for one in found.attributes)),
    )
    told = [["", output.bold(title), *lines] for title, section in sections if (lines := list(section))]
    return "\n".join([line for lines in told for line in lines][1:]) if told else output.wrap(NOTHING)


def _before(found: Iterable[Before]) -> Iterator[str]:
    for one in found:
        yield from _step(_written(one), one.meaning, f"{one.keyword} {one.example}".splitlines())


def _then(found: Iterable[Step]) -> Iterator[str]:
    for one in found:
        example = [f"When {one.when}", f"{one.keyword} {one.example}", *([TABLE] if one.table else [])]
        yield from _step(_written(one), one.meaning, example)


def _step(step: str, meaning: str, example: Iterable[str]) -> Iterator[str]:
    yield output.bold(output.wrap(step, 6, "  "))
    yield output.wrap(meaning, 6)
    yield from (output.wrap(line, 12, " " * 10) for line in example)


def _pairs(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in found:
        yield output.wrap(meaning, 26, f"  {output.fit(name, max(22, output.columns_of(name)))}  ")


def _shape(word: str) -> dict[str, Any]:
    found = _found(word)
    return {
        "steps": [
            *(_step_shape(one, f"{one.keyword} {one.example}") for one in found.before),
            *(
                _step_shape(one, f"When {one.when}\n{one.keyword} {one.example}", number=one.number)
                for one in found.then
            ),
            *(_step_shape(one, f"{one.keyword} {one.example}") for one in found.examples),
        ],
        "parts": [{"part": name, "meaning": meaning} for name, meaning in found.parts],
        "events": [{"event": one.words, "meaning": one.meaning} for one in found.names],
        "attributes": [
            {"attribute": one.name, "kind": one.kind, "meaning": one.meaning, "on": _on(one)}
            for one in found.attributes
        ],
    }


def _step_shape(one: Before | Step, example: str, number: int | None = None) -> dict[str, Any]:
    return {"number": number, "step": _written(one), "meaning": one.meaning, "example": example}


def _on(attribute: Attribute) -> list[str]:
    from kith.domain.log import EVENTS  # noqa: PLC0415 - needs the models
    from kith.domain.speaking import SPEAKING  # noqa: PLC0415 - likewise

    return sorted(SPEAKING[EVENTS[topic]] for topic in attribute.topics())
