"""The catalogue as the ``prefect.yaml`` that an organisation deploys from."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped] # it brings no types

from kith.workflows.flows.catalogue import CATALOGUE, POOL, Entry, Schedule

HEAD = """\
# The flows of Kith for an organisation: prefect --no-prompt deploy --all --prefect-file prefect.yaml
# Written by: kith flows prefect-yaml. Workers have Kith installed, so nothing is pulled or built.
"""
DEPLOYMENT = "kith"


def prefect_yaml() -> str:
    """The text of the file."""
    told = {
        "name": "kith",
        "build": None,
        "push": None,
        "pull": None,
        "deployments": [_deployment(one) for one in CATALOGUE],
    }
    text: str = yaml.safe_dump(told, sort_keys=False, width=110, allow_unicode=True)
    return HEAD + text


def _deployment(one: Entry) -> dict[str, Any]:
    limit = one.organisation_limit
    return {
        "name": DEPLOYMENT,
        "description": one.tells,
        "entrypoint": one.entrypoint,
        "work_pool": {"name": POOL},
        "concurrency_limit": {"limit": limit.runs, "collision_strategy": limit.one_too_many},
        "schedules": [_schedule(schedule) for schedule in one.organisation],
    }


def _schedule(one: Schedule) -> dict[str, Any]:
    told: dict[str, Any] = {"cron": one.cron, "timezone": one.time_zone, "slug": one.slug}
    return {**told, "parameters": one.parameters} if one.parameters else told
