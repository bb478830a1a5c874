"""Steps about what comes before an event, and what after it (1 to 7, and 21)."""

from __future__ import annotations

from collections.abc import Mapping

from kith.workflows.audits.compiled import ANY, JUDGED, B
from kith.workflows.audits.monitors.base import Key, Monitor


class LastBefore(Monitor[int]):
    """Remembers the last B by when it happened."""

    def remember(self, row: int, key: Key) -> None:
        """One more B."""
        if self.in_order or key not in self.states or self.at[row] >= self.at[self.states[key]]:
            self.states[key] = row


class MustPrecede(LastBefore):
    """1, 2: a B stands before; with a duration, one that happened no longer before than that."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge by what came before, then remember."""
        if role & JUDGED and self.counts(row):
            last = self.states.get(key)
            if last is None:
                self.breaks((row,), f"{self.told(row)} came with no {self._words} before it.")
            elif self.terms.span and self.at[row] > self.later(last):
                told = f"{self.told(row)} came with no {self._words} within the {self.span} before it; the last was on"
                self.breaks((row, last), f"{told} {self.day(last)}.")
        if role & B:
            self.remember(row, key)

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words


class MayNotPrecede(LastBefore):
    """7: no B stands before; with a duration, none that happened less long before than that."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge by what came before, then remember."""
        if role & JUDGED and self.counts(row):
            last = self.states.get(key)
            if last is not None and (not self.terms.span or self.at[row] < self.later(last)):
                within = f" less than {self.span}" if self.terms.span else ""
                self.breaks(
                    (row, last), f"{self.told(row)} came{within} after the {self.name(last)} of {self.day(last)}."
                )
        if role & B:
            self.remember(row, key)


class Obligations(Monitor[dict[int, int]]):
    """Remembers the events that wait for something, each with the instant at which their time is up."""

    looks_ahead = True

    def await_for(self, row: int, key: Key, until: int) -> None:
        """One more that waits; it is counted as judged, and may be broken at the end."""
        if self.at[row] >= self.since:
            self.counts(row)
            self.states.setdefault(key, {})[row] = until

    def restore(self, key: Key, before: dict[int, int] | None) -> None:
        """What no longer waited does not wait again."""
        now = self.states.get(key, {})
        self.states[key] = {row: until for row, until in now.items() if before and row in before}


class MustFollow(Obligations):
    """3: a B comes after; until then it is pending, and broken when the relationship is closed without one."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Fulfil what waits, then wait for more."""
        if role & B:
            self.states.pop(key, None)
        if role & JUDGED:
            self.await_for(row, key, 0)

    def finish(self, closed: Mapping[int, int]) -> None:
        """Those whose relationship is closed can wait no longer."""
        for waiting in self.states.values():
            for row in waiting:
                closing = closed.get(self.log.of(row))
                if closing is None:
                    self.pending += 1
                else:
                    told = f"{self.told(row)} was never followed by {self.b}; the relationship was closed on"
                    self.breaks((row, closing), f"{told} {self.day(closing)}.", max(self.at[row], self.at[closing]))


class MustFollowWithin(Obligations):
    """4: a B comes after, no longer after than the duration; pending until the time is up."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Fulfil what waits and is still in time, then wait for more."""
        if role & B and key in self.states:
            waiting = self.states[key]
            late = {other: until for other, until in waiting.items() if self.at[row] > until}
            self.states[key] = late
            if self.in_order:
                self._too_late(self.states.pop(key))
        if role & JUDGED:
            self.await_for(row, key, self.later(row))

    def _too_late(self, waiting: Mapping[int, int]) -> None:
        for row, until in waiting.items():
            told = f"{self.told(row)} was not followed by {self.b} within {self.span}"
            self.breaks((row,), f"{told}: by {self.day(row, until)}.", until)

    def finish(self, closed: Mapping[int, int]) -> None:
        """Those whose time is up are broken."""
        for waiting in self.states.values():
            over = {row: until for row, until in waiting.items() if until < self.as_of}
            self._too_late(over)
            self.pending += len(waiting) - len(over)


class MayNotFollowWithin(Obligations):
    """6: no B comes after, less long after than the duration; pending until the time is up."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Tell of what waits and is broken, then wait for more."""
        if role & B and key in self.states:
            left = {}
            for other, until in self.states[key].items():
                if self.at[row] < until:
                    told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
                    self.breaks((other, row), f"{told}, less than {self.span} later.", self.at[row])
                elif not self.in_order:
                    left[other] = until
            self.states[key] = left
        if role & JUDGED:
            self.await_for(row, key, self.later(row))

    def finish(self, closed: Mapping[int, int]) -> None:
        """Those whose time is not up are pending."""
        self.pending = sum(self.as_of < until for waiting in self.states.values() for until in waiting.values())


class MustBeNext(Obligations):
    """5: the next event of all is a B. An event is what the name ``event`` stands for, or the policy speaks of."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge what waits, then wait for more."""
        if role & (ANY | JUDGED | B):
            for other in self.states.pop(key, {}):
                if not role & B:
                    told = f"{self.told(other)} was followed by the {self.name(row)} of {self.day(row)}"
                    self.breaks((other, row), f"{told}, not by {self.b}.", self.at[row])
        if role & JUDGED:
            self.await_for(row, key, 0)

    def finish(self, closed: Mapping[int, int]) -> None:
        """Those after which nothing came are pending."""
        self.pending = sum(map(len, self.states.values()))


class MustAlternate(Monitor[tuple[int, bool]]):
    """21: between two that follow each other stands a B."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge by what came since the one before."""
        last, between = self.states.get(key, (-1, False))
        if role & JUDGED:
            if last >= 0 and self.counts(row) and not between:
                told = f"{self.told(row)} came after that of {self.day(last)} with no {self._words} between them."
                self.breaks((row, last), told)
            self.states[key] = (row, False)
        elif role & B and last >= 0:
            self.states[key] = (last, True)

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words
