"""The digest as a letter: a subject that names nobody, a text and an HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kith.domain.calendar import spelled
from kith.workflows.application.digesting import Digest

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Letter:
    """What is sent."""

    subject: str
    text: str
    html: str


def letter(digest: Digest) -> Letter:
    """The digest as it is sent."""
    words = {"digest": digest, "day": spelled(digest.day)}
    text, html = (_templates().get_template(f"digest.{kind}").render(words) for kind in ("txt", "html"))
    return Letter(digest.subject, text, html)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: bool(name and name.endswith(".html")),  # what people are called is no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
