"""``kith policy steps``: every sentence of a policy, and every event and attribute that it can name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

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


def _found(word: str) -> tuple[list[Before], list[Step], list[tuple[str, str]], list[Name], list[Attribute]]:
    from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES  # noqa: PLC0415 - needs the models
    from kith.workflows.audits.vocabulary.names import NAMES  # noqa: PLC0415 - likewise
    from kith.workflows.audits.vocabulary.steps import BEFORE, PARTS, THEN  # noqa: PLC0415 - likewise

    has = _having(word)
    return (
        [one for one in BEFORE if has(one.pattern.text, one.meaning)],
        [one for one in THEN if has(one.pattern.text, one.meaning, one.example)],
        [part for part in PARTS.items() if has(*part)],
        [one for one in NAMES if has(one.words, one.meaning)],
        [one for one in ATTRIBUTES if has(one.name, one.meaning)],
    )


def _having(word: str) -> Callable[..., bool]:
    wanted = word.strip().casefold()
    return lambda *texts: any(wanted in text.casefold() for text in texts)


def _text(word: str) -> str:
    before, then, parts, names, attributes = _found(word)
    sections = (
        ("How a policy begins", _before(before)),
        ("What must be so", _then(then)),
        ("What stands in braces; what stands in brackets may be left out", _pairs((f"{{{a}}}", b) for a, b in parts)),
        ("Events", _pairs((one.words, one.meaning) for one in names)),
        ("Attributes of events", _pairs((one.name, f"{one.kind}: {one.meaning}") for one in attributes)),
    )
    told = [["", output.bold(title), *lines] for title, section in sections if (lines := list(section))]
    return "\n".join([line for lines in told for line in lines][1:]) if told else output.wrap(NOTHING)


def _before(found: Iterable[Before]) -> Iterator[str]:
    for one in found:
        yield from _step(f"{one.keyword} {one.pattern.text}", one.meaning, [f"{one.keyword} {one.example}"])


def _then(found: Iterable[Step]) -> Iterator[str]:
    for one in found:
        example = [f"When {one.when}", f"{one.keyword} {one.example}", *([TABLE] if one.table else [])]
        yield from _step(f"{one.keyword} {one.pattern.text}", one.meaning, example)


def _step(step: str, meaning: str, example: Iterable[str]) -> Iterator[str]:
    yield output.bold(output.wrap(step, 6, "  "))
    yield output.wrap(meaning, 6)
    yield from (output.wrap(line, 12, " " * 10) for line in example)


def _pairs(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in found:
        yield output.wrap(meaning, 26, f"  {output.fit(name, max(22, output.columns_of(name)))}  ")


def _shape(word: str) -> dict[str, Any]:
    before, then, parts, names, attributes = _found(word)
    return {
        "steps": [
            *({"number": None, "step": f"{one.keyword} {one.pattern.text}", "meaning": one.meaning,
               "example": f"{one.keyword} {one.example}"} for one in before),
            *({"number": one.number, "step": f"{one.keyword} {one.pattern.text}", "meaning": one.meaning,
               "example": f"When {one.when}\n{one.keyword} {one.example}"} for one in then),
        ],
        "parts": [{"part": name, "meaning": meaning} for name, meaning in parts],
        "events": [{"event": one.words, "meaning": one.meaning} for one in names],
        "attributes": [
            {"attribute": one.name, "kind": one.kind, "meaning": one.meaning, "on": _on(one)} for one in attributes
        ],
    }  # fmt: skip


def _on(attribute: Attribute) -> list[str]:
    from kith.domain.log import EVENTS  # noqa: PLC0415 - needs the models
    from kith.domain.speaking import SPEAKING  # noqa: PLC0415 - likewise

    return sorted(SPEAKING[EVENTS[topic]] for topic in attribute.topics())
