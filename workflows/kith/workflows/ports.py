"""What the engine needs of a store: one transaction for events, command ids and read models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from uuid import UUID

from kith.domain.log import Recorded
from kith.workflows.errors import CorruptEvent
from kith.workflows.readmodels.rows import Change, Row, Rows

OnCorrupt = Callable[[CorruptEvent], None]
Chosen = Callable[[str, str], bool]
"""Whether a row is wanted, by the id of its aggregate in hexadecimal digits and its topic."""
Place = tuple[int, int]
"""Where an event stands in the log, for readers that follow it: the transaction that wrote it, and its sequence."""
LogRow = tuple[int, str, int, str, bytes]
"""A row of the log as it is stored: sequence, aggregate in 32 hexadecimal digits, version, topic, and bytes."""
START: Place = (0, 0)
"""Before the first event."""
REGISTRY = UUID(int=0)
"""Whom a command is about that registers a seeker: those who register take turns."""


class Reading(Protocol):
    """A consistent look at the store."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query on the read models, with ``?`` for each parameter."""
        ...

    def mark(self) -> object:
        """Equal to an earlier one if nobody wrote to the store in between."""
        ...

    def events(self, originator: UUID, after: int = 0) -> list[Recorded]:
        """The aggregate's events above a version, oldest first. Raises CorruptEvent."""
        ...

    def events_of(self, originators: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """The events of many aggregates, each oldest first; one of which a row can't be read is left out."""
        ...

    def scan(self, on_corrupt: OnCorrupt, containing: str = "", *, chosen: Chosen | None = None) -> Iterator[Recorded]:
        """The whole log in the order in which it was written, or the rows whose bytes contain a text.

        ``chosen`` leaves rows out before they are decoded. A row that can't be read is passed to ``on_corrupt`` and
        left out.
        """
        ...

    def page(self, after: Place, size: int, *, settled: bool = True) -> list[tuple[Place, Recorded | CorruptEvent]]:
        """The next rows of the log after a place, each with its own place.

        Who goes on from the last place misses nothing: rows are held back while a command is being written that may
        come to stand before them. With ``settled=False`` those come too, and nobody may go on from there.
        """
        ...

    def rows_of(self, topics: Sequence[str], whole: Sequence[str]) -> Iterator[Sequence[LogRow]]:
        """The rows of these topics in the order of the log, many at a time and never none.

        Of topics that are not in ``whole`` only the first bytes, which tell when it happened: a fifth of the cost.
        """
        ...

    def last_sequence(self) -> int:
        """The highest number of the log's sequence; 0 if nothing was written yet."""
        ...

    def command(self, seeker_id: UUID, command_id: str) -> list[Recorded]:
        """The events that a seeker's command wrote to the aggregate it was about; none if it was not carried out."""
        ...

    def integrity(self) -> list[str]:
        """What the database itself finds wrong with its file; empty if nothing."""
        ...


class Writing(Reading, Protocol):
    """A transaction that writes. It is carried out whole when its block ends, or not at all."""

    def append(self, seeker_id: UUID, recorded: Sequence[Recorded]) -> None:
        """Write events and the ids of the seeker's commands. Raises Conflict if a version is taken."""
        ...

    def write_rows(self, changes: Sequence[Change]) -> None:
        """Bring the rows of relationships up to date."""
        ...

    def insert_rows(self, rows: Iterable[Rows]) -> None:
        """Insert the rows of relationships that are new."""
        ...

    def write_seeker(self, row: Row) -> None:
        """Bring the row of a seeker up to date."""
        ...

    def clear_rows(self, seeker: UUID | None = None) -> None:
        """Empty the read models, of one seeker or all of them."""
        ...

    def rebuild_commands(self, on_corrupt: OnCorrupt) -> None:
        """Recreate the table of command ids from the whole log; rows that can't be read are told."""
        ...


class Store(Protocol):
    """A log with its read models."""

    all_wait: bool
    """Whether everybody waits for whoever writes, so that all is better read before that can be."""
    turn_seconds: float
    """For so long a long work may write before it lets others write."""
    pause_seconds: float
    """And for so long it lets them; 0 where those who wait are called when it is their turn."""

    def writing(self, seeker_id: UUID | None = None) -> AbstractContextManager[Writing]:
        """A transaction, begun at once; rolled back if its block raises.

        Nobody else writes for that seeker meanwhile; without a seeker, nobody else writes at all. Raises Conflict,
        StoreBusy, and StoreInterrupted, after which only the command id tells whether it was carried out.
        """
        ...

    def reading(self) -> AbstractContextManager[Reading]:
        """A consistent look."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
