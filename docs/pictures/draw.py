"""Draws the README's picture: a terminal with what Kith really prints, as an SVG that loads nothing from elsewhere.

``python docs/pictures/draw.py`` draws it; with ``--check`` it only says whether it is out of date.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURE = Path(__file__).resolve().parent / "refusal.svg"
NOW = "2026-11-23T09:30:00+00:00"
COLUMNS = 100
BEFORE = (
    ("init", "--name", "Mira Okafor", "--time-zone", "Europe/Lisbon"),
    ("profile", "--picture", "--target-company", "Northwind Analytics"),
    ("import", "linkedin-export.zip"),
)
TYPED = (
    '$ kith refer ask "Jordan Blake" --role "Risk analyst" --company "Northwind Analytics" \\',
    '    --link https://northwind.example/jobs/7 --fit "Five years of payment data." \\',
    '    --text "Hi Jordan, could you refer me?"',
)
SHOWN = (
    "refer", "ask", "Jordan Blake", "--role", "Risk analyst", "--company", "Northwind Analytics",
    "--link", "https://northwind.example/jobs/7", "--fit", "Five years of payment data.",
    "--text", "Hi Jordan, could you refer me?",
)  # fmt: skip
LEFT_OUT = re.compile(r"^  ✓ holds .*\n(?:      .*\n)*", re.MULTILINE)
"""Guards that hold: the picture counts them in one line."""
UNTIL = "To go past a guard"

CHARACTER, LINE, MARGIN, BAR = 8.43, 19, 18, 34
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
COLOURS = {
    "text": "#d8dee9",
    "typed": "#88c0d0",
    "bold": "#ffffff",
    "missing": "#e8838c",
    "plan": "#a3be8c",
    "dim": "#8b95a7",
}


def main(arguments: Sequence[str]) -> int:
    """Draw the picture, or with ``--check`` say whether it is out of date; 1 if it is."""
    drawn = picture(output())
    if "--check" in arguments:
        current = PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == drawn
        sys.stdout.write("" if current else f"Out of date: docs/pictures/{PICTURE.name}\n")
        return 0 if current else 1
    PICTURE.write_text(drawn, encoding="utf-8")
    return 0


def output() -> list[str]:
    """What Kith prints when the ask is refused, on the sample network."""
    with TemporaryDirectory() as folder:
        sample = files("kith.workflows") / "sample" / "linkedin-export.zip"
        (Path(folder) / "linkedin-export.zip").write_bytes(sample.read_bytes())
        for command in BEFORE:
            _run(command, folder)
        text = _run(SHOWN, folder)
    holding = len(LEFT_OUT.findall(text))
    text = LEFT_OUT.sub("", text.partition(UNTIL)[0])
    before, heading, after = text.partition("\nWhat leads there:")
    return [*TYPED, *f"{before}  … and {holding} guards that hold\n{heading}{after}".rstrip().split("\n")]


def _run(command: Sequence[str], folder: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    ours = {"KITH_HOME": folder, "KITH_NOW": NOW, "COLUMNS": str(COLUMNS), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    code = "import sys; from kith.workflows.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, env={**kept, **ours}, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout


def picture(lines: Sequence[str]) -> str:
    """The SVG of these lines."""
    width = round(COLUMNS * CHARACTER + 2 * MARGIN)
    height = BAR + len(lines) * LINE + MARGIN
    title = "A terminal: kith refuses a referral ask that is too early, says why, and lists the steps that lead there."
    buttons = ("#e8838c", "#ebcb8b", "#a3be8c")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="title">',
        f'<title id="title">{title}</title>',
        f'<rect width="{width}" height="{height}" rx="10" fill="#2b303b"/>',
        *(f'<circle cx="{20 + 20 * i}" cy="18" r="6" fill="{colour}"/>' for i, colour in enumerate(buttons)),
        f'<g font-family="{FONTS}" font-size="14">',
    )
    return "\n".join([*head, *_lines(lines), "</g>", "</svg>", ""])


def _lines(lines: Sequence[str]) -> Iterator[str]:
    style = "typed"
    for number, line in enumerate(lines):
        style = _style(line, style)
        if line:
            weight = ' font-weight="bold"' if style == "bold" else ""
            length = f' textLength="{len(line) * CHARACTER:.1f}" lengthAdjust="spacingAndGlyphs"'
            y = BAR + LINE * number + 16
            look = f'x="{MARGIN}" y="{y}" fill="{COLOURS[style]}"{weight}{length}'
            kept = line.replace(" ", "\N{NO-BREAK SPACE}")  # browsers run other spaces together
            yield f"<text {look}>{escape(kept, quote=False)}</text>"


def _style(line: str, before: str) -> str:
    """The style of a line; one that is continued keeps the style of its beginning."""
    if line.startswith(("NOT YET", "What leads", "Earliest day")):
        return "bold"
    if line.startswith("  ✗"):
        return "missing"
    if line.startswith("  …"):
        return "dim"
    if re.match(r"  (?:Today|From )", line):
        return "plan"
    continued = line.startswith("      ") and before == "missing"
    return before if continued or (before == "typed" and line.startswith(("$", "  "))) else "text"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
