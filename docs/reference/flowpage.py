"""Writes the reference of flows and timers from the catalogue and the flows' sources, without importing Prefect."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from kith.workflows.cli.sweeping import FIRED
from kith.workflows.flows import parameters
from kith.workflows.flows.catalogue import CATALOGUE, Entry, Limit, Schedule

TIMERS = {
    "lapse": "An ask was not answered in time: it lapses, and counts as open no more.",
    "dormant": "There was no touch for long: the tie falls asleep.",
    "thanks": "A chat, an introduction or a referral is to be thanked for.",
    "answer": "A message from them is to be answered.",
    "outcome": "What a referral led to is to be told to the one who gave it.",
    "promise": "A chat is near, or what was agreed on is due.",
    "follow-up": "What was promised is due, and nothing of it is on record.",
    "nudge": "An ask that was not answered may be nudged about.",
    "report": "Who introduced the seeker to somebody is to hear what came of it.",
    "keep-in-touch": "Somebody with a tier is to hear from you.",
    "cooldown": "Somebody who was asked for a favour may be asked again.",
    "wake": "A snooze is over.",
}
"""What each timer is about."""
ARTIFACTS = {
    "sweep": "`sweep` (`sweep-N` for part N of several) and `sweep-table`: what fired, by timer",
    "advance": "`advance` and `advance-table`: per relationship its stage, what was reached, what is missing",
    "introduce": "`introduction-ID`: how it stands, as far as the role may know",
    "digest": "`digest` and `digest-table`: by seeker, what was sent and what failed, and why",
    "import-network": "`import`, `import-table` and `import-progress`: what each export brought, where it is damaged",
    "audit": "`audit` and `audit-table`: the state of the store; refusals and overrides by guard; `policies` and "
    "`policies-table`: the verdict on every shipped policy, and the violations",
}
"""What a run leaves to read in Prefect's pages."""


def flow_sections() -> Iterator[str]:
    """Every flow."""
    for one in CATALOGUE:
        yield from ("", f"### {one.name}", "", one.tells, "")
        yield f"- By itself on a laptop: {_when(one.local, one)}"
        yield f"- By itself in an organisation: {_when(one.organisation)}"
        yield f"- At once: {_limit(one.local_limit)} on a laptop; {_limit(one.organisation_limit)} in an organisation"
        yield f"- Leaves: {ARTIFACTS[one.name]}"
        yield from _parameters(one)


def timer_rows() -> Iterator[tuple[str, str]]:
    """Every timer with what it is about."""
    return ((f"`{kind}`", TIMERS[kind]) for kind in FIRED)


def _when(schedules: tuple[Schedule, ...], entry: Entry | None = None) -> str:
    told = list(dict.fromkeys(schedule.told for schedule in schedules))
    if len(schedules) > 1:
        told[-1] += f", in {len(schedules)} parts"
    if entry and entry.per_seeker:
        told[-1] += ", by each seeker's own clock"
    if entry and entry.at_start:
        told.append("when `kith serve` starts")
    return "; ".join(told) or "no"


def _limit(limit: Limit) -> str:
    more = {"CANCEL_NEW": "another one is cancelled", "ENQUEUE": "others wait"}[limit.one_too_many]
    return f"{limit.runs} run{'' if limit.runs == 1 else 's'}, {more}"


def _parameters(one: Entry) -> Iterator[str]:
    function = next(node for node in ast.walk(_tree(one.module)) if _is(node, one.function))
    given = function.args
    defaults = [None] * (len(given.args) - len(given.defaults)) + list(given.defaults)
    if not given.args:
        yield "- Parameters: none"
    for name, default in zip(given.args, defaults, strict=True):
        yield f"- Parameter `{name.arg}`: {_type(ast.unparse(name.annotation or ast.Constant('')))}{_default(default)}"


def _default(default: ast.expr | None) -> str:
    if default is None:
        return "; it is needed"
    value = ast.literal_eval(default)
    return "" if value is None else f"; `{str(value).lower()}` if left out"


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == name


def _tree(module: str) -> ast.Module:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))


def _type(annotation: str) -> str:
    known = _under_names(parameters.__name__)
    return known.get(annotation.partition(" | ")[0], WORDS.get(annotation, annotation))


WORDS = {
    "UUID": "an id",
    "UUID | None": "an id",
    "bool": "`true` or `false`",
    "Answer | None": "`connector-yes`, `connector-no`, `target-yes` or `target-no`",
    "Role": "`asker`, `connector` or `coach`",
}


def _under_names(module: str) -> dict[str, str]:
    """The text under each name that a module defines."""
    found, body = {}, _tree(module).body
    for node, after in pairwise(body):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(after, ast.Expr):
            text = ast.literal_eval(after.value)
            found[node.targets[0].id] = textwrap.shorten(text[0].lower() + text[1:].rstrip("."), 200).replace("``", "`")
    return found
