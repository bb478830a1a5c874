"""``python -m kith.workflows.flows``: what the command line starts as a process of its own, so that it stays quick.

Everything but ``serve`` answers with one JSON object: ``ok`` and what was asked for, or an error with its class.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kith.domain.errors import KithError
from kith.workflows.flows.catalogue import CATALOGUE

Answer = tuple[int, dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one word, and return its exit code."""
    told = _parser().parse_args(arguments)
    if told.word == "serve":
        return _serve(told)
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as out:  # before it becomes the log
        try:
            code, answer = ANSWERS[told.word](told)
        except KithError as error:  # the command line knows the exit code of each class
            code, answer = 1, {"error": _shape(error)}
        out.write(json.dumps({"ok": code == 0, **answer}, ensure_ascii=False))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kith.workflows.flows")
    words = parser.add_subparsers(dest="word", required=True)
    serving = words.add_parser("serve")
    serving.add_argument("--port", type=int)
    serving.add_argument("--json", action="store_true")
    words.add_parser("list")
    words.add_parser("prefect-yaml")
    running = words.add_parser("run")
    running.add_argument("name")
    running.add_argument("parameters", type=json.loads)
    return parser


def _serve(told: argparse.Namespace) -> int:
    from kith.workflows.flows.telling import Teller  # noqa: PLC0415 - the list does not need it

    teller = Teller(as_json=told.json)
    try:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # the command line let it wait until here
        from kith.workflows.flows.serve import serve  # noqa: PLC0415 - the engine, which takes its time

        return serve(told.port, teller)
    except KeyboardInterrupt:  # before it listened for one itself
        teller.say("stopped", "Stopped.")
        return 0
    except KithError as error:
        teller.complain(str(error))
    except Exception:  # a bug: told here, and shown where the log is
        traceback.print_exc()
        teller.complain("Something went wrong inside Kith; prefect/serve.log in the data folder says what.")
    return 1


def _list(_: argparse.Namespace) -> Answer:
    return 0, {"flows": [asdict(one) for one in CATALOGUE]}


def _prefect_yaml(_: argparse.Namespace) -> Answer:
    from kith.workflows.flows.prefect_yaml import prefect_yaml  # noqa: PLC0415 - likewise

    return 0, {"text": prefect_yaml()}


def _run(told: argparse.Namespace) -> Answer:
    from kith.workflows.flows.single import run  # noqa: PLC0415 - likewise

    return run(told.name, told.parameters)


ANSWERS = {"list": _list, "prefect-yaml": _prefect_yaml, "run": _run}


def _shape(error: Exception) -> dict[str, Any]:
    return {"classes": [kind.__name__ for kind in type(error).__mro__], "message": str(error)}


if __name__ == "__main__":
    sys.exit(main())
