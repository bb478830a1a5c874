"""What a file of waivers may say, what is refused in it, and which violations it covers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kith.workflows.audits.report import Verdict, Waiver
from kith.workflows.audits.waivers import Waivers, idle, read_waivers, waive
from tests.audits.reporting import ANA, BEN, audited, mixed, report, violation, waiver

TODAY = date(2026, 11, 23)
GOOD = f"""
# Decided in November
[[waiver]]
policy = "value-first"
relationship = "{ANA}"
reason = "Agreed by phone"
who = "Coach Kim"
expires = 2026-12-31
"""


def read(text: str, today: date = TODAY) -> Waivers:
    return read_waivers(text, "waivers.toml", today)


def told(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_a_waiver_names_policy_relationship_reason_who_and_its_last_day() -> None:
    (found,) = read(GOOD).waivers
    assert found[:5] == ("value-first", ANA, "Agreed by phone", "Coach Kim", date(2026, 12, 31))
    assert str(found.place) == "waivers.toml:3"


def test_an_empty_file_holds_none() -> None:
    assert read("# nothing yet\n") == Waivers()


def test_it_holds_on_its_last_day() -> None:
    assert read(GOOD, date(2026, 12, 31)).problems == ()


def test_an_expired_waiver_is_an_error_at_its_line() -> None:
    (problem,) = read(GOOD, date(2027, 1, 1)).problems
    assert str(problem).startswith(f"waivers.toml:3: The waiver of value-first for {ANA} expired on 2026-12-31.")
    assert read(GOOD, date(2027, 1, 1)).waivers == ()


def test_every_problem_is_told_at_its_line() -> None:
    text = f"""{GOOD}
[[waiver]]
policy = "value-first"
relationship = "Ana Silva"
reason = " "
expires = "soon"
until = 2027-01-01

[[waiver]]
relationship = 7
who = "Kim"
reason = "x"
expires = 2027-01-01T00:00:00
"""
    found = told(text)
    assert {line.partition(" ")[0] for line in found} == {"waivers.toml:10:", "waivers.toml:17:"}
    assert [line.partition(" ")[2] for line in found] == [
        "Its relationship 'Ana Silva' is no whole id, and a name is not one; kith audit --json shows the ids.",
        "The waiver has no reason.",
        "The waiver has no who.",
        "Its expires must be a date, such as 2026-12-31, without quotes.",
        "A waiver has no 'until'; it has policy, relationship, reason, who, expires.",
        "The waiver has no policy.",
        "Its relationship must be text.",
        "Its expires must be a date, such as 2026-12-31, without quotes.",
    ]


def test_a_head_inside_a_text_of_several_lines_is_no_head() -> None:
    text = GOOD.replace('"Agreed by phone"', '"""\n[[waiver]]\n"""') + GOOD.replace(str(ANA), str(BEN))
    assert [one.place.line for one in read(text).waivers] == [3, 13]


def test_the_same_waiver_twice_is_an_error() -> None:
    assert told(GOOD + GOOD) == ["waivers.toml:11: The same waiver stands at line 3 already."]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[waiver]\n", "waivers.toml:1:"),
        ("[[waiver]]\npolicy = \n", "waivers.toml:2:"),
        ("waiver = 3\n", "waivers.toml:1:"),
        ("waiver = [3]\n", "waivers.toml:1:"),
        ("[waiver]\npolicy = 'x'\n", "waivers.toml:1:"),
        ("[[waivers]]\n", "waivers.toml:1:"),
    ],
)
def test_what_is_no_file_of_waivers_is_refused(text: str, place: str) -> None:
    (problem,) = told(text)
    assert problem.startswith(place)


def test_hundreds_of_waivers_are_read_at_once() -> None:
    text = "".join(GOOD.replace(str(ANA), str(UUID(int=number))) for number in range(500))
    assert [one.place.line for one in read(text).waivers] == [3 + 8 * number for number in range(500)]


def test_a_waived_violation_carries_its_waiver_and_no_longer_stands() -> None:
    (found,) = waive(report(audited(Verdict.VIOLATED, violation(ANA), violation(BEN))), [waiver(ANA)]).policies
    assert [one.waiver for one in found.violations] == [waiver(ANA), None]
    assert found.standing == (found.violations[1],)
    assert found.verdict is Verdict.VIOLATED


def test_a_waiver_is_about_one_policy() -> None:
    (found,) = waive(report(audited(Verdict.VIOLATED, violation(ANA))), [waiver(ANA, "thanks")]).policies
    assert len(found.standing) == 1


def test_a_violation_of_several_is_waived_where_all_of_them_are() -> None:
    both = violation()._replace(relationships=(ANA, BEN))
    sooner = waiver(BEN)._replace(expires=date(2026, 12, 1))

    def left(*waivers: Waiver) -> int:
        return len(waive(report(audited(Verdict.VIOLATED, both)), waivers).policies[0].standing)

    assert (left(waiver(ANA)), left(waiver(ANA), sooner)) == (1, 0)


def test_a_violation_of_nobody_in_particular_cannot_be_waived() -> None:
    (found,) = waive(report(audited(Verdict.VIOLATED, violation()._replace(relationships=()))), [waiver()]).policies
    assert len(found.standing) == 1


def test_waivers_that_change_nothing_are_told() -> None:
    mistyped, cured = waiver(ANA, "value-frist"), waiver(ANA, "cold-ask")
    assert [problem.what for problem in idle(mixed(), [waiver(ANA), mistyped, cured])] == [
        "No policy of this audit has the id value-frist.",
        f"{ANA} does not violate cold-ask.",
    ]
