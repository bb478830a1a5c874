"""Stub."""

from __future__ import annotations

from uuid import UUID

from prefect import flow

from kith.workflows.flows.opening import opened


@flow(name="import-network")
def import_network(seeker: UUID | None = None) -> int:
    """Stub."""
    with opened(seeker) as kith:
        return len(kith.people())
