"""Feature files as plain values: features, rules, scenarios, steps and tables, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from gherkin import Parser
from gherkin.errors import (
    CompositeParserException,
    ParserException,
    UnexpectedEOFException,
    UnexpectedTokenException,
)

from kith.workflows.audits.compiling.problems import Problems, nearest
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
    """The scenarios of one Rule; those that stand in none have a rule without a place."""

    name: str
    feature: str
    place: Place | None
    scenarios: tuple[Scenario, ...]
    background: Place | None


_KINDS = {"Context": "Given", "Action": "When", "Outcome": "Then"}
STEPS = ("Given", "When", "Then", "And", "But")
BLOCKS = ("Feature:", "Rule:", "Background:", "Scenario:", "Scenario Outline:", "Examples:", "Example:")


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
        problems.add(Place(shown(path), 1), f"The file can't be read: {_why(error)}.")
        return None
    return parsed(text, shown(path), problems)


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not written in UTF-8; save it as UTF-8"
    return str(error.strerror).lower()


def parsed(text: str, file: str, problems: Problems) -> list[Rule] | None:
    """What a text says; None if it is no Gherkin, which is told in ``problems``."""
    try:
        document: Mapping[str, Any] = Parser().parse(text)
    except CompositeParserException as errors:
        _tell(errors.errors, text, file, problems)
        return None
    except ParserException as error:
        _tell([error], text, file, problems)
        return None
    feature = document.get("feature")
    if not feature:
        problems.add(Place(file, 1), "The file is empty: it has no Feature.")
        return None
    return [_with_strays(rule, text) for rule in _rules(feature, file)]


def _tell(errors: Iterable[Any], text: str, file: str, problems: Problems) -> None:
    """The parser lists every token that it would have taken; what helps is what it got, and what was meant.

    A line that is well written can't stand where it does because of an earlier one, which alone is told then.
    """
    lines = [line.strip() for line in text.splitlines()]
    misplaced = False
    for number, error in sorted(((error.location["line"], error) for error in errors), key=itemgetter(0)):
        unexpected = isinstance(error, (UnexpectedTokenException, UnexpectedEOFException))
        line = lines[number - 1] if number <= len(lines) else ""
        if not (misplaced and unexpected and _well_written(line)):
            problems.add(Place(file, min(number, len(lines))), *_told(error, line))
        misplaced |= unexpected


def _told(error: Any, line: str) -> tuple[str, str]:
    """What the parser came upon, and how its line was perhaps to begin."""
    match error:
        case UnexpectedTokenException():
            return f"That is no Gherkin: {line!r} can't stand here.", _meant(line)
        case UnexpectedEOFException():
            return "That is no Gherkin: the file ends where more was to come.", ""
        case _:
            return f"That is no Gherkin: {str(error).partition('): ')[2]}.", ""


def _well_written(line: str) -> bool:
    """Whether a line begins as lines of Gherkin do, or is empty."""
    first = line.partition(" ")[0]
    return not line or first in STEPS or line.startswith((*BLOCKS, "@", "|", "*", "#", '"""', "```"))


def _meant(line: str) -> str:
    """The line with the keyword that it nearly begins with; empty where it begins with one, or with nothing like it."""
    if _well_written(line):
        return ""
    block, colon, rest = line.partition(":")
    if near := nearest(f"{block}:", BLOCKS) if colon else "":
        return f"{near}{rest}"
    first, _, rest = line.partition(" ")
    near = nearest(first, STEPS)
    return f"{near} {rest}" if near and rest else ""


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
        if meant := _meant(line):
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
    if loose:
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
