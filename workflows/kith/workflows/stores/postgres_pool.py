"""The connections of one process to PostgreSQL: made when needed, used again, and replaced once one was lost."""

from __future__ import annotations

import threading
from contextlib import suppress

import psycopg
from psycopg.pq import TransactionStatus

from kith.workflows.errors import StoreBusy, StoreError, StoreInterrupted
from kith.workflows.stores.postgres_connection import Connection, connect


class Pool:
    """At most ``size`` connections; whoever comes when all are in use waits for one, ``patience`` seconds at most.

    Connections are made by who needs them, without threads in the background: what is wrong with a server is told at
    once and in its own words, and a server that is back is used at once.
    """

    def __init__(self, url: str, size: int, patience: float) -> None:
        self._url, self._size, self._patience = url, size, patience
        self._free = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._closed = False

    def add(self, connection: Connection) -> None:
        """Keep a connection that was made elsewhere."""
        self._idle.append(connection)

    def take(self) -> Connection:
        """A connection. Raises StoreBusy if all stay in use, StoreInterrupted if the server can't be reached."""
        if self._closed:
            raise StoreError("The store is closed; open it again.")
        if not self._free.acquire(timeout=self._patience):
            raise StoreBusy(
                f"All {self._size} connections of this process to the store were in use for {self._patience:g} "
                "seconds; nothing was written. Try again."
            )
        try:
            return self._used_before() or connect(self._url)
        except BaseException as error:
            self._free.release()
            if isinstance(error, StoreError) and not isinstance(error, StoreBusy):
                raise StoreInterrupted(str(error)) from None
            raise

    def _used_before(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def give_back(self, connection: Connection) -> None:
        """Take a connection back, if it is still good.

        One on which a statement failed is closed, for the driver may think that statements were prepared on it which
        the server skipped. If it was lost, the idle ones are let go of too: they are hardly better.
        """
        if connection.info.transaction_status is TransactionStatus.INTRANS:
            with suppress(psycopg.Error):
                connection.execute(b"ROLLBACK", prepare=False)
        lost = connection.closed
        if connection.info.transaction_status is TransactionStatus.IDLE and not self._closed:
            with self._lock:
                self._idle.append(connection)
        else:
            connection.close()
        if lost:
            self._let_go()
        self._free.release()

    def _let_go(self) -> None:
        while (connection := self._used_before()) is not None:
            connection.close()

    def close(self) -> None:
        """Let go of every connection; those in use are closed when they come back."""
        self._closed = True
        self._let_go()
