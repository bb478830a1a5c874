"""``kith audit``: puts policies to the log and reports every violation; writes nothing to the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.calendar import Calendar
from kith.domain.errors import InvalidInput
from kith.workflows.cli import options, output, times
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import now, session

if TYPE_CHECKING:
    from kith.workflows.audits.report import AuditReport, Severity
    from kith.workflows.bootstrap import Kith

app = words()
VIOLATED = 3
SEVERITIES = ("error", "warning", "info")
NAMES = {"junit": "JUnit report", "sarif": "SARIF report", "html": "HTML page"}
SIGNS = {"junit": b'<testsuites name="kith audit"', "sarif": b'"name": "kith"', "html": b"<title>Policy audit, "}
"""What an earlier report is known by."""
HEAD_BYTES = 1_024
"""How far from its beginning that stands at most."""

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH…", help="Feature files, or folders of them; the policies of Kith if left out."),
]
Lowest = Annotated[
    str,
    typer.Option("--severity", metavar="error|warning|info", help="The lowest severity whose violations count."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Judge as if it were then; a date alone is the end of that day."),
]
AsRecorded = Annotated[
    bool,
    typer.Option("--as-recorded", help="Judge in the order of recording: by what was known then."),
]
Everyone = Annotated[bool, typer.Option("--everyone", help="All seekers of the store together, not only one.")]
Waivers = Annotated[
    Path | None,
    typer.Option("--waivers", metavar="FILE", help="What to live with; waivers.toml beside the policies if left out."),
]
JUnit = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write the report as JUnit XML too.")]
Sarif = Annotated[Path | None, typer.Option("--sarif", metavar="FILE", help="Write the report as SARIF 2.1.0 too.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as one HTML page too.")]
Pseudonymous = Annotated[bool, typer.Option("--pseudonymous", help="Ids alone: no names, and no words of waivers.")]
All = Annotated[bool, typer.Option("--all", help="Every violation and every policy on the terminal, however many.")]


@app.command("audit", cls=Reading)
def audit(  # noqa: PLR0913, PLR0917 - one for each option
    paths: Paths = None,
    severity: Lowest = "warning",
    as_of: AsOf = None,
    as_recorded: AsRecorded = False,
    everyone: Everyone = False,
    waivers: Waivers = None,
    junit: JUnit = None,
    sarif: Sarif = None,
    html: Html = None,
    pseudonymous: Pseudonymous = False,
    everything: All = False,
) -> None:
    """Judge the log by policies, and report every violation. If any counts, the exit code is 3."""
    lowest = options.one_of(severity, SEVERITIES, "severity")
    files = {"junit": junit, "sarif": sarif, "html": html}
    _check({kind: file.expanduser() for kind, file in files.items() if file is not None})
    with engine() as kith, output.progress("Auditing") as progress:
        report = kith.audit(
            paths, as_of=_instant(kith, as_of, everyone=everyone), order="recorded" if as_recorded else "happened",
            everyone=everyone, waivers=waivers, names=not pseudonymous, progress=progress,
        )  # fmt: skip
    _tell(report, lowest, everything=everything, files=files)


def _check(files: Mapping[str, Path]) -> None:
    """A report may take the place of an earlier one, and of nothing else: stores and policies are files too."""
    if len({file.resolve() for file in files.values()}) < len(files):
        raise InvalidInput("Each report is a file of its own: name another one.")
    for kind, file in files.items():
        if file.is_file() and SIGNS[kind] not in _head(file):
            raise InvalidInput(f"{file} is there already and is no {NAMES[kind]} of an audit; choose another name.")


def _head(file: Path) -> bytes:
    with file.open("rb") as there:
        return there.read(HEAD_BYTES)


def _instant(kith: Kith, told: str | None, *, everyone: bool) -> datetime | None:
    if told is None:
        return None
    return times.as_of(told, Calendar() if everyone else kith.seeker().calendar, now())


def _tell(report: AuditReport, weight: str, *, everything: bool, files: dict[str, Path | None]) -> None:
    from kith.workflows.audits.report import Severity  # noqa: PLC0415 - an audit alone needs the formats
    from kith.workflows.audits.reports.grouping import counting  # noqa: PLC0415 - likewise
    from kith.workflows.cli import audited  # noqa: PLC0415 - likewise

    lowest = Severity(weight)
    failing = counting(report, lowest)
    _write(report, lowest, files)
    if session().json:
        output.write_json(_shape(report, lowest, len(failing)))
    else:
        output.write(audited.text(report, lowest, everything=everything))
    if failing:
        raise typer.Exit(VIOLATED)


def _shape(report: AuditReport, lowest: Severity, failing: int) -> dict[str, Any]:
    from kith.workflows.audits.reports.shape import shape  # noqa: PLC0415 - an audit alone needs it

    return {"ok": not failing, "severity": lowest.value, "counting": failing, **shape(report)}


def _write(report: AuditReport, lowest: Severity, files: dict[str, Path | None]) -> None:
    for kind, file in files.items():
        if file is not None:
            file.expanduser().write_text(_in(kind, report, lowest), encoding="utf-8")
            output.message(f"Written: {file}")


def _in(kind: str, report: AuditReport, lowest: Severity) -> str:
    from kith.workflows.audits.reports import junit, sarif  # noqa: PLC0415 - where it is asked for

    if kind == "html":
        from kith.workflows.audits.reports.page import page  # noqa: PLC0415 - needs Jinja

        return page(report)
    return junit.junit(report, lowest) if kind == "junit" else sarif.sarif(report)
