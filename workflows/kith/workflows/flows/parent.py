"""Ends a process when the one that started it is gone, however it went: no scheduler stays behind alone."""

from __future__ import annotations

import os
import threading
import time

SERVED_BY = "KITH_SERVED_BY"
"""The variable that names the process of ``kith serve`` to its children."""
LOOK_SECONDS = 0.5


def follow() -> None:
    """Watch the serving process, if there is one, from a thread of its own.

    The kernel gives an orphan a new parent. That is seen within half a second; what the orphan had not committed is
    as if it had not been begun.
    """
    parent = int(os.environ.get(SERVED_BY, "0"))
    if parent and parent != os.getpid():
        threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)
