"""The engine: one method per command and query."""

from __future__ import annotations

from types import TracebackType
from typing import Self
from uuid import UUID

from kith.workflows.application.asking import Asking
from kith.workflows.application.desk import Clock, Desk
from kith.workflows.application.importing import Importing
from kith.workflows.application.people import People
from kith.workflows.application.profile import ProfileCommands
from kith.workflows.application.queries import Queries
from kith.workflows.application.revising import Revising
from kith.workflows.application.work import NewId
from kith.workflows.ports import Store


class Application(People, Asking, ProfileCommands, Importing, Revising, Queries):
    """Everything that the command line, the pages, the HTTP API and the flows do goes through this one class.

    Every command takes ``command_id`` (carried out once, for ever) and ``source``. Errors are those of
    ``kith.domain.errors`` and ``kith.workflows.errors``.
    """

    def __init__(self, store: Store, *, clock: Clock, new_id: NewId, seeker_id: UUID | None = None) -> None:
        self._store = store
        self._desk = Desk(store, clock, new_id, seeker_id)

    @property
    def store(self) -> Store:
        """The store behind it."""
        return self._store

    def forget_states(self) -> None:
        """Drop the states kept in memory; the next command loads its own from the log."""
        self._desk.states.forget()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
