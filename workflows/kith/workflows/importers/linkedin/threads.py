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
from kith.workflows.records import Direction, GroupRecord, InteractionRecord, Place, fingerprint


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
        self._dates = Dates(lambda: (date for thread in threads for _, _, date in thread), "month first")
        sides = {parties: self._side(parties) for parties in messages.parties}
        for conversation, lines in messages.threads.items():
            mine = {parties: side for parties in {line[1] for line in lines} if (side := sides[parties])}
            kept = [line for line in lines if line[1] in mine] if any(line[1] not in mine for line in lines) else lines
            if len(kept) < len(lines):
                self._log.counts["messages_not_yours"] += len(lines) - len(kept)
            if kept:
                self._sort_thread(conversation, kept, mine)
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

    def _sort_thread(self, conversation: str, lines: list[Line], sides: dict[Parties, _Side]) -> None:
        if self._is_group(set(sides.values())):
            self._add_group(conversation, lines, sides)
            return
        fallback = next((side.keys for side in sides.values() if side.keys), ())
        for line in lines:
            side = sides[line[1]]
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
        number, _, date = line
        instant = self._dates.instant(date)
        if isinstance(instant, Trouble):
            self._bad_date(line, instant)
            return
        at, zone_known, stamp = instant
        direction, _, name, _ = side
        place = Place(self._log.file, number)
        external_id = "message:" + fingerprint(conversation, stamp, direction)
        if external_id in self._found.interactions:
            self._log.counts["duplicate_rows"] += 1
            return
        self._found.interactions[external_id] = InteractionRecord(
            keys, name, None, at, direction, "message", external_id, zone_known, place
        )
        if keys and keys[0] not in self._found.people:
            self._found.meet(keys[0], name, profile_url(keys[0]), place)

    def _add_group(self, conversation: str, lines: list[Line], sides: dict[Parties, _Side]) -> None:
        """One group with all who are in it; those who wrote in it under a profile are met."""
        self._log.counts["messages_group"] += len(lines)
        times = [instant[0] for line in lines if (instant := self._instant(line))]
        for number, parties, _ in lines:
            key = parties.sender_key
            if sides[parties].direction == "inbound" and key:
                self._found.meet(key, parties.sender, profile_url(key), self._log.place(number))
        keys = sorted({key for side in sides.values() for key in side.keys})
        if times and len(keys) > 1:
            place = self._log.place(lines[0][0])
            self._found.groups.append(GroupRecord(tuple(keys), max(times), "group:" + fingerprint(conversation), place))

    def _instant(self, line: Line) -> Instant | None:
        instant = self._dates.instant(line[2])
        if isinstance(instant, Trouble):
            self._bad_date(line, instant)
            return None
        return instant

    def _bad_date(self, line: Line, trouble: Trouble) -> None:
        self._log.left_out(line[0], f"The date {shown(line[2])} {trouble.value}; the message was left out.")
