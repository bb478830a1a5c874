"""``kith serve`` and ``kith flows``: what runs by itself, in a process of its own, for Prefect is slow to import."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from typing import Annotated, Any

import typer

from kith.domain import errors
from kith.domain.errors import InvalidInput, KithError, NotApplicable
from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

app = words()
flows = words(help="Everything that can run by itself: list, run, prefect-yaml.", no_args_is_help=True)
app.add_typer(flows, name="flows")

LACKING = "What runs by itself needs Prefect, which is not installed: pip install 'kithkin[flows]' brings it."
MOST = 50
"""Relationships of a cohort that a terminal still shows."""
STARTING = "Running {name} …"


@app.command("serve", cls=Reading)
def serve(
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="The port of the pages; without it 4210, or the next free one."),
    ] = None,
) -> None:
    """Do by itself what is due, until you stop it with Ctrl-C. Everything stays on this machine."""
    _check()
    with engine():  # somebody must have begun
        pass
    typed = _command("serve", *(["--port", str(port)] if port else []), *(["--json"] if session().json else []))
    sys.stdout.flush()
    if sys.platform == "win32":
        raise typer.Exit(subprocess.run(typed, env=_environment(), check=False).returncode)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a Ctrl-C waits until there is somebody to hear it
    os.execve(sys.executable, typed, _environment())  # this process becomes the one that serves


@flows.command("list", cls=Reading)
def list_() -> None:
    """Every flow: what it does, and when it runs by itself."""
    told = _answer("list")[1]
    output.say(lambda: _table(told["flows"]), {"flows": told["flows"]})


@flows.command("run", cls=Reading)
def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The flow; kith flows list names them.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter: an id, a number or JSON; repeatable."),
    ] = None,
) -> None:
    """Run a flow once, and say how it ended. It is shown where kith serve shows its runs."""
    _check()
    with engine():  # somebody must have begun
        pass
    parameters = json.dumps(_parameters(param or []))
    if not session().json:
        output.message(STARTING.format(name=name))
    code, told = _answer("run", name, parameters)
    if session().json:
        output.write_json(told)
    else:
        output.write(_ended(told))
    raise typer.Exit(code)


@flows.command("prefect-yaml", cls=Reading)
def prefect_yaml() -> None:
    """Print the prefect.yaml by which an organisation deploys the flows to its workers."""
    _check()
    told = _answer("prefect-yaml")[1]
    output.say(told["text"].rstrip(), {"text": told["text"]})


def _check() -> None:
    if find_spec("prefect") is None:
        raise NotApplicable(LACKING)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "kith.workflows.flows", *words]


def _environment() -> dict[str, str]:
    """The environment of the process, in which no file of the folder that it is started in is imported."""
    return {**os.environ, "KITH_STORE": session().where, "PYTHONSAFEPATH": "1"}


def _answer(*words: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the answer of the flows' process; raises the error that it tells."""
    done = subprocess.run(_command(*words), env=_environment(), stdout=subprocess.PIPE, encoding="utf-8", check=False)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"the flows ended with {done.returncode}") from None
    if "error" in told:
        raise _error(told["error"]["classes"])(told["error"]["message"])
    return done.returncode, told


def _error(classes: list[str]) -> type[KithError]:
    return next((getattr(errors, name) for name in classes if hasattr(errors, name)), KithError)


def _parameters(told: list[str]) -> dict[str, Any]:
    found = {}
    for one in told:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise InvalidInput(f"Write --param as NAME=VALUE; {one!r} is not.")
        found[name.strip()] = _value(value)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _table(flows: list[dict[str, Any]]) -> str:
    return "\n\n".join(
        f"{output.bold(one['name'])}  {_when(one)}\n{output.wrap(one['tells'], 4)}" for one in flows
    )  # fmt: skip


def _when(one: dict[str, Any]) -> str:
    told = [schedule["told"] for schedule in one["local"]] + ["at the start of kith serve"] * one["at_start"]
    return " and ".join(told) or "when you ask for it"


def _ended(told: dict[str, Any]) -> str:
    message = f": {told['message']}" if told["message"] else "."
    rows = told["report"].get("rows", [])
    more = [f"  … and {len(rows) - MOST:,} more; --json tells all."] if len(rows) > MOST else []
    return "\n".join([f"{told['flow']} {told['state'].lower()}{message}", *map(_row, rows[:MOST]), *more])


def _row(row: dict[str, Any]) -> str:
    told = [row["stage"] or "", *(f"reached {stage}" for stage in row["reached"])]
    told += [f"missing: {'; '.join(row['missing'])}"] if row["missing"] else []
    return output.wrap(f"{row['relationship'][:8]}  {', '.join(filter(None, told))}", 2)
