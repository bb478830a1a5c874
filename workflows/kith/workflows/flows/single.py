"""``kith flows run``: one run of one flow, with the server of ``kith serve`` if it runs, else with one for itself."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows.flows import claiming, environment
from kith.workflows.flows.catalogue import CATALOGUE, Entry, entry
from kith.workflows.flows.child import HEALTHY_SECONDS, LOOK_SECONDS, answers
from kith.workflows.flows.telling import log_to

DONE, FAILED, REFUSED = 0, 1, 3


def run(name: str, parameters: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Run a flow; returns the exit code and how the run ended. Raises NotFound, InvalidInput."""
    found = entry(name)
    if found is None:
        raise NotFound(f"There is no flow called {name!r}; there are {', '.join(one.name for one in CATALOGUE)}.")
    folder = environment.enter(_served_on())
    log_to(folder / "run.log")
    return _run(found, parameters)


def _served_on() -> int | None:
    """The port of the server of ``kith serve``, once it answers; None if there is none."""
    until = time.monotonic() + HEALTHY_SECONDS
    while (serving := claiming.serving(environment.home())) and time.monotonic() < until:
        if answers(serving.port):
            return serving.port
        time.sleep(LOOK_SECONDS)
    return None


def _run(found: Entry, parameters: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    from prefect.exceptions import ParameterTypeError, SignatureMismatchError  # noqa: PLC0415 - told where to first
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: PLC0415 - likewise

    flow = getattr(import_module(found.module), found.function)
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its thread would take a second to end
        try:
            flow.validate_parameters(dict(parameters))
        except (ParameterTypeError, SignatureMismatchError) as error:
            raise InvalidInput(f"Those parameters do not fit {found.name}: {error}") from error
        state = flow(**parameters, return_state=True)
    return _told(found, state)


def _told(found: Entry, state: Any) -> tuple[int, dict[str, Any]]:
    result = state.result(raise_on_failure=False)
    report = result if isinstance(result, dict) else {}
    code = FAILED if not state.is_completed() else REFUSED if report.get("refused_all") else DONE
    details = state.state_details
    run = str(details.flow_run_id) if details and details.flow_run_id else None
    return code, {"flow": found.name, "run": run, "state": state.name, "message": state.message or "", "report": report}
