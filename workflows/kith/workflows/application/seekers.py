"""Many seekers in one store: who they are, whose timers are due, and an engine for each of them."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from kith.domain.errors import InvalidInput
from kith.workflows.application.desk import Desk
from kith.workflows.ports import Store
from kith.workflows.readmodels.due import due_seekers


class SeekerListed(NamedTuple):
    """A seeker in a list."""

    id: UUID
    name: str


class Share:
    """One engine's share in a store that several may use; the store is closed with the last one."""

    def __init__(self, store: Store, others: set[Share] | None = None) -> None:
        self._store, self._all = store, set[Share]() if others is None else others
        self._all.add(self)

    def another(self) -> Share:
        """A share for one more engine."""
        return Share(self._store, self._all)

    def close(self) -> None:
        """Give the share up; the second time nothing happens."""
        if self in self._all:
            self._all.remove(self)
            if not self._all:
                self._store.close()


class Seekers:
    """Questions about all seekers of the store."""

    _desk: Desk

    def seekers(self) -> list[SeekerListed]:
        """Everybody who is registered in this store, by name."""
        rows = self._desk.look_at_all(lambda reading: reading.query("SELECT id, name FROM seekers ORDER BY name, id"))
        return [SeekerListed(UUID(id_), name) for id_, name in rows]

    def due_seekers(self, *, shard: int = 0, shards: int = 1, limit: int | None = None) -> list[UUID]:
        """The seekers with a timer due by now, those first who have waited longest.

        With ``shards``, only those of one shard; a seeker is always in the same one.
        """
        if not 0 <= shard < shards:
            raise InvalidInput("A shard is a number from 0 to one less than the number of shards.")
        now = self._desk.clock()
        found = self._desk.look_at_all(lambda reading: due_seekers(reading.query, now, shard, shards))
        return [UUID(id_) for id_ in found[:limit]]
