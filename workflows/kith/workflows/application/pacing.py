"""How much a long work does in one transaction: little while others write, more and more while nobody does."""

from __future__ import annotations

from dataclasses import dataclass

AT_FIRST = 8
"""Relationships of the first page, after which it is known how long one takes."""
AT_LEAST = 3
"""Fewer are not worth a transaction, however slow the machine is."""
LONGEST_TURN_SECONDS = 0.1
GROWTH = 1.1
"""By so much each turn is longer than the one before while nobody else writes."""


@dataclass
class Pace:
    """How many relationships a page takes: as many as fit into a turn, which grows while nobody else writes."""

    shortest: float
    """Seconds of a turn while others write."""
    turn: float = 0.0
    rows: int = AT_FIRST

    def took(self, rows: int, seconds: float, *, alone: bool) -> None:
        """Go by the last page."""
        self.turn = min(self.turn * GROWTH, LONGEST_TURN_SECONDS) if alone else 0.0
        self.turn = max(self.turn, self.shortest)
        if rows:
            self.rows = max(AT_LEAST, round(self.turn * rows / seconds))
