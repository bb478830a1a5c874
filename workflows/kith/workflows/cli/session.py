"""What one call of the command line knows: its store, its clock and its options."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kith.domain.errors import InvalidInput
from kith.workflows import settings

if TYPE_CHECKING:
    from kith.domain.lint.remarks import Remark

NOT_BEGUN = "Nobody has begun in this store yet; begin with kith init."


@dataclass
class Session:
    """The options that every command shares, and whom the command turned out to be about."""

    json: bool = False
    store: str | None = None
    seeker: str | None = None
    command_id: str | None = None
    about: tuple[UUID, str] | None = None
    remarks: tuple[Remark, ...] | None = None
    """What lint says of the ask that is made or checked; None where nothing is asked."""

    @property
    def where(self) -> str:
        """The store: what ``--store`` says, or the environment."""
        return str(Path(told).expanduser()) if "://" not in (told := self.store or settings.store()) else told

    @property
    def whose(self) -> str | None:
        """The seeker who is meant: what ``--seeker`` says, or the environment."""
        return self.seeker or settings.seeker()


_CURRENT: ContextVar[Session] = ContextVar("session")


def begin() -> Session:
    """A new session, for the command that is about to run."""
    started = Session()
    _CURRENT.set(started)
    return started


def session() -> Session:
    """The session of the command that runs."""
    return _CURRENT.get()


def now() -> datetime:
    """The present instant; raises InvalidInput where ``KITH_NOW`` can't be read."""
    try:
        return settings.clock()
    except ValueError as error:
        raise InvalidInput("KITH_NOW is no instant; write it like 2026-11-23T09:00:00+01:00, or unset it.") from error
