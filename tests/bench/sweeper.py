"""A process that sweeps everybody, and says when the first page was fired and when all is done."""

from __future__ import annotations

import sys

from kith.workflows import Kith


def main() -> None:
    """Say when all is imported, wait for the start, and sweep."""
    print("ready", flush=True)
    sys.stdin.readline()
    pages = fired = 0

    def count(_: int, __: int) -> None:
        nonlocal pages
        pages += 1
        if pages == 1:
            print("first", flush=True)

    with Kith.open() as kith:
        for seeker in kith.due_seekers():
            with kith.serving(seeker) as served:
                fired += sum(served.sweep(progress=count).fired.values())
        print(fired, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
