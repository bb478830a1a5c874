"""The only wiring: a store, a clock and a source of ids make an engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.workflows import settings
from kith.workflows.application import Application
from kith.workflows.application.desk import Clock
from kith.workflows.errors import StoreError
from kith.workflows.ids import RunningIds
from kith.workflows.ports import Store
from kith.workflows.stores import sqlite
from kith.workflows.stores.migration import Migration

if TYPE_CHECKING:
    from kith.workflows.audits.compiled import Compiled
    from kith.workflows.audits.report import AuditReport, Order


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

    def audit(
        self,
        policies: Sequence[Path | str | Compiled] | Path | str | None = None,
        *,
        as_of: datetime | None = None,
        order: Order | str = "happened",
        since: date | None = None,
        everyone: bool = False,
        waivers: Path | str | None = None,
        names: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> AuditReport:
        """Put policies to the log: feature files, folders of them, or the policies that ship.

        ``order`` is by when things happened, or ``recorded``: by what was known then. ``as_of`` judges as if it were
        that instant, ``since`` judges only what happened from that day on. ``everyone`` audits all seekers of the
        store; it is for who runs it, and also sees consents that those who asked do not. ``waivers`` is a file of them,
        if not ``waivers.toml`` beside the policies. Without ``names``, the report names people by their ids alone.
        ``progress`` is called with how much is done, and of how much.

        Raises FaultyPolicies, an InvalidInput, with every problem of the policies and the waivers.
        """
        from kith.workflows.audits import running  # noqa: PLC0415 - everyday commands do without it

        now = self._desk.clock()
        seeker = None if everyone else self._desk.seeker_now()
        wanted = running.wanted(as_of, now, order, seeker.id if seeker else None, names=names)
        today = (seeker.calendar if seeker else Calendar()).day(wanted.as_of)
        compiled, allowed = running.understood(policies, since, waivers, today)
        report = self._desk.look_at_all(lambda reading: running.audit(reading, compiled, wanted, progress))
        return running.waived(report, allowed, names=names)


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
