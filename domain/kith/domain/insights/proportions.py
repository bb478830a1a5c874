"""Shares, and how sure one can be of them: Wilson's interval for one, Newcombe's for the difference of two."""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

Z: Final = 1.959963984540054
"""The 97.5% point of the normal distribution: intervals here are 95% intervals."""
LEAST: Final = 12
"""From so many settled asks on a rate is told: the least number with which a 95% interval is never wider than half of
what lies between 0 and 1. With fewer, it says next to nothing."""


class Interval(NamedTuple):
    """Where the true share is likely to lie."""

    low: float
    high: float


class Rate(NamedTuple):
    """How often something worked, out of how often it is known."""

    worked: int = 0
    settled: int = 0
    """Those of which it is known, whether they worked or not."""
    open: int = 0
    """Still open or promised: counted neither way."""
    withdrawn: int = 0
    """Taken back by the seeker: counted neither way."""

    @property
    def share(self) -> float | None:
        """The share that worked; None where nothing is settled."""
        return self.worked / self.settled if self.settled else None

    @property
    def interval(self) -> Interval:
        """The 95% interval of the share."""
        return wilson(self.worked, self.settled)

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to tell a rate; see ``LEAST``."""
        return self.settled >= LEAST


def wilson(worked: int, settled: int) -> Interval:
    """The 95% score interval of a share (Wilson 1927, JASA 22:209); from 0 to 1 where nothing is known.

    It stays within 0 and 1 and is sound for small counts, which the textbook one is not (Brown, Cai & DasGupta 2001).
    """
    if not settled:
        return Interval(0.0, 1.0)
    share, weight = worked / settled, Z * Z / settled
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / settled + weight / (4 * settled)) / (1 + weight)
    return Interval(min(max(0.0, middle - half), share), max(min(1.0, middle + half), share))


class Difference(NamedTuple):
    """By how much one share is above another."""

    by: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no room for there being none."""
        return self.interval.low > 0 or self.interval.high < 0


def difference(one: Rate, other: Rate) -> Difference | None:
    """The difference of two shares with its 95% interval (Newcombe 1998, Stat. Med. 17:873, method 10).

    None where there is too little of either.
    """
    if not (one.is_enough and other.is_enough):
        return None
    p, q = one.worked / one.settled, other.worked / other.settled
    (low, high), (least, most) = one.interval, other.interval
    below, above = sqrt((p - low) ** 2 + (most - q) ** 2), sqrt((high - p) ** 2 + (q - least) ** 2)
    return Difference(p - q, Interval(p - q - below, p - q + above))
