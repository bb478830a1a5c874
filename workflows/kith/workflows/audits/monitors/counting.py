"""Steps that count: how often, how many at once, how many in a window, and in what ratio (8 to 12, 16, 17, 20)."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

from kith.workflows.audits.compiled import JUDGED, A, B, C
from kith.workflows.audits.monitors.base import Events, Monitor, OneByOne
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary.values import times


class MustNeverHappen(OneByOne):
    """8: it does not happen at all."""

    def judge(self, row: int) -> None:
        """Every one breaks it."""
        self.breaks((row,), f"{self.told(row)} was not to happen.")


class AtMost(Monitor[int]):
    """9: no more than n of them; every further one breaks it."""

    def see(self, state: int | None, events: Events) -> int:
        """Count."""
        count = state or 0
        for row, role in events:
            if role & JUDGED:
                count += 1
                if self.counts(row) and count > self.terms.n:
                    self.breaks((row,), f"{self.told(row)} is number {count}; {_the_most(self.terms.n)}.")
        return count


class AtLeastBefore(Monitor[int]):
    """10: before each B stand n of A."""

    def see(self, state: int | None, events: Events) -> int:
        """Judge by what came before, then count."""
        count = state or 0
        for row, role in events:
            if role & JUDGED and role & B and self.counts(row) and count < self.terms.n:
                self._tell(row, count)
            if role & A:
                count += 1
        return count

    def _tell(self, row: int, count: int) -> None:
        assert self.terms.a is not None
        before = times(count, self.terms.a.words) if count else f"no {self.terms.a.words}"
        self.breaks((row,), f"{self.told(row)} came after {before}; at least {self.terms.n} were to come before it.")


class AtMostIn(Monitor[list[int]]):
    """11: no more than n happened within any stretch of the duration; the one that ends such a stretch breaks it."""

    def see(self, state: list[int] | None, events: Events) -> list[int]:
        """Count those before that are still within the duration; they are kept by when they happened."""
        seen, at, most, since = state or [], self.at.__getitem__, self.terms.n, self.first_counted
        in_order = self.in_order
        for row, role in events:
            if role & JUDGED:
                if at(row) >= since:
                    self.judged += 1
                    if len(seen) >= most and not (in_order and at(row) - at(seen[-most]) >= self.at_longest):
                        self._judge(row, seen)
                if in_order:
                    seen.append(row)
                else:
                    insort(seen, row, key=at)
        return seen

    def _judge(self, row: int, seen: Sequence[int]) -> None:
        place = bisect_right(seen, self.at[row], key=self.at.__getitem__)
        begin = end = place
        while begin and self.near(seen[begin - 1], row):
            begin -= 1
        while end < len(seen) and self.near(row, seen[end]):
            end += 1
        around = [*seen[begin:place], row, *seen[place:end]]
        stretch = self._fullest(around, starts=place - begin + 1)
        if len(stretch) > self.terms.n:
            told = f"{self.told(row)} is number {len(stretch)} within {self.span}; {_the_most(self.terms.n)}."
            self.breaks((row, *sorted(other for other in stretch if other != row)), told)

    def _fullest(self, around: Sequence[int], starts: int) -> Sequence[int]:
        """The stretch of the duration that holds the most, the earliest of them; each begins with one of the first."""
        fullest, end = around[:0], 0
        for start in range(starts):
            while end < len(around) and self.near(around[start], around[end]):
                end += 1
            fullest = max(fullest, around[start:end], key=len)
        return fullest


class AtMostOpen(Monitor[dict[Value, int]]):
    """12: no more than n are open at once; each is open until a B with the same attribute, or the duration is over.

    What lacks the attribute is not counted. One that is opened again before it was closed is open from then on.
    """

    def see(self, state: dict[Value, int] | None, events: Events) -> dict[Value, int]:
        """Close, then open and judge."""
        opened = state or {}
        for row, role in events:
            value = self.log.value(row, self.terms.attribute)
            if value is None:
                continue
            opened.pop(value, None)
            if role & JUDGED:
                opened[value] = row
                if self.counts(row):
                    self._judge(row, [other for other in opened.values() if other != row and self._is_open(other, row)])
        return opened

    def _is_open(self, other: int, row: int) -> bool:
        return not self.terms.span or self.near(other, row)

    def _judge(self, row: int, others: list[int]) -> None:
        if len(others) >= self.terms.n:
            open_ = len(others) + 1
            told = f"With {self._lower(row)}, {open_} were open at once; {_the_most(self.terms.n)}."
            self.breaks((row, *others), told)

    def _lower(self, row: int) -> str:
        return self.told(row).replace("The ", "the ", 1)


def _the_most(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'} the most"


class Counted(NamedTuple):
    """How often each side of a ratio happened."""

    named: dict[Value, int]
    """Those of the one side that can be left out later, by the attribute."""
    ones: int = 0
    """The rest of that side."""
    others: int = 0


class AtMostAsOftenAs(Monitor[Counted]):
    """16: at each, they are together no more than n times as many as the Bs before; those with a C can be left out."""

    def see(self, state: Counted | None, events: Events) -> Counted:
        """Leave out, judge by what came before, then count."""
        named, ones, others = state or Counted({})
        for row, role in events:
            value = self.log.value(row, self.terms.attribute) if self.terms.attributes else None
            if role & C:
                named.pop(value, None)
            if role & JUDGED:
                if value is None:
                    ones += 1
                else:
                    named[value] = row
                count = len(named) + ones
                if self.counts(row) and count > self.terms.n * others:
                    self.breaks((row,), self._sentence(row, count, others))
            others += bool(role & B)
        return Counted(named, ones, others)

    def _sentence(self, row: int, ones: int, others: int) -> str:
        assert self.terms.b is not None
        times_ = f", and {self.terms.n} to each are the most" if self.terms.n > 1 else ""
        return f"{self.told(row)} is number {ones}, after {times(others, self.terms.b.words)}{times_}."


class NoTwoShare(Monitor[dict[Value, list[int]]]):
    """17: no earlier one has the same attribute; with a duration, none less long apart. The later one breaks it.

    Where they come in the order in which they happened, the last of each value alone is remembered.
    """

    def see(self, state: dict[Value, list[int]] | None, events: Events) -> dict[Value, list[int]]:
        """Judge by those before with the same value."""
        seen = state or {}
        for row, role in events:
            value = self.log.value(row, self.terms.attribute)
            if role & JUDGED and value is not None:
                others = seen.get(value, [])
                if self.counts(row) and others:
                    self._judge(row, min(others, key=lambda other: abs(self.at[other] - self.at[row])))
                seen[value] = [row] if self.in_order else [*others, row]
        return seen

    def _judge(self, row: int, nearest: int) -> None:
        if not self.terms.span or self.near(nearest, row):
            self._tell(row, nearest)

    def _tell(self, row: int, last: int) -> None:
        side = "before" if self.at[last] <= self.at[row] else "after"
        within = f", less than {self.span} {side}" if self.terms.span else ""
        shares = f"shares its {self.terms.attribute} with the {self.name(last)} of {self.day(last)}"
        self.breaks((row, last), f"{self.told(row)} {shares}{within}.")


class Both(NamedTuple):
    """The first of each, and whether it is judged and told; -1 for none."""

    a: int = -1
    b: int = -1
    judged: bool = False
    told: bool = False


class NotBoth(Monitor[Both]):
    """20: where the event of the When step happens, A and B do not both happen. It is broken once."""

    def see(self, state: Both | None, events: Events) -> Both:
        """Remember the first of each."""
        both = state or Both()
        for row, role in events:
            both = self._with(both, row, role)
        return both

    def _with(self, both: Both, row: int, role: int) -> Both:
        if role & JUDGED and not both.judged and self.at[row] >= self.since:
            self.counts(row)
            both = both._replace(judged=True)
        if role & A and both.a < 0:
            both = both._replace(a=row)
        if role & B and both.b < 0:
            both = both._replace(b=row)
        if both.judged and not both.told and both.a >= 0 and both.b >= 0:
            both = both._replace(told=True)
            told = f"{self.told(both.a)} and the {self.name(both.b)} of {self.day(both.b)} were not both to happen."
            self.breaks((row, *(other for other in (both.a, both.b) if other != row)), told, self.at[row])
        return both

    def resumed(self, state: Both, before: Both | None) -> Both:
        """What was told is not told again."""
        return state._replace(told=before.told) if before else state
