"""The report as one self-contained HTML page: no script, nothing from elsewhere, and a policy that forbids both."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kith.workflows.audits.report import AuditReport
from kith.workflows.audits.reports import wording
from kith.workflows.audits.reports.grouping import by_relationship, heaviest_first, local
from kith.workflows.audits.reports.legible import legible
from kith.workflows.audits.reports.timeline import timeline

TEMPLATES = Path(__file__).parent / "templates"
DRAWN = 5
"""Of how many relationships, the worst ones, the timeline is drawn."""
AT_ONCE = 10
"""Violations of one policy that are seen at once; the others unfold."""
MOST = 1_000
"""Violations of one policy, and relationships, that a page lists: more would be slow to open."""


def page(report: AuditReport) -> str:
    """The page as HTML."""
    report = local(report)
    relationships = by_relationship(report)
    numbered = list(enumerate(heaviest_first(report), 1))
    return legible(
        _templates().get_template("audit.html").render(
            report=report,
            numbered=numbered,
            broken=[(number, audited) for number, audited in numbered if audited.violations],
            relationships=relationships,
            drawn=[(one, timeline(one, report)) for one in relationships[:DRAWN]],
        )
    )  # fmt: skip


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,  # what people and policies are called is no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "audit.css").read_text(encoding="utf-8")
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    environment.globals.update(
        wording=wording, at_once=AT_ONCE, most=MOST,
        style=style, style_hash=allowed,
    )  # fmt: skip
    return environment
