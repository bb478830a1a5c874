"""As recorded, each event is judged by what was known then: by every fact that was not yet taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.workflows import ChatAsk, Kith
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.judging import Judging
from kith.workflows.audits.reading.plan import planned
from kith.workflows.audits.reading.reader import Reader
from kith.workflows.audits.reading.revisions import changes, remaining
from kith.workflows.readmodels.schema import micros
from tests.audits import sql_forms as sql
from tests.audits.logs import MAKE, PEOPLE, SEEKER, START, Row, Told, policy, rows
from tests.audits.test_sql_forms import random_log, told
from tests.kithtest import Clock, nurture, questions

LATER = START + timedelta(days=30)
LOOKING_BACK = [form for form in sql.FORMS if form.number in (1, 2, 7, 8, 9, 10, 11, 12, 15, 16, 17, 21, 23)]


class Known:
    """A reading of a log in memory: all that revisions need."""

    def __init__(self, log: Sequence[Row]) -> None:
        self._log = log

    def events(self, originator: UUID, after: int = 0) -> list[Recorded]:
        """The events of one relationship."""
        return [row.recorded for row in self._log if row.recorded.originator_id == originator][after:]


def with_retractions(random: Random, log: list[Told]) -> list[Told]:
    """The log, in which now and then a fact is taken back."""
    found: list[Told] = []
    gone: set[int] = set()
    for one in log:
        found.append(one)
        facts = [n for n, t in enumerate(found) if t.who == one.who and t.name in FACTS and n not in gone]
        if facts and random.random() < 0.3:
            gone.add(place := random.choice(facts))
            found.append(Told("retraction", one.who, 47, minutes=place))
    return found


FACTS = ("gift", "agreement", "introduction", "coffee chat")


def stored(log: Sequence[Told]) -> list[Row]:
    """The rows of a log with retractions."""
    versions = dict.fromkeys(range(len(PEOPLE)), 1)
    of: list[int] = []
    for one in log:
        versions[one.who] += 1
        of.append(versions[one.who])
    MAKE["retraction"] = lambda t: e.FactsRetracted(at=t.at, versions=(of[t.minutes or 0],), reason="an error")
    return rows(log)


THREE_QUESTIONS = policy("Given every relationship", "When a chat ask happens", "Then its questions must be at least 3")


@pytest.mark.parametrize("happened", [True, False])
def test_the_questions_of_a_chat_that_was_taken_back_are_ready_again(*, happened: bool) -> None:
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor")
        who = nurture(kith, clock)
        kith.prepare_chat(who, questions())
        clock.forward(hours=1)
        (held, *_) = kith.hold_chat(who)
        kith.thank(who)
        kith.undo(held.id, "it was another day")
        clock.forward(hours=1)
        kith.ask(who, ChatAsk(minutes=20))
        found = kith.audit([THREE_QUESTIONS], order="happened" if happened else "recorded").policies[0]
    assert (found.verdict.value, found.judged) == ("pass", 1)


@pytest.mark.parametrize("happened", [True, False])
@pytest.mark.parametrize(
    ("what", "enough"), [("questions", True), ("fewer", False), ("earlier", True), ("undone", False)]
)
def test_questions_and_chats_that_were_corrected_count_as_they_read(*, what: str, enough: bool, happened: bool) -> None:
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor")
        who = nurture(kith, clock)
        three = questions()
        (prepared, *_) = kith.prepare_chat(who, three[:1] if what == "questions" else three)
        clock.forward(hours=1)
        if what == "questions":
            kith.correct(prepared.id, "two were left out", changes={"questions": [q.model_dump() for q in three]})
        elif what == "fewer":
            kith.correct(prepared.id, "one was left", changes={"questions": [three[0].model_dump()]})
        else:
            (held, *_) = kith.hold_chat(who)
            kith.thank(who)
            earlier = (clock() - timedelta(days=1)).isoformat()
            (corrected, *_) = kith.correct(held.id, "it was the day before", changes={"at": earlier})
            if what == "undone":
                kith.undo(corrected.id, "it was that day after all")
        clock.forward(hours=1)
        assert kith.check(who, ChatAsk(minutes=20)).allowed is enough
        kith.ask(who, ChatAsk(minutes=20), override={} if enough else {"questions-prepared": "she knows what about"})
        found = kith.audit([THREE_QUESTIONS], order="happened" if happened else "recorded").policies[0]
    assert found.verdict.value == ("pass" if enough else "violated")


def run(compiled: Compiled, log: Sequence[Row], *, happened: bool) -> tuple[list[int], int, int]:
    """What becomes of a policy; events by their place in the list."""
    reader = Reader(planned(compiled.reads()), SEEKER)
    reader.take([row.row for row in log])
    revised = changes(reader, Known(log))  # type: ignore[arg-type]
    columns = reader.log
    places = {(row.row[1], row.row[2]): place for place, row in enumerate(row for row in log if row.told)}
    if happened:
        for change in remaining(revised):
            columns.change(*change)
    judging = Judging([compiled], columns, as_of=micros(LATER), happened=happened)
    judging.run({} if happened else revised)
    (monitor,) = judging.monitors
    found = (places[columns.ids[columns.aggregate[f.rows[0]]], columns.version[f.rows[0]]] for f in monitor.found)
    return sorted(found), monitor.judged, monitor.pending


def known(log: Sequence[Told], until: int) -> list[Told | None]:
    """The log up to a place, without what had been taken back by then."""
    gone = {one.minutes for one in log[: until + 1] if one.name == "retraction"}
    return [None if n in gone or one.name == "retraction" else one for n, one in enumerate(log[: until + 1])]


def by_what_was_known(form: sql.Form, log: Sequence[Told], scope: str) -> tuple[list[int], int]:
    """What the form says of each event, put to what was known when it was recorded."""
    violations, judged = [], 0
    for place in range(len(log)):
        at_that_time = known(log, place)
        rest = [n for n, one in enumerate(at_that_time) if one is not None]
        tables = sql.tables([log[n] for n in rest], scope, happened=False)
        found = tables.execute(f"SELECT a.row FROM e a WHERE {form.judged}").fetchall()
        broken = tables.execute(f"SELECT a.row FROM e a WHERE {form.judged} AND ({form.breaks})").fetchall()
        judged += place in [rest[row] for (row,) in found]
        violations += [place] if place in [rest[row] for (row,) in broken] else []
    return violations, judged


@pytest.mark.parametrize("form", LOOKING_BACK, ids=lambda form: f"{form.number}-{form.then[:30]}")
def test_what_looks_back_goes_by_what_was_known_when_it_was_recorded(form: sql.Form) -> None:
    random = Random(form.then)
    for _ in range(15):
        log = with_retractions(random, told(random_log(random)))
        scope = random.choice(["every relationship", "all relationships together"])
        compiled = policy(f"Given {scope}", f"When {form.when}", f"Then {form.then}")
        violations, judged, _ = run(compiled, stored(log), happened=False)
        assert (violations, judged) == by_what_was_known(form, log, scope), (scope, log)


@pytest.mark.parametrize("form", sql.FORMS, ids=lambda form: f"{form.number}-{form.then[:30]}")
def test_by_when_things_happened_what_was_taken_back_never_did(form: sql.Form) -> None:
    random = Random(form.then)
    for _ in range(15):
        log = with_retractions(random, told(random_log(random)))
        compiled = policy("Given every relationship", f"When {form.when}", f"Then {form.then}")
        rest = [n for n, one in enumerate(known(log, len(log))) if one is not None]
        tables = sql.tables([log[n] for n in rest], "every relationship", happened=True)
        wanted = sql.verdicts(form, tables, 720)
        violations, judged, pending = run(compiled, stored(log), happened=True)
        assert (violations, judged, pending) == ([rest[n] for n in wanted.violations], *wanted[1:]), log


def test_a_verdict_that_was_reached_stays() -> None:
    follows = policy("Given every relationship", "When an introduction happens", "Then an agreement must follow")
    log = [Told("introduction", 0, 1), Told("agreement", 0, 2, ask="x"), Told("retraction", 0, 47, minutes=1)]
    assert run(follows, stored(log), happened=False) == ([], 1, 0)
    assert run(follows, stored(log), happened=True) == ([], 1, 1)


def test_what_was_taken_back_waits_for_nothing() -> None:
    follows = policy(
        "Given every relationship", "When an introduction happens", "Then an agreement must follow within 2 days"
    )  # fmt: skip
    log = [Told("introduction", 0, 1), Told("introduction", 0, 2), Told("retraction", 0, 47, minutes=0)]
    assert run(follows, stored(log), happened=False) == ([1], 2, 0)
    assert run(follows, stored(log), happened=True) == ([1], 1, 0)
