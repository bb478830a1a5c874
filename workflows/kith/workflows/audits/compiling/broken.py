"""Lines of a file that are no Gherkin, or not the Gherkin that they were meant to be: each with what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, Final, NamedTuple

from gherkin.errors import UnexpectedEOFException, UnexpectedTokenException

from kith.workflows.audits.compiling.problems import Problems
from kith.workflows.audits.report import Place
from kith.workflows.audits.vocabulary.likeness import nearest

TAGS: Final = ("policy", "id", "severity", "guard")
"""The tags of policies."""
STEPS: Final = ("Given", "When", "Then", "And", "But")
BLOCKS: Final = ("Feature:", "Rule:", "Background:", "Scenario:", "Scenario Outline:", "Examples:", "Example:")
_TAG = f"(?:{'|'.join(TAGS)})"
_NO_AT = re.compile(rf"{_TAG}(?::\S+)?\s+(?:\S+\s+)*?@{_TAG}\b.*|policy|policy\s+{_TAG}:\S+.*")
"""Tags whose first, or all, lack the ``@``."""
_GLUED = re.compile(rf"@\S*?\S@{_TAG}\b.*")
"""Tags without a space between them."""
_COLONLESS = re.compile(r"(Feature|Rule|Background|Scenario Outline|Scenario|Examples|Example)\s+[^\s:].*")


class Lapse(NamedTuple):
    """A line that Gherkin takes for something else than it was perhaps meant to be."""

    what: str
    hint: str
    place: Place
    is_tag: bool
    """Whether it was surely meant otherwise; a name without its colon may well be a description."""


def lapses(text: str, file: str) -> Iterator[Lapse]:
    """The lines of a text that were perhaps meant as tags, or as the names of Rules and scenarios."""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        place = Place(file, number)
        if _NO_AT.fullmatch(line):
            yield Lapse(f"“{line}” reads as a description: each tag begins with @.", _with_at(line), place, is_tag=True)
        elif _GLUED.fullmatch(line):
            yield Lapse(f"“{line}” is read as one tag: a space stands between two.", _apart(line), place, is_tag=True)
        elif found := _COLONLESS.fullmatch(line):
            what = f"“{line}” reads as a description: the colon is missing after “{found[1]}”."
            yield Lapse(what, _with_colon(line), place, is_tag=False)


def _with_at(line: str) -> str:
    return " ".join(f"@{tag.removeprefix('@')}" for tag in re.sub(r":\s+", ":", line).split())


def _apart(line: str) -> str:
    return re.sub(rf"(?<=\S)@(?={_TAG}\b)", " @", line)


def _with_colon(line: str) -> str:
    """The line with the colon that it lacks; empty if it lacks none."""
    found = _COLONLESS.fullmatch(line)
    return f"{found[1]}:{line.removeprefix(found[1])}" if found else ""


def tell(errors: Iterable[Any], text: str, file: str, problems: Problems) -> None:
    """The parser lists every token that it would have taken; what helps is what it got, and what was meant.

    A line that is well written can't stand where it does because of an earlier one, which alone is told then.
    """
    lines = [line.strip() for line in text.splitlines()]
    misplaced = False
    for number, error in sorted(((error.location["line"], error) for error in errors), key=itemgetter(0)):
        unexpected = isinstance(error, (UnexpectedTokenException, UnexpectedEOFException))
        line = lines[number - 1] if number <= len(lines) else ""
        if not (misplaced and unexpected and _well_written(line)):
            problems.add(Place(file, min(number, len(lines))), *_told(error, line, begun=_begun(lines[: number - 1])))
        misplaced |= unexpected


def _begun(lines: Iterable[str]) -> bool:
    """Whether a Feature stands before, perhaps mistyped."""
    return any(nearest(line.partition(":")[0].partition(" ")[0], ["Feature"]) for line in lines)


def _told(error: Any, line: str, *, begun: bool) -> tuple[str, str]:
    """What the parser came upon, and how its line was perhaps to begin."""
    match error:
        case UnexpectedTokenException():
            meant = _meant(line)
            return f"That is no Gherkin: “{line}” can't stand here{_why(line, meant, begun=begun)}.", meant
        case UnexpectedEOFException():
            return "That is no Gherkin: the file ends where more was to come.", ""
        case _ if line.startswith("@"):
            return "That is no Gherkin: each tag begins with @, and holds no space.", _with_at(line)
        case _:
            return f"That is no Gherkin: {str(error).partition('): ')[2]}.", ""


def _why(line: str, meant: str, *, begun: bool) -> str:
    if _COLONLESS.fullmatch(line):
        return f"; the colon is missing after “{meant.partition(':')[0]}”"
    if _NO_AT.fullmatch(line):
        return "; each tag begins with @"
    return "" if begun or meant.startswith("Feature:") else "; a file begins with “Feature:”"


def _meant(line: str) -> str:
    """The line as it was perhaps meant; empty where nothing is like it."""
    return _with_colon(line) or (_with_at(line) if _NO_AT.fullmatch(line) else keyword_meant(line))


def _well_written(line: str) -> bool:
    """Whether a line begins as lines of Gherkin do, or is empty."""
    first = line.partition(" ")[0]
    return not line or first in STEPS or line.startswith((*BLOCKS, "@", "|", "*", "#", '"""', "```"))


def keyword_meant(line: str) -> str:
    """The line with the keyword that it nearly begins with; empty where it begins with one, or with nothing like it."""
    if _well_written(line):
        return ""
    block, colon, rest = line.partition(":")
    if near := nearest(f"{block}:", BLOCKS) if colon else "":
        return f"{near}{rest}"
    first, _, rest = line.partition(" ")
    near = nearest(first, STEPS)
    return f"{near} {rest}" if near and rest else ""
