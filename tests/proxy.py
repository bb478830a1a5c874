"""A proxy before a PostgreSQL server that cuts the line at a COMMIT: before the server has it, or before its answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

NAME = ".s.PGSQL.5432"
Cut = Literal["before", "after"]


class Proxy:
    """Passes bytes on between clients and the server's socket, until it is told to cut the next COMMIT off."""

    def __init__(self, server: Path) -> None:
        self._server = server / NAME
        self.folder = Path(mkdtemp(prefix="kith-proxy-"))
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / NAME))
        self._listening.listen()
        self.cut: Cut | None = None
        self.cuts = 0
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work, daemon=True))
        self._threads[-1].start()

    def close(self) -> None:
        """End every line, and take no more clients."""
        for end in (self._listening, *self._ends):
            shut(end)
        for thread in self._threads:
            thread.join(5)
        for end in (self._listening, *self._ends):
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            self._ends += [client, server]
            server.connect(str(self._server))
            line = _Line(client, server, self)
            self._start(line.to_server)
            self._start(line.to_client)


class _Line:
    """One client's connection."""

    def __init__(self, client: socket.socket, server: socket.socket, proxy: Proxy) -> None:
        self._client, self._server, self._proxy = client, server, proxy
        self._silent = False

    def to_server(self) -> None:
        """Pass on what the client sends."""
        while data := _receive(self._client):
            if self._proxy.cut and b"COMMIT" in data:
                self._silent = True
                self._proxy.cuts += 1
                if self._proxy.cut == "before":
                    break
                self._proxy.cut = None
            send(self._server, data)
        self._proxy.cut = None if self._silent else self._proxy.cut
        self._close()

    def to_client(self) -> None:
        """Pass on what the server answers; after a cut, wait for the answer and keep it."""
        while data := _receive(self._server):
            if self._silent:
                break
            send(self._client, data)
        self._close()

    def _close(self) -> None:
        for end in (self._client, self._server):
            shut(end)


def send(end: socket.socket, data: bytes) -> None:
    """Send, unless the other end is gone."""
    with suppress(OSError):
        end.sendall(data)


def shut(end: socket.socket) -> None:
    """Let nobody read or write there any more."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def _receive(end: socket.socket) -> bytes:
    try:
        return end.recv(65_536)
    except OSError:
        return b""
