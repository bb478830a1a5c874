"""Every flow with its deployment: what ``kith serve``, ``prefect.yaml`` and ``kith flows list`` are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Any, Literal

UTC = "UTC"
MORNING = time(7, 30)
"""When the digest of the day goes out, in the seeker's own time zone."""
SHARDS = 4
"""Into how many parts an organisation's sweep is divided; each is run by whichever worker is free."""
POOL = "kith"
"""The work pool of an organisation."""

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Schedule:
    """When a deployment runs, and with what."""

    cron: str
    told: str
    """The same in words."""
    time_zone: str = UTC
    slug: str = "regular"
    """Names the schedule within its deployment, so that a changed one replaces it."""
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """How many runs of a deployment there may be at once, and what becomes of one too many."""

    runs: int
    one_too_many: Literal["CANCEL_NEW", "ENQUEUE"]


ONE = Limit(1, "CANCEL_NEW")
"""A second run would find nothing to do: the first looks at everything that is due."""
IN_TURN = Limit(1, "ENQUEUE")
"""A second run is about somebody else."""


@dataclass(frozen=True)
class Entry:
    """One flow and its deployment."""

    name: str
    tells: str
    module: str
    function: str
    local: tuple[Schedule, ...] = ()
    """Its schedules on one seeker's machine."""
    organisation: tuple[Schedule, ...] = ()
    """Its schedules where many seekers share a store."""
    per_seeker: bool = False
    """Whether the local schedules are each seeker's own, in their time zone."""
    at_start: bool = False
    """Whether ``kith serve`` runs it when it starts, to catch up."""
    local_limit: Limit = ONE
    organisation_limit: Limit = ONE

    @property
    def entrypoint(self) -> str:
        """The flow as a module path: a file's path would load a second copy of the module."""
        return f"{self.module}.{self.function}"


def _entry(name: str, tells: str, **more: Any) -> Entry:
    word = name.replace("-", "_")
    return Entry(name, tells, f"kith.workflows.flows.{word}", word, **more)


_QUARTERS = ("*/15 * * * *", "every 15 minutes")
_MONDAYS = ("0 6 * * 1", "on Mondays at 6:00")
_MORNINGS = (
    f"{MORNING.minute} {MORNING.hour}-{MORNING.hour + 4} * * *",
    f"every morning at {MORNING.hour}:{MORNING.minute:02}, and hourly until noon in case it could not be sent",
)

CATALOGUE = (
    _entry(
        "sweep",
        "Fires what is due: asks lapse, stages and dormancy follow from time alone, reminders come up.",
        local=(Schedule(*_QUARTERS),),
        organisation=tuple(
            Schedule(*_QUARTERS, slug=f"shard-{shard}", parameters={"shard": shard, "shards": SHARDS})
            for shard in range(SHARDS)
        ),
        at_start=True,
        organisation_limit=Limit(SHARDS, "ENQUEUE"),
    ),
    _entry(
        "advance",
        "Checks the stage guard of one relationship or a cohort, and moves them or says what is missing.",
        local_limit=IN_TURN,
        organisation_limit=Limit(SHARDS, "ENQUEUE"),
    ),
    _entry(
        "introduce",
        "Takes an introduction one step on: who still has to agree, whether it can be made.",
        local_limit=Limit(4, "ENQUEUE"),
        organisation_limit=Limit(16, "ENQUEUE"),
    ),
    _entry(
        "digest",
        "Sends the actions of the day to the seeker's own address, once a day.",
        local=(Schedule(*_MORNINGS),),
        organisation=(Schedule(*_QUARTERS, slug="quarter-hourly"),),
        per_seeker=True,
        at_start=True,
        local_limit=IN_TURN,
    ),
    _entry(
        "import-network",
        "Brings in every export that lies in the inbox.",
        local_limit=IN_TURN,
        organisation_limit=IN_TURN,
    ),
    _entry(
        "audit",
        "Reports the state of the store, what the guards did, and what the shipped policies find in the log.",
        local=(Schedule(*_MONDAYS),),
        organisation=(Schedule(*_MONDAYS),),
    ),
)


def entry(name: str) -> Entry | None:
    """The flow of that name, if there is one."""
    return next((one for one in CATALOGUE if one.name == name), None)
