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
    """Every run that ends from here on, looked for every few seconds; but none that was one too many."""
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
    after = FlowRunFilter(end_time=FlowRunFilterEndTime.model_validate({"after_": since}))
    found = await client.read_flow_runs(flow_run_filter=after, sort=FlowRunSort.END_TIME_DESC, limit=50)
    return [run for run in found if run.run_count or run.state_type is not StateType.CANCELLED]


async def clear_stuck(client: PrefectClient) -> None:
    """Let go of runs that have been about to begin for too long."""
    for run in await _in_state(client, StateType.PENDING):
        if run.state is not None and run.state.timestamp < datetime.now(UTC) - STUCK:
            await _let_go(client, run, "It never began.")


async def clear_left(client: PrefectClient) -> None:
    """Let go of runs that an earlier ``kith serve`` left when it was killed: their places would stay taken."""
    for run in await _in_state(client, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING):
        await _let_go(client, run, "Kith was ended while it ran.")


async def _in_state(client: PrefectClient, *types: StateType) -> list[FlowRun]:
    chosen = FlowRunFilter(state=FlowRunFilterState(type=StateTypes(any_=list(types))))
    return await client.read_flow_runs(flow_run_filter=chosen)


async def _let_go(client: PrefectClient, run: FlowRun, why: str) -> None:
    await client.set_flow_run_state(run.id, Crashed(message=why), force=True)
