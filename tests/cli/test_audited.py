"""What an audit found, as a terminal shows it, at 80 columns and at 120, plain and in bold."""

from __future__ import annotations

import sys

import pytest

from kith.workflows.audits.report import AuditReport, Severity, Verdict
from kith.workflows.cli.audited import text
from tests.audits.reporting import ANA, BEN, audited, event, mixed, policy, report, violation
from tests.audits.test_formats import HUNDREDS, hostile

AT_80 = """\
2 policies were broken, 3 times, in 2 relationships.
Looked at 1,234 events that the policies need, of 56 relationships, as of 23
November 2026, 09:00 UTC, judged in the order in which things happened.

Policy                                  Verdict          Broken  Waived  Pending
No referral is asked for (value-first)  ✗ VIOLATED       3 of 4  1
No referral is asked for (thanks)       ✗ VIOLATED       1 of 4
No referral is asked for (outcome)      … PENDING        0 of 4          2
No referral is asked for (nudges)       – NOT EXERCISED
No referral is asked for (cold-ask)     ✓ PASS           0 of 4

PENDING: not broken so far; a deadline still runs.
NOT EXERCISED: nothing that it is about ever happened, so nothing is known of
it.

No referral is asked for (value-first)
  @id:value-first, severity error, features/policies/asking.feature:5
  ✗ 2026-11-20  Ana Silva (a0a0a0a0): A referral ask happened, and no gift
                before it. [referral ask a0a0a0a0.7, touch a0a0a0a0.2]
  ✗ 2026-11-13  Ben Cho (b0b0b0b0): A referral ask happened, and no gift before
                it. Recorded later than what it is held against; as recorded,
                the verdict may differ. [referral ask b0b0b0b0.3, gift
                b0b0b0b0.5]
  ~ 2026-11-20  Ben Cho (b0b0b0b0): A referral ask happened, and no gift before
                it. Waived until 2026-12-31 by Coach Kim: Agreed by phone.
                [referral ask b0b0b0b0.7, touch b0b0b0b0.2]

No referral is asked for (thanks)
  @id:thanks, severity warning, features/policies/asking.feature:20
  ✗ 2026-11-03  Ana Silva (a0a0a0a0): A referral ask happened, and no gift
                before it. [coffee chat a0a0a0a0.9]

1 violation weighs less than --severity error, which leaves the exit code alone.
"""


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def told(found: AuditReport, lowest: Severity = Severity.ERROR) -> str:
    return text(found, lowest)


def test_it_is_told_verdict_by_verdict_and_then_violation_by_violation() -> None:
    assert told(mixed()).startswith(AT_80)


@pytest.mark.parametrize("columns_", ["80", "120", "40"])
def test_no_line_is_wider_than_the_terminal(columns_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns_)
    lines = [line for line in told(mixed()).splitlines() if "features/" not in line]
    assert max(map(len, lines)) <= max(int(columns_), 58)


def test_the_heaviest_verdict_comes_first() -> None:
    found = report(audited(Verdict.PASS), audited(Verdict.VIOLATED, violation(), about=policy("last")))
    assert told(found).index("✗ VIOLATED") < told(found).index("✓ PASS")


def test_ten_violations_of_a_policy_are_shown_and_the_others_counted() -> None:
    assert told(HUNDREDS).count("  ✗ 20") == 10
    assert "690 more: --all shows them" in told(HUNDREDS)
    assert text(HUNDREDS, Severity.ERROR, everything=True).count("  ✗ 20") == 700


def test_what_could_not_be_read_is_told() -> None:
    assert "1 event could not be read" in told(report(corrupt=(f"{ANA}.3",)))
    assert f"{BEN}.4" in " ".join(told(report(corrupt=(f"{ANA}.3", f"{BEN}.4"))).split())


def test_waivers_that_change_nothing_are_told() -> None:
    assert "waivers.toml:3: why" in told(report()._replace(idle=("waivers.toml:3: why",)))


def test_an_audit_of_nothing_says_so() -> None:
    assert told(report()).startswith("There was no policy to judge by.")


def test_a_violation_of_the_seeker_is_told_as_such() -> None:
    own = violation(ANA, event(ANA, 1))._replace(relationships=())
    assert "The seeker: A referral ask" in told(report(audited(Verdict.VIOLATED, own)))


def test_bold_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1m" in told(mixed())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in told(mixed())


def test_what_people_wrote_takes_no_line_of_its_own() -> None:
    assert all(line.startswith((" ", '"')) for line in told(hostile()).splitlines() if "script" in line)


def test_what_was_not_exercised_is_counted_and_listed_only_if_asked_for() -> None:
    names = [f"idle-{number}" for number in range(6)]
    idle = [audited(Verdict.NOT_EXERCISED, about=policy(name, Severity.INFO, 20, None), judged=0) for name in names]
    found = report(audited(Verdict.PASS, about=policy("kept", Severity.INFO, 10, None)), *idle)
    assert "6 policies were not exercised: --all lists them." in told(found)
    assert "idle-0" not in told(found)
    assert "idle-0" in text(found, Severity.ERROR, everything=True)
    assert "--all" not in text(found, Severity.ERROR, everything=True)
