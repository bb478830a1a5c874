"""An agreed coffee chat as a calendar keeps it: when it is, and how often that changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind, ChatAsk, Question
from kith.domain.errors import NotApplicable
from kith.domain.log import Recorded
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.state import MadeAsk, Relationship

MINUTES = 30
"""Where nothing was said of its length."""


class Appointment(NamedTuple):
    """A chat that is going to take place."""

    id: UUID
    """The ask's id: the same for ever, whatever is changed."""
    name: str
    starts: datetime
    minutes: int
    changes: int
    """How often its time was set anew."""
    changed_at: datetime
    """When anything about it was last changed."""
    questions: tuple[Question, ...]

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.starts + timedelta(minutes=self.minutes)


def appointment(state: Relationship) -> Appointment:
    """The chat that was agreed on; raises NotApplicable if there is none, or no time for it."""
    ask = decisions.promised(state, AskKind.CHAT)
    if ask.due is None:
        raise NotApplicable(f"No time is set for your chat with {state.person.name}; set it with kith chat reschedule.")
    minutes = ask.ask.minutes if isinstance(ask.ask, ChatAsk) else MINUTES
    times = list(_times(state, ask))
    prepared = [r.recorded_at for r in state.events if isinstance(r.event, e.ChatPrepared)]
    questions = tuple(question for _, question in state.prepared)
    return Appointment(
        ask.id, state.person.name, ask.due, minutes, len(times) - 1,
        max([*(r.recorded_at for r in times), *prepared]), questions,
    )  # fmt: skip


def _times(state: Relationship, ask: MadeAsk) -> Iterator[Recorded]:
    """The events that set the time of a chat, or changed how it reads."""
    own: set[int] = set()
    for recorded in state.events:
        event = recorded.event
        if isinstance(event, e.AskAgreed | e.ChatRescheduled) and event.ask_id == ask.id:
            own.add(recorded.originator_version)
            yield recorded
        elif (isinstance(event, e.FactCorrected) and event.version in own) or (
            isinstance(event, e.FactsRetracted) and own & set(event.versions)
        ):
            yield recorded
