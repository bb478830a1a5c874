"""The way past a refusal: the cheapest steps found by looking ahead with the guards and decisions themselves.

Each guard that does not hold has a remedy, which takes one step in a copy of the case; then the guards are asked again.
So a plan that is followed, with nothing else happening, leads to acceptance by construction. Where no step can help,
the plan says that the ask is not possible, and what to do instead.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kith.domain.ahead import Ahead, NotPossible
from kith.domain.asks import Ask
from kith.domain.case import Case
from kith.domain.decision import Plan
from kith.domain.remedies import reach


def plan(case: Case, ask: Ask, now: datetime, overrides: Collection[str] = (), *, well_worded: bool = False) -> Plan:
    """The cheapest known way to having this ask accepted; nothing is needed for guards that are overridden.

    ``well_worded`` takes the ask to be worded well by the time it is made.
    """
    past = frozenset(overrides) | ({"stage-reached"} if "intro-before-referral" in overrides else set())
    try:
        ahead = reach(Ahead(case, now, reworded=well_worded, past=past), ask)
    except NotPossible as outcome:
        return Plan(not_possible=outcome.why, instead=outcome.instead)
    return Plan(ahead.steps, ahead.now)
