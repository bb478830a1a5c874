"""Writes the reference of the policies' vocabulary from the registry that the compiler and pytest-bdd read too."""

from __future__ import annotations

from collections.abc import Iterator

from kith.domain.log import EVENTS
from kith.domain.speaking import SPEAKING
from kith.workflows.audits.vocabulary.attributes import ATTRIBUTES, Attribute
from kith.workflows.audits.vocabulary.names import NAMES
from kith.workflows.audits.vocabulary.steps import BEFORE, IN_EXAMPLES, PARTS, THEN, Step

MOST = 8
"""Events that are named beside an attribute; where there are more, their number is."""


def before_rows() -> Iterator[tuple[str, str, str]]:
    """The steps before the Then."""
    for one in BEFORE:
        yield f"`{one.keyword} {one.pattern.text}`", one.meaning, f"`{one.keyword} {one.example}`"


def then_sections() -> Iterator[str]:
    """Every Then step with its meaning and an example."""
    for step in THEN:
        yield from ("", f"### {step.number}. {step.pattern.text}", "", step.meaning, "", *_example(step))


def _example(step: Step) -> Iterator[str]:
    yield from ("```gherkin", f"When {step.when}", f"{step.keyword} {step.example}")
    if step.table:
        yield from ("  | message |", "  | call    |")
    yield "```"


def example_sections() -> Iterator[str]:
    """The steps of worked examples."""
    for one in IN_EXAMPLES:
        yield from ("", f"### {one.keyword} {one.pattern.text}", "", one.meaning)
        yield from ("", "```gherkin", f"{one.keyword} {one.example}", "```")


def part_rows() -> Iterator[tuple[str, str]]:
    """What stands in braces."""
    return ((f"`{{{name}}}`", meaning) for name, meaning in PARTS.items())


def event_rows() -> Iterator[tuple[str, str]]:
    """Every name of events."""
    return ((name.words, name.meaning) for name in NAMES)


def attribute_rows() -> Iterator[tuple[str, str, str, str]]:
    """Every attribute with the events that have it."""
    return ((one.name, one.kind, one.meaning, _on(one)) for one in ATTRIBUTES)


def _on(attribute: Attribute) -> str:
    names = sorted(SPEAKING[EVENTS[topic]] for topic in attribute.topics())
    return ", ".join(names) if len(names) <= MOST else f"{len(names)} events, such as {', '.join(names[:MOST])}"
