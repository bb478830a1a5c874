"""What each step means, said once more in SQL: written from the vocabulary's meanings, apart from the monitors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tests.audits.logs import Told

A, B, C = "introduction", "agreement", "decline"
HOURS = 12
"""The duration of every timed form."""
N = 2
STEP = "a.name = 'introduction'"
EVENTS = (
    "met", "gift", "inbound touch", "outbound touch", "agreement", "decline", "introduction", "coffee chat", "closing",
    "reopening",
)  # fmt: skip
"""What a policy calls an event, of the names that the test logs use."""


class Form(NamedTuple):
    """A Then step in SQL, as two questions about each judged event ``a``."""

    number: int
    then: str
    breaks: str
    """Whether ``a`` breaks it."""
    waits: str = "0"
    """Whether it is still open for ``a``."""
    when: str = "an introduction happens"
    judged: str = STEP
    """Which events are judged."""


def before(which: str, and_: str = "1") -> str:
    """Some event stands before ``a``, among those that are judged together."""
    return f"EXISTS (SELECT 1 FROM e b WHERE b.k = a.k AND b.pos < a.pos AND {which} AND {and_})"


def after(which: str, and_: str = "1") -> str:
    """Some event comes after ``a``."""
    return f"EXISTS (SELECT 1 FROM e b WHERE b.k = a.k AND b.pos > a.pos AND {which} AND {and_})"


IS_B = "b.name = 'agreement'"
CLOSED = """
    (SELECT c.name FROM events c WHERE c.rel = a.rel AND c.name IN ('closing', 'reopening')
     ORDER BY c.pos DESC LIMIT 1) IS 'closing'
"""
NEXT = f"""
    (SELECT b.name FROM e b WHERE b.k = a.k AND b.pos > a.pos AND b.name IN {EVENTS} ORDER BY b.pos LIMIT 1)
"""
OPEN = """
    (SELECT COUNT(*) FROM e o WHERE o.k = a.k AND o.name = 'introduction' AND o.pos <= a.pos AND o.ask IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM e l WHERE l.k = a.k AND l.name = 'introduction' AND l.ask = o.ask
                       AND l.pos > o.pos AND l.pos <= a.pos)
       AND NOT EXISTS (SELECT 1 FROM e b WHERE b.k = a.k AND b.name = 'agreement' AND b.ask = o.ask
                       AND b.pos > o.pos AND b.pos < a.pos) {still})
"""
SO_OFTEN = "(SELECT COUNT(*) FROM e o WHERE o.k = a.k AND o.name = '{name}' AND o.pos {upto} a.pos {and_})"
KEPT = """
    (SELECT COUNT(*) FROM e o WHERE o.k = a.k AND o.name = 'introduction' AND o.pos <= a.pos
       AND (o.ask IS NULL OR (
         NOT EXISTS (SELECT 1 FROM e l WHERE l.k = a.k AND l.name = 'introduction' AND l.ask = o.ask
                     AND l.pos > o.pos AND l.pos <= a.pos)
         AND NOT EXISTS (SELECT 1 FROM e c WHERE c.k = a.k AND c.name = 'decline' AND c.ask = o.ask
                         AND c.pos > o.pos AND c.pos < a.pos))))
"""
LAST_B = (
    "(SELECT b.ask FROM e b WHERE b.k = a.k AND b.name = 'agreement' AND b.pos < a.pos ORDER BY b.pos DESC LIMIT 1)"
)
OWED = """
    EXISTS (SELECT 1 FROM e o WHERE o.k = a.k AND o.name = 'introduction' AND o.ask IS NOT NULL AND o.pos < a.pos
              {older} AND NOT EXISTS (SELECT 1 FROM e b WHERE b.k = a.k AND b.name = 'agreement' AND b.ask = o.ask
                                      AND b.pos > o.pos AND b.pos < a.pos))
"""
ACTIVE = "EXISTS (SELECT 1 FROM e j WHERE j.k = a.k AND j.name = 'gift' AND j.pos <= a.pos AND j.at >= since)"
BOTH_FIRST = """
    a.pos = (SELECT MAX(f) FROM (
        SELECT MIN(pos) f FROM e WHERE k = a.k AND name = 'gift' AND at >= since UNION ALL
        SELECT MIN(pos) FROM e WHERE k = a.k AND name = 'introduction' UNION ALL
        SELECT MIN(pos) FROM e WHERE k = a.k AND name = 'agreement'))
    AND EXISTS (SELECT 1 FROM e WHERE k = a.k AND name = 'gift' AND at >= since)
    AND EXISTS (SELECT 1 FROM e WHERE k = a.k AND name = 'introduction')
    AND EXISTS (SELECT 1 FROM e WHERE k = a.k AND name = 'agreement')
"""
LAST_A = "(SELECT MAX(o.pos) FROM e o WHERE o.k = a.k AND o.name = 'introduction' AND o.pos < a.pos)"
STAYS = """
    WITH RECURSIVE s AS (
        SELECT ROW_NUMBER() OVER (PARTITION BY rel ORDER BY pos) n, * FROM events
        WHERE name IN ('stage advance', 'stage correction')),
    walk AS (
        SELECT rel, n, row, pos, at, name, stage AS now, 0 AS was FROM s WHERE n = 1 UNION ALL
        SELECT s.rel, s.n, s.row, s.pos, s.at, s.name,
               CASE WHEN s.name = 'stage correction' THEN s.stage ELSE MAX(w.now, s.stage) END, w.now
        FROM walk w JOIN s ON s.rel = w.rel AND s.n = w.n + 1)
    SELECT i.row, i.at, (SELECT l.at FROM (
                SELECT pos, at FROM walk w WHERE w.rel = i.rel AND w.pos > i.pos AND w.now <> w.was UNION ALL
                SELECT pos, at FROM events c WHERE c.rel = i.rel AND c.pos > i.pos AND c.name = 'closing') l
            ORDER BY l.pos LIMIT 1) AS ended
    FROM walk i WHERE i.now = 3 AND i.was <> 3 AND i.name = 'stage advance'
"""

FORMS = (
    Form(1, "an agreement must have happened before", f"NOT {before(IS_B)}"),
    Form(2, "an agreement must have happened within the 12 hours before",
         f"NOT {before(IS_B, 'a.at BETWEEN b.at AND b.at + 12')}"),
    Form(3, "an agreement must follow", f"NOT {after(IS_B)} AND {CLOSED}", f"NOT {after(IS_B)} AND NOT {CLOSED}"),
    Form(4, "an agreement must follow within 12 hours",
         f"NOT {after(IS_B, 'b.at BETWEEN a.at AND a.at + 12')} AND a.at + 12 < today",
         f"NOT {after(IS_B, 'b.at BETWEEN a.at AND a.at + 12')} AND a.at + 12 >= today"),
    Form(5, "the next event must be an agreement", f"COALESCE({NEXT}, 'agreement') <> 'agreement'", f"{NEXT} IS NULL"),
    Form(6, "no agreement may follow within 12 hours", after(IS_B, "b.at >= a.at AND b.at < a.at + 12"),
         f"NOT {after(IS_B, 'b.at >= a.at AND b.at < a.at + 12')} AND today < a.at + 12"),
    Form(7, "no agreement may have happened before", before(IS_B)),
    Form(7, "no agreement may have happened within the 12 hours before",
         before(IS_B, "a.at >= b.at AND a.at < b.at + 12")),
    Form(8, "it must never happen", "1"),
    Form(9, "it may happen at most 2 times", f"{SO_OFTEN.format(name=A, upto='<=', and_='')} > 2"),
    Form(10, "a gift must have happened at least 2 times before an introduction",
         f"{SO_OFTEN.format(name='gift', upto='<', and_='')} < 2"),
    Form(11, "it may happen at most 2 times in any 12 hours",
         f"EXISTS (SELECT 1 FROM e s WHERE s.k = a.k AND s.name = 'introduction' AND s.pos <= a.pos"
         f" AND a.at >= s.at AND a.at < s.at + 12"
         f" AND {SO_OFTEN.format(name=A, upto='<=', and_='AND o.at >= s.at AND o.at < s.at + 12')} > 2)"),
    Form(12, "at most 1 may be open at once until an agreement with the same ask", f"{OPEN.format(still='')} > 1",
         judged=f"{STEP} AND a.ask IS NOT NULL"),
    Form(12, "at most 1 may be open at once until an agreement with the same ask or 12 hours have passed",
         f"{OPEN.format(still='AND ABS(a.at - o.at) < 12')} > 1", judged=f"{STEP} AND a.ask IS NOT NULL"),
    Form(13, "it must have minutes and learnings", "a.minutes IS NULL OR a.learnings IS NULL",
         when="a coffee chat happens", judged="a.name = 'coffee chat'"),
    Form(14, "its minutes must be at least 15", "a.minutes IS NULL OR a.minutes < 15",
         when="a coffee chat happens", judged="a.name = 'coffee chat'"),
    Form(14, "its minutes must be at most 30", "a.minutes IS NULL OR a.minutes > 30",
         when="a coffee chat happens", judged="a.name = 'coffee chat'"),
    Form(14, "its channel must be one of\n        | message |\n        | meeting |", "a.name = 'outbound touch'",
         when="a touch happens", judged="a.name IN ('inbound touch', 'outbound touch')"),
    Form(15, "its ask must equal that of the last agreement",
         f"a.ask IS NULL OR {LAST_B} IS NULL OR {LAST_B} <> a.ask"),
    Form(16, "it may happen at most 1 times as often as an agreement",
         f"{SO_OFTEN.format(name=A, upto='<=', and_='')} > {SO_OFTEN.format(name=B, upto='<', and_='')}"),
    Form(16, "it may happen at most 2 times as often as an agreement, leaving out those with a decline of the same ask",
         f"{KEPT} > 2 * {SO_OFTEN.format(name=B, upto='<', and_='')}"),
    Form(17, "no two may share ask",
         f"a.ask IS NOT NULL AND {before(STEP.replace('a.', 'b.'), 'b.ask = a.ask')}",
         judged=f"{STEP} AND a.ask IS NOT NULL"),
    Form(17, "no two may share ask within 12 hours",
         f"a.ask IS NOT NULL AND {before(STEP.replace('a.', 'b.'), 'b.ask = a.ask AND ABS(a.at - b.at) < 12')}",
         judged=f"{STEP} AND a.ask IS NOT NULL"),
    Form(19, "the first event must be an introduction", "a.name <> 'introduction'",
         when="a gift or an introduction happens",
         judged="a.name IN ('gift', 'introduction') AND NOT "
                + before("b.name IN ('gift', 'introduction')")),
    Form(21, "an agreement must happen between any two",
         f"NOT EXISTS (SELECT 1 FROM e b WHERE b.k = a.k AND {IS_B} AND b.pos > {LAST_A} AND b.pos < a.pos)",
         judged=f"{STEP} AND {LAST_A} IS NOT NULL"),
    Form(22, "it must happen on Tuesday between 6:00 and 18:00",
         "CAST(a.at / 24 AS INTEGER) % 7 <> 1 OR a.at % 24 < 6 OR a.at % 24 > 18"),
    Form(23, "every earlier introduction must already have had its agreement with the same ask",
         OWED.format(older=""), when="a gift happens", judged="a.name = 'gift'"),
    Form(23, "every earlier introduction older than 12 hours must already have had its agreement with the same ask",
         OWED.format(older="AND o.at + 12 < a.at"), when="a gift happens", judged="a.name = 'gift'"),
)  # fmt: skip
"""All steps but 18 and 20, whose judged events are not those that break them."""


class Verdicts(NamedTuple):
    """The places of the events that break a policy; how many were judged, and how many are open."""

    violations: list[int]
    judged: int
    pending: int


SCOPES: dict[str, Callable[[Told], object]] = {
    "every relationship": lambda told: told.who,
    "all relationships together": lambda _: 0,
    "all relationships of one ask together": lambda told: told.ask if told.name in (A, B, C) else None,
}


EVER = 10_000


def tables(
    log: Sequence[Told], scope: str, *, happened: bool, since: int | None = None, until: int = EVER
) -> sqlite3.Connection:
    """The log as tables: all its events, and ``e`` with the key ``k`` of those that are judged together.

    By when they happened, those after ``until`` are not there.
    """
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE events (pos INTEGER, row INTEGER, k, rel INTEGER, name TEXT, at INTEGER, ask TEXT,"
        " minutes INTEGER, learnings TEXT, stage INTEGER, since INTEGER)"
    )
    order = sorted(range(len(log)), key=lambda row: (log[row].hour, row)) if happened else range(len(log))
    order = [row for row in order if not happened or log[row].hour <= until]
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (pos, row, SCOPES[scope](log[row]), log[row].who, log[row].name, log[row].hour, log[row].ask,
             log[row].minutes, log[row].learnings, log[row].stage, -EVER if since is None else since)
            for pos, row in enumerate(order)
        ],
    )  # fmt: skip
    connection.execute("CREATE VIEW e AS SELECT * FROM events WHERE k IS NOT NULL")
    return connection


def verdicts(form: Form, connection: sqlite3.Connection, today: int) -> Verdicts:
    """What the form says of the log as of an hour."""
    judged = f"FROM e a WHERE ({form.judged}) AND a.at >= since"
    return Verdicts(
        _rows(connection, f"SELECT a.row {judged} AND ({form.breaks})", today),
        len(_rows(connection, f"SELECT a.row {judged}", today)),
        len(_rows(connection, f"SELECT a.row {judged} AND ({form.waits})", today)),
    )


def _rows(connection: sqlite3.Connection, sql: str, today: int) -> list[int]:
    return sorted(row for (row,) in connection.execute(sql.replace("today", str(today))))


def not_both(connection: sqlite3.Connection) -> Verdicts:
    """Step 20: where a gift is given, an introduction and an agreement do not both happen."""
    keys = _rows(connection, "SELECT COUNT(DISTINCT k) FROM e a WHERE a.name = 'gift' AND a.at >= since", 0)
    return Verdicts(_rows(connection, f"SELECT a.row FROM e a WHERE {BOTH_FIRST}", 0), keys[0], 0)


def stays(connection: sqlite3.Connection, today: int) -> Verdicts:
    """Step 18: nobody stays longer than the duration in stage 3."""
    found: Iterable[tuple[int, int, int | None]] = connection.execute(
        f"SELECT * FROM ({STAYS}) WHERE at >= ?", (-EVER,)
    )
    all_ = list(found)
    over = [row for row, at, ended in all_ if (today if ended is None else ended) > at + HOURS]
    lasting = [row for row, at, ended in all_ if ended is None and today <= at + HOURS]
    return Verdicts(sorted(over), len(all_), len(lasting))
