"""The events of an audit as columns: when, whose, which version, and what they are; a million of them take 20 MB."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from kith.domain.calendar import Calendar
from kith.workflows.audits.reading.instants import Times
from kith.workflows.audits.reading.said import Value

GONE: Final = 0
"""The code of an event that was taken back."""


class Sign(NamedTuple):
    """What policies can tell of an event: its topic, and the attributes that any of them asks for."""

    topic: str
    values: tuple[Value, ...] = ()


class _Uuids(dict[int, UUID]):
    """The ids of aggregates by their numbers, each made when it is first told."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def __missing__(self, aggregate: int) -> UUID:
        self[aggregate] = UUID(self._ids[aggregate])
        return self[aggregate]


class Log:
    """Rows in the order in which they were recorded.

    Events of which the policies can tell no difference share a code, so what concerns an event is found out once for
    each code.
    """

    def __init__(self, attributes: Mapping[str, tuple[str, ...]]) -> None:
        self.at, self.aggregate = array("q"), array("i")
        self.version, self.code = array("i"), array("i")
        self.signs = [Sign("")]
        self._codes: dict[Sign, int] = {}
        self._places = {topic: {name: n for n, name in enumerate(names)} for topic, names in attributes.items()}
        self.ids: list[str] = []
        """Of each aggregate, its id."""
        self.uuids = _Uuids(self.ids)
        self.relationship, self.seeker = array("i"), array("i")
        """Of each aggregate, the one of the relationship that it belongs to, and the number of the seeker; or -1."""
        self.person: dict[int, str] = {}
        """Of each relationship, the person's id."""
        self.company: dict[int, str] = {}
        """Of each relationship, the company that the person was last known to work for."""
        self.seekers: list[str] = []
        self.times: list[Times] = []
        """Of each seeker."""
        self.opened = 0
        """How many relationships had been opened."""
        self.opened_later: set[int] = set()
        """The relationships that were only opened afterwards; some of what is told of them may have happened before."""
        self.read = 0
        """How many rows were looked at: the seeker's own, up to the day of the audit."""
        self.corrupt: list[str] = []
        self._before: dict[int, int] = {}
        """Of each row that was taken back or corrected, the code that it was read with."""

    def __len__(self) -> int:
        return len(self.at)

    # Writing

    def extend(self, *columns: Iterable[int]) -> None:
        """Many more rows, as columns."""
        for column, values in zip((self.at, self.aggregate, self.version, self.code), columns, strict=True):
            column.extend(values)

    def append(self, *row: int) -> None:
        """One more row: when, whose, which version, what."""
        self.extend(*((value,) for value in row))

    def coded(self, sign: Sign) -> int:
        """The code of what can be told of an event."""
        code = self._codes.get(sign)
        if code is None:
            code = self._codes[sign] = len(self.signs)
            self.signs.append(sign)
        return code

    def new_aggregate(self, id_: str, relationship: int | None, seeker: int) -> int:
        """The number of an aggregate that is new; without a ``relationship`` it is one itself."""
        number = len(self.ids)
        self.ids.append(id_)
        self.relationship.append(number if relationship is None else relationship)
        self.seeker.append(seeker)
        return number

    def new_seeker(self, id_: str) -> int:
        """The number of a seeker."""
        if id_ not in self.seekers:
            self.seekers.append(id_)
            self.times.append(Times())
        return self.seekers.index(id_)

    def set_zone(self, seeker: int, zone_name: str) -> None:
        """The seeker's days are those of that time zone."""
        self.times[seeker] = Times(Calendar(zone_name))

    def change(self, row: int, at: int, code: int) -> None:
        """A row reads differently from now on."""
        self._before.setdefault(row, self.code[row])
        self.at[row], self.code[row] = at, code

    # Reading

    @property
    def met(self) -> int:
        """With how many people there is a relationship: those that had been opened, or that anything is told of."""
        told = map(self.relationship.__getitem__, self.aggregate) if self.opened_later else ()
        return self.opened + len(self.opened_later.intersection(told))

    @property
    def calendar(self) -> Calendar:
        """The seeker's days; those of UTC where there are several."""
        return (self.times[0] if len(self.times) == 1 else _UTC).calendar

    def topic(self, row: int) -> str:
        """The topic of an event, also of one that was taken back."""
        return self.signs[self.code[row] or self._before[row]].topic

    def value(self, row: int, attribute: str) -> Value:
        """An attribute of an event; None if it has none."""
        sign = self.signs[self.code[row]]
        place = self._places.get(sign.topic, {}).get(attribute)
        return None if place is None else sign.values[place]

    def tells(self, topic: str, attribute: str) -> bool:
        """Whether an attribute of these events is asked for."""
        return attribute in self._places.get(topic, {})

    def retold(self, sign: Sign, attribute: str, value: Value) -> int:
        """The code of what is told of an event, with another value of an attribute."""
        place = self._places[sign.topic][attribute]
        return self.coded(sign._replace(values=(*sign.values[:place], value, *sign.values[place + 1 :])))

    def told(self, sign: Sign) -> Mapping[str, Value]:
        """The attributes of what can be told of an event."""
        return {name: sign.values[place] for name, place in self._places.get(sign.topic, {}).items()}

    def times_of(self, row: int) -> Times:
        """The days of the seeker whose event it is."""
        seeker = self.seeker[self.aggregate[row]]
        return self.times[seeker] if seeker >= 0 else _UTC

    def relationship_of(self, row: int) -> UUID | None:
        """The relationship that an event belongs to; None for what is the seeker's own."""
        number = self.relationship[self.aggregate[row]]
        return self.uuids[number] if number >= 0 else None

    def of(self, row: int) -> int:
        """The number of the relationship, or of the aggregate that is none's."""
        aggregate = self.aggregate[row]
        number = self.relationship[aggregate]
        return number if number >= 0 else aggregate


_UTC = Times()
