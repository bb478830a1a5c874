"""One ``kith serve`` a home, and a port of its own."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from kith.domain.errors import KithError
from kith.workflows.flows.environment import HOST, address

PORT = 4210
TRIES = 20


@dataclass(frozen=True)
class Serving:
    """The ``kith serve`` that runs over a home."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """Where its pages are."""
        return address(self.port)


class AlreadyServed(KithError):
    """Kith is being served over this home already."""

    def __init__(self, serving: Serving | None) -> None:
        super().__init__(f"Kith is being served over this home already{_where(serving)}.")


class PortTaken(KithError):
    """That port is taken by another program; choose another one with --port."""

    def __init__(self, first: int, last: int) -> None:
        ports = f"Port {first} is" if first == last else f"All ports from {first} to {last} are"
        super().__init__(f"{ports} taken by another program; choose another one with --port.")


def _where(serving: Serving | None) -> str:
    return f" (process {serving.pid}, {serving.url}); use that one, or stop it first" if serving else ""


@contextmanager
def claimed(folder: Path) -> Generator[Callable[[int], None]]:
    """Be the one that serves this home until the block ends; a process that is killed lets go by itself.

    The block is given what it is to tell its port to. Raises AlreadyServed.
    """
    with _file(folder).open("a+", encoding="utf-8") as file:
        if not _lock(file):
            raise AlreadyServed(_told(folder))

        def claim(port: int) -> None:
            file.truncate(0)
            json.dump(asdict(Serving(os.getpid(), port)), file)
            file.flush()

        try:
            yield claim
        finally:
            file.truncate(0)


def serving(folder: Path) -> Serving | None:
    """The ``kith serve`` that runs over this home, if one does."""
    if not _file(folder).exists():
        return None
    with _file(folder).open("a+", encoding="utf-8") as file:
        return None if _lock(file) else _told(folder)


def _told(folder: Path) -> Serving | None:
    try:
        return Serving(**json.loads(_file(folder).read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError):
        return None  # it has only just begun, or is about to end


def _file(folder: Path) -> Path:
    return folder / "serving.json"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        try:
            file.seek(2**30)  # beyond what is written, for a locked byte can't be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def free_port(wanted: int | None) -> int:
    """The port that was asked for, or else the first free one from ours on. Raises PortTaken."""
    candidates = range(PORT, PORT + TRIES) if wanted is None else range(wanted, wanted + 1)
    found = next((port for port in candidates if _is_free(port)), None)
    if found is None:
        raise PortTaken(candidates[0], candidates[-1])
    return found


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
