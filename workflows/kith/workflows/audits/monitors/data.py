"""Steps about what an event itself says, and when (13, 14, 15, 19, 22), and about stages and debts (18, 23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kith.domain.stages import Stage
from kith.workflows.audits.compiled import CLOSING, JUDGED, STAGE, A, B
from kith.workflows.audits.monitors.base import Key, Monitor
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary.values import WEEKDAYS


class MustHave(Monitor[None]):
    """13: none of the attributes is missing."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge the event alone."""
        if role & JUDGED and self.counts(row):
            lacks = [name for name in self.terms.attributes if self.log.value(row, name) is None]
            if lacks:
                self.breaks((row,), f"{self.told(row)} has no {' and no '.join(lacks)}.")


class MustBe(Monitor[None]):
    """14: the attribute is one of some values, or a number within a bound. What lacks it breaks the policy."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge the event alone."""
        if role & JUDGED and self.counts(row):
            value = self.log.value(row, self.terms.attribute)
            if value is None:
                self.breaks((row,), f"{self.told(row)} has no {self.terms.attribute}.")
            elif not self.fits(value):
                self.breaks((row,), f"{self.told(row)} has {self.terms.attribute} {self.shown(value)}; {self.wanted}.")

    def fits(self, value: Value) -> bool:
        """Whether the value is as it is to be."""
        return value in self.terms.values

    def shown(self, value: Value) -> str:
        """The value as it is told."""
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return f"it was to be {' or '.join(map(self.shown, self.terms.values))}"


class MustBeAtLeast(MustBe):
    """14: the attribute is a number that is high enough."""

    def fits(self, value: Value) -> bool:
        """Whether it is."""
        return isinstance(value, int) and value >= self.terms.n

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return f"at least {self.terms.n} was to be"


class MustBeAtMost(MustBe):
    """14: the attribute is a number that is low enough."""

    def fits(self, value: Value) -> bool:
        """Whether it is."""
        return isinstance(value, int) and value <= self.terms.n

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return f"at most {self.terms.n} was to be"


class MustEqualLast(Monitor[int]):
    """15: the attribute is that of the last B before. Where no B stands before, or either lacks it, it is broken."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge by the last one, then remember."""
        if role & JUDGED and self.counts(row):
            last = self.states.get(key)
            value = self.log.value(row, self.terms.attribute)
            if last is None:
                self.breaks((row,), f"{self.told(row)} came with nothing before it that its {self._what} could equal.")
            elif value is None or value != self.log.value(last, self.terms.attribute):
                other = f"the {self.name(last)} of {self.day(last)}"
                self.breaks((row, last), f"{self.told(row)} has another {self._what} than {other}.")
        if role & B:
            self.states[key] = row

    @property
    def _what(self) -> str:
        return self.terms.attribute


class MustBeFirst(Monitor[int]):
    """19: the first of the events of the When step is an A."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge the first one."""
        if role & JUDGED and key not in self.states:
            self.states[key] = row
            if self.counts(row) and not role & A:
                self.breaks((row,), f"{self.told(row)} came first, and it was to be {self.a}.")


class MustBeWithinHours(Monitor[None]):
    """22: it happens on one of the days and between the two times, both included, in the seeker's time zone."""

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge the event alone."""
        if role & JUDGED and self.counts(row):
            local = self.log.times_of(row).local(self.at[row])
            opens, closes = self.terms.between
            if local.weekday() not in self.terms.days or not opens <= local.time() <= closes:
                when = f"on a {WEEKDAYS[local.weekday()]} at {local:%H:%M}"
                self.breaks((row,), f"{self.told(row)} happened {when}, outside the hours for it.")


class Stay(NamedTuple):
    """At which stage a relationship is, and since which judged event; -1 for none."""

    stage: Stage = Stage.MET
    since: int = -1


class MayStay(Monitor[Stay]):
    """18: a stay in the stage lasts no longer than the duration; leaving the stage or closing ends it.

    A stage is entered and left by a stage advance or correction, and met is entered by meeting. An advance that only
    tells anew of a lower stage moves nothing.
    """

    looks_ahead = True

    def see(self, row: int, key: Key, role: int) -> None:
        """Follow the stage."""
        stay = self.states.get(key, Stay())
        if role & CLOSING:
            self.states[key] = self._left(stay, row)
        elif role & STAGE:
            told = Stage[str(self.log.value(row, "stage") or "met").upper().replace(" ", "_")]
            down = self.name(row) == "stage correction"
            stage = told if down or key not in self.states else max(stay.stage, told)
            new = key not in self.states or stage is not stay.stage
            self.states[key] = self._moved(stay, stage, row, judged=bool(role & JUDGED)) if new else stay

    def _moved(self, stay: Stay, stage: Stage, row: int, *, judged: bool) -> Stay:
        """The stage is another one now."""
        self._left(stay, row)
        if stage.words == self.terms.stage and judged and self.at[row] >= self.since:
            self.counts(row)
            return Stay(stage, row)
        return Stay(stage)

    def _left(self, stay: Stay, row: int) -> Stay:
        if stay.since >= 0 and self.at[row] > self.later(stay.since):
            self._too_long(stay.since)
        return Stay(stay.stage)

    def _too_long(self, since: int) -> None:
        until = self.later(since)
        told = f"The stay in stage {self.terms.stage} from {self.day(since)} lasted longer than {self.span}."
        self.breaks((since,), told, until)

    def finish(self, closed: Mapping[int, int]) -> None:
        """Stays that last."""
        for stay in self.states.values():
            if stay.since >= 0 and self.later(stay.since) < self.as_of:
                self._too_long(stay.since)
            elif stay.since >= 0:
                self.pending += 1

    def restore(self, key: Key, before: Stay | None) -> None:
        """A stay that was over is not judged again."""
        now = self.states.get(key)
        if now and now.since >= 0 and (before is None or before.since != now.since):
            self.states[key] = Stay(now.stage)


class Debts(NamedTuple):
    """What is owed, by the value of the attribute."""

    owed: dict[Value, list[int]]


class NoDebtOpen(Monitor[Debts]):
    """23: every A before, with a duration those longer before than that, has had a B after it with its attribute.

    An A that lacks the attribute is not counted. Each event of the When step breaks it once, whatever is owed.
    """

    def see(self, row: int, key: Key, role: int) -> None:
        """Judge by what is owed, then settle and owe."""
        debts = self.states.setdefault(key, Debts({})).owed
        if role & JUDGED and self.counts(row):
            late = [other for owed in debts.values() for other in owed if self._counts(other, row)]
            if late:
                self._tell(row, sorted(late, key=lambda other: (self.at[other], other)))
        if role & (A | B):
            value = self.log.value(row, self.terms.attribute)
            if role & B:
                debts.pop(value, None)
            if role & A and value is not None:
                debts.setdefault(value, []).append(row)

    def _counts(self, other: int, row: int) -> bool:
        return not self.terms.span or self.later(other) < self.at[row]

    def _tell(self, row: int, late: list[int]) -> None:
        first = f"the {self.name(late[0])} of {self.day(late[0])}"
        more = f" and {len(late) - 1} more" if len(late) > 1 else ""
        self.breaks((row, *late), f"{self.told(row)} came while {first}{more} still had no {self._words}.")

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words
