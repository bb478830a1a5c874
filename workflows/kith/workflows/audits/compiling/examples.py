"""Worked examples: what happened, in a table, and who breaks the policy then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kith.workflows.audits.compiled import Example, ExampleEvent
from kith.workflows.audits.compiling import terms
from kith.workflows.audits.compiling.features import Line, Row, Scenario
from kith.workflows.audits.compiling.problems import Problems
from kith.workflows.audits.vocabulary import values
from kith.workflows.audits.vocabulary.likeness import nearest
from kith.workflows.audits.vocabulary.values import Bad, every

EVENTS = "these events"
NOBODY = "nobody breaks the policy"
ONLY = re.compile(r'only (?P<who>".+") breaks? the policy')
COLUMNS = ("at", "relationship", "event")


def example(scenario: Scenario, problems: Problems) -> Example | None:
    """The worked example of a scenario; None if something is wrong with it, which is told."""
    before = len(problems)
    given, then = _parts(scenario, problems)
    events = _events(given, problems) if given else ()
    breaks = _breaks(then, _people(given), problems) if then else frozenset()
    if len(problems) > before or then is None:
        return None
    return Example(scenario.name, events, breaks, then.place)


def _parts(scenario: Scenario, problems: Problems) -> tuple[Line | None, Line | None]:
    given = next((line for line in scenario.steps if line.text == EVENTS), None)
    then = next((line for line in scenario.steps if line.kind == "Then"), None)
    for line in scenario.steps:
        if line is not given and line is not then:
            near = nearest(line.text, [EVENTS, NOBODY])
            problems.add(line.place, f"There is no such step in a worked example: “{line.text}”.", near)
    if then and then.table:
        problems.add(then.table[0].place, "The step above takes no table, so this one would say nothing.")
    if given is None:
        problems.add(scenario.place, f"A worked example begins with Given {EVENTS}, and a table.")
    if then is None:
        problems.add(scenario.place, f'A worked example ends with Then {NOBODY}, or Then only "ana" breaks the policy.')
    return given, then


def _people(line: Line | None) -> set[str]:
    """Whoever the table names, whatever else is wrong with it."""
    if line is None or not line.table or "relationship" not in line.table[0].cells:
        return set()
    place = line.table[0].cells.index("relationship")
    return {row.cells[place].strip() for row in line.table[1:]}


def _breaks(line: Line, known: set[str], problems: Problems) -> frozenset[str]:
    if line.text == NOBODY:
        return frozenset()
    found = ONLY.fullmatch(line.text)
    if not found:
        near = nearest(line.text, [NOBODY, 'only "ana" breaks the policy', 'only "ana" and "ben" break the policy'])
        problems.add(line.place, f"There is no such step: “{line.text}”.", near)
        return frozenset()
    names = frozenset(re.findall(r'"([^"]*)"', found["who"]))
    for name in sorted(names - known) if known else ():
        problems.add(line.place, f"Nobody in the example is called “{name}”.", nearest(name, known))
    return names


def _events(line: Line, problems: Problems) -> tuple[ExampleEvent, ...]:
    if not line.table:
        problems.add(line.place, f"The events stand in a table with the columns {', '.join(COLUMNS)}.")
        return ()
    header, *rows = line.table
    columns = [cell.strip() for cell in header.cells]
    for name in columns:
        _column(name, header, problems)
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        problems.add(header.place, f"The table has no column {' and no column '.join(missing)}.")
        return ()
    return tuple(filter(None, (_event(dict(zip(columns, row.cells, strict=True)), row, problems) for row in rows)))


def _column(name: str, header: Row, problems: Problems) -> None:
    if name in COLUMNS:
        return
    try:
        terms.attribute(name)
    except Bad as bad:
        problems.tell(header.place, bad)


def _event(cells: dict[str, str], row: Row, problems: Problems) -> ExampleEvent | None:
    at, relationship, event = (cells[name].strip() for name in COLUMNS)
    others = tuple((name, text.strip()) for name, text in cells.items() if name not in COLUMNS and text.strip())
    before = len(problems)
    checks: tuple[Callable[[], object], ...] = (
        lambda: values.instant(at), lambda: _one_event(event), lambda: _given(others),
    )  # fmt: skip
    for check in checks:
        try:
            check()
        except Bad as bad:
            problems.tell(row.place, bad)
    return ExampleEvent(at, relationship, event, others, row.place) if len(problems) == before else None


def _one_event(text: str) -> None:
    if len({kind.topic for kind in terms.events(text).kinds}) > 1:
        raise Bad(f"“{text}” stands for several events; name the one that happened.")


def _given(others: Iterable[tuple[str, str]]) -> None:
    every(lambda other: _one_given(*other), others)


def _one_given(name: str, text: str) -> None:
    of = terms.attribute(name)
    if of.kind not in ("filled", "id"):
        terms.value(text, of)
