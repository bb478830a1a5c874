"""How long something takes where not everybody is there yet: the product-limit estimate of Kaplan and Meier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

QUARTERS = (0.25, 0.5, 0.75)
_ROUNDING = 1e-9
"""Products of fractions are compared with a share of which they may fall short by so much."""


class Duration(NamedTuple):
    """How long somebody took, or has taken so far."""

    days: int
    reached: bool
    """False where they are not there yet (in statistics: right-censored)."""


class Time(NamedTuple):
    """How long it takes, over all who set out."""

    people: int
    reached: int
    quarter: int | None
    """Days after which a quarter of all who set out is there; None as long as fewer are."""
    half: int | None
    three_quarters: int | None


def estimate(durations: Iterable[Duration]) -> Time:
    """After how many days a quarter, half and three quarters are there (Kaplan & Meier 1958, JASA 53:457).

    Who is not there yet counts for as long as they have been on the way. To look only at those who arrived would
    make every way look quicker than it is, for the slow ones are still on it.
    """
    told = list(durations)
    arrived = Counter(one.days for one in told if one.reached)
    left = Counter(one.days for one in told)
    on_the_way, staying, quarters = len(told), 1.0, list[int | None]()
    for days in sorted(left):
        staying *= 1 - arrived[days] / on_the_way
        on_the_way -= left[days]
        while len(quarters) < len(QUARTERS) and staying <= 1 - QUARTERS[len(quarters)] + _ROUNDING:
            quarters.append(days)
    quarter, half, three_quarters = (*quarters, None, None, None)[:3]
    return Time(len(told), arrived.total(), quarter, half, three_quarters)
