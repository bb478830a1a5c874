"""``kith serve``: one process tree that fires what is due, on this machine alone, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from uuid import UUID

from kith.domain.errors import NotFound
from kith.workflows import settings
from kith.workflows.bootstrap import Kith
from kith.workflows.flows import claiming, environment
from kith.workflows.flows.child import server
from kith.workflows.flows.parent import SERVED_BY
from kith.workflows.flows.telling import Teller, log_to, plain

FAILED = 1
SIGNALS = [sent for sent in signal.Signals if sent.name in {"SIGINT", "SIGTERM", "SIGHUP"}]
"""What stops it."""

Seekers = Sequence[tuple[UUID, str]]
"""Everybody in the store, with their time zones."""


@dataclass(frozen=True)
class Place:
    """Where this machine's schedules are served."""

    folder: Path
    port: int
    seekers: Seekers

    @property
    def url(self) -> str:
        """Where the runs and their reports are shown."""
        return environment.address(self.port)


def serve(port: int | None, teller: Teller) -> int:
    """Serve until stopped; returns 0 if that was by Ctrl-C or SIGTERM. Raises AlreadyServed, PortTaken, KithError."""
    os.umask(0o077)
    seekers = _seekers()
    if not seekers:
        raise NotFound("Nobody has begun in this store yet; begin with kith init.")
    folder = environment.home().absolute()
    with claiming.claimed(folder) as claim:
        place = Place(folder, claiming.free_port(port), seekers)
        claim(place.port)
        _open(teller, place, wanted=port)
        environment.enter(place.port)
        os.environ[SERVED_BY] = str(os.getpid())
        log_to(folder / "serve.log")
        return asyncio.run(_Serving(place, teller).run())


def _seekers() -> Seekers:
    with Kith.open() as kith:
        return [(one.id, kith.serving(one.id).seeker().calendar.zone_name) for one in kith.seekers()]


def _open(teller: Teller, place: Place, wanted: int | None) -> None:
    moved = place.port != (wanted or claiming.PORT)
    told = f"Port {claiming.PORT} is taken by another program, so this is port {place.port}.\n" if moved else ""
    if "KITH_NOW" in os.environ:
        told += f"KITH_NOW says that it is {os.environ['KITH_NOW']}, and time stands still; unset it to go on.\n"
    store = settings.shown(settings.store())
    teller.say(
        "starting",
        f"Kith does by itself what is due, with the store {store}.\n"
        f"  Runs and reports  {place.url}, in about a quarter of a minute\n"
        f"  Logs              {place.folder / 'serve.log'}\n"
        f"  To stop           Ctrl-C\n{told}Starting …",
        url=place.url,
        log=str(place.folder / "serve.log"),
        store=store,
        pid=os.getpid(),
    )


class _Serving:
    """The time from the start to the stop."""

    def __init__(self, place: Place, teller: Teller) -> None:
        self._place, self._teller = place, teller
        self._stop = asyncio.Event()
        self._since = time.monotonic()

    async def run(self) -> int:
        """Start the server, serve, and end everything in order."""
        self._heed_signals()
        code = 0
        importing = asyncio.create_task(asyncio.to_thread(import_module, "kith.workflows.flows.local"))
        try:
            async with server(self._place.folder, self._place.port, self._stop) as process:
                await importing  # Prefect, for which the environment is set now, and for which the server has time
                if not self._stop.is_set():
                    code = await self._serve(process)
        finally:
            self._teller.say("stopped", "Stopped.")
        return code

    async def _serve(self, process: asyncio.subprocess.Process) -> int:
        from kith.workflows.flows import local  # noqa: PLC0415 - Prefect, imported by now

        async with local.serving(self._place.seekers, self._stop.set) as running:
            self._heed_signals()
            self._teller.say("ready", self._ready(), url=self._place.url)
            telling = asyncio.create_task(self._tell_endings())
            stopping = asyncio.create_task(self._stop.wait())
            dying = asyncio.create_task(process.wait())
            await asyncio.wait([stopping, dying, running], return_when=asyncio.FIRST_COMPLETED)
            for task in (telling, stopping, dying):
                task.cancel()
            self._teller.say("stopping", "Stopping …" if self._stop.is_set() else self._broken())
        return 0 if self._stop.is_set() else FAILED

    def _heed_signals(self) -> None:
        for sent in SIGNALS:
            if sent.name != "SIGHUP" or signal.getsignal(sent) is not signal.SIG_IGN:  # as nohup has it
                with suppress(NotImplementedError):
                    asyncio.get_running_loop().add_signal_handler(sent, self._stop.set)

    def _ready(self) -> str:
        seconds = time.monotonic() - self._since
        return f"Ready after {seconds:.0f} s: {self._place.url}. What became due before is looked at first."

    def _broken(self) -> str:
        return f"The scheduler ended by itself; {self._place.folder / 'server.log'} says why. Stopping …"

    async def _tell_endings(self) -> None:
        from prefect.client.orchestration import get_client  # noqa: PLC0415 - as above

        from kith.workflows.flows.watching import endings  # noqa: PLC0415 - as above

        async with get_client() as client:
            async for run in endings(client):
                state = run.state
                name = (state and state.name) or "Ended"
                message = plain(state.message if state else None)
                self._teller.say(
                    "run", f"{run.name}: {name.lower()}. {message}".removesuffix(". "), run=str(run.id), state=name
                )
