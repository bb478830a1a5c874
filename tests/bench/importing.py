"""A large import, beside parsing the same export and inserting its rows with the same durability."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kith.workflows import Kith
from kith.workflows.importers.linkedin import read_linkedin
from tests.bench.measure import Measured, median, seconds

ROUNDS = 5
LIMIT_MB = 300


def large_export(folder: Path) -> Path:
    """30,000 connections and 20,000 messages, fictional and true in format."""
    path = folder / "large.zip"
    script = Path("tests/data/make_large_export.py")
    subprocess.run(
        [sys.executable, script, path, "--connections", "30000", "--messages", "20000", "--seed", "1"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return path


def run() -> Iterator[Measured]:
    """Each round in a process of its own, so that memory is told apart and no round warms another."""
    with tempfile.TemporaryDirectory() as folder:
        export = large_export(Path(folder))
        rounds = [_round(export) for _ in range(ROUNDS)]
    for name in ("parse", "raw", "import"):
        value = median([one[name] for one in rounds])
        compared = "parse and raw insert" if name == "import" else ""
        ratio = median([one["import"] / one["raw"] for one in rounds]) if compared else None
        yield Measured(f"large export: {NAMES[name]}", value, "s", compared, ratio, "×3" if compared else "")
    yield Measured("large export: memory of the import", max(r["memory"] for r in rounds), "MB", limit=f"{LIMIT_MB} MB")


NAMES = {"parse": "parse", "raw": "parse and insert raw rows", "import": "parse and import"}


def _round(export: Path) -> dict[str, float]:
    results: dict[str, float] = {}
    for what in ("raw", "import"):
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.importing", what, export], check=True, capture_output=True, text=True
        )  # fmt: skip
        results |= json.loads(told.stdout)
    return results


def raw(export: Path, folder: Path) -> dict[str, float]:
    """Parse, make rows of people and facts, and insert them under their keys, WAL + FULL, in one transaction each."""
    networks = []
    parse = seconds(lambda: networks.append(read_linkedin(export)))
    network = networks[0]

    def insert() -> None:
        people = [
            (p.keys[0], p.name, p.company, p.position, p.email, p.url, str(p.since), p.origin) for p in network.people
        ]
        facts = [(i.external_id, i.keys[0], i.at.isoformat(), i.direction, i.channel) for i in network.interactions]
        connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE people (key PRIMARY KEY, name, company, position, email, url, since, origin)")
        connection.execute("CREATE TABLE facts (id PRIMARY KEY, key, at, direction, channel)")
        for table, rows in (("people", people), ("facts", facts)):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            connection.execute("COMMIT")
        connection.close()

    return {"parse": parse, "raw": parse + seconds(insert)}


def imported(export: Path, folder: Path) -> dict[str, float]:
    """Parse and import, and close the store."""

    def work() -> None:
        with Kith.open(folder / "kith.sqlite") as kith:
            kith.register("Mira", time_zone="Europe/Lisbon")
            kith.import_network(read_linkedin(export))

    taken = seconds(work)
    return {"import": taken, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        measure = {"raw": raw, "import": imported}[sys.argv[1]]
        print(json.dumps(measure(Path(sys.argv[2]), Path(temporary))))
