"""One person's story as text and as JSON: where you stand, what comes next, and every event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kith.domain.agenda import Action
from kith.domain.calendar import Calendar
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Origin
from kith.workflows.application.telling import Entry
from kith.workflows.cli import guide, output, shapes, times
from kith.workflows.cli.board import told_as_of


@dataclass(frozen=True)
class Story:
    """All that is told of one person."""

    state: Relationship
    seeker: Seeker
    entries: list[Entry]
    action: Action | None
    """The most urgent thing to do now."""
    who: str
    """What to type for the person."""
    now: datetime
    as_of: datetime | None
    by: str

    @property
    def calendar(self) -> Calendar:
        """The seeker's days."""
        return self.seeker.calendar

    @property
    def status(self) -> str:
        """active, snoozed, dormant or closed at the instant that is looked at."""
        return self.state.status(self.as_of or self.now, timedelta(days=self.seeker.policy.dormant_days))

    @property
    def skipped(self) -> list[str]:
        """Stages that a volunteered favour passed over."""
        return [stage.words for stage in self.state.stage.below() if stage > self.state.earned]

    @property
    def asks(self) -> list[MadeAsk]:
        """Asks that wait for an answer, or were agreed and not yet kept."""
        return [ask for ask in self.state.asks if ask.is_open or ask.is_promised]

    @property
    def check(self) -> str:
        """The command that tells what the next ask lacks."""
        return f"kith check {guide.quoted(self.who)} {guide.NEXT_ASK[self.state.earned]}"

    def lapses(self, ask: MadeAsk) -> datetime | None:
        """When an open ask lapses."""
        days = self.seeker.policy.ask_lapse_days
        return self.calendar.plus_days(ask.at, days) if ask.is_open else None

    def command(self, action: Action) -> str:
        """The command for an action."""
        return guide.after_action(action.kind, self.who, action.key, action.do)

    # JSON

    def shape(self) -> dict[str, Any]:
        """The story as JSON."""
        by = self.by if self.as_of else None
        timeline = [{**entry._asdict(), "at": shapes.iso(entry.at), "recorded_at": shapes.iso(entry.recorded_at)}
                    for entry in self.entries]  # fmt: skip
        return {
            "person": self._person(),
            "as_of": shapes.iso(self.as_of),
            "by": by,
            "next": self._next(),
            "timeline": timeline,
        }

    def _person(self) -> dict[str, Any]:
        state, person = self.state, self.state.person
        return {
            "id": str(state.id), "name": person.name, "company": person.company, "position": person.position,
            "email": person.email, "url": person.url, "origin": state.origin.value, "stage": state.stage.words,
            "skipped": self.skipped, "status": self.status, "tier": state.tier, "gifts": len(state.gifts),
            "asks": [self._ask(ask) for ask in self.asks],
        }  # fmt: skip

    def _ask(self, ask: MadeAsk) -> dict[str, Any]:
        return {
            "id": str(ask.id), "kind": ask.kind.value, "at": shapes.iso(ask.at),
            "status": "open" if ask.is_open else "promised", "lapses": shapes.iso(self.lapses(ask)),
            "due": shapes.iso(ask.due),
        }  # fmt: skip

    def _next(self) -> dict[str, Any]:
        told, action = None, self.action
        if action is not None:
            told = {"key": action.key, "do": action.do, "why": action.why, "due": shapes.iso(action.due),
                    "command": self.command(action)}  # fmt: skip
        return {"stage": guide.NEXT_STAGE.get(self.state.earned), "check": self.check, "action": told}

    # Text

    def text(self) -> str:
        """The story to read."""
        person = self.state.person
        lines = [output.bold(output.wrap(", ".join(filter(None, (person.name, person.position, person.company)))))]
        lines += [f"  As of {told_as_of(self.as_of, self.by, self.calendar)}"] if self.as_of else []
        lines += [output.wrap(value, 14, f"  {name:<12}") for name, value in self._facts()]
        lines += ["", *self._what_next()] if self.as_of is None else []
        return "\n".join([*lines, "", output.bold("The story"), *map(self._line, self.entries)])

    def _facts(self) -> list[tuple[str, str]]:
        state, stage = self.state, self.state.stage.words
        addresses = ", ".join(filter(None, (state.person.email, state.person.url)))
        tier = f"{state.tier}: every {self.seeker.policy.tier(state.tier)} days" if state.tier else "none (kith tier)"
        return [
            ("Stage", f"{stage} (skipped: {', '.join(self.skipped)})" if self.skipped else stage),
            ("Status", self.status),
            ("Known as", self._origin()),
            *([("Reach at", addresses)] if addresses else []),
            ("Tier", tier),
            ("Gifts", f"{len(state.gifts)} given"),
            ("Asks", "; ".join(map(self._ask_words, self.asks)) or "none open"),
            ("Id", state.id.hex[:8]),
        ]

    def _origin(self) -> str:
        origin, since = self.state.origin, self.state.since
        known = "not said yet (kith describe --origin)" if origin is Origin.UNKNOWN else origin.value
        return f"{known}; known since {since}" if since else known

    def _ask_words(self, ask: MadeAsk) -> str:
        told, lapses = f"{ask.kind} ask of {times.day(ask.at, self.calendar)}", self.lapses(ask)
        if lapses is not None:
            return f"{told}, waits for an answer, lapses on {times.day(lapses, self.calendar)}"
        return f"{told}, agreed{f', for {times.moment(ask.due, self.calendar)}' if ask.due else ''}"

    def _what_next(self) -> list[str]:
        lines, action = [output.bold("What comes next")], self.action
        if action is not None:
            due = f" ({times.due(action.due, self.now, self.calendar)})" if action.due else ""
            lines += [output.wrap(f"{action.do}{due} {action.why}", 2, "  "), f"  $ {self.command(action)}"]
        stage = guide.NEXT_STAGE.get(self.state.earned)
        lines += [output.wrap(f"The next stage is {stage}.", 2)] if stage else []
        answers = [command for ask in self.asks if (command := guide.after_answer(ask, self.who))]
        if answers:
            return [*lines, *(output.wrap(f"Once they answer: {command}", 2, "  ") for command in answers)]
        ask = guide.NEXT_ASK[self.state.earned]
        return [*lines, output.wrap(f"What {'an' if ask[0] == 'i' else 'a'} {ask} ask still lacks: {self.check}", 2)]

    def _line(self, entry: Entry) -> str:
        told = ": ".join(filter(None, (entry.what, entry.text)))
        mark = " (taken back or corrected)" if entry.revised else ""
        return output.wrap(f"{told}{mark}  [{entry.id}]", 22, f"  {times.moment(entry.at, self.calendar)}  ")
