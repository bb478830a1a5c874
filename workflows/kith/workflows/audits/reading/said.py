"""One event while its attributes are read: its fields, and what the log said before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pydantic_core import from_json

from kith.workflows.audits.reading.instants import DAY, Times, micros_of

if TYPE_CHECKING:
    from kith.workflows.audits.reading.memory import Memory

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
"""What an attribute may be; None if the event has none."""

PAST_DAYS = 14
"""Facts recorded so many days after they happened make no debts; see ``Policy.past_days``."""


class Whose(NamedTuple):
    """Whose an event is."""

    relationship: str | None
    """The relationship's id; None for what is the seeker's own."""
    seeker: str | None
    times: Callable[[], Times]
    """The seeker's days."""


class Said:
    """An event as attributes read it. What costs something is done when it is first asked for."""

    def __init__(
        self, topic: str, originator: str, version: int, at: int, state: bytes, memory: Memory, whose: Whose
    ) -> None:
        self.topic, self.originator, self.version, self.at = topic, originator, version, at
        self.memory, self.relationship, self.seeker = memory, whose.relationship, whose.seeker
        self._state, self._times = state, whose.times

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Its fields as they are stored; raises ValueError where they can't be read."""
        found: dict[str, Any] = from_json(self._state)
        return found

    @property
    def ask(self) -> dict[str, Any]:
        """The fields of its ask."""
        found: dict[str, Any] = self.fields.get("ask") or {}
        return found

    @property
    def stamp(self) -> dict[str, Any]:
        """What the log says of it."""
        found: dict[str, Any] = self.fields["$"]
        return found

    @property
    def is_past(self) -> bool:
        """Whether it was recorded so late that it makes no debts."""
        recorded = micros_of(self.stamp["r"])
        if recorded - self.at < (PAST_DAYS - 1) * DAY:
            return False  # whatever the clocks do, and so for most events
        return recorded > self._times().plus_days(self.at, PAST_DAYS)

    @property
    def source(self) -> str:
        """manual, import or flow."""
        return str(self.stamp.get("s", "manual")).partition(":")[0]
