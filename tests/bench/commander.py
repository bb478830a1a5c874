"""A process that gives one command after the other and measures how long each takes."""

from __future__ import annotations

import json
import select
import sys
import time
from itertools import cycle

from kith.workflows import Kith, Person, Touch

PEOPLE = 100
BETWEEN_SECONDS = 0.005


def main() -> None:
    """Between two lines that it is told, touch somebody again and again; then tell how long each took, in seconds."""
    with Kith.open() as kith:
        kith.register("Seeker in a hurry", another=True)
        everybody = cycle([kith.meet(Person(name=f"Person {number}")) for number in range(PEOPLE)])
        print("ready", flush=True)
        for _ in sys.stdin:
            taken = list[float]()
            while not select.select([sys.stdin], [], [], BETWEEN_SECONDS)[0]:
                start = time.perf_counter()
                kith.touch(next(everybody), Touch.message())
                taken.append(time.perf_counter() - start)
            sys.stdin.readline()
            print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    main()
