"""Prefect's server as a child of ``kith serve``: started, waited for, and ended."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from kith.domain.errors import KithError
from kith.workflows.flows.environment import address
from kith.workflows.flows.parent import SERVED_BY
from kith.workflows.flows.telling import opened

HEALTHY_SECONDS = 180.0
"""A first start makes the database; on a busy machine that takes its time."""
LOOK_SECONDS = 0.2
END_SECONDS = 10.0


class ServerFailed(KithError):
    """The scheduler did not start."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"The scheduler did not start; {log} says why.")


@asynccontextmanager
async def server(folder: Path, port: int, stop: asyncio.Event) -> AsyncGenerator[Process]:
    """Prefect's server, healthy unless a stop was asked for; its end is the block's. Raises ServerFailed."""
    log = folder / "server.log"
    process = await _start(log, port)
    try:
        await _healthy(process, port, log, stop)
        yield process
    finally:
        await _end(process)


async def _start(log: Path, port: int) -> Process:
    command = (sys.executable, "-m", "kith.workflows.flows.server", str(port))
    with opened(log) as out:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # a Ctrl-C at the terminal is ours, and we end it in order
            env={**os.environ, SERVED_BY: str(os.getpid())},
        )


async def _healthy(process: Process, port: int, log: Path, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(HEALTHY_SECONDS):
            while process.returncode is None:
                if stop.is_set() or await asyncio.to_thread(answers, port):
                    return
                await asyncio.sleep(LOOK_SECONDS)
    raise ServerFailed(log)


def answers(port: int) -> bool:
    """Whether a healthy server answers on a port of this machine."""
    try:
        with build_opener(ProxyHandler({})).open(f"{address(port)}/api/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
