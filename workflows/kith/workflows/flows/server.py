"""The server of ``kith serve``: ``prefect server start`` as a child that ends with its parent."""

from __future__ import annotations

import runpy
import sys

from kith.workflows.flows import environment, parent


def main(port: str) -> None:
    """Serve Prefect's API and pages on the loopback until told to end."""
    parent.follow()
    sys.argv = ["prefect", "server", "start", "--host", environment.HOST, "--port", port]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
