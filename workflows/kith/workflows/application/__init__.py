"""The engine: one method per command and query."""

from __future__ import annotations

import weakref
from types import TracebackType
from typing import Self
from uuid import UUID

from kith.workflows.application.advancing import Advancing
from kith.workflows.application.asking import Asking
from kith.workflows.application.desk import Clock, Desk
from kith.workflows.application.digesting import Digesting
from kith.workflows.application.drafting import Drafting
from kith.workflows.application.exporting import Exporting
from kith.workflows.application.importing import Importing
from kith.workflows.application.introductions import Introductions
from kith.workflows.application.learning import Learning
from kith.workflows.application.openings import Openings
from kith.workflows.application.paths import PathFinding
from kith.workflows.application.people import People
from kith.workflows.application.profile import ProfileCommands
from kith.workflows.application.queries import Queries
from kith.workflows.application.revising import Revising
from kith.workflows.application.seekers import Seekers, Share
from kith.workflows.application.sweeping import Sweeping
from kith.workflows.application.ties import Tying
from kith.workflows.application.what_if import WhatIfs
from kith.workflows.application.work import NewId
from kith.workflows.ports import Store


class Application(
    People,
    Tying,
    Asking,
    ProfileCommands,
    Importing,
    Revising,
    Introductions,
    Sweeping,
    Advancing,
    Digesting,
    Openings,
    Learning,
    Drafting,
    Queries,
    WhatIfs,
    Exporting,
    PathFinding,
    Seekers,
):
    """Everything that the command line, the pages, the HTTP API and the flows do goes through this one class.

    Every command takes ``command_id`` (carried out once, for ever) and ``source``. Errors are those of
    ``kith.domain.errors`` and ``kith.workflows.errors``.
    """

    def __init__(self, store: Store, *, clock: Clock, new_id: NewId, seeker_id: UUID | None = None) -> None:
        self._store, self._share = store, Share(store)
        self._desk = Desk(store, clock, new_id, seeker_id)

    def serving(self, seeker_id: UUID) -> Self:
        """Another engine over the same store, for another seeker.

        Each may be closed without the other; the store is closed with the last one. An engine that was got here and
        is used no more counts as closed.
        """
        desk = self._desk
        other = type(self)(self._store, clock=desk.clock, new_id=desk.new_id, seeker_id=seeker_id)
        other._share = self._share.another()
        weakref.finalize(other, other._share.close).atexit = False
        return other

    @property
    def store(self) -> Store:
        """The store behind it."""
        return self._store

    def forget_states(self) -> None:
        """Drop the states kept in memory; the next command loads its own from the log."""
        self._desk.states.forget()

    def close(self) -> None:
        """Let go of the store."""
        self._share.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
