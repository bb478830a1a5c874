"""How reports say what was found: the verdicts and the numbers in words that need no manual."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from kith.domain.calendar import spelled, zone
from kith.workflows.audits.report import Audited, AuditReport, Order, Severity, Verdict, Violation, Waiver

MEANING = {
    Verdict.VIOLATED: "the log shows that it was broken",
    Verdict.PENDING: "not broken so far; a deadline still runs",
    Verdict.NOT_EXERCISED: "nothing that it is about ever happened, so nothing is known of it",
    Verdict.PASS: "it was put to the test and always held",
}
"""What each verdict means."""
ORDERED = {
    Order.HAPPENED: "judged in the order in which things happened",
    Order.RECORDED: "judged in the order in which things were recorded",
}
LATE = "Recorded later than what it is held against; as recorded, the verdict may differ."
WAY_ON = (
    "kith show NAME tells the whole story of a relationship. What you decide to live with goes into waivers.toml "
    "beside the policies, with a reason and a last day."
)
SEVERITIES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("info", "infos"),
}


def verdict(audited: Audited) -> str:
    """The verdict on one policy, as every report writes it."""
    waived = audited.verdict is Verdict.VIOLATED and not audited.standing
    return f"{audited.verdict.value.upper()}{', ALL WAIVED' if waived else ''}"


def explained(audited: Audited) -> str:
    """The verdict with its meaning and what it rests on, where there is no room for a legend."""
    return f"{verdict(audited)}: {MEANING[audited.verdict]}. {judged(audited)}"


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """``1 policy``, ``2,000 policies``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def headline(report: AuditReport) -> str:
    """What was found, in one sentence."""
    if not report.policies:
        return "There was no policy to judge by."
    standing = [violation for audited in report.policies for violation in audited.standing]
    if not standing:
        return _nothing_broken(report)
    broken = sum(bool(audited.standing) for audited in report.policies)
    people = len({one for violation in standing for one in violation.relationships})
    whom = f", in {count(people, 'relationship')}" if people else ""
    return f"{count(broken, 'policy was', 'policies were')} broken, {_times(len(standing))}{whom}."


def _nothing_broken(report: AuditReport) -> str:
    found = {audited.verdict for audited in report.policies}
    if found == {Verdict.NOT_EXERCISED}:
        return "No policy was put to the test: nothing that they are about ever happened."
    waived = sum(len(audited.violations) for audited in report.policies)
    if waived:
        return f"Nothing was broken but what was waived: {count(waived, 'violation')}."
    return "No policy was broken."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def tally(report: AuditReport) -> dict[Verdict, int]:
    """How many policies have each verdict, the heaviest first."""
    found = Counter(audited.verdict for audited in report.policies)
    return {verdict: found[verdict] for verdict in Verdict}


def looked_at(report: AuditReport) -> str:
    """What the audit looked at."""
    events, people = count(report.events, "event"), count(report.relationships, "relationship")
    told = f"Looked at {events} that the policies need, of {people}"
    as_of = report.as_of.astimezone(zone(report.time_zone))
    return f"{told}, as of {spelled(as_of.date())}, {as_of:%H:%M} {report.time_zone}, {ORDERED[report.order]}"


def waived(waiver: Waiver) -> str:
    """Until when a violation is lived with, and why; whoever may read no names reads no words of people either."""
    by = f" by {waiver.who}: {waiver.reason}" if waiver.who else ""
    return f"Waived until {waiver.expires}{by}"


def judged(audited: Audited) -> str:
    """How often a policy was put to the test, and what came of it."""
    if audited.verdict is Verdict.NOT_EXERCISED:
        return "Never put to the test."
    told = [f"put to the test {_times(audited.judged)}"]
    if audited.violations:
        told.append(f"broken {_times(len(audited.violations))}")
    elif audited.verdict is Verdict.PASS:
        told.append("and always held")
    if waived := len(audited.violations) - len(audited.standing):
        told.append(f"{waived:,} of these waived")
    if audited.pending:
        told.append(f"{count(audited.pending, 'deadline')} still running")
    text = ", ".join(told)
    return f"{text[0].upper()}{text[1:]}."


def short(id_: UUID | str) -> str:
    """An id as people type it: its first eight digits, and of an event's the version."""
    start, dot, version = str(id_).partition(".")
    return f"{start[:8]}{dot}{version}"


def called(report: AuditReport, relationship: UUID) -> str:
    """A relationship's name with the start of its id, or the whole id where the report has no name for it."""
    name = report.people.get(relationship)
    return str(relationship) if name is None else f"{name} ({short(relationship)})"


def whom(report: AuditReport, violation: Violation) -> str:
    """Whom a violation is about."""
    return ", ".join(called(report, id_) for id_ in violation.relationships) or "The seeker"


def by_severity(counts: tuple[int, ...]) -> str:
    """``2 errors, 1 warning``."""
    told = zip(counts, SEVERITIES.values(), strict=True)
    return ", ".join(count(number, *words) for number, words in told if number)
