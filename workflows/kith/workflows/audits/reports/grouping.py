"""What a report says, seen from another side: by relationship, by weight, and without names."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from kith.domain.calendar import zone
from kith.workflows.audits.report import Audited, AuditReport, Severity, Verdict, Violation, Waiver

WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}
"""The heaviest severity first."""


class Found(NamedTuple):
    """A violation with the policy that it breaks."""

    audited: Audited
    violation: Violation


class Relationship(NamedTuple):
    """What one relationship broke."""

    id: UUID
    found: tuple[Found, ...]
    """Its standing violations, the heaviest first, then the oldest."""

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of each severity, in their order."""
        return tuple(sum(one.audited.policy.severity is severity for one in self.found) for severity in Severity)

    @property
    def policies(self) -> tuple[str, ...]:
        """The names of the policies that it broke."""
        return tuple(dict.fromkeys(one.audited.policy.name for one in self.found))


def at_least(severity: Severity, lowest: Severity) -> bool:
    """Whether a severity weighs as much as the lowest that counts, or more."""
    return WEIGHTS[severity] <= WEIGHTS[lowest]


def counting(report: AuditReport, lowest: Severity) -> list[Violation]:
    """The violations that make an audit fail: those that stand, of policies of that severity or heavier."""
    heavy = (audited for audited in report.policies if at_least(audited.policy.severity, lowest))
    return [violation for audited in heavy for violation in audited.standing]


def heaviest_first(report: AuditReport) -> list[Audited]:
    """The policies by their verdicts, the heaviest first; those of one verdict by severity, then as they were given."""
    verdicts = list(Verdict)
    return sorted(report.policies, key=lambda one: (verdicts.index(one.verdict), WEIGHTS[one.policy.severity]))


def by_relationship(report: AuditReport) -> list[Relationship]:
    """The relationships with violations that stand, the worst first."""
    found: dict[UUID, list[Found]] = defaultdict(list)
    for audited in report.policies:
        for violation in audited.standing:
            for relationship in dict.fromkeys(violation.relationships):
                found[relationship].append(Found(audited, violation))
    grouped = [Relationship(id_, tuple(sorted(breaches, key=_weight))) for id_, breaches in found.items()]
    return sorted(grouped, key=lambda one: (tuple(-number for number in one.counts), one.id))


def _weight(found: Found) -> tuple[int, float]:
    return WEIGHTS[found.audited.policy.severity], found.violation.at.timestamp()


def local(report: AuditReport) -> AuditReport:
    """The same report with every instant in the days that its sentences tell."""
    here = zone(report.time_zone)

    def told(violation: Violation) -> Violation:
        events = tuple(event._replace(at=event.at.astimezone(here)) for event in violation.events)
        return violation._replace(at=violation.at.astimezone(here), events=events)

    policies = (one._replace(violations=tuple(map(told, one.violations))) for one in report.policies)
    return report._replace(as_of=report.as_of.astimezone(here), policies=tuple(policies))


def without_names(report: AuditReport) -> AuditReport:
    """The same report with ids alone: no names, and none of what people wrote into waivers."""
    return report._replace(people={}, policies=tuple(map(_policy_without_names, report.policies)))


def _policy_without_names(audited: Audited) -> Audited:
    blank = (
        violation._replace(waiver=_without_words(violation.waiver)) if violation.waiver else violation
        for violation in audited.violations
    )
    return audited._replace(violations=tuple(blank))


def _without_words(waiver: Waiver) -> Waiver:
    return waiver._replace(reason="", who="")
