"""What all monitors have in common: they judge, count, and tell what they found in one sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, NamedTuple, TypeVar

from kith.domain.log import EVENTS
from kith.domain.speaking import SPEAKING
from kith.workflows.audits.compiled import JUDGED, Compiled
from kith.workflows.audits.reading.instants import DAY
from kith.workflows.audits.reading.log import GONE, Log, Sign
from kith.workflows.audits.vocabulary.values import Span, an

State = TypeVar("State")
_UNSURE = 2 * DAY
"""So much less or more than so many times 24 hours are so many days by the clock at most."""
Events = Sequence[tuple[int, int]]
"""Rows, each with what it is to the policy."""


def _rough(span: Span | None) -> tuple[int, int]:
    """About how long a duration is, and by how much that may be wrong; microseconds."""
    if span is None:
        return 0, 0
    return (span.days * DAY, _UNSURE) if span.days else (span.micros, 0)


NEVER: Final = 2**63 - 1
"""No event happened as late as that."""


class Found(NamedTuple):
    """A breach: the rows it rests on, the judged one first; when it was broken; and the sentence."""

    rows: tuple[int, ...]
    at: int
    sentence: str


class Monitor(ABC, Generic[State]):
    """Sees the events that are something to its policy: those that are judged together, in the order of the audit.

    What it remembers of them is its state, which it is given back with the next of them, so that many relationships
    can be judged one after the other, and little be remembered at a time.

    What comes before or after an event is meant strictly: no event is its own evidence. Durations lie between the
    instants at which two events happened, also where the order is that of recording: what was recorded before an event
    and happened after it is within no duration before it. On the boundary a policy is kept: what is to come within 7
    days may come on the last instant of them, and after it a pause of 7 days is over.
    """

    looks_ahead: ClassVar[bool] = False
    """Whether what comes later decides, so that a verdict may have to wait."""

    def __init__(self, policy: Compiled, log: Log, *, as_of: int, since: int, in_order: bool) -> None:
        self.policy, self.log, self.terms = policy, log, policy.terms
        self.at, self.as_of, self.since = log.at, as_of, since
        self.in_order = in_order
        """Whether the events come in the order in which they happened."""
        self._after = [times.after(policy.terms.span) for times in log.times] if policy.terms.span else []
        self._about, self._unsure = _rough(policy.terms.span)
        self.at_longest = self._about + self._unsure
        """Longer than any such duration, in microseconds."""
        self.at_shortest = self._about - self._unsure
        """No such duration is shorter."""
        self._names: dict[int, str] = {}
        self.found: list[Found] = []
        self.judged = self.pending = 0
        self.first_counted = since
        """From when on what it sees is judged and counted."""

    @abstractmethod
    def see(self, state: State | None, events: Events) -> State | None:
        """Judge more of the events that are judged together; the state is None before the first ones."""

    def remember(self, events: Events) -> State | None:
        """The state after the first events, which were judged before."""
        self.first_counted = NEVER
        state = self.see(None, events)
        self.first_counted = self.since
        return state

    def end(self, state: State, closed: Mapping[int, int]) -> None:
        """There are no more of them; ``closed`` tells of each closed relationship the row of its closing."""

    def resumed(self, state: State, before: State | None) -> State:
        """The state after its past was seen anew: what was decided ``before`` stays so.

        Nothing to do for those that look back.
        """
        return state

    def counts(self, row: int) -> bool:
        """Whether the event is to be judged now; it is counted then."""
        if self.at[row] < self.first_counted:
            return False
        self.judged += 1
        return True

    def breaks(self, rows: tuple[int, ...], sentence: str, at: int | None = None) -> None:
        """The policy is broken."""
        if self.first_counted != NEVER:
            self.found.append(Found(rows, self.at[rows[0]] if at is None else at, sentence))

    def later(self, row: int) -> int:
        """The step's duration after an event."""
        after = self._after
        return after[0 if len(after) == 1 else self.log.seeker[self.log.aggregate[row]]](self.at[row])

    def over_by(self, row: int, at: int) -> int:
        """Less than 0 while the step's duration after an event is not over, more once it is; only the sign tells."""
        by = at - self.at[row] - self._about
        return by if abs(by) >= self._unsure else at - self.later(row)

    def near(self, one: int, other: int) -> bool:
        """Whether less than the step's duration lies between two events, whichever came first."""
        first, second = (one, other) if self.at[one] <= self.at[other] else (other, one)
        return self.over_by(first, self.at[second]) < 0

    def name(self, row: int) -> str:
        """What an event is called: as the policy calls it, where it has a name for these events alone."""
        code = self.log.code[row]
        if code == GONE:
            return SPEAKING[EVENTS[self.log.topic(row)]]
        if code not in self._names:
            self._names[code] = self._name(self.log.signs[code])
        return self._names[code]

    def _name(self, sign: Sign) -> str:
        told = self.log.told(sign)
        called = [one for _, one in self.policy.roles() if len(one.kinds) == 1 and one.words and one.match(sign, told)]
        narrowest = max(called, key=lambda one: len(one.kinds[0].needs), default=None)
        return narrowest.words if narrowest else SPEAKING[EVENTS[sign.topic]]

    def day(self, row: int, at: int | None = None) -> str:
        """The date of an event, or of another instant, in the days of its seeker; with the time, if hours matter."""
        times, at = self.log.times_of(row), self.at[row] if at is None else at
        hours = self.terms.span is not None and not self.terms.span.days
        return f"{times.spelled(at)}, {times.local(at):%H:%M}" if hours else times.spelled(at)

    def told(self, row: int) -> str:
        """An event as a sentence begins with it: ``The gift of 5 January 2026``."""
        return f"The {self.name(row)} of {self.day(row)}"

    @property
    def span(self) -> str:
        """The duration in the words of the policy."""
        return self.terms.span.words if self.terms.span else ""

    @property
    def a(self) -> str:
        """What the step calls A, with its article."""
        return an(self.terms.a.words) if self.terms.a else ""

    @property
    def b(self) -> str:
        """What the step calls B, with its article."""
        return an(self.terms.b.words) if self.terms.b else ""


class OneByOne(Monitor[None]):
    """Judges each event by what it says itself."""

    def see(self, state: None, events: Events) -> None:
        """Judge each alone."""
        for row, role in events:
            if role & JUDGED and self.counts(row):
                self.judge(row)

    @abstractmethod
    def judge(self, row: int) -> None:
        """Judge one event."""


AnyMonitor = Monitor[Any]
