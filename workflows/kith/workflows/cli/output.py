"""How results reach people and programs: plain text on standard output, messages on standard error, or JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from kith.workflows.cli.session import session

WIDEST = 100
NARROWEST = 12
_UNSEEN = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{REPLACEMENT CHARACTER}",
)
"""Control characters, which could drive the terminal, and those that turn the direction of text."""


def say(text: str | Callable[[], str], data: dict[str, Any] | Callable[[], dict[str, Any]]) -> None:
    """Give a result: ``data`` as JSON where it was asked for, else the text; what is long is only made if wanted."""
    if session().json:
        write_json({"ok": True, **(data() if callable(data) else data)})
    else:
        write(text() if callable(text) else text)


def write(text: str) -> None:
    """Text to standard output."""
    sys.stdout.write(clean(text) + "\n")


def write_json(value: Any) -> None:
    """JSON to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def message(text: str) -> None:
    """A message to the person at the keyboard, on standard error."""
    sys.stderr.write(clean(text) + "\n")


def clean(text: str) -> str:
    """The text without characters that could drive a terminal, save our own bold."""
    if text.isascii() and text.isprintable():
        return text
    marked = text.replace(_BOLD[0], "\ue000").replace(_BOLD[1], "\ue001")
    return marked.translate(_UNSEEN).replace("\ue000", _BOLD[0]).replace("\ue001", _BOLD[1])


_BOLD = ("\x1b[1m", "\x1b[22m")


def bold(text: str) -> str:
    """The text in bold on a terminal that may show it."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"{_BOLD[0]}{text}{_BOLD[1]}"


def full_width() -> int:
    """Columns of the terminal."""
    return max(30, shutil.get_terminal_size((80, 24)).columns)


def width() -> int:
    """Columns for running text: never more than is good to read."""
    return min(full_width(), WIDEST)


def wrap(text: str, indent: int = 0, first: str | None = None) -> str:
    """A paragraph within the width; ``first`` stands before its first line instead of the indent."""
    margin = " " * indent
    return textwrap.fill(
        " ".join(text.split()), width(), initial_indent=margin if first is None else first, subsequent_indent=margin,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def columns_of(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )  # fmt: skip


def fit(text: str, columns: int) -> str:
    """The text in exactly that many columns, cut with an ellipsis where it is longer."""
    text = clean(text).replace("\n", " ")
    if columns_of(text) > columns:
        while text and columns_of(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - columns_of(text))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], elastic: int = 0) -> str:
    """Rows under heads, empty columns left out; where they are too wide, the first few shrink."""
    filled = [i for i in range(len(heads)) if any(row[i] for row in rows)]
    heads, rows = [heads[i] for i in filled], [[row[i] for i in filled] for row in rows]
    widths = [max([columns_of(head), *(columns_of(row[i]) for row in rows)]) for i, head in enumerate(heads)]
    while sum(widths) + 2 * (len(widths) - 1) > full_width() and max(widths[:elastic], default=0) > NARROWEST:
        widths[widths.index(max(widths[:elastic]))] -= 1
    lines = ["  ".join(map(fit, heads, widths)), *("  ".join(map(fit, row, widths)) for row in rows)]
    return "\n".join([bold(lines[0].rstrip()), *(line.rstrip() for line in lines[1:])])


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """``1 person``, ``2,000 people``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


@contextmanager
def progress(what: str) -> Generator[Callable[[int, int], None] | None]:
    """A bar on standard error while something takes long; nothing where that is no terminal."""
    if not sys.stderr.isatty() or session().json:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress  # noqa: PLC0415 - likewise

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)
