"""What ``kith serve`` says: a sentence for people or a JSON object a line, while all else goes to the log."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from kith.domain.errors import KithError

LONGEST_LOG = 5_000_000
"""Bytes after which a log is put aside at the next start; the one put aside before goes."""


class Teller:
    """Speaks to whoever started the process."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._out, self._err = (_copy(stream.fileno()) for stream in (sys.stdout, sys.stderr))
        self._json = as_json

    def say(self, event: str, text: str, **data: Any) -> None:
        """Tell of an event; somebody who stopped listening is no reason to stop serving."""
        shown = f"{time.strftime('%H:%M')}  {text}" if event == "run" else text
        told = json.dumps({"event": event, "text": text, **data}, ensure_ascii=False) if self._json else shown
        try:
            self._out.write(told + "\n")
            self._out.flush()
        except (OSError, ValueError):
            return

    def complain(self, text: str) -> None:
        """Tell why it can't go on."""
        if self._json:
            self.say("error", text)
        else:
            self._err.write(text + "\n")
            self._err.flush()


def plain(message: str | None) -> str:
    """What a run tells of its end, without Prefect's words around the sentence of an error that Kith knows."""
    found = re.fullmatch(r"Flow run encountered an exception: (\w+): (.*)", message or "", re.DOTALL)
    if found is None:
        return message or ""
    known = found[1] in {kind.__name__ for kind in _below(KithError)}
    return found[2] if known else f"{found[1]}: {found[2]}"


def _below(kind: type[KithError]) -> Iterator[type[KithError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _below(one)


def _copy(descriptor: int) -> IO[str]:
    return os.fdopen(os.dup(descriptor), "w", encoding="utf-8", errors="replace")


def log_to(file: Path) -> None:
    """From here on everything that this process and its children print goes to that file."""
    sys.stdout.flush()
    sys.stderr.flush()
    with opened(file) as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)


def opened(file: Path) -> IO[bytes]:
    """A log to append to; one that has grown long is put aside."""
    if file.exists() and file.stat().st_size > LONGEST_LOG:
        file.replace(file.with_name(file.name + ".1"))
    return file.open("ab")
