"""The catalogue, and what is made from it: local deployments, prefect.yaml, and what kith flows list says."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import yaml  # type: ignore[import-untyped] # it brings no types

from kith.workflows.flows import catalogue
from kith.workflows.flows.catalogue import CATALOGUE, Entry, Schedule
from kith.workflows.flows.prefect_yaml import prefect_yaml

FILE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "prefect.yaml"
FLOWS = Path(catalogue.__file__).parent
MIRA = UUID("00000000-0000-4000-8000-000000000001")
BEN = UUID("00000000-0000-4000-8000-000000000002")


def named(name: str) -> Entry:
    found = catalogue.entry(name)
    assert found is not None
    return found


def test_only_a_run_that_looks_at_everything_lets_another_one_go() -> None:
    """A run for one seeker or one relationship does not do the work of a run for another one: that one waits."""
    for one in CATALOGUE:
        on_demand = not (one.local or one.organisation)
        if one.per_seeker or on_demand:
            assert one.local_limit.one_too_many == "ENQUEUE", one.name
        if on_demand:
            assert one.organisation_limit.one_too_many == "ENQUEUE", one.name


def test_prefect_yaml_is_the_catalogue() -> None:
    assert FILE.read_text(encoding="utf-8") == prefect_yaml(), "kith flows prefect-yaml prints it anew"


def test_every_flow_is_in_prefect_yaml_with_its_schedules() -> None:
    told: dict[str, Any] = yaml.safe_load(prefect_yaml())
    schedules = {one["entrypoint"]: [s["slug"] for s in one["schedules"]] for one in told["deployments"]}
    assert schedules == {one.entrypoint: [s.slug for s in one.organisation] for one in CATALOGUE}


def test_schedules_of_a_deployment_have_names_of_their_own() -> None:
    for one in CATALOGUE:
        for schedules in (one.local, one.organisation):
            assert len({s.slug for s in schedules}) == len(schedules)


def test_every_part_of_a_sweep_is_scheduled() -> None:
    parts = [schedule.parameters for schedule in named("sweep").organisation]
    assert parts == [{"shard": shard, "shards": catalogue.SHARDS} for shard in range(catalogue.SHARDS)]


def test_every_module_with_a_flow_is_in_the_catalogue() -> None:
    modules = {f"kith.workflows.flows.{path.stem}" for path in FLOWS.glob("*.py") if "\n@flow(" in path.read_text()}
    assert modules == {one.module for one in CATALOGUE}


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.name)
def test_an_entry_leads_to_its_flow(one: Entry) -> None:
    from prefect import Flow

    flow: Flow[..., Any] = getattr(import_module(one.module), one.function)
    assert (flow.name, flow.description) == (one.name, inspect.getdoc(flow.fn))
    assert flow.timeout_seconds
    for schedule in (*one.local, *one.organisation):
        flow.validate_parameters(schedule.parameters)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_each_seekers_morning_is_by_their_own_clock() -> None:
    from kith.workflows.flows.local import schedules

    told = schedules(named("digest"), [(MIRA, "Europe/Lisbon"), (BEN, "Asia/Tokyo")])
    assert [(one.time_zone, one.parameters["seeker"]) for one in told] == [
        ("Europe/Lisbon", str(MIRA)), ("Asia/Tokyo", str(BEN)),
    ]  # fmt: skip
    assert [ZoneInfo(one.time_zone).key for one in told] == ["Europe/Lisbon", "Asia/Tokyo"]
    assert schedules(named("sweep"), [(MIRA, "Europe/Lisbon")]) == list(named("sweep").local)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
def test_a_local_deployment_is_its_entry() -> None:
    from prefect.client.schemas.schedules import CronSchedule

    from kith.workflows.flows.local import deployment

    made = deployment(named("sweep"), [(MIRA, "Europe/Lisbon")])
    (schedule,) = made.schedules or []
    assert isinstance(schedule.schedule, CronSchedule)
    assert (made.entrypoint, schedule.schedule.cron) == ("kith.workflows.flows.sweep.sweep", "*/15 * * * *")
    assert made.concurrency_limit == 1
    assert made.concurrency_options is not None
    assert made.concurrency_options.collision_strategy.value == "CANCEL_NEW"


def test_a_schedule_says_when_in_words() -> None:
    every: list[Schedule] = [s for one in CATALOGUE for s in (*one.local, *one.organisation)]
    assert [s.cron for s in every if not s.told] == []
