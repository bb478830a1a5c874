"""Writes the reference of the policies that ship from their feature files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.report import Policy
from kith.workflows.audits.running import policies


def shipped() -> Iterator[tuple[str, Sequence[Policy]]]:
    """Every feature by its name, with its policies."""
    for name, many in groupby(map(_policy, policies(None, None)), key=lambda policy: policy.feature):
        yield name, list(many)


def _policy(compiled: Compiled) -> Policy:
    return compiled.policy


def one(policy: Policy) -> Iterator[str]:
    """A policy: what it is for, and what it says word by word."""
    guard = f", with the guard [`{policy.guard}`](guards.md#{policy.guard})" if policy.guard else ""
    yield from (f"### `{policy.id}`", "", f"{policy.name}. *{policy.severity}*{guard}.", "")
    yield from ("```gherkin", *(f"{line}" for line in policy.steps), "```", "")
