"""Ten years in which an engine is swept at irregular times: every timer fires once, none early, and none is lost.

The clocks change twice a year, Samoa skips a day, there are three leap days, the clock of the machine jumps back, the
laptop is closed for weeks, and sweeps are cut off in the middle.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

import pytest

from kith.domain.errors import NotFound
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.domain.timers import timers
from kith.workflows import ports
from tests.engine.properties import MOVES, World

START, YEARS = datetime(2011, 6, 1, 9, tzinfo=UTC), 10
ZONES = ("Pacific/Apia", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
LIFE = [name for name in MOVES if name not in ("profile", "sweep")]
"""What happens now and then."""
OFTEN = ("touch", "touch", "give", "ask", "pursue", "pursue", "hold", "thank", "tier", "snooze", "agree")


class Armed(NamedTuple):
    """A timer that is armed, or was when it fired."""

    relationship: str
    kind: str
    subject: str
    due: datetime


class Years:
    """A world that is swept now and then, and what of its timers was seen."""

    def __init__(self, zone: str, seed: int) -> None:
        self.chance = Random(seed)
        self.world = World(zone)
        self.world.now = START
        self.end = START + timedelta(days=366 * YEARS)
        self.fired: Counter[Armed] = Counter()
        self.read = ports.START
        self.overtaken = 0
        for _ in range(5):
            self.world.move("meet", 0, self.number(), 0)

    def number(self) -> int:
        """Any choice."""
        return self.chance.randrange(840)

    def live(self) -> None:
        """Until the end, at most some ten days at a time."""
        while self.world.now < self.end:
            self._time_passes()
            if self.chance.random() < 0.02:
                self.world.move("meet", 0, self.number(), 0)
            before = self.armed()
            self.world.move(self.chance.choice([*LIFE, *OFTEN]), self.number(), self.number(), self.number())
            self.overtaken += sum(timer.due <= self.world.now for timer in before - self.armed())
            if self.chance.random() < 0.7:
                self._sweep()
        self._sweep()

    def _time_passes(self) -> None:
        match self.chance.randrange(20):
            case 0:
                self.world.now -= timedelta(minutes=self.chance.randrange(4_000))  # the clock jumps back
            case 1:
                self.world.now += timedelta(days=self.chance.randrange(7, 60))  # the laptop is closed
            case _:
                self.world.now += timedelta(minutes=self.chance.randrange(14_000))

    def armed(self) -> set[Armed]:
        """The timers that are armed."""
        found, seeker = set(), self.world.kith.seeker()
        for who in self.world.people:
            with suppress(NotFound):
                state = self.world.kith.relationship(who)
                for kind, subject, due in timers(state, seeker.policy, seeker.calendar):
                    found.add(Armed(who.hex, kind, "" if kind == "dormant" else subject, due))
        return found

    def _sweep(self) -> None:
        kith, now = self.world.kith, self.world.now
        due = {timer for timer in self.armed() if timer.due <= now}
        if self.chance.random() < 0.2:
            with suppress(KeyboardInterrupt):
                kith.sweep(limit=1, progress=_cut_off)
        if self.chance.random() < 0.1:
            kith.forget_states()
        kith.sweep(limit=self.chance.choice([1, 2, 1_000]))
        self._read_on()
        lapsed = [timer for timer in due if timer.kind == "lapse"]
        for timer in due:
            assert self.fired[timer] == 1 or _over(timer, lapsed), f"{timer} did not fire"
        assert not [timer for timer in self.armed() if timer.due <= now]
        assert kith.sweep().fired == {}

    def _read_on(self) -> None:
        with self.world.kith.store.reading() as reading:
            new = reading.page(self.read, 100_000, settled=False)  # nobody else writes
        for place, recorded in new:
            self.read = place
            assert isinstance(recorded, Recorded)
            timer = _fired(recorded)
            if timer is not None:
                self.fired[timer] += 1
                assert recorded.at == timer.due <= recorded.recorded_at, f"{timer} fired early"


def _over(timer: Armed, lapsed: list[Armed]) -> bool:
    """Whether an ask lapsed before the timer was due: then nothing is to be nudged about, and a new cooldown begins."""
    asks = [lapse.due for lapse in lapsed if lapse.relationship == timer.relationship]
    return timer.kind in ("nudge", "cooldown") and any(due < timer.due for due in asks)


def _cut_off(_: int, __: int) -> None:
    raise KeyboardInterrupt


def _fired(recorded: Recorded) -> Armed | None:
    who = recorded.originator_id.hex
    match recorded.event:
        case e.TimerFired(kind=kind, subject=subject, due=due):
            return Armed(who, kind, subject, due)
        case e.AskLapsed(ask_id=ask_id, at=at):
            return Armed(who, "lapse", str(ask_id), at)
        case e.WentDormant(at=at):
            return Armed(who, "dormant", "", at)
        case _:
            return None


@pytest.mark.usefixtures("worlds_in_memory")
@pytest.mark.parametrize("zone", [ZONES[0], *(pytest.param(zone, marks=pytest.mark.slow) for zone in ZONES[1:])])
def test_every_timer_fires_once_in_ten_years(zone: str) -> None:
    years = Years(zone, seed=len(zone))
    years.live()
    kinds = Counter(timer.kind for timer in years.fired)

    assert {timer for timer, times in years.fired.items() if times != 1} == set()
    assert set(kinds) >= {"lapse", "dormant", "nudge", "promise", "thanks", "answer", "keep-in-touch", "wake"}
    assert sum(kinds.values()) > 100
    assert years.overtaken < sum(kinds.values())
    assert years.world.kith.doctor() == []
    before = years.armed()
    years.world.kith.rebuild()
    assert years.armed() == before
    assert years.world.kith.sweep().fired == {}
