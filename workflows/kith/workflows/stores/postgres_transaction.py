"""One transaction on PostgreSQL: the statements of every store, sent without waiting for those that give nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg

from kith.workflows.ports import LogRow
from kith.workflows.readmodels.rows import Row
from kith.workflows.stores.postgres_connection import Connection, as_json, translated
from kith.workflows.stores.recorder import COLUMNS
from kith.workflows.stores.sql import COLUMNS as COLUMNS_OF
from kith.workflows.stores.sql import REMEMBER, inserting, upserting
from kith.workflows.stores.transaction import HEAD_BYTES, STREAMED, Transaction

INSERT = f"INSERT INTO stored_events ({COLUMNS})"
INSERT_MANY = f"{INSERT} SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[])"
OF_ONE = "WITH written AS ({insert}) " + REMEMBER.replace("?", "%s")
INSERT_ONE_OF_ONE = OF_ONE.format(insert=f"{INSERT} VALUES (%s, %s, %s, %s)")
INSERT_MANY_OF_ONE = OF_ONE.format(insert=INSERT_MANY)
"""The events of one command and its id, in one statement."""
SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())"
"""Every transaction below the oldest that is still open has ended: none of its rows can appear any more."""
FOREIGN = "SELECT 1 FROM stored_events WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT 1"
ROWS_OF = f"""
    DECLARE looked_at NO SCROLL CURSOR FOR
    SELECT sequence, originator_id::bytea, originator_version, topic::bytea,
           CASE WHEN topic = ANY(%s) THEN state ELSE substr(state, 1, {HEAD_BYTES}) END
    FROM stored_events WHERE topic = ANY(%s) ORDER BY xid, sequence
""".encode()
FETCH = f"FETCH {STREAMED} FROM looked_at".encode()
"""Texts come as bytes, which the driver reads without asking us about each."""
FROM_JSON = "SELECT * FROM json_populate_recordset(NULL::{table}, ?)"
"""All rows as one value, which the server takes apart: a tenth of our work for a value of each column."""
OF_MANY = f"""
    SELECT {COLUMNS} FROM unnest(?::text[]) WITH ORDINALITY AS wanted (id, number) CROSS JOIN LATERAL (
        SELECT {COLUMNS} FROM stored_events WHERE originator_id = wanted.id ORDER BY originator_version OFFSET 0) AS one
    ORDER BY number, originator_version
"""
"""Each aggregate by its index. Asked for with IN, a server without statistics, as after a large import, reads the
whole log; the OFFSET keeps it from planning this in the same way."""
MANY = 16
"""From so many rows on it pays to have the driver send them in a batch."""


class PostgresTransaction(Transaction):
    """One transaction on a connection that sends statements without waiting for answers."""

    page_sql = f"""
        SELECT xid::text::bigint, sequence, {COLUMNS} FROM stored_events
        WHERE (xid, sequence) > (?::text::xid8, ?) {{where}} ORDER BY xid, sequence LIMIT ?
    """
    containing_sql = "position(? IN state) > 0"
    settled_sql = SETTLED

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query on the read models."""
        try:
            return self._connection.execute(translated(sql), parameters, binary=True).fetchall()
        except psycopg.ProgrammingError as error:
            if error.sqlstate:
                raise
            return []  # the statement was none that gives rows

    def _execute(self, sql: str, parameters: Sequence[Any] = ()) -> object:
        return self._connection.execute(translated(sql), parameters)

    def _executemany(self, sql: str, rows: Iterable[Row]) -> object:
        waiting = list(rows)
        if len(waiting) >= MANY:
            self._connection.cursor().executemany(translated(sql), waiting)
        else:
            for row in waiting:
                self._execute(sql, row)
        return None

    def _of_many(self, originators: Sequence[str]) -> list[Row]:
        return self.query(OF_MANY, (list(originators),))

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        self._put(inserting(table, FROM_JSON.format(table=table)), table, rows)

    def _upsert(self, table: str, rows: Sequence[Row]) -> None:
        self._put(upserting(table, FROM_JSON.format(table=table)), table, rows)

    def _put(self, sql: str, table: str, rows: Sequence[Row]) -> None:
        if rows:
            self._execute(sql, (as_json([dict(zip(COLUMNS_OF[table], row, strict=True)) for row in rows]),))

    def _append(self, rows: Sequence[Row], commands: Sequence[Row]) -> None:
        if len(rows) == 1:
            self._connection.execute(INSERT_ONE_OF_ONE, (*rows[0], *commands[0]))
        elif len(commands) == 1:
            self._connection.execute(INSERT_MANY_OF_ONE, (*_columns(rows), *commands[0]))
        else:
            self.put(rows)
            self._executemany(REMEMBER, commands)

    def put(self, rows: Sequence[Row]) -> None:
        """Insert rows of the log as they are."""
        if rows:
            self._connection.execute(INSERT_MANY, _columns(rows))

    def rows_of(self, topics: Sequence[str], whole: Sequence[str]) -> Iterator[Sequence[LogRow]]:
        """The rows of these topics in the order of the log, many at a time; all bytes only of ``whole``."""
        execute = self._connection.execute
        execute(ROWS_OF, (list(whole), list(topics)))
        while rows := execute(FETCH, binary=True).fetchall():
            yield [(row[0], row[1].decode(), row[2], row[3].decode(), row[4]) for row in rows]
        execute(b"CLOSE looked_at")

    def mark(self) -> object:
        """Others may always have written: what is remembered is looked up in the log."""
        return object()

    def integrity(self) -> list[str]:
        """The server sees to its files; what it can't see is a log that another server wrote."""
        if not self.query(FOREIGN):
            return []
        return ["The log was brought here from another server; kith store migrate puts its order right."]


def _columns(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
