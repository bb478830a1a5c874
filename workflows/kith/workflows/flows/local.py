"""The schedules of one machine: the catalogue's deployments, served by a runner in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.schedules import Schedule as PrefectSchedule

from kith.workflows.flows.catalogue import CATALOGUE, Entry, Limit, Schedule
from kith.workflows.flows.watching import clear_left

DEPLOYMENT = "kith"
AT_ONCE = 3
LOOK_SECONDS = 0.05
END_SECONDS = 15.0
BEGIN_SECONDS = 60
"""How long a run may take to begin before its place is given to another one."""


class LocalRunner(Runner):
    """A runner that leaves the end to its owner, and the schedules as they are when it ends."""

    def __init__(self, ended: Callable[[], None]) -> None:
        super().__init__(name="kith", limit=AT_ONCE, pause_on_shutdown=False)
        self._ended = ended

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """What a SIGTERM does while it runs."""
        self._ended()


async def deploy(runner: Runner, seekers: Sequence[tuple[UUID, str]]) -> dict[str, UUID]:
    """Make the catalogue's deployments, and return their ids by name; seekers come with their time zones."""
    return {one.name: await runner.aadd_deployment(deployment(one, seekers)) for one in CATALOGUE}


def deployment(entry: Entry, seekers: Sequence[tuple[UUID, str]]) -> RunnerDeployment:
    """One flow as it is served on this machine."""
    return RunnerDeployment.from_entrypoint(
        entry.entrypoint,
        name=DEPLOYMENT,
        description=entry.tells,
        schedules=[_schedule(one) for one in schedules(entry, seekers)],
        concurrency_limit=_limit(entry.local_limit),
    )


def schedules(entry: Entry, seekers: Sequence[tuple[UUID, str]]) -> list[Schedule]:
    """When a flow runs on this machine: some by each seeker's own clock."""
    if not entry.per_seeker:
        return list(entry.local)
    return [
        replace(one, time_zone=zone, slug=f"{one.slug}-{id_}", parameters={**one.parameters, "seeker": str(id_)})
        for one in entry.local
        for id_, zone in seekers
    ]


def _schedule(one: Schedule) -> PrefectSchedule:
    return Cron(one.cron, timezone=one.time_zone, slug=one.slug, parameters=one.parameters)


def _limit(limit: Limit) -> ConcurrencyLimitConfig:
    strategy = ConcurrencyLimitStrategy[limit.one_too_many]
    return ConcurrencyLimitConfig(limit=limit.runs, collision_strategy=strategy, grace_period_seconds=BEGIN_SECONDS)


async def catch_up(ids: dict[str, UUID]) -> None:
    """Run everything that is to look, at the start, at what became due before it."""
    async with get_client() as client:
        await clear_left(client)
        for one in CATALOGUE:
            if one.at_start:
                await client.create_flow_run_from_deployment(ids[one.name])


@asynccontextmanager
async def serving(seekers: Sequence[tuple[UUID, str]], ended: Callable[[], None]) -> AsyncGenerator[asyncio.Task[None]]:
    """The runner at work on the catalogue, until the block ends; what then still runs is cancelled."""
    runner = LocalRunner(ended)
    ids = await deploy(runner, seekers)
    await catch_up(ids)
    running = asyncio.create_task(runner.start())
    while not (runner.started or running.done()):  # noqa: ASYNC110 - the runner tells nobody
        await asyncio.sleep(LOOK_SECONDS)
    try:
        yield running
    finally:
        if runner.started:
            await runner.astop()
        await asyncio.wait([running], timeout=END_SECONDS)
