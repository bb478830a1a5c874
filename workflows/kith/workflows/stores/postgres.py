"""The store in a PostgreSQL database: a pool of connections, one transaction per command, seekers side by side."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cached_property
from uuid import UUID

import psycopg

from kith.workflows.errors import StoreError
from kith.workflows.stores.log import KithLog
from kith.workflows.stores.postgres_connection import READING, Connection, check, connect, told
from kith.workflows.stores.postgres_pool import Pool
from kith.workflows.stores.postgres_recorder import PostgresRecorder
from kith.workflows.stores.postgres_schema import lock_key
from kith.workflows.stores.postgres_transaction import PostgresTransaction

POOL_SIZE = 8
"""Connections of one process, made as they are needed."""
PATIENCE_SECONDS = 30.0
"""How long to wait for a connection, and for another command of the same seeker."""
ONE_SEEKER = "pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s)"
EVERYBODY = "pg_advisory_xact_lock(%s)"


class PostgresStore:
    """A log with its read models in one database that many processes may share."""

    all_wait = False  # only the same seeker's commands do
    turn_seconds = 0.005  # shorter, and fewer are swept; longer, and commands beside it wait longer
    pause_seconds = 0.0

    def __init__(self, url: str, *, pool_size: int = POOL_SIZE, patience: float = PATIENCE_SECONDS) -> None:
        """Open the store at that address. Its tables must be there: ``kith store migrate`` makes them.

        Raises NotMigrated, StoreTooNew, and StoreError where the server can't be reached.
        """
        self._pool, self._patience = Pool(url, pool_size, patience), patience
        self._here = threading.local()
        first = connect(url)
        try:
            check(first)
        except BaseException:
            first.close()
            raise
        self._pool.add(first)

    @contextmanager
    def writing(self, seeker_id: UUID | None = None) -> Generator[PostgresTransaction]:
        """A transaction that writes for one seeker; without one, nobody else writes."""
        with self._transaction(b"BEGIN") as connection:
            if seeker_id is None:
                connection.execute(self._patiently(EVERYBODY), (lock_key(None),))
            else:
                connection.execute(self._patiently(ONE_SEEKER), (lock_key(None), lock_key(seeker_id)))
            yield PostgresTransaction(connection)

    def _patiently(self, locks: str) -> bytes:
        """Take locks, waiting for others as long as this store has patience."""
        return f"SELECT set_config('lock_timeout', '{self._patience * 1_000:.0f}ms', true), {locks}".encode()

    @contextmanager
    def reading(self) -> Generator[PostgresTransaction]:
        """A consistent look."""
        with self._transaction(READING) as connection:
            yield PostgresTransaction(connection)

    @contextmanager
    def _transaction(self, begin: bytes) -> Generator[Connection]:
        """A transaction whose statements are sent as they come, and waited for where an answer is needed."""
        if getattr(self._here, "busy", False):
            raise StoreError("A command can't be given inside another one.")
        connection = self._pool.take()
        self._here.busy = True
        try:
            with _sending(connection):
                connection.execute(begin)
                yield connection
                ended = connection.execute(b"COMMIT")
            if ended.statusmessage != "COMMIT":
                raise StoreError("A statement of the command had failed; nothing was written.")
        except psycopg.Error as error:
            raise told(error, connection) from None
        finally:
            self._here.busy = False
            self._pool.give_back(connection)

    @cached_property
    def log(self) -> KithLog:
        """The same log as the eventsourcing library offers it."""
        return KithLog(PostgresRecorder(self))

    def close(self) -> None:
        """Let go of the connections."""
        if "log" in self.__dict__:
            self.log.close()
        self._pool.close()


@contextmanager
def _sending(connection: Connection) -> Generator[None]:
    """Statements are sent without waiting for each answer.

    What fails besides, after the block failed, is taken here: the driver would log it with the values in it.
    """
    with connection.pipeline() as pipeline:
        try:
            yield
        except BaseException:
            with suppress(psycopg.Error):
                pipeline.sync()
            raise
