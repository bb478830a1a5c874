"""What is worth trying again: only what passes by itself. A refusal is an answer, and damage does not heal."""

from __future__ import annotations

import sqlite3
from typing import Any, TypedDict

from prefect.cache_policies import NO_CACHE, CachePolicy
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from kith.domain.errors import Conflict
from kith.workflows.delivery.errors import TryLater
from kith.workflows.errors import StoreBusy, StoreInterrupted

TRANSIENT: tuple[type[BaseException], ...] = (
    StoreBusy,
    StoreInterrupted,
    Conflict,
    TryLater,
    sqlite3.OperationalError,
    ConnectionError,
    TimeoutError,
)


async def passes_by_itself(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether a failed task is to be tried again."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, TRANSIENT)


class Trying(TypedDict):
    """The options that every task has."""

    retries: int
    retry_delay_seconds: list[float]
    retry_jitter_factor: float
    retry_condition_fn: Any
    cache_policy: CachePolicy
    persist_result: bool


TRYING: Trying = {
    "retries": 3,
    "retry_delay_seconds": [1, 5, 30],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": passes_by_itself,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
"""A task writes to the store, so what it did before is never taken from a cache, nor kept in a file."""
