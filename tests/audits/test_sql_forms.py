"""The monitors and the forms in SQL say the same of random logs, with ties, duplicates and late recording."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from kith.workflows.audits.vocabulary.steps import THEN
from tests.audits import sql_forms as sql
from tests.audits.logs import MAKE, START, Told, outcome, policy

LOGS = 100
"""Random logs of each form and order."""
NAMES = [name for name in MAKE if name != "met"]
USUAL = ["introduction", "introduction", "agreement", "agreement", "decline", "gift"]


def random_log(random: Random) -> list[Told]:
    """Up to 30 events of three people over two days, to the hour: many happen at once, and in any order."""
    names = NAMES + USUAL * 2
    return [
        Told(
            random.choice(names), random.randrange(3), random.randrange(48),
            ask=random.choice(["x", "y", "z", None]),
            minutes=random.choice([None, 10, 15, 30, 31]), learnings=random.choice([None, "much"]),
            stage=random.randrange(2, 5),
        )._replace()
        for _ in range(random.randrange(30))
    ]  # fmt: skip


def told(log: list[Told]) -> list[Told]:
    """The log, with an ask where an event can't be without one."""
    return [one._replace(ask=one.ask or "x") if one.name in ("agreement", "decline") else one for one in log]


@pytest.mark.parametrize("happened", [True, False], ids=["happened", "recorded"])
@pytest.mark.parametrize("form", sql.FORMS, ids=lambda form: f"{form.number}-{form.then[:40]}")
def test_a_step_means_what_its_form_in_sql_says(form: sql.Form, happened: bool) -> None:
    random, scopes = Random(f"{form.then} {happened}"), list(sql.SCOPES)
    if form.when != "an introduction happens":
        scopes.remove("all relationships of one ask together")
    for _ in range(LOGS):
        log, scope, today = told(random_log(random)), random.choice(scopes), random.randrange(24, 72)
        since = random.choice([None, 24])
        given = [f"Given {scope}", *([] if since is None else ["And only since 2026-01-06"])]
        if "ask together" in scope and ("gift" in form.then or form.number == 5):
            continue
        found = outcome(policy(*given, f"When {form.when}", f"Then {form.then}"), log,
                        START + timedelta(hours=today), happened=happened)  # fmt: skip
        tables = sql.tables(log, scope, happened=happened, since=since, until=today)
        assert tuple(found) == tuple(sql.verdicts(form, tables, today)), (scope, since, today, log)


@pytest.mark.parametrize("happened", [True, False], ids=["happened", "recorded"])
def test_that_two_do_not_both_happen_means_what_its_form_says(happened: bool) -> None:
    random = Random(f"20 {happened}")
    for _ in range(LOGS):
        log, scope = told(random_log(random)), random.choice(["every relationship", "all relationships together"])
        since = random.choice([None, 24])
        given = [f"Given {scope}", *([] if since is None else ["And only since 2026-01-06"])]
        then = "Then an introduction and an agreement must not both happen"
        found = outcome(policy(*given, "When a gift happens", then), log, START + timedelta(days=9), happened=happened)
        tables = sql.tables(log, scope, happened=happened, since=since)
        assert tuple(found) == tuple(sql.not_both(tables)), (scope, since, log)


@pytest.mark.parametrize("happened", [True, False], ids=["happened", "recorded"])
def test_a_stay_means_what_its_form_says(happened: bool) -> None:
    random = Random(f"18 {happened}")
    compiled = policy(
        "Given every relationship", "When a stage advance happens",
        "Then it may stay in stage value given at most 12 hours",
    )  # fmt: skip
    for _ in range(LOGS * 3):
        log, today = told(random_log(random)), random.randrange(24, 72)
        found = outcome(compiled, log, START + timedelta(hours=today), happened=happened)
        tables = sql.tables(log, "every relationship", happened=happened, until=today)
        assert tuple(found) == tuple(sql.stays(tables, today)), (today, log)


def test_every_step_has_a_form() -> None:
    assert {form.number for form in sql.FORMS} | {18, 20} == {step.number for step in THEN} == set(range(1, 24))
