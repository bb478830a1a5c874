"""``kith flows run``: one run of one flow, with the server of ``kith serve`` if it runs, else with one for itself."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows.flows import claiming, environment
from kith.workflows.flows.catalogue import CATALOGUE, Entry, entry
from kith.workflows.flows.child import HEALTHY_SECONDS, LOOK_SECONDS, answers
from kith.workflows.flows.telling import log_to, plain

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
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: PLC0415 - told where to

    flow = getattr(import_module(found.module), found.function)
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # its thread would take a second to end
        _check(found.name, flow, parameters)
        state = flow(**parameters, return_state=True)
    return _told(found, state)


def _check(name: str, flow: Any, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that the flow does not take. Raises InvalidInput."""
    from prefect.exceptions import ParameterTypeError  # noqa: PLC0415 - told where to first

    known, needed = list(flow.parameters.properties), flow.parameters.required or []
    wrong = [f"there is no {one}" for one in parameters if one not in known]
    wrong += [f"{one} is missing" for one in needed if one not in parameters]
    if not wrong:
        try:
            flow.validate_parameters(dict(parameters))
            return
        except ParameterTypeError as error:
            named = re.findall(r"^ - (\w+)", str(error), re.MULTILINE)
            wrong = [f"{one} can't be that" for one in dict.fromkeys(named)]
    raise InvalidInput(
        f"The parameters do not fit {name}: {'; '.join(wrong)}. It takes {' and '.join(known) or 'none'}; "
        "docs/reference/flows.md says what each may be."
    )


def _told(found: Entry, state: Any) -> tuple[int, dict[str, Any]]:
    result = state.result(raise_on_failure=False)
    report = result if isinstance(result, dict) else {}
    code = FAILED if not state.is_completed() else REFUSED if report.get("refused_all") else DONE
    details = state.state_details
    run = str(details.flow_run_id) if details and details.flow_run_id else None
    return code, {
        "flow": found.name,
        "run": run,
        "state": state.name,
        "message": plain(state.message),
        "report": report,
    }
