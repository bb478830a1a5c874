"""What a report says by relationship and by weight, and what is left of it without names."""

from __future__ import annotations

import pytest

from kith.workflows.audits.report import Audited, AuditReport, Severity, Verdict
from kith.workflows.audits.reports import wording
from kith.workflows.audits.reports.grouping import by_relationship, counting, heaviest_first, without_names
from kith.workflows.audits.reports.junit import junit
from kith.workflows.audits.reports.page import page
from kith.workflows.audits.reports.sarif import sarif
from kith.workflows.audits.reports.shape import as_json
from tests.audits.reporting import ANA, BEN, audited, mixed, policy, report, violation, waiver


def test_the_worst_relationship_comes_first_by_severity_then_by_number() -> None:
    infos = audited(Verdict.VIOLATED, *[violation(ANA)] * 9, about=policy(severity=Severity.INFO))
    found = by_relationship(report(infos, audited(Verdict.VIOLATED, violation(BEN))))
    assert [(one.id, one.counts) for one in found] == [(BEN, (1, 0, 0)), (ANA, (0, 0, 9))]


def test_the_heaviest_policy_comes_first_by_verdict_then_by_severity() -> None:
    light = audited(Verdict.VIOLATED, violation(), about=policy("light", Severity.INFO))
    heavy = audited(Verdict.VIOLATED, violation(), about=policy("heavy"))
    found = report(audited(Verdict.PASS, about=policy("kept")), light, audited(Verdict.NOT_EXERCISED), heavy)
    assert [one.policy.id for one in heaviest_first(found)] == ["heavy", "light", "value-first", "kept"]


def test_waived_violations_weigh_nothing() -> None:
    assert by_relationship(report(audited(Verdict.VIOLATED, violation(waiver=waiver())))) == []


@pytest.mark.parametrize(("lowest", "number"), [(Severity.ERROR, 2), (Severity.WARNING, 3), (Severity.INFO, 3)])
def test_what_counts_is_of_that_severity_or_heavier_and_not_waived(lowest: Severity, number: int) -> None:
    assert len(counting(mixed(), lowest)) == number


def test_without_names_no_format_shows_one() -> None:
    named = mixed()
    assert all("Ana Silva" in text and "Coach Kim" in text for text in written(named))
    for text in written(without_names(named)):
        assert [word for word in ("Ana", "Silva", "Ben", "Cho", "Coach", "Kim", "phone") if word in text] == []
        assert str(ANA) in text


def written(told: AuditReport) -> list[str]:
    """The report in every format."""
    return [junit(told), as_json(told), sarif(told), page(told)]


@pytest.mark.parametrize(
    ("found", "headline"),
    [
        ([], "There was no policy to judge by."),
        ([audited(Verdict.PASS)], "No policy was broken."),
        ([audited(Verdict.PENDING, pending=1), audited(Verdict.NOT_EXERCISED)], "No policy was broken."),
        (
            [audited(Verdict.NOT_EXERCISED)],
            "No policy was put to the test: nothing that they are about ever happened.",
        ),
        (
            [audited(Verdict.VIOLATED, violation(waiver=waiver()))],
            "Nothing was broken but what was waived: 1 violation.",
        ),
        ([audited(Verdict.VIOLATED, violation())], "1 policy was broken, once, in 1 relationship."),
        (
            [audited(Verdict.VIOLATED, violation()._replace(relationships=()))],
            "1 policy was broken, once.",
        ),
    ],
)
def test_the_headline_says_what_was_found(found: list[Audited], headline: str) -> None:
    assert wording.headline(report(*found)) == headline


def test_a_policy_that_was_never_put_to_the_test_is_nowhere_called_a_pass() -> None:
    only = report(audited(Verdict.NOT_EXERCISED, judged=0))
    text = junit(only)
    assert "<skipped" in text
    assert 'skipped="1"' in text
    assert '"pass"' not in sarif(only) + as_json(only)
    assert 'class="verdict pass">PASS</span>' not in page(only)
