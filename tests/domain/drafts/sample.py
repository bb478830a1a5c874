"""Reads the tables of drafts: what each is to be, for whom, and what lint has to say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kith.domain.lint.draft import Draft, DraftKind, read
from kith.domain.lint.remarks import Background

HERE = Path(__file__).parent
SECTION = re.compile(
    r"^## (?P<head>[^\n]+)\n(?:says: (?P<says>[^\n]+)\n)?\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Sample:
    """A draft. ``says`` are the rules that have something to say, as often as they do; a good draft has none."""

    kind: DraftKind
    text: str
    background: Background
    says: tuple[str, ...]

    @property
    def draft(self) -> Draft:
        """The draft as lint reads it."""
        return read(self.text, self.kind)

    def __str__(self) -> str:
        return f"{self.kind}: {' '.join(self.text.split())[:40]}"


def samples(table: str) -> list[Sample]:
    """The drafts of a table: ``good`` or ``bad``."""
    text = (HERE / f"{table}.md").read_text(encoding="utf-8")
    return [_sample(**found.groupdict()) for found in SECTION.finditer(text)]


def _sample(head: str, says: str | None, text: str) -> Sample:
    kind, *told = head.split("; ")
    name = next((part.removeprefix("to ") for part in told if part.startswith("to ")), "")
    company = next((part.removeprefix("of ") for part in told if part.startswith("of ")), "")
    facts = tuple(part.removeprefix("known: ") for part in told if part.startswith("known: "))
    record = tuple(filter(None, (company, *facts)))
    background = Background(name=name, facts=record, record=record)
    return Sample(DraftKind(kind), text.rstrip("\n") + "\n", background, tuple(says.split(", ")) if says else ())
