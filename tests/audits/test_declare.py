"""Our verdicts beside those of pm4py's Declare, on the templates that both have: another reading of the same words.

Declare judges traces that are over, so what waits for something in the end breaks its constraint there; we call it
pending. Templates that are two promises in one are two of our steps. Not compared is ``nonsuccession``: pm4py takes it
for the opposite of succession, so ``agreement, gift, agreement`` keeps it there, though an agreement follows a gift.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest

from tests.audits.logs import START, Told, outcome
from tests.audits.logs import policy as compiled

A, B, C = "gift", "agreement", "decline"
ALPHABET = (A, B, C)
GIVEN = "Given every relationship"
ANY = f"When a {A} or an {B} or a {C} happens"
TEMPLATES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "absence": ((GIVEN, f"When a {A} happens", "Then it must never happen"),),
    "init": ((GIVEN, ANY, f"Then the first event must be a {A}"),),
    "precedence": ((GIVEN, f"When an {B} happens", f"Then a {A} must have happened before"),),
    "response": ((GIVEN, f"When a {A} happens", f"Then an {B} must follow"),),
    "chainresponse": ((GIVEN, f"When a {A} happens", f"Then the next event must be an {B}"),),
    "altprecedence": (
        (GIVEN, f"When an {B} happens", f"Then a {A} must have happened before"),
        (GIVEN, f"When an {B} happens", f"Then a {A} must happen between any two"),
    ),
    "altresponse": (
        (GIVEN, f"When a {A} happens", f"Then an {B} must follow"),
        (GIVEN, f"When a {A} happens", f"Then an {B} must happen between any two"),
    ),
    "noncoexistence": ((GIVEN, ANY, f"Then a {A} and an {B} must not both happen"),),
}
"""By pm4py's name of a template, our policies; the first is about A alone, the others about A and B."""
ALONE = ("absence", "init")
DECLARE = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pandas, pm4py
traces, templates = json.load(sys.stdin)
start = pandas.Timestamp("2026-01-05", tz="UTC")
log = pandas.DataFrame([
    {"case:concept:name": f"{case:04}", "concept:name": name, "time:timestamp": start + pandas.Timedelta(hours=n)}
    for case, trace in enumerate(traces) for n, name in enumerate(trace)
])
certain = {"support": 1.0, "confidence": 1.0}
kept = {}
for template, about in templates.items():
    model = {template: {tuple(about) if len(about) > 1 else about[0]: certain}}
    kept[template] = [case["is_fit"] for case in pm4py.conformance_declare(log, model)]
print("KEPT" + json.dumps(kept))
"""


@pytest.mark.slow
def test_pm4py_says_the_same_of_every_trace() -> None:
    random = Random(4)
    traces = [random.choices(ALPHABET, k=random.randint(1, 7)) for _ in range(400)]
    theirs = declared(traces)
    for template, policies in TEMPLATES.items():
        ours = [all(is_kept(policy, trace) for policy in policies) for trace in traces]
        assert ours == theirs[template], template
        assert 20 < sum(ours) < 380, f"{template} tells hardly any traces apart"


def is_kept(policy: tuple[str, str, str], trace: Sequence[str]) -> bool:
    """Whether a trace that is over keeps a policy."""
    log = [Told(name, 0, hour) for hour, name in enumerate(trace)]
    found = outcome(compiled(*policy), log, START + timedelta(days=30))
    return not found.violations and not found.pending


def declared(traces: Sequence[Sequence[str]]) -> dict[str, list[bool]]:
    """Of every template, which traces keep it, as pm4py has it; in a process of its own, for its licence is another."""
    about = {template: [A] if template in ALONE else [A, B] for template in TEMPLATES}
    done = subprocess.run(
        [sys.executable, "-c", DECLARE], input=json.dumps([traces, about]), capture_output=True, text=True, check=True
    )
    found: dict[str, list[bool]] = json.loads(done.stdout.rpartition("KEPT")[2])
    return found
