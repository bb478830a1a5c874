"""Steps about what comes before an event, and what after it (1 to 7, and 21)."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping

from kith.workflows.audits.compiled import ANY, JUDGED, B
from kith.workflows.audits.monitors.base import Events, Monitor


class LastBefore(Monitor[list[int]]):
    """Remembers the Bs by when they happened; where they come in that order, the last one alone."""

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Judge each by what came before, then remember."""
        seen, at, since = state or [], self.at.__getitem__, self.first_counted
        any_is_before = self.in_order or not self.terms.span
        for row, role in events:
            if role & JUDGED and at(row) >= since:
                self.judged += 1
                before = len(seen) if any_is_before else bisect_right(seen, at(row), key=at)
                self.judge(row, seen[before - 1] if before else None)
            if role & B:
                if self.in_order:
                    seen = [row]
                else:
                    insort(seen, row, key=at)
        return seen

    @abstractmethod
    def judge(self, row: int, last: int | None) -> None:
        """Judge an event by the last B before it."""


class MustPrecede(LastBefore):
    """1, 2: a B stands before; with a duration, one that happened no longer before than that."""

    def judge(self, row: int, last: int | None) -> None:
        """There is to be one, and not too long ago."""
        if last is None:
            self.breaks((row,), f"{self.told(row)} came with no {self._words} before it.")
        elif self.terms.span and self.over_by(last, self.at[row]) > 0:
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
        if last is not None and (not self.terms.span or self.over_by(last, self.at[row]) < 0):
            within = f" less than {self.span}" if self.terms.span else ""
            self.breaks((row, last), f"{self.told(row)} came{within} after the {self.name(last)} of {self.day(last)}.")


class Obligations(Monitor[list[int]]):
    """Remembers the events that wait for something."""

    looks_ahead = True

    def await_for(self, row: int, waiting: list[int]) -> None:
        """One more that waits; it is counted as judged, and may be broken at the end."""
        at = self.at[row]
        if at >= self.since:
            self.judged += at >= self.first_counted
            waiting.append(row)

    def resumed(self, state: list[int], before: list[int] | None) -> list[int]:
        """What no longer waited does not wait again."""
        waited = set(before or ())
        return [row for row in state if row in waited]


class MustFollow(Obligations):
    """3: a B comes after; until then it is pending, and broken when the relationship is closed without one."""

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Fulfil what waits, then wait for more."""
        waiting = state or []
        for row, role in events:
            if role & B and waiting:
                waiting = []
            if role & JUDGED:
                self.await_for(row, waiting)
        return waiting

    def end(self, state: list[int], closed: Mapping[int, int]) -> None:
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

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Fulfil what waits and is still in time, then wait for more."""
        waiting, at, in_order, shortest = state or [], self.at, self.in_order, self.at_shortest
        for row, role in events:
            if role & B and waiting:
                if in_order and at[row] - at[waiting[0]] < shortest:
                    waiting = []  # all of them were still in time
                else:
                    waiting = [o for o in waiting if at[row] < at[o] or self.over_by(o, at[row]) > 0]
                if in_order and waiting:
                    self._too_late(waiting)
                    waiting = []
            if role & JUDGED:
                self.await_for(row, waiting)
        return waiting

    def _too_late(self, waiting: Iterable[int]) -> None:
        for row in waiting:
            until = self.later(row)
            told = f"{self.told(row)} was not followed by {self.b} within {self.span}"
            self.breaks((row,), f"{told}: by {self.day(row, until)}.", until)

    def end(self, state: list[int], closed: Mapping[int, int]) -> None:
        """Those whose time is up are broken."""
        over = [row for row in state if self.over_by(row, self.as_of) > 0]
        self._too_late(over)
        self.pending += len(state) - len(over)


class MayNotFollowWithin(Obligations):
    """6: no B comes after, less long after than the duration; pending until the time is up."""

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Tell of what waits and is broken, then wait for more."""
        waiting = state or []
        for row, role in events:
            if role & B and waiting:
                waiting = self._left(waiting, row)
            if role & JUDGED:
                self.await_for(row, waiting)
        return waiting

    def _left(self, waiting: Iterable[int], row: int) -> list[int]:
        """What waits on after a B."""
        left = []
        for other in waiting:
            if self.at[other] <= self.at[row] and self.near(other, row):
                told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
                self.breaks((other, row), f"{told}, less than {self.span} later.", self.at[row])
            elif not self.in_order:
                left.append(other)
        return left

    def end(self, state: list[int], closed: Mapping[int, int]) -> None:
        """Those whose time is not up are pending."""
        self.pending += sum(self.over_by(row, self.as_of) < 0 for row in state)


class MustBeNext(Obligations):
    """5: the next event of all is a B. An event is what the name ``event`` stands for, or the policy speaks of."""

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Judge what waits, then wait for more."""
        waiting = state or []
        for row, role in events:
            if role & (ANY | JUDGED | B) and waiting:
                if not role & B:
                    self._next_to(waiting, row)
                waiting = []
            if role & JUDGED:
                self.await_for(row, waiting)
        return waiting

    def _next_to(self, waiting: Iterable[int], row: int) -> None:
        for other in waiting:
            told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
            self.breaks((other, row), f"{told}, not by {self.b}.", self.at[row])

    def end(self, state: list[int], closed: Mapping[int, int]) -> None:
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
