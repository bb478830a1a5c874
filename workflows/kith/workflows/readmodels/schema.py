"""The tables of the read models, in SQL that SQLite and PostgreSQL both speak. Instants are microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SCHEMA = 4
"""The schema that this code knows; an older one is brought up to it, a newer one is refused."""
APPLICATION_ID = 0x4B495448
"""``KITH``: by it a file is known as a store."""
TABLES = {
    "seekers": """
        id TEXT PRIMARY KEY, name TEXT NOT NULL, time_zone TEXT NOT NULL, agenda_size INTEGER NOT NULL,
        dormant_days INTEGER NOT NULL, open_asks INTEGER NOT NULL, companies TEXT NOT NULL,
        asks_lapse TEXT NOT NULL, loops_late TEXT NOT NULL
    """,
    "relationships": """
        seeker_id TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
        company TEXT, company_key TEXT, position TEXT, email TEXT, url TEXT, origin TEXT NOT NULL, since TEXT,
        stage INTEGER NOT NULL, earned INTEGER NOT NULL, tier INTEGER,
        closed INTEGER NOT NULL, snoozed_until BIGINT, last_touch BIGINT, last_inbound BIGINT, gifts INTEGER NOT NULL,
        favours INTEGER NOT NULL, waiting TEXT, actions TEXT, shown_from BIGINT, next_due BIGINT,
        PRIMARY KEY (seeker_id, id)
    """,
    "identities": """
        seeker_id TEXT NOT NULL, key TEXT NOT NULL, relationship_id TEXT NOT NULL, PRIMARY KEY (seeker_id, key)
    """,
    "ties": """
        seeker_id TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, noted_by TEXT NOT NULL,
        version BIGINT NOT NULL, kind TEXT NOT NULL, people INTEGER, note TEXT NOT NULL, since TEXT,
        at BIGINT NOT NULL, source TEXT,
        PRIMARY KEY (seeker_id, one, other, noted_by, version)
    """,
    "backgrounds": """
        seeker_id TEXT NOT NULL, relationship_id TEXT NOT NULL, version BIGINT NOT NULL, kind TEXT NOT NULL,
        place TEXT NOT NULL, key TEXT NOT NULL, start_year INTEGER, end_year INTEGER,
        PRIMARY KEY (seeker_id, relationship_id, version)
    """,
    "commands": """
        seeker_id TEXT NOT NULL, command_id TEXT NOT NULL, originator_id TEXT NOT NULL,
        originator_version BIGINT NOT NULL, PRIMARY KEY (seeker_id, command_id)
    """,
}
"""Columns by table. ``companies`` holds what the agenda prefers: keys of target companies, and ids of people in focus.
``actions`` is what is worth doing about somebody as JSON, ``shown_from`` when the first of it is,
and ``next_due`` when the first of the relationship's timers fires: the due sheet is a row for each relationship.
A tie stands both ways round, each with the event that it was noted by; ``favours`` are those asked of somebody."""
INDEXES = {
    "to_do": "relationships (seeker_id, shown_from) WHERE shown_from IS NOT NULL",
    "due_sheet": "relationships (seeker_id, next_due, id) WHERE next_due IS NOT NULL",
}
"""What of one seeker is found without looking at what has nothing to do or due.

The due sheet is in the order in which a sweep reads it, also where thousands are due at the same instant."""

FORMER = ("timers", "agenda")
"""Tables of earlier schemas."""

OF_RELATIONSHIP = ("relationships", "identities", "ties", "backgrounds")
"""The tables that hold rows of one relationship."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """An instant as microseconds since 1970, exact."""
    return (at - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The instant of that many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)
