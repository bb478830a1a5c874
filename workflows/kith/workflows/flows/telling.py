"""What ``kith serve`` says: a sentence for people or a JSON object a line, while all else goes to the log."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

LONGEST_LOG = 5_000_000
"""Bytes after which a log is put aside at the next start; the one put aside before goes."""


class Teller:
    """Speaks to whoever started the process."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="replace")
        self._json = as_json

    def say(self, event: str, text: str, **data: Any) -> None:
        """Tell of an event; somebody who stopped listening is no reason to stop serving."""
        told = json.dumps({"event": event, "text": text, **data}, ensure_ascii=False) if self._json else text
        try:
            self._out.write(told + "\n")
            self._out.flush()
        except (OSError, ValueError):
            self._json = True


def log_to(file: Path) -> None:
    """From here on everything that this process and its children print goes to that file."""
    if file.exists() and file.stat().st_size > LONGEST_LOG:
        file.replace(file.with_name(file.name + ".1"))
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(opened, 1)
    os.dup2(opened, 2)
    os.close(opened)
