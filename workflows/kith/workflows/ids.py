"""Random ids that stand side by side: made one after the other, they begin with consecutive numbers."""

from __future__ import annotations

import os
from itertools import count
from uuid import UUID

_VERSION_4 = 4 << 76 | 2 << 62
_RANDOM = (1 << 96) - 1 & ~(15 << 76 | 3 << 62)
_BYTES = 12
_AT_ONCE = 128

_drawn: list[int] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drawn.clear)  # or parent and child would use the same


class RunningIds:
    """A source of random UUIDs (version 4) whose first 32 bits count up from a random number.

    Rows of an import so go side by side into an index, which was a twelfth of its time; and the first eight digits,
    by which people type an id, differ from one to the next. The other 90 bits are random, so no two processes make
    the same id.
    """

    def __init__(self) -> None:
        self._number = count(int.from_bytes(os.urandom(4), "big"))

    def __call__(self) -> UUID:
        """The next id."""
        try:
            random = _drawn.pop()
        except IndexError:
            random = _draw()
        return UUID(int=(next(self._number) & 0xFFFFFFFF) << 96 | random)


def _draw() -> int:
    """The last 96 bits of a version 4. The system is asked for many at once: one by one took a tenth of an import."""
    drawn = os.urandom(_BYTES * _AT_ONCE)
    numbers = (int.from_bytes(drawn[n : n + _BYTES], "big") for n in range(0, len(drawn), _BYTES))
    first, *others = (number & _RANDOM | _VERSION_4 for number in numbers)
    _drawn.extend(others)
    return first
