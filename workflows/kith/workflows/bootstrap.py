"""The only wiring: a store, a clock and a source of ids make an engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self
from uuid import UUID

from kith.workflows import settings
from kith.workflows.application import Application
from kith.workflows.application.desk import Clock
from kith.workflows.errors import StoreError
from kith.workflows.ids import RunningIds
from kith.workflows.ports import Store
from kith.workflows.stores.sqlite import SQLiteStore


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
    if settings.on_postgres(where):
        from kith.workflows.stores import postgres_connection  # noqa: F401, PLC0415 - says what to install
        from kith.workflows.stores.postgres import PostgresStore  # noqa: PLC0415 - only where it is used

        return PostgresStore(where)
    if "://" in where:
        raise StoreError("That kind of store is not known; give a file's path, or postgresql://….")
    if where != ":memory:":
        Path(where).expanduser().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        where = str(Path(where).expanduser())
    return SQLiteStore(where)
