"""How long a person waits at the command line, over a network of 30,000 people."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kith.workflows import Kith
from kith.workflows.importers.linkedin import read_linkedin
from tests.bench.importing import large_export
from tests.bench.measure import Measured, median, seconds

ROUNDS = 15


def run() -> Iterator[Measured]:
    """`kith --help` and `kith today` as whole processes, page cache warm."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "kith.sqlite")
        with Kith.open(store) as kith:
            kith.register("Mira", time_zone="Europe/Lisbon")
            kith.import_network(read_linkedin(large_export(Path(folder))))
        bare = [seconds(lambda: _run([sys.executable, "-c", "pass"], store)) for _ in range(ROUNDS)]
        for words, limit in (("--help", "0.25 s"), ("today", "0.4 s")):
            command = [str(Path(sys.executable).with_name("kith")), words]
            taken = median([seconds(partial(_run, command, store)) for _ in range(ROUNDS)])
            yield Measured(f"kith {words}", taken, "s", "python -c pass", taken / median(bare), limit)


def _run(command: list[str], store: Path) -> None:
    subprocess.run(command, check=True, env={**os.environ, "KITH_STORE": str(store)}, stdout=subprocess.DEVNULL)
