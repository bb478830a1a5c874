"""Reports for the tests of their formats: what an audit might have found, written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from kith.workflows.audits.report import (
    Audited,
    AuditReport,
    Involved,
    Order,
    Place,
    Policy,
    Severity,
    Verdict,
    Violation,
    Waiver,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANA = UUID("a0a0a0a0-0000-4000-8000-000000000001")
BEN = UUID("b0b0b0b0-0000-4000-8000-000000000002")
HOSTILE = "\"><script>alert('x')</script>\x00\x1b[31m]]>\u202e&amp;<!--"
"""A name that tries to be something else in every format."""


def policy(
    id_: str = "value-first", severity: Severity = Severity.ERROR, line: int = 5, guard: str | None = "value-first"
) -> Policy:
    """A policy as it stands in a file."""
    return Policy(
        id=id_,
        name=f"No referral is asked for ({id_})",
        rule="Give before you ask",
        feature="Asking etiquette",
        severity=severity,
        guard=guard,
        place=Place("features/policies/asking.feature", line),
        steps=(
            "Given every relationship",
            "When a referral ask happens",
            "Then a gift must have happened before",
        ),
    )


def event(who: UUID, version: int, name: str = "referral ask", days: float = 0, late: float = 0) -> Involved:
    """An event of a relationship, that many days ago."""
    at = NOW - timedelta(days=days)
    return Involved(f"{who}.{version}", name, at, at + timedelta(days=late), who)


def violation(
    who: UUID = ANA,
    *events: Involved,
    id_: str = "value-first",
    waiver: Waiver | None = None,
    learned_late: bool = False,
) -> Violation:
    """One breach."""
    involved = events or (event(who, 7, days=3), event(who, 2, "touch", days=40))
    return Violation(
        policy=id_,
        relationships=(who,),
        events=involved,
        at=involved[0].at,
        sentence="A referral ask happened, and no gift before it.",
        learned_late=learned_late,
        waiver=waiver,
    )


def waiver(who: UUID = ANA, id_: str = "value-first", reason: str = "Agreed by phone", by: str = "Coach Kim") -> Waiver:
    """Somebody's decision to live with it."""
    return Waiver(id_, who, reason, by, date(2026, 12, 31), Place("features/policies/waivers.toml", 1))


def audited(
    verdict: Verdict, *violations: Violation, about: Policy | None = None, judged: int = 4, pending: int = 0
) -> Audited:
    """What was found of one policy."""
    return Audited(about or policy(), verdict, judged, pending, violations)


def report(*policies: Audited, people: dict[UUID, str] | None = None, corrupt: tuple[str, ...] = ()) -> AuditReport:
    """What was found of all."""
    named = {ANA: "Ana Silva", BEN: "Ben Cho"} if people is None else people
    return AuditReport(NOW, Order.HAPPENED, 1_234, 56, policies, corrupt, named)


def mixed() -> AuditReport:
    """One policy of every verdict, with violations of two relationships, one of them waived."""
    late = violation(BEN, event(BEN, 3, days=10, late=5), event(BEN, 5, "gift", days=2), learned_late=True)
    return report(
        audited(Verdict.VIOLATED, violation(), late, violation(BEN, waiver=waiver(BEN))),
        audited(
            Verdict.VIOLATED,
            violation(ANA, event(ANA, 9, "coffee chat", days=20), id_="thanks"),
            about=policy("thanks", Severity.WARNING, 20, None),
        ),
        audited(Verdict.PENDING, about=policy("outcome", Severity.WARNING, 30, None), pending=2),
        audited(Verdict.NOT_EXERCISED, about=policy("nudges", Severity.INFO, 40, None), judged=0),
        audited(Verdict.PASS, about=policy("cold-ask", Severity.ERROR, 50)),
    )
