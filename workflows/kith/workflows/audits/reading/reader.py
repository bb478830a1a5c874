"""Reads the log into columns in one pass, in the order in which it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any, Final
from uuid import UUID

from pydantic_core import from_json

from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain.log import event_id
from kith.domain.people import company_key
from kith.domain.relationship import events as e
from kith.workflows.audits.reading.instants import all_happened, happened, micros_of
from kith.workflows.audits.reading.log import Log, Sign
from kith.workflows.audits.reading.memory import Memory
from kith.workflows.audits.reading.plan import CONSENTS, REVISIONS, Plan
from kith.workflows.audits.reading.said import Said, Whose
from kith.workflows.audits.reading.stages import STAGE
from kith.workflows.ports import LogRow, Reading

Progress = Callable[[int, int], None]
"""Called with how much of the log is done, and how much there is."""
SKIPPED = -2
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
FOR_EVER = 2**63 - 1
EARLY: Final[Mapping[str, tuple[frozenset[str], tuple[bytes, ...]]]] = {
    e.Touched.TOPIC: (frozenset({"direction", "channel"}), (b',"note":', b',"external_id":', b',"$":')),
    e.GiftGiven.TOPIC: (frozenset({"gift kind"}), (b',"what":',)),
    e.StageAdvanced.TOPIC: (frozenset({"stage"}), (b',"evidence":',)),
    e.TimerFired.TOPIC: (frozenset({"reminder kind"}), (b',"subject":',)),
}
"""Topics with attributes that stand right after the instant, and with what goes on after them.

No text can hold these bytes, for its quotation marks would be escaped. Events that begin alike have the same code, and
the rest of them is not looked at: a touch then takes a tenth of the time.
"""
MOST_KNOWN = 10_000
_TELL_COMPANIES = frozenset({e.RelationshipOpened.TOPIC, e.PersonDescribed.TOPIC})


class Reader:
    """Turns the rows of a log into columns.

    Only one seeker's, unless ``seeker`` is None: then everybody's, and also the consents that others recorded, which
    those who asked are not to know of (docs/decisions/0015-consents-under-a-role.md).
    """

    def __init__(
        self, plan: Plan, seeker: UUID | None, *, until: int = FOR_EVER, recorded_until: int | None = None
    ) -> None:
        self.plan, self.log = plan, Log(plan.names())
        self.revisions: list[tuple[int, int, int]] = []
        """Each with the row that comes after it, its relationship, and its version."""
        self._memory = Memory(((a.name, a.read) for a in plan.of_ask), copies="copy" in plan.asked)
        self._seeker = seeker.hex if seeker else None
        self._until, self._recorded_until = until, recorded_until
        self._noted = frozenset({s.ProfileUpdated.TOPIC, *(_TELL_COMPANIES if plan.companies else ())})
        self._heeded = plan.topics if recorded_until is not None else (
            self._noted | REVISIONS | plan.learning | frozenset(plan.attributes)
        )  # fmt: skip
        """The topics whose fields matter; of the others, only whose they are."""
        self._aggregates: dict[str, int] = {}
        self._plain = {topic: self.log.coded(Sign(topic)) for topic in plan.attributes if topic not in self._whole()}
        self._early = _told_early(plan) if recorded_until is None else {}
        self._known: dict[tuple[str, bytes], int] = {}

    def _whole(self) -> frozenset[str]:
        """The topics that are read with all their fields: all of them, where it matters when they were recorded."""
        return self.plan.whole | REVISIONS if self._recorded_until is None else self.plan.topics

    def read(self, reading: Reading, progress: Progress | None = None) -> Log:
        """Read the whole log."""
        last = reading.last_sequence() if progress else 0
        for rows in reading.rows_of(sorted(self.plan.topics), sorted(self._whole())):
            self.take(rows)
            if progress:
                progress(rows[-1][0], last)
        return self.log

    def as_it_happened(self) -> None:
        """Tell the stages by when they were reached, not by when that was recorded."""
        if any(STAGE in (attribute.name for attribute in many) for many in self.plan.attributes.values()):
            self._memory.stages.as_it_happened(self.log)

    def take(self, rows: Sequence[LogRow]) -> None:
        """Read some rows: column by column, and one by one only those that have to be looked at."""
        _, ids, versions, topics, states = zip(*rows, strict=True)
        at = _instants(states)
        aggregates: list[Any] = [*map(self._aggregates.get, ids)]
        codes: list[Any] = [*map(self._plain.get, topics)]
        self._recognize(topics, states, codes)
        row, until = len(self.log), self._until
        self.log.read += len(rows)
        doubtful = [
            n for n, (t, number, code) in enumerate(zip(at, aggregates, codes, strict=True))
            if code is None or number is None or t is None or number < 0 or t > until
        ]  # fmt: skip
        skipped = 0
        for n in doubtful:
            try:
                aggregates[n] = number = self._number(ids[n], topics[n], states[n])
                self.log.read -= number < 0 or (at[n] or 0) > until
                codes[n] = self._looked_at(row + n - skipped, number, versions[n], topics[n], at[n], states[n])
            except UNREADABLE:
                self.log.corrupt.append(event_id(UUID(ids[n]), versions[n]))
                codes[n] = SKIPPED
            skipped += codes[n] == SKIPPED
        wanted = [code != SKIPPED for code in codes]
        columns = (at, aggregates, versions, codes)
        self.log.extend(*(compress(column, wanted) if skipped else column for column in columns))

    # Whose it is

    def _number(self, id_: str, topic: str, state: bytes) -> int:
        """The number of an aggregate, told by its first event; of one that is not to be read, SKIPPED."""
        number = self._aggregates.get(id_)
        if number is None:
            number = self._aggregates[id_] = self._belonging(id_, topic, state)
        return number

    def _belonging(self, id_: str, topic: str, state: bytes) -> int:
        if topic == s.SeekerRegistered.TOPIC:
            return self._registered(id_, from_json(state))
        if topic == e.RelationshipOpened.TOPIC:
            return self._opened(id_, happened(state), from_json(state))
        if topic == i.IntroductionAsked.TOPIC:
            told = from_json(state)
            return self._of_seeker(id_, _hex(told["seeker_id"]), self._aggregates.get(_hex(told["connector"]), -1))
        if topic.startswith("connector-load.") and self._seeker is None:
            return self.log.new_aggregate(id_, -1, -1)
        return SKIPPED

    def _of_seeker(self, id_: str, seeker: str, relationship: int | None) -> int:
        if self._seeker not in (None, seeker):
            return SKIPPED
        return self.log.new_aggregate(id_, relationship, self.log.new_seeker(seeker))

    def _registered(self, id_: str, told: Mapping[str, Any]) -> int:
        """A seeker's days are theirs from the first, also in an audit as of a day before Kith knew them."""
        number = self._of_seeker(id_, id_, -1)
        if number != SKIPPED and told.get("time_zone"):
            self.log.set_zone(self.log.seeker[number], told["time_zone"])
        return number

    def _opened(self, id_: str, at: int, told: Mapping[str, Any]) -> int:
        number = self._of_seeker(id_, _hex(told["seeker_id"]), None)
        if number != SKIPPED:
            if at <= self._until:
                self.log.opened += 1
            else:
                self.log.opened_later.add(number)
            self.log.person[number] = _hex(told.get("person_id") or id_)
        return number

    # What it is

    def _looked_at(self, row: int, aggregate: int, version: int, topic: str, at: int | None, state: bytes) -> int:
        """The code of an event that has to be looked at, as the row that it would be; SKIPPED if it is not judged."""
        if at is None:
            raise ValueError("an event begins with when it happened")
        if aggregate < 0 or (at > self._until and topic not in REVISIONS):
            return SKIPPED
        if topic in self._plain:
            return self._plain[topic]
        if topic not in self._heeded:
            return SKIPPED
        code = self._by_its_fields(row, aggregate, version, topic, at, state)
        beginning = _beginning(state, self._early.get(topic, ()))
        if beginning and len(self._known) < MOST_KNOWN:
            self._known[topic, beginning] = code
        return code

    def _recognize(self, topics: Sequence[str], states: Sequence[bytes], codes: list[int | None]) -> None:
        """Fill in the codes of events that begin as one did that has been looked at."""
        known = self._known.get
        for topic, after in self._early.items():
            for n in [n for n, one in enumerate(topics) if one == topic]:
                codes[n] = known((topic, _beginning(states[n], after)))

    def _by_its_fields(self, row: int, aggregate: int, version: int, topic: str, at: int, state: bytes) -> int:
        said = self.said(aggregate, version, topic, at, state)
        if self._recorded_until is not None and micros_of(said.stamp["r"]) > self._recorded_until:
            self.log.read -= 1
            return SKIPPED
        if topic in REVISIONS:
            self.revisions.append((row, aggregate, version))
        if topic in self._noted:
            self._note(said, aggregate)
        code = self.code(said)
        if topic in self.plan.learning:
            self._memory.learn(said)
        return code

    def said(self, aggregate: int, version: int, topic: str, at: int, state: bytes) -> Said:
        """An event as attributes read it."""
        log = self.log
        relationship, seeker = log.relationship[aggregate], log.seeker[aggregate]
        whose = Whose(
            log.ids[relationship] if relationship >= 0 else None, log.seekers[seeker] if seeker >= 0 else None,
            lambda: log.times[seeker],
        )  # fmt: skip
        return Said(topic, log.ids[aggregate], version, at, state, self._memory, whose)

    def code(self, said: Said) -> int:
        """The code of what the policies can tell of an event; negative if it is not theirs to see."""
        wanted = self.plan.attributes.get(said.topic)
        if wanted is None or said.at > self._until or self._is_secret(said):
            return SKIPPED
        return self.log.coded(Sign(said.topic, tuple([attribute.read(said) for attribute in wanted])))

    def _is_secret(self, said: Said) -> bool:
        """Whether it is an answer that the one who asked is not to know of."""
        return self._seeker is not None and said.topic in CONSENTS and said.fields.get("role") is not None

    def _note(self, said: Said, aggregate: int) -> None:
        """Remember where people work, and in which time zone a seeker lives."""
        zone, company = said.fields.get("time_zone"), said.fields.get("company")
        if zone:
            self.log.set_zone(self.log.seeker[aggregate], zone)
        if company:
            self.log.company[aggregate] = company_key(company)


def _told_early(plan: Plan) -> Mapping[str, tuple[bytes, ...]]:
    """The topics of which all that is asked stands at the beginning, and what goes on after it."""
    asked = {topic: {attribute.name for attribute in many} for topic, many in plan.attributes.items() if many}
    return {
        topic: after
        for topic, (names, after) in EARLY.items()
        if topic in asked and asked[topic] <= names and topic not in plan.learning
    }


def _beginning(state: bytes, afters: Sequence[bytes]) -> bytes:
    """What is the same of all events of a topic that have the same code, if that stands at the beginning."""
    start = 28 if state[26:27] == b"Z" else 35
    for after in afters:
        end = state.find(after, start)
        if end > 0:
            return state[start:end]
    return b""


def _instants(states: Sequence[bytes]) -> Sequence[Any]:
    """When events happened; None where one does not say."""
    try:
        return all_happened(states)
    except (KeyError, ValueError, IndexError):
        return [*map(_instant, states)]


def _instant(state: bytes) -> int | None:
    try:
        return happened(state)
    except (*UNREADABLE, OverflowError):
        return None


def _hex(id_: str) -> str:
    return id_.replace("-", "")
