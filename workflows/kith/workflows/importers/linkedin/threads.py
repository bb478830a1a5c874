"""Sorts messages into threads: those with one person are interactions, those with several are groups."""

from collections.abc import Callable, Container
from functools import cached_property
from typing import NamedTuple

from kith.domain.people import name_key
from kith.workflows.importers.linkedin.cells import shown
from kith.workflows.importers.linkedin.dates import Dates, Instant, Trouble
from kith.workflows.importers.linkedin.found import Found, profile_url
from kith.workflows.importers.linkedin.messages import Messages
from kith.workflows.importers.linkedin.parties import Line, Owner, Parties
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.records import Direction, GroupRecord, InteractionRecord, Place, fingerprint, quickly

_interaction = quickly(InteractionRecord)


class _Side(NamedTuple):
    """Parties as the owner sees them: the direction, the people on the other side, and the name they go by."""

    direction: Direction
    keys: tuple[str, ...]
    name: str
    several: bool = False


class Threads:
    """Sorts all messages of one export for its owner."""

    def __init__(self, owner: Owner, log: ProblemLog, known_names: Callable[[], Container[str]]) -> None:
        self._owner = owner
        self._log = log
        self._known_names = known_names
        self._dates = Dates()
        self._found = Found()

    def sort(self, messages: Messages) -> Found:
        """Every message, thread by thread."""
        threads = messages.threads.values()
        self._dates.learn((line.date for thread in threads for line in thread), "month first")
        sides = {parties: self._side(parties) for parties in messages.parties}
        for conversation, lines in messages.threads.items():
            thread = [(line, side) for line in lines if (side := sides[line.parties])]
            if len(thread) < len(lines):
                self._log.counts["messages_not_yours"] += len(lines) - len(thread)
            if thread:
                self._sort_thread(conversation, thread)
        return self._found

    def _side(self, parties: Parties) -> _Side | None:
        """Who is on the other side; None where the owner is on neither."""
        owner = self._owner
        others = tuple(key for key in parties.to_keys if key != owner.key)
        addressed = len(others) < len(parties.to_keys)
        if owner.is_party(parties.sender_key, parties.sender):
            return _Side("outbound", others, parties.to, len(others) > 1)
        if others and owner.key and not addressed:
            return self._under_an_old_address(parties, others)
        sender = (parties.sender_key,) if parties.sender_key else ()
        if addressed:
            return _Side("inbound", sender + others, parties.sender, bool(others))
        # Where only the names of the recipients are told, more than the owner's name means more people.
        several = bool(parties.to) and not owner.is_called(parties.to)
        return _Side("inbound", sender, parties.sender, several)

    def _under_an_old_address(self, parties: Parties, others: tuple[str, ...]) -> _Side | None:
        """Where the owner's profile is on neither side, an earlier one of theirs may be, under their name."""
        if self._owner.is_called(parties.sender):
            return _Side("outbound", others, parties.to, len(others) > 1)
        if self._owner.is_called(parties.to) and parties.sender_key:
            return _Side("inbound", (parties.sender_key,), parties.sender)
        return None

    def _sort_thread(self, conversation: str, thread: list[tuple[Line, _Side]]) -> None:
        sides = {side for _, side in thread}
        if self._is_group(sides):
            self._add_group(conversation, thread, sides)
            return
        fallback = next((side.keys for _, side in thread if side.keys), ())
        for line, side in thread:
            self._add_message(conversation, line, side, side.keys or fallback)

    def _is_group(self, sides: set[_Side]) -> bool:
        if any(side.several for side in sides):
            return True
        if len({side.keys for side in sides}) == 1 and all(side.keys for side in sides):
            return False
        names = {name_key(side.name) for side in sides if side.name}
        return len(names) > 1 or any(self._names_several(side) for side in sides if not side.keys)

    def _names_several(self, side: _Side) -> bool:
        """Whether a name with commas is several known names, and not one with a title."""
        parts = side.name.split(", ")
        return len(parts) > 1 and all(name_key(part) in self._names for part in parts)

    @cached_property
    def _names(self) -> Container[str]:
        return self._known_names()

    def _add_message(self, conversation: str, line: Line, side: _Side, keys: tuple[str, ...]) -> None:
        instant = self._dates.instant(line.date)
        if isinstance(instant, Trouble):
            self._bad_date(line, instant)
            return
        at, zone_known, stamp = instant
        place = Place(self._log.file, line.number)
        if keys and keys[0] not in self._found.people:
            self._found.meet(keys[0], side.name, profile_url(keys[0]), place)
        external_id = "message:" + fingerprint(conversation, stamp, side.direction)
        record = _interaction(keys, side.name, None, at, side.direction, "message", external_id, zone_known, place)
        if not self._found.add(record):
            self._log.counts["duplicate_rows"] += 1

    def _add_group(self, conversation: str, thread: list[tuple[Line, _Side]], sides: set[_Side]) -> None:
        """One group with all who are in it; those who wrote in it under a profile are met."""
        self._log.counts["messages_group"] += len(thread)
        times = [instant.at for line, _ in thread if (instant := self._instant(line))]
        for line, side in thread:
            key = line.parties.sender_key
            if side.direction == "inbound" and key:
                self._found.meet(key, line.parties.sender, profile_url(key), self._log.place(line.number))
        keys = sorted({key for side in sides for key in side.keys})
        if times and len(keys) > 1:
            place = self._log.place(thread[0][0].number)
            self._found.groups.append(GroupRecord(tuple(keys), max(times), "group:" + fingerprint(conversation), place))

    def _instant(self, line: Line) -> Instant | None:
        instant = self._dates.instant(line.date)
        if isinstance(instant, Trouble):
            self._bad_date(line, instant)
            return None
        return instant

    def _bad_date(self, line: Line, trouble: Trouble) -> None:
        self._log.left_out(line.number, f"The date {shown(line.date)} {trouble.value}; the message was left out.")
