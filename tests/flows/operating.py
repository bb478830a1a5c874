"""Does what a how-to tells an operator: its shell blocks in one shell, from top to bottom, its services beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.test_docs_examples import Example, examples_in


class Operator:
    """Follows one page in a folder. The values of ``site.env`` are the test's own; all else is done as written."""

    def __init__(self, page: Path, folder: Path, site: Mapping[str, str], environment: Mapping[str, str]) -> None:
        self.folder, self._site = folder, site
        self._environment = dict(environment)
        self._examples = [one for one in examples_in(page) if one.language == "sh" and one.mark]
        self.services: dict[str, subprocess.Popen[bytes]] = {}
        self._shell = subprocess.Popen(
            ["sh", "-e"], cwd=folder, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def follow(self, until: str | None = None) -> None:
        """Do what the page says next, as far as the block that has this text."""
        while self._examples and (until is None or until not in self._examples[0].body):
            self._do(self._examples.pop(0))

    def _do(self, example: Example) -> None:
        kind, _, name = example.mark.partition("=")
        match kind, name:
            case "file", "site.env":
                (self.folder / name).write_text("\n".join(self._own(example.body)), encoding="utf-8")
            case "file", _:
                (self.folder / name).write_text(example.body, encoding="utf-8")
            case "operator", "":
                self._type(example)
            case "operator", _:
                self._start(self._script(example, name), name)
            case _:
                raise AssertionError(f"{example.place}: nobody does {example.mark!r}")

    def _own(self, body: str) -> Iterator[str]:
        """The same file with the test's values, each of which the page names."""
        names = [line.partition("=")[0] for line in body.splitlines()]
        assert names == list(self._site), "the page names what differs from place to place"
        return (f"{name}={value}" for name, value in self._site.items())

    def _type(self, example: Example) -> None:
        """Type a block into the shell, and wait until it is done."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        script = self._script(example, f"line-{example.line}")
        self._shell.stdin.write(f". ./{script} </dev/null >>shell.log 2>&1\necho\n".encode())
        self._shell.stdin.flush()
        assert self._shell.stdout.readline(), f"{example.place} failed:\n{self.said('shell')}"

    def _script(self, example: Example, name: str) -> str:
        (self.folder / f"{name}.sh").write_text(example.body, encoding="utf-8")
        return f"{name}.sh"

    def _start(self, script: str, name: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.services[name] = subprocess.Popen(
                ["sh", "-e", f"./{script}"], cwd=self.folder, env=self._environment, stdout=log, stderr=log
            )

    def said(self, name: str) -> str:
        """What the shell or a service printed."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the shell and the services, those that were started last first."""
        started = [self._shell, *self.services.values()]
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.communicate(timeout=60)


def bare(*programs: Path, **told: str) -> dict[str, str]:
    """An environment in which nobody has set anything up but these programs, and this Python's."""
    path = os.pathsep.join(map(str, (Path(sys.executable).parent, *programs, os.environ["PATH"])))
    return {"PATH": path, "LANG": "C.UTF-8", **told}
