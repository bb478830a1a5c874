"""Steps about what an event itself says, and when (13, 14, 15, 19, 22), and about stages and debts (18, 23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kith.domain.relationship.events import StageCorrected
from kith.domain.stages import Stage
from kith.workflows.audits.compiled import CLOSING, JUDGED, STAGE, A, B
from kith.workflows.audits.monitors.base import Events, Monitor, OneByOne
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary.values import WEEKDAYS


class MustHave(OneByOne):
    """13: none of the attributes is missing."""

    def judge(self, row: int) -> None:
        """Each of them is there."""
        lacks = [name for name in self.terms.attributes if self.log.value(row, name) is None]
        if lacks:
            self.breaks((row,), f"{self.told(row)} has no {' and no '.join(lacks)}.")


class MustBe(OneByOne):
    """14: the attribute is one of some values, or a number within a bound. What lacks it breaks the policy."""

    def judge(self, row: int) -> None:
        """It is there, and fits."""
        value = self.log.value(row, self.terms.attribute)
        if value is None:
            self.breaks((row,), f"{self.told(row)} has no {self.terms.attribute}.")
        elif not self.fits(value):
            self.breaks(
                (row,), f"{self.told(row)} has {self.terms.attribute} {self.shown(value)}; it was to be {self.wanted}."
            )

    def fits(self, value: Value) -> bool:
        """Whether the value is as it is to be."""
        return value in self.terms.values

    def shown(self, value: Value) -> str:
        """The value as it is told."""
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return " or ".join(map(self.shown, self.terms.values))


class MustBeAtLeast(MustBe):
    """14: the attribute is a number that is high enough."""

    def fits(self, value: Value) -> bool:
        """Whether it is."""
        return isinstance(value, int) and value >= self.terms.n

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return f"at least {self.terms.n}"


class MustBeAtMost(MustBe):
    """14: the attribute is a number that is low enough."""

    def fits(self, value: Value) -> bool:
        """Whether it is."""
        return isinstance(value, int) and value <= self.terms.n

    @property
    def wanted(self) -> str:
        """What it was to be."""
        return f"at most {self.terms.n}"


class MustEqualLast(Monitor[int]):
    """15: the attribute is that of the last B before. Where no B stands before, or either lacks it, it is broken."""

    def see(self, state: int | None, events: Events) -> int | None:
        """Judge by the last one, then remember."""
        last = state
        for row, role in events:
            if role & JUDGED and self.counts(row):
                self._judge(row, last)
            if role & B:
                last = row
        return last

    def _judge(self, row: int, last: int | None) -> None:
        value = self.log.value(row, self.terms.attribute)
        if last is None:
            self.breaks((row,), f"{self.told(row)} came with nothing before it that its {self._what} could equal.")
        elif value is None or value != self.log.value(last, self.terms.attribute):
            other = f"the {self.name(last)} of {self.day(last)}"
            self.breaks((row, last), f"{self.told(row)} has another {self._what} than {other}.")

    @property
    def _what(self) -> str:
        return self.terms.attribute


class MustBeFirst(Monitor[int]):
    """19: the first of the events of the When step is an A."""

    def see(self, state: int | None, events: Events) -> int | None:
        """Judge the first one."""
        if state is not None:
            return state
        for row, role in events:
            if role & JUDGED:
                if self.counts(row) and not role & A:
                    self.breaks((row,), f"{self.told(row)} came first, and it was to be {self.a}.")
                return row
        return None


class MustBeWithinHours(OneByOne):
    """22: it happens on one of the days and between the two times, both included, in the seeker's time zone."""

    def judge(self, row: int) -> None:
        """It is one of the days, and late and early enough."""
        local = self.log.times_of(row).local(self.at[row])
        opens, closes = self.terms.between
        if local.weekday() not in self.terms.days or not opens <= local.time() <= closes:
            when = f"on a {WEEKDAYS[local.weekday()]} at {local:%H:%M}"
            self.breaks((row,), f"{self.told(row)} happened {when}, outside the hours for it.")


_STAGES: Final = {stage.words: stage for stage in Stage}
_MET: Final = Stage.MET.words


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

    def see(self, state: Stay | None, events: Events) -> Stay | None:
        """Follow the stage."""
        stay = state
        for row, role in events:
            if role & CLOSING:
                stay = self._left(stay or Stay(), row)
            elif role & STAGE:
                stage = self._stage(stay, row)
                if stay is None or stage is not stay.stage:
                    stay = self._moved(stay or Stay(), stage, row, judged=bool(role & JUDGED))
        return stay

    def _stage(self, stay: Stay | None, row: int) -> Stage:
        told = _STAGES[str(self.log.value(row, "stage") or _MET)]
        return told if stay is None or self.log.topic(row) == StageCorrected.TOPIC else max(stay.stage, told)

    def _moved(self, stay: Stay, stage: Stage, row: int, *, judged: bool) -> Stay:
        """The stage is another one now."""
        self._left(stay, row)
        if judged and stage is _STAGES[self.terms.stage] and self.at[row] >= self.since:
            self.counts(row)
            return Stay(stage, row)
        return Stay(stage)

    def _left(self, stay: Stay, row: int) -> Stay:
        if stay.since >= 0 and self.over_by(stay.since, self.at[row]) > 0:
            self._too_long(stay.since, f"until {self.day(row)}")
        return Stay(stay.stage)

    def _too_long(self, since: int, until: str) -> None:
        told = f"The stay in stage {self.terms.stage} from {self.day(since)} {until} is longer than {self.span}."
        self.breaks((since,), told, self.later(since))

    def end(self, state: Stay, closed: Mapping[int, int]) -> None:
        """A stay that lasts."""
        if state.since >= 0 and self.over_by(state.since, self.as_of) > 0:
            self._too_long(state.since, "on")
        elif state.since >= 0:
            self.pending += 1

    def resumed(self, state: Stay, before: Stay | None) -> Stay:
        """A stay that was over is not judged again."""
        return state if before and before.since == state.since else Stay(state.stage)


class NoDebtOpen(Monitor[dict[Value, list[int]]]):
    """23: every A before, with a duration those longer before than that, has had a B after it with its attribute.

    An A that lacks the attribute is not counted. Each event of the When step breaks it once, whatever is owed.
    """

    def see(self, state: dict[Value, list[int]] | None, events: Events) -> dict[Value, list[int]]:
        """Judge by what is owed, then settle and owe."""
        debts = state or {}
        for row, role in events:
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
        return debts

    def _counts(self, other: int, row: int) -> bool:
        return not self.terms.span or self.over_by(other, self.at[row]) > 0

    def _tell(self, row: int, late: list[int]) -> None:
        first = f"the {self.name(late[0])} of {self.day(late[0])}"
        more = f" and {len(late) - 1} more" if len(late) > 1 else ""
        self.breaks((row, *late), f"{self.told(row)} came while {first}{more} still had no {self._words}.")

    @property
    def _words(self) -> str:
        assert self.terms.b is not None
        return self.terms.b.words
