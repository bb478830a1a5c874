"""The benchmarks: `make bench` prints them and writes build/bench.json. Compare ratios; the machine is noisy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench import auditing, commandline, draining, importing, paths, postgres, sweeping, transition
from tests.bench.measure import Measured

BENCHMARKS: dict[str, Callable[[], Iterable[Measured]]] = {
    "transition": transition.run,
    "import": importing.run,
    "commandline": commandline.run,
    "postgres": postgres.run,
    "sweeping": sweeping.run,
    "draining": draining.run,
    "auditing": auditing.run,
    "paths": paths.run,
}


def main(names: list[str]) -> None:
    """Run the benchmarks of those names, or all of them."""
    results: list[Measured] = []
    for name in names or BENCHMARKS:
        for measured in BENCHMARKS[name]():
            results.append(measured)
            print(measured.line(), flush=True)
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps([measured.as_json() for measured in results], indent=2) + "\n")
    print(f"Written to {target}.")


if __name__ == "__main__":
    main(sys.argv[1:])
