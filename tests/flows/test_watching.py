"""Runs that never begin, or were left by a killed process, hold up nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.flows.test_flows import pytestmark

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

__all__ = ["pytestmark"]


async def states(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the states of a pending and a running run: at first, after the watch, and at the next start."""
    from prefect.client.orchestration import get_client
    from prefect.states import Pending, Running

    from kith.workflows.flows import watching
    from kith.workflows.flows.audit import audit

    async with get_client() as client:
        begun: list[State[Any]] = [Pending(), Running()]
        ids = [(await client.create_flow_run(audit, state=state)).id for state in begun]

        async def seen() -> list[str]:
            runs = [await client.read_flow_run(id_) for id_ in ids]
            return [run.state_name or "" for run in runs]

        found = [await seen()]
        await watching.clear_stuck(client)
        found.append(await seen())
        monkeypatch.setattr(watching, "STUCK", timedelta(0))
        await watching.clear_stuck(client)
        found.append(await seen())
        await watching.clear_left(client)
        found.append(await seen())
    return found


def test_runs_are_let_go_when_they_can_not_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asyncio.run(states(monkeypatch)) == [
        ["Pending", "Running"], ["Pending", "Running"], ["Crashed", "Running"], ["Crashed", "Crashed"],
    ]  # fmt: skip


def test_an_ending_is_told_once_and_a_run_too_many_never(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Cancelled, Completed

    from kith.workflows.flows import watching
    from kith.workflows.flows.audit import audit

    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.05)

    async def told() -> list[int]:
        async with get_client() as client:
            endings = watching.endings(client)
            first = asyncio.ensure_future(anext(endings))
            await asyncio.sleep(0)
            begun = [(await client.create_flow_run(audit)).id for _ in range(2)]
            superfluous = await client.create_flow_run(audit)
            await client.set_flow_run_state(superfluous.id, Cancelled(), force=True)
            found = []
            for id_ in begun:
                await client.set_flow_run_state(id_, Completed(), force=True)
                found.append((await asyncio.wait_for(first, 30)).id)
                first = asyncio.ensure_future(anext(endings))
            first.cancel()
            return [found.index(id_) for id_ in begun]

    assert asyncio.run(told()) == [0, 1]
