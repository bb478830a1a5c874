"""How a text falls into sentences, each with the line that it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

WRAPPED_FROM = 60
"""Columns from which on a line is taken to have been broken for its length, and not because a sentence was over."""

_END = re.compile(r"[.!?\u2026\u061f]+[\"'\u201d\u2019)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|dr|prof|mr|mrs|ms|mx|st|sr|sra|hr|fr|ing|vs|e\.g|i\.e|etc|approx|vol)$", re.IGNORECASE
)


class Sentence(NamedTuple):
    """A sentence, and where it begins."""

    text: str
    line: int
    """Counted from 1."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text. A line that was only broken for its length goes on in the next one."""
    return list(_sentences(_unwrapped(plain_lines(text))))


def plain_lines(text: str) -> str:
    """The text with a line feed at the end of every line, whatever stood there."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sentences(text: str) -> Iterator[Sentence]:
    start, line, counted = 0, 1, 0
    for end in (*_ends(text), len(text)):
        begins = start + len(text[start:end]) - len(text[start:end].lstrip())
        told = text[begins:end].strip()
        if told:
            line, counted = line + text.count("\0", counted, begins) + text.count("\n", counted, begins), begins
            yield Sentence(" ".join(told.replace("\0", " ").split()), line)
        start = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        abbreviated = found[0] == "." and _ABBREVIATION.search(text, max(0, found.start() - 8), found.start())
        if not abbreviated or text[found.end() : found.end() + 1] in ("", "\n"):
            yield found.end()


def _unwrapped(text: str) -> str:
    """The text with a NUL for each line break inside a sentence, so that every place in it stays where it was."""
    lines = text.replace("\0", " ").split("\n")
    joints = ["\0" if _goes_on(before, after) else "\n" for before, after in pairwise(lines)]
    return "".join(part for pair in zip(lines, [*joints, ""], strict=True) for part in pair)


def _goes_on(line: str, following: str) -> bool:
    end, start = line.rstrip()[-1:], following.lstrip()[:1]
    if not end or not start or end in ".!?:\u2026\u061f\u3002\uff01\uff1f":
        return False
    return start.islower() or start.isdigit() or start in "$€£¥" or (len(line) >= WRAPPED_FROM and start.isalpha())
