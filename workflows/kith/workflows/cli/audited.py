"""What an audit found, as text for a terminal: the verdicts as a table, then every violation under its policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kith.workflows.audits.report import Audited, AuditReport, Severity, Verdict, Violation
from kith.workflows.audits.reports import wording
from kith.workflows.audits.reports.grouping import at_least, heaviest_first, local
from kith.workflows.cli import output

MARKS = {Verdict.VIOLATED: "✗", Verdict.PENDING: "…", Verdict.NOT_EXERCISED: "–", Verdict.PASS: "✓"}
SHOWN = 10
"""Violations of one policy that are shown, where not all are asked for."""
IDLE_SHOWN = 5
"""Policies that were not exercised are listed, where not all are asked for, if they are no more than these."""
HEADS = ("Policy", "Verdict", "Broken", "Waived", "Pending")
UNREAD = (
    "could not be read, so this is not the whole story; kith doctor lists them",
    "could not be read, so this is not the whole story; kith doctor lists it",
)


def text(report: AuditReport, lowest: Severity, *, everything: bool = False) -> str:
    """The report; violations of severity ``lowest`` or heavier are said to count."""
    report = local(report)
    policies = heaviest_first(report)
    exercised = [audited for audited in policies if audited.verdict is not Verdict.NOT_EXERCISED]
    left = len(policies) - len(exercised)
    listed = policies if everything or left <= IDLE_SHOWN else exercised
    parts = [
        output.bold(output.wrap(wording.headline(report))),
        output.wrap(f"{wording.looked_at(report)}."),
        *(["", output.table(HEADS, [_row(audited) for audited in listed], elastic=1)] if listed else []),
        *_legend(report),
        *([output.wrap(f"{left:,} policies were not exercised: --all lists them.")] if listed is exercised else []),
        *(line for audited in policies for line in _violations(report, audited, everything=everything)),
        *_closing(report, lowest),
    ]
    return "\n".join(parts)


def _row(audited: Audited) -> Sequence[str]:
    waived = len(audited.violations) - len(audited.standing)
    broken = f"{len(audited.violations):,} of {audited.judged:,}" if audited.judged else ""
    verdict = f"{MARKS[audited.verdict]} {audited.verdict.value.upper()}"
    return (
        audited.policy.name,
        verdict,
        broken,
        *(f"{number:,}" if number else "" for number in (waived, audited.pending)),
    )


def _legend(report: AuditReport) -> Iterator[str]:
    found = {audited.verdict for audited in report.policies}
    told = [verdict for verdict in (Verdict.PENDING, Verdict.NOT_EXERCISED) if verdict in found]
    yield from ("",) if told else ()
    for verdict in told:
        yield output.wrap(f"{verdict.value.upper()}: {wording.MEANING[verdict]}.")


def _violations(report: AuditReport, audited: Audited, *, everything: bool) -> Iterator[str]:
    if not audited.violations:
        return
    policy = audited.policy
    yield from ("", output.bold(output.wrap(policy.name)))
    yield output.wrap(f"@id:{policy.id}, severity {policy.severity.value}, {policy.place}", 2, "  ")
    shown = audited.violations if everything else audited.violations[:SHOWN]
    yield from (_violation(report, violation) for violation in shown)
    if left := len(audited.violations) - len(shown):
        yield output.wrap(f"{left:,} more: --all shows them, and so do --json and --html FILE.", 4)


def _violation(report: AuditReport, violation: Violation) -> str:
    events = ", ".join(f"{event.name} {wording.short(event.id)}" for event in violation.events)
    late = f" {wording.LATE}" if violation.learned_late else ""
    waiver = violation.waiver
    waived = f" {wording.waived(waiver)}." if waiver else ""
    told = f"{wording.whom(report, violation)}: {violation.sentence}{late}{waived} [{events}]"
    return output.wrap(told, 16, f"  {'~' if waiver else '✗'} {violation.at:%Y-%m-%d}  ")


def _closing(report: AuditReport, lowest: Severity) -> Iterator[str]:
    if report.idle:
        yield from ("", "These waivers change nothing:", *(output.wrap(told, 4, "  ") for told in report.idle))
    if report.corrupt:
        ids = ", ".join(report.corrupt[:SHOWN])
        told = output.count(len(report.corrupt), "event")
        yield from ("", output.wrap(f"{told} {UNREAD[len(report.corrupt) == 1]}: {ids}."))
    if any(audited.standing for audited in report.policies):
        yield from ("", *map(output.wrap, _way_on(report.policies, lowest)))


def _way_on(policies: Iterable[Audited], lowest: Severity) -> Iterator[str]:
    light = sum(len(one.standing) for one in policies if not at_least(one.policy.severity, lowest))
    if light:
        told = output.count(light, "violation weighs", "violations weigh")
        yield f"{told} less than --severity {lowest.value}, which leaves the exit code alone."
    yield wording.WAY_ON
