"""Waivers: violations that somebody decided to live with, from a TOML file, for a reason and until a day.

Each stands under a ``[[waiver]]`` of its own::

    [[waiver]]
    policy = "value-first"
    relationship = "0d4f2c1e-…"   # the whole id: names are not ids
    reason = "Agreed by phone before Kith was in use"
    who = "Kim, coach"
    expires = 2026-12-31          # the last day on which it holds
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from kith.domain.faults import toml_fault
from kith.workflows.audits.compiling.problems import Problem, unreadable
from kith.workflows.audits.report import Audited, AuditReport, Place, Violation, Waiver

BESIDE = "waivers.toml"
"""What the file is called that stands beside the policies."""
FIELDS = {"policy": str, "relationship": str, "reason": str, "who": str, "expires": date}
_HEAD = re.compile(r"\s*\[\[\s*[\"']?waiver[\"']?\s*\]\]")


class Waivers(NamedTuple):
    """What a file of waivers says: those that can be applied, and what is wrong with the others."""

    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()


def waivers_of(files: Iterable[Path], today: date) -> Waivers:
    """Read several files of waivers."""
    read = [_of_file(file, today) for file in files]
    return Waivers(
        tuple(waiver for one in read for waiver in one.waivers),
        tuple(problem for one in read for problem in one.problems),
    )  # fmt: skip


def _of_file(file: Path, today: date) -> Waivers:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Waivers(problems=(unreadable(str(file), error),))
    return read_waivers(text, str(file), today)


def beside(policies: Iterable[Path]) -> list[Path]:
    """The files of waivers that stand beside feature files, or in folders of them."""
    folders = dict.fromkeys(policy if policy.is_dir() else policy.parent for policy in policies)
    return [file for folder in folders if (file := folder / BESIDE).is_file()]


def read_waivers(text: str, file: str, today: date) -> Waivers:
    """Read a file of waivers; every problem is found, not only the first. ``today`` says which have expired."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, what = toml_fault(error, text)
        return Waivers(problems=(Problem(Place(file, line), what),))
    problems = [Problem(Place(file, 1), _unknown(key)) for key in told if key != "waiver"]
    entries = told.get("waiver", [])
    if not isinstance(entries, list):
        return Waivers(problems=(*problems, Problem(Place(file, 1), "Write each waiver under [[waiver]].")))
    read = [_read(entry, Place(file, line), today) for entry, line in _placed(entries, text)]
    waivers = tuple(one for one in read if isinstance(one, Waiver))
    problems += [problem for one in read if not isinstance(one, Waiver) for problem in one]
    return Waivers(waivers, (*problems, *_twice(waivers)))


def _unknown(key: str) -> str:
    return f"{key!r} means nothing here; every waiver stands under [[waiver]]."


def _placed(entries: Sequence[Any], text: str) -> Iterator[tuple[Any, int]]:
    """The entries, each with the line of its head; one without a head of its own has the first line."""
    heads = _heads(text.splitlines())
    placed = zip_longest(entries, heads[: len(entries)], fillvalue=0)
    return ((entry, line + 1) for entry, line in placed)


def _heads(lines: Sequence[str]) -> list[int]:
    found: list[int] = []
    for number, line in enumerate(lines):
        if _HEAD.match(line) and _is_toml(lines[found[-1] if found else 0 : number]):
            found.append(number)
    return found


def _is_toml(lines: Sequence[str]) -> bool:
    """Whether the text ends between two statements, and not within a string of several lines."""
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _read(entry: Any, place: Place, today: date) -> Waiver | list[Problem]:
    if not isinstance(entry, Mapping):
        return [Problem(place, "Write each waiver under [[waiver]].")]
    problems = [Problem(place, sentence) for sentence in _wrong(entry)]
    if problems:
        return problems
    waiver = Waiver(
        entry["policy"], UUID(entry["relationship"]), entry["reason"].strip(), entry["who"].strip(), entry["expires"],
        place,
    )  # fmt: skip
    return waiver if waiver.expires >= today else [Problem(place, _expired(waiver))]


def _wrong(entry: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in FIELDS.items():
        value = entry.get(name)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            yield f"The waiver has no {name}."
        elif not isinstance(value, kind) or isinstance(value, datetime):
            yield f"Its {name} must be {'a date, such as 2026-12-31, without quotes' if kind is date else 'text'}."
        elif name == "relationship" and not _is_id(str(value)):
            yield f"Its relationship {value!r} is no whole id, and a name is not one; kith audit --json shows the ids."
    yield from (f"A waiver has no {name!r}; it has {', '.join(FIELDS)}." for name in entry if name not in FIELDS)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _expired(waiver: Waiver) -> str:
    return (
        f"The waiver of {waiver.policy} for {waiver.relationship} expired on {waiver.expires}. "
        "Decide anew: give it another date, or take it out."
    )


def _twice(waivers: Iterable[Waiver]) -> Iterator[Problem]:
    seen: dict[tuple[str, UUID], Waiver] = {}
    for waiver in waivers:
        first = seen.setdefault((waiver.policy, waiver.relationship), waiver)
        if first is not waiver:
            yield Problem(waiver.place, f"The same waiver stands at line {first.place.line} already.")


def waive(report: AuditReport, waivers: Iterable[Waiver]) -> AuditReport:
    """The report with each waiver at the violations that it is about.

    A violation that is about several relationships is waived where all of them are.
    """
    known = {(waiver.policy, waiver.relationship): waiver for waiver in waivers}
    return report._replace(policies=tuple(_waived(audited, known) for audited in report.policies))


def _waived(audited: Audited, known: Mapping[tuple[str, UUID], Waiver]) -> Audited:
    return audited._replace(violations=tuple(_with_waiver(violation, known) for violation in audited.violations))


def _with_waiver(violation: Violation, known: Mapping[tuple[str, UUID], Waiver]) -> Violation:
    found = [known.get((violation.policy, relationship)) for relationship in violation.relationships]
    waivers = [waiver for waiver in found if waiver is not None]
    if not waivers or len(waivers) < len(found):
        return violation
    return violation._replace(waiver=min(waivers, key=lambda waiver: waiver.expires))


def idle(report: AuditReport, waivers: Iterable[Waiver]) -> list[Problem]:
    """The waivers that change nothing, each with why: to be told, for they may be mistyped."""
    policies = {audited.policy.id for audited in report.policies}
    broken = {
        (violation.policy, relationship)
        for audited in report.policies
        for violation in audited.violations
        for relationship in violation.relationships
    }
    told = []
    for waiver in waivers:
        if waiver.policy not in policies:
            told.append(Problem(waiver.place, f"No policy of this audit has the id {waiver.policy}."))
        elif (waiver.policy, waiver.relationship) not in broken:
            told.append(Problem(waiver.place, f"{waiver.relationship} does not violate {waiver.policy}."))
    return told
