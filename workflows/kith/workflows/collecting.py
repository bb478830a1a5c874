"""Sparing the search for reference cycles while many thousands of values without any are made."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def without_collections() -> Generator[None]:
    """No search for reference cycles within: it took a quarter of the time of an import, and found nothing.

    What was made within counts as old afterwards, or the first search would go through all of it at once.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
