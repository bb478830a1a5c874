"""A process of a benchmark that is told lines and answers with lines, and is watched from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Thread

from psutil import Process

LOOK_SECONDS = 0.1
"""Between two looks at a process."""
MEGABYTE = 1024 * 1024


class Most:
    """What a process has at most beyond what it had when it was first looked at."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._before = self._now()
        self.megabytes, self.threads = 0.0, 0

    def look(self) -> None:
        """Look at it now."""
        memory, threads = self._now()
        self.megabytes = max(self.megabytes, (memory - self._before[0]) / MEGABYTE)
        self.threads = max(self.threads, threads - self._before[1])

    def _now(self) -> tuple[int, int]:
        return self._process.memory_info().rss, self._process.num_threads()


class Helper:
    """The process."""

    def __init__(self, module: str, **settings: str) -> None:
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{module}"], env={**os.environ, **settings}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self._started

    def tell(self, line: str) -> None:
        """Tell it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """Wait for a line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process ended too early"
        return line

    def ask(self, line: str) -> str:
        """Tell it a line and wait for the answer."""
        self.tell(line)
        return self.hear()

    def during(self, work: Callable[[], object]) -> str:
        """What it tells of what it did while other work was done."""
        self.tell("begin")
        work()
        return self.ask("end")

    @contextmanager
    def watched(self) -> Generator[Most]:
        """Look at it now and then."""
        most, over = Most(Process(self._process.pid)), Event()

        def watch() -> None:
            while not over.wait(LOOK_SECONDS):
                most.look()

        watching = Thread(target=watch)
        watching.start()
        try:
            yield most
        finally:
            over.set()
            watching.join()

    def end(self) -> None:
        """Nothing more is told to it: wait until it ended."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(60) == 0
