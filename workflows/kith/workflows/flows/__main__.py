"""``python -m kith.workflows.flows``: what the command line starts as a process of its own, so that it stays quick.

Everything but ``serve`` answers with one JSON object: ``ok`` and what was asked for, or an error with its class.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kith.domain.errors import KithError
from kith.workflows.flows.catalogue import CATALOGUE

Answer = tuple[int, dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one word, and return its exit code."""
    told = _parser().parse_args(arguments)
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as out:
        try:
            if told.word == "serve":
                return _serve(told)
            code, answer = _list() if told.word == "list" else _run(told)
        except KithError as error:  # the command line knows the exit code of each class
            code, answer = 1, _error(error)
        out.write(_written(code, answer, told))
    return code


def _written(code: int, answer: dict[str, Any], told: argparse.Namespace) -> str:
    if told.word == "serve" and not told.json:
        return f"{answer['error']['message']}\n"
    return json.dumps({"ok": code == 0, **answer}, ensure_ascii=False) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kith.workflows.flows")
    words = parser.add_subparsers(dest="word", required=True)
    serving = words.add_parser("serve")
    serving.add_argument("--port", type=int)
    serving.add_argument("--json", action="store_true")
    words.add_parser("list")
    running = words.add_parser("run")
    running.add_argument("name")
    running.add_argument("parameters", type=json.loads)
    return parser


def _serve(told: argparse.Namespace) -> int:
    from kith.workflows.flows.serve import serve  # noqa: PLC0415 - the engine, which the list does not need

    return serve(told.port, as_json=told.json)


def _list() -> Answer:
    return 0, {"flows": [asdict(one) for one in CATALOGUE]}


def _run(told: argparse.Namespace) -> Answer:
    from kith.workflows.flows.single import run  # noqa: PLC0415 - likewise

    return run(told.name, told.parameters)


def _error(error: Exception) -> dict[str, Any]:
    names = [kind.__name__ for kind in type(error).__mro__]
    return {"error": {"classes": names, "message": str(error)}}


if __name__ == "__main__":
    sys.exit(main())
