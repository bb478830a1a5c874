"""The only wiring: a store, a clock and a source of ids make an engine."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Self
from uuid import UUID

from kith.workflows import settings
from kith.workflows.application import Application
from kith.workflows.application.desk import Clock
from kith.workflows.errors import StoreError
from kith.workflows.ids import RunningIds
from kith.workflows.ports import Store
from kith.workflows.stores import sqlite
from kith.workflows.stores.migration import Migration


class Kith(Application):
    """The workflow engine of one seeker's professional relationships."""

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        *,
        seeker_id: UUID | None = None,
        clock: Clock = settings.clock,
        new_id: Callable[[], UUID] | None = None,
    ) -> Self:
        """Open a store: a file's path, ``:memory:``, ``postgresql://…``, or what ``KITH_STORE`` says.

        A file that is missing is made; the tables of a database are made by ``kith store migrate``.
        """
        opened = _opened(str(store or settings.store()))
        return cls(opened, clock=clock, new_id=new_id or RunningIds(), seeker_id=seeker_id)


def _opened(where: str) -> Store:
    if _on_postgres(where):
        from kith.workflows.stores.postgres import PostgresStore  # noqa: PLC0415 - only where it is used

        return PostgresStore(where)
    if where != ":memory:":
        Path(where).expanduser().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        where = str(Path(where).expanduser())
    return sqlite.SQLiteStore(where)


def migrate(store: str | None = None, *, dry_run: bool = False) -> Migration:
    """Make a store's tables, or bring them up to date: what ``kith store migrate`` does."""
    where = store or settings.store()
    if _on_postgres(where):
        from kith.workflows.stores import postgres_schema  # noqa: PLC0415 - only where it is used

        return postgres_schema.migrate(where, dry_run=dry_run)
    return sqlite.migrate(str(Path(where).expanduser()), dry_run=dry_run)


def _on_postgres(where: str) -> bool:
    if settings.on_postgres(where):
        import_module("kith.workflows.stores.postgres_connection")  # says what to install, if anything
        return True
    if "://" in where:
        raise StoreError("That kind of store is not known; give a file's path, or postgresql://….")
    return False
