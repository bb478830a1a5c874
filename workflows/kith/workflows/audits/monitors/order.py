"""Steps about what comes before an event, and what after it (1 to 7, and 21)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping

from kith.workflows.audits.compiled import ANY, JUDGED, B
from kith.workflows.audits.monitors.base import Events, Monitor


class LastBefore(Monitor[int]):
    """Remembers the last B by when it happened."""

    def see(self, state: int | None, events: Events) -> int | None:
        """Judge each by what came before, then remember."""
        last, in_order, at = state, self.in_order, self.at
        for row, role in events:
            if role & JUDGED and self.counts(row):
                self.judge(row, last)
            if role & B and (in_order or last is None or at[row] >= at[last]):
                last = row
        return last

    @abstractmethod
    def judge(self, row: int, last: int | None) -> None:
        """Judge an event by the last B before it."""


class MustPrecede(LastBefore):
    """1, 2: a B stands before; with a duration, one that happened no longer before than that."""

    def judge(self, row: int, last: int | None) -> None:
        """There is to be one, and not too long ago."""
        if last is None:
            self.breaks((row,), f"{self.told(row)} came with no {self._words} before it.")
        elif self.terms.span and self.at[row] > self.later(last):
            told = f"{self.told(row)} came with no {self._words} within the {self.span} before it; the last was on"
            self.breaks((row, last), f"{told} {self.day(last)}.")

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words


class MayNotPrecede(LastBefore):
    """7: no B stands before; with a duration, none that happened less long before than that."""

    def judge(self, row: int, last: int | None) -> None:
        """There is to be none, or long enough ago."""
        if last is not None and (not self.terms.span or self.at[row] < self.later(last)):
            within = f" less than {self.span}" if self.terms.span else ""
            self.breaks((row, last), f"{self.told(row)} came{within} after the {self.name(last)} of {self.day(last)}.")


class Obligations(Monitor[dict[int, int]]):
    """Remembers the events that wait for something, each with the instant at which their time is up."""

    looks_ahead = True

    def await_for(self, row: int, waiting: dict[int, int], until: int) -> None:
        """One more that waits; it is counted as judged, and may be broken at the end."""
        if self.at[row] >= self.since:
            self.counts(row)
            waiting[row] = until

    def resumed(self, state: dict[int, int], before: dict[int, int] | None) -> dict[int, int]:
        """What no longer waited does not wait again."""
        return {row: until for row, until in state.items() if before and row in before}


class MustFollow(Obligations):
    """3: a B comes after; until then it is pending, and broken when the relationship is closed without one."""

    def see(self, state: dict[int, int] | None, events: Events) -> dict[int, int]:
        """Fulfil what waits, then wait for more."""
        waiting = state or {}
        for row, role in events:
            if role & B and waiting:
                waiting = {}
            if role & JUDGED:
                self.await_for(row, waiting, 0)
        return waiting

    def end(self, state: dict[int, int], closed: Mapping[int, int]) -> None:
        """Those whose relationship is closed can wait no longer."""
        for row in state:
            closing = closed.get(self.log.of(row))
            if closing is None:
                self.pending += 1
            else:
                told = f"{self.told(row)} was never followed by {self.b}; the relationship was closed on"
                self.breaks((row, closing), f"{told} {self.day(closing)}.", max(self.at[row], self.at[closing]))


class MustFollowWithin(Obligations):
    """4: a B comes after, no longer after than the duration; pending until the time is up."""

    def see(self, state: dict[int, int] | None, events: Events) -> dict[int, int]:
        """Fulfil what waits and is still in time, then wait for more."""
        waiting = state or {}
        for row, role in events:
            if role & B and waiting:
                at = self.at[row]
                waiting = {other: until for other, until in waiting.items() if at > until}
                if self.in_order and waiting:
                    self._too_late(waiting)
                    waiting = {}
            if role & JUDGED:
                self.await_for(row, waiting, self.later(row))
        return waiting

    def _too_late(self, waiting: Mapping[int, int]) -> None:
        for row, until in waiting.items():
            told = f"{self.told(row)} was not followed by {self.b} within {self.span}"
            self.breaks((row,), f"{told}: by {self.day(row, until)}.", until)

    def end(self, state: dict[int, int], closed: Mapping[int, int]) -> None:
        """Those whose time is up are broken."""
        over = {row: until for row, until in state.items() if until < self.as_of}
        self._too_late(over)
        self.pending += len(state) - len(over)


class MayNotFollowWithin(Obligations):
    """6: no B comes after, less long after than the duration; pending until the time is up."""

    def see(self, state: dict[int, int] | None, events: Events) -> dict[int, int]:
        """Tell of what waits and is broken, then wait for more."""
        waiting = state or {}
        for row, role in events:
            if role & B and waiting:
                waiting = self._left(waiting, row)
            if role & JUDGED:
                self.await_for(row, waiting, self.later(row))
        return waiting

    def _left(self, waiting: Mapping[int, int], row: int) -> dict[int, int]:
        """What waits on after a B."""
        left = {}
        for other, until in waiting.items():
            if self.at[row] < until:
                told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
                self.breaks((other, row), f"{told}, less than {self.span} later.", self.at[row])
            elif not self.in_order:
                left[other] = until
        return left

    def end(self, state: dict[int, int], closed: Mapping[int, int]) -> None:
        """Those whose time is not up are pending."""
        self.pending += sum(self.as_of < until for until in state.values())


class MustBeNext(Obligations):
    """5: the next event of all is a B. An event is what the name ``event`` stands for, or the policy speaks of."""

    def see(self, state: dict[int, int] | None, events: Events) -> dict[int, int]:
        """Judge what waits, then wait for more."""
        waiting = state or {}
        for row, role in events:
            if role & (ANY | JUDGED | B) and waiting:
                if not role & B:
                    self._next_to(waiting, row)
                waiting = {}
            if role & JUDGED:
                self.await_for(row, waiting, 0)
        return waiting

    def _next_to(self, waiting: Iterable[int], row: int) -> None:
        for other in waiting:
            told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
            self.breaks((other, row), f"{told}, not by {self.b}.", self.at[row])

    def end(self, state: dict[int, int], closed: Mapping[int, int]) -> None:
        """Those after which nothing came are pending."""
        self.pending += len(state)


class MustAlternate(Monitor[tuple[int, bool]]):
    """21: between two that follow each other stands a B."""

    def see(self, state: tuple[int, bool] | None, events: Events) -> tuple[int, bool]:
        """Judge each by what came since the one before."""
        last, between = state or (-1, False)
        for row, role in events:
            if role & JUDGED:
                if last >= 0 and self.counts(row) and not between:
                    told = f"{self.told(row)} came after that of {self.day(last)} with no {self._words} between them."
                    self.breaks((row, last), told)
                last, between = row, False
            elif role & B:
                between = True
        return last, between

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words
