"""Feature files as plain values: features, rules, scenarios, steps and tables, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gherkin import Parser
from gherkin.errors import CompositeParserException, ParserException

from kith.workflows.audits.compiling.broken import Lapse, keyword_meant, lapses, tell
from kith.workflows.audits.compiling.problems import Problems, unreadable
from kith.workflows.audits.report import WHOLE, Place
from kith.workflows.audits.shipped import shipped


class Row(NamedTuple):
    """One row of a table."""

    cells: tuple[str, ...]
    place: Place


class Line(NamedTuple):
    """A step as written."""

    kind: str
    """Given, When, Then, or And (also for But and *)."""
    text: str
    place: Place
    keyword: str
    table: tuple[Row, ...] = ()

    @property
    def written(self) -> str:
        """The step with its keyword."""
        return f"{self.keyword} {self.text}"


class Tag(NamedTuple):
    """A tag: ``@name`` or ``@name:value``."""

    name: str
    value: str
    place: Place


class Scenario(NamedTuple):
    """A scenario as written."""

    name: str
    place: Place
    tags: tuple[Tag, ...]
    steps: tuple[Line, ...]
    outline: bool
    strays: tuple[Line, ...] = ()
    """Lines of its description that were perhaps meant as steps."""

    @property
    def is_policy(self) -> bool:
        """Whether it is one to audit by."""
        return any(tag.name == "policy" for tag in self.tags)


class Rule(NamedTuple):
    """The scenarios of one Rule; those that stand in none, if any, have a rule without a place."""

    name: str
    feature: str
    place: Place | None
    scenarios: tuple[Scenario, ...]
    background: Place | None
    lapses: tuple[Lapse, ...] = ()
    """Lines in it that were perhaps meant as tags, or as the names of scenarios or Rules."""


_KINDS = {"Context": "Given", "Action": "When", "Outcome": "Then"}


def files(paths: Iterable[Path | str], problems: Problems) -> Iterator[tuple[Path, bool]]:
    """The feature files of these paths, and whether each was named itself, not only a folder that it is in."""
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(path.rglob("*.feature"))
            if not found:
                problems.add(Place(str(path), WHOLE), "There is no .feature file in that folder.")
            yield from ((file, False) for file in found)
        elif path.exists():
            yield path, True
        else:
            problems.add(Place(str(path), WHOLE), "There is no such file or folder.")


def shown(path: Path) -> str:
    """A file as problems and reports name it: from the folder that one is in, if it is below that.

    One that ships is ``policies/trust.feature`` wherever it is installed, and a report the same on every machine.
    """
    for folder in (Path.cwd(), shipped().parent):
        if path.is_absolute() and path.is_relative_to(folder):
            return str(path.relative_to(folder))
    return str(path)


def rules(path: Path, problems: Problems) -> list[Rule] | None:
    """What a file says; None if it is no Gherkin, which is told in ``problems``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(unreadable(shown(path), error))
        return None
    return parsed(text, shown(path), problems)


def parsed(text: str, file: str, problems: Problems) -> list[Rule] | None:
    """What a text says; None if it is no Gherkin, which is told in ``problems``."""
    try:
        document: Mapping[str, Any] = Parser().parse(text)
    except CompositeParserException as errors:
        tell(errors.errors, text, file, problems)
        return None
    except ParserException as error:
        tell([error], text, file, problems)
        return None
    feature = document.get("feature")
    if not feature:
        problems.add(Place(file, 1), "The file is empty: it has no Feature.")
        return None
    return _with_lapses([_with_strays(rule, text) for rule in _rules(feature, file)], text, file)


def _with_lapses(found: list[Rule], text: str, file: str) -> list[Rule]:
    """The Rules, each with the lapses from its line to that of the next."""
    starts = [rule.place.line if rule.place else 0 for rule in found]
    ends = [min((other for other in starts if other > start), default=len(text)) for start in starts]
    told = list(lapses(text, file))
    return [
        rule._replace(lapses=tuple(one for one in told if start <= one.place.line < end))
        for rule, start, end in zip(found, starts, ends, strict=True)
    ]


def _with_strays(rule: Rule, text: str) -> Rule:
    """The rule with the lines of its scenarios' descriptions that were perhaps meant as steps.

    What stands below a scenario's name and begins with no keyword, Gherkin takes as a description.
    """
    lines = [line.strip() for line in text.splitlines()]
    return rule._replace(scenarios=tuple(_found_strays(one, lines) for one in rule.scenarios))


def _found_strays(scenario: Scenario, lines: list[str]) -> Scenario:
    first = scenario.place.line
    last = scenario.steps[0].place.line - 1 if scenario.steps else len(lines)
    strays = list[Line]()
    for number, line in enumerate(lines[first:last], first + 1):
        if line.startswith(("@", "Rule:", "Scenario", "Example")):
            break
        if meant := keyword_meant(line):
            strays.append(Line(meant.partition(" ")[0], meant, scenario.place._replace(line=number), line))
    return scenario._replace(strays=tuple(strays))


def _rules(feature: Mapping[str, Any], file: str) -> Iterator[Rule]:
    loose, name, background = list[Scenario](), feature["name"], None
    for child in feature["children"]:
        if "rule" in child:
            rule = child["rule"]
            inside = [_scenario(one["scenario"], file) for one in rule["children"] if "scenario" in one]
            own = next((_place(one["background"], file) for one in rule["children"] if "background" in one), None)
            yield Rule(rule["name"], name, _place(rule, file), tuple(inside), own or background)
        elif "background" in child:
            background = _place(child["background"], file)
        else:
            loose.append(_scenario(child["scenario"], file))
    yield Rule("", name, None, tuple(loose), background)


def _place(node: Mapping[str, Any], file: str) -> Place:
    return Place(file, node["location"]["line"])


def _scenario(node: Mapping[str, Any], file: str) -> Scenario:
    tags = tuple(_tag(tag, file) for tag in node["tags"])
    steps = tuple(_step(step, file) for step in node["steps"])
    return Scenario(node["name"], _place(node, file), tags, steps, bool(node["examples"]))


def _tag(node: Mapping[str, Any], file: str) -> Tag:
    name, _, value = node["name"].removeprefix("@").partition(":")
    return Tag(name, value, _place(node, file))


def _step(node: Mapping[str, Any], file: str) -> Line:
    rows: Sequence[Mapping[str, Any]] = node.get("dataTable", {}).get("rows", ())
    table = tuple(Row(tuple(cell["value"] for cell in row["cells"]), _place(row, file)) for row in rows)
    kind = _KINDS.get(node["keywordType"], "And")
    return Line(kind, " ".join(node["text"].split()), _place(node, file), node["keyword"].strip(), table)
