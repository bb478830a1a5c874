"""Keeps an eye on the local runs: tells how they ended, and clears away those that will never begin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import httpx
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterEndTime, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import PrefectHTTPStatusError
from prefect.states import Crashed

LOOK_SECONDS = 5.0
STUCK = timedelta(minutes=3)
"""A run that has been about to begin for that long never will, and would stand in the way of all that follow."""


async def endings(client: PrefectClient) -> AsyncIterator[FlowRun]:
    """Every run that ends from here on, looked for every few seconds."""
    since, told = datetime.now(UTC), set()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        with suppress(httpx.HTTPError, PrefectHTTPStatusError):  # the server is busy: the next look sees it too
            await clear_stuck(client)
            for run in await _ended(client, since):
                if run.id not in told:
                    told.add(run.id)
                    yield run


async def _ended(client: PrefectClient, since: datetime) -> list[FlowRun]:
    after = FlowRunFilter(end_time=FlowRunFilterEndTime(after_=since))
    return await client.read_flow_runs(flow_run_filter=after, sort=FlowRunSort.END_TIME_DESC, limit=50)


async def clear_stuck(client: PrefectClient, stuck: timedelta = STUCK) -> int:
    """Let go of runs that have been about to begin for too long; returns how many there were."""
    pending = FlowRunFilter(state=FlowRunFilterState(type=StateTypes(any_=[StateType.PENDING])))
    runs = [run for run in await client.read_flow_runs(flow_run_filter=pending) if _is_stuck(run, stuck)]
    for run in runs:
        await client.set_flow_run_state(run.id, Crashed(message="It never began."), force=True)
    return len(runs)


def _is_stuck(run: FlowRun, stuck: timedelta) -> bool:
    return run.state is not None and run.state.timestamp < datetime.now(UTC) - stuck
