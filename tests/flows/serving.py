"""``kith serve`` as a real process: started, listened to, and looked after until nothing of it is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from tests.kithtest import free_port

KITH = Path(sys.executable).with_name("kith")


class Serving:
    """One ``kith serve`` over a home."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        environment = {**os.environ, "KITH_HOME": str(home)}
        environment.pop("KITH_NOW", None)
        command = [str(KITH), "serve", "--json", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        self.said: list[dict[str, Any]] = []
        self._lines: Queue[dict[str, Any]] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(json.loads(line))

    def hears(self, event: str, seconds: float = 120, **told: Any) -> dict[str, Any]:
        """Wait until it tells of such an event."""
        until = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(until - time.monotonic(), 0))
            except Empty:
                raise AssertionError(f"no {event} {told} within {seconds} s, only {self.said}\n{self.log()}") from None
            self.said.append(line)
            if line.get("event") == event and told.items() <= line.items():
                return line

    def log(self) -> str:
        """The logs of the server and the runs."""
        return "\n".join(file.read_text() for file in (self.home / "prefect").glob("*.log"))

    def ends(self, sent: signal.Signals, seconds: float = 60) -> int:
        """Send a signal, and wait for the exit code."""
        self.process.send_signal(sent)
        return self.process.wait(seconds)

    def left(self, seconds: float = 30) -> list[str]:
        """The processes that are still there, after they had some seconds to end."""
        until = time.monotonic() + seconds
        while (found := processes_of(self.home)) and time.monotonic() < until:
            time.sleep(0.1)
        return found

    def close(self) -> None:
        """Leave nothing behind, however the test went."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def processes_of(home: Path) -> list[str]:
    """The commands of all processes that were started for a home."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue  # it ended just now
            if f"KITH_HOME={home}".encode() in environment and command:
                found.append(command)
    return found
