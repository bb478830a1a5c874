"""How a flow gets at the engine: the store that the environment names, and who is served in it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from uuid import UUID

from kith.workflows.application.desk import By
from kith.workflows.bootstrap import Kith
from kith.workflows.flows import parent

parent.follow()  # every served run imports this module


@contextmanager
def opened(seeker: UUID | None = None) -> Generator[Kith]:
    """The engine on the store that the environment names, for that seeker if one is given."""
    with Kith.open(seeker_id=seeker) as kith:
        yield kith


def by(flow: str) -> By:
    """What the log keeps of how a command came about."""
    return {"source": f"flow:{flow}"}
