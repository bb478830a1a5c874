"""How things are measured: medians of rounds, and what each is compared with in the same run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Measured(NamedTuple):
    """One figure."""

    name: str
    value: float
    unit: str
    compared_with: str = ""
    ratio: float | None = None
    limit: str = ""
    """What it is to be at most, in words."""
    least: str = ""
    """What it is to be at least, in words."""

    def as_json(self) -> dict[str, Any]:
        """The figure as it is written to the file."""
        return {
            "name": self.name, "value": round(self.value, 4), "unit": self.unit, "compared with": self.compared_with,
            "ratio": None if self.ratio is None else round(self.ratio, 3), "limit": self.limit,
            **({"at least": self.least} if self.least else {}),
        }  # fmt: skip

    def line(self) -> str:
        """The figure as it is printed."""
        ratio = f"  ×{self.ratio:.2f} of {self.compared_with}" if self.ratio is not None else ""
        limit = f"  (at most {self.limit})" if self.limit else ""
        limit += f"  (at least {self.least})" if self.least else ""
        return f"{self.name:<58} {self.value:>10.3f} {self.unit}{ratio}{limit}"


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, with the garbage of others collected before."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)
