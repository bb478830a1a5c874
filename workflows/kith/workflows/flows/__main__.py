"""``python -m kith.workflows.flows``: what the command line starts as a process of its own, so that it stays quick."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out ``serve``, and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m kith.workflows.flows")
    words = parser.add_subparsers(dest="word", required=True)
    serving = words.add_parser("serve")
    serving.add_argument("--port", type=int)
    serving.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    from kith.workflows.flows.serve import serve

    return serve(told.port, as_json=told.json)


if __name__ == "__main__":
    sys.exit(main())
