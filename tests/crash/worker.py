"""A worker that sweeps everybody who is due and sends the digests of the day, and may be killed at any moment."""

from __future__ import annotations

import sys
import time

from kith.workflows import Kith
from kith.workflows.errors import StoreError
from kith.workflows.flows.digest import send_some

PAGE = 50


def main(digests_first: bool) -> None:
    """Say when the work begins; end when nothing is left."""
    print("working", flush=True)
    steps = [digests, sweep] if digests_first else [sweep, digests]
    for step in steps:
        _patiently(step)


def sweep() -> None:
    """Fire what is due, for one seeker after the other."""
    with Kith.open() as kith:
        for seeker in kith.due_seekers():
            with kith.serving(seeker) as served:
                served.sweep(limit=PAGE)


def digests() -> None:
    """Send the digest to everybody who has not had it."""
    with Kith.open() as kith:
        seekers = [one.id for one in kith.seekers()]
    send_some.fn(seekers, True)


def _patiently(step: object) -> None:
    """As Prefect does with a task: once more after what passes by itself, such as a server that restarts."""
    assert callable(step)
    for _ in range(20):
        try:
            step()
        except StoreError:
            time.sleep(0.5)
        else:
            return
    sys.exit("the store did not come back")


if __name__ == "__main__":
    main(sys.argv[1] == "digests-first")
