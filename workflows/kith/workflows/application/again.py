"""Trying again: after a conflict, and after a lost connection, until what was wanted is settled."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kith.domain.errors import Conflict
from kith.workflows.errors import StoreBusy, StoreInterrupted

CONFLICTS = 5
"""So often somebody else may be faster."""
PATIENCE_SECONDS = 30.0
"""So long a store may be gone: a server's restart takes some seconds."""
PAUSE_SECONDS = 0.2

Result = TypeVar("Result")


def again(attempt: Callable[[bool], Result]) -> Result:
    """What an attempt gives, tried anew after a conflict, and after a lost connection as soon as there is another.

    It is told whether an earlier attempt may have been carried out without our knowing: then it has to look first.
    """
    conflicts, unknown, since = 0, False, time.monotonic()
    while True:
        try:
            return attempt(unknown)
        except Conflict:
            conflicts += 1
            if conflicts == CONFLICTS:
                raise
        except StoreBusy:
            if unknown:
                raise StoreInterrupted from None  # it may have been carried out, and busy would say that it was not
            raise
        except StoreInterrupted:
            unknown = True
            if time.monotonic() - since > PATIENCE_SECONDS:
                raise
            time.sleep(PAUSE_SECONDS)
