"""What the events of asks change, and facts in asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from kith.domain.asks import AskKind, Question
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.changes.touch import Changes, Handler, happened, touch
from kith.domain.relationship.state import MadeAsk, Prepared, Relationship
from kith.domain.stages import Channel, Direction


def _ask_made(state: Relationship, recorded: Recorded, event: Any) -> Changes:
    made = MadeAsk(event.ask_id, event.ask.kind, recorded.originator_version, recorded.at, event.ask)
    changes = touch(state, recorded, Direction.OUTBOUND, Channel.ASK) | {"asks": (*state.asks, made)}
    if isinstance(event, e.ChatAsked):
        changes["questions"] = (*state.questions, *noted_down(recorded, event.ask.questions))
    return changes


def noted_down(recorded: Recorded, questions: Iterable[Question]) -> Iterator[Prepared]:
    """The questions as prepared for a chat."""
    return (Prepared(recorded.originator_version, recorded.at, question) for question in questions)


def _nudged(state: Relationship, recorded: Recorded, event: e.Nudged) -> Changes:
    nudged = _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(nudged=(*ask.nudged, recorded.at)))
    return touch(state, recorded, Direction.OUTBOUND, Channel.ASK) | {"asks": nudged}


def _agreed(state: Relationship, recorded: Recorded, event: e.AskAgreed) -> Changes:
    at, due = recorded.at, event.due
    return answer(
        state, recorded, event.ask_id, lambda ask: ask._replace(settled="agreed", settled_at=at, due=due, kept=False)
    )


def _declined(state: Relationship, recorded: Recorded, event: e.AskDeclined) -> Changes:
    changes = answer(state, recorded, event.ask_id, lambda ask: ask)
    return changes | settled(state, recorded, event.ask_id, "declined", changes["asks"])


def settled(
    state: Relationship, recorded: Recorded, ask_id: UUID, how: str, asks: tuple[MadeAsk, ...] | None = None
) -> Changes:
    """The ask has ended this way; of an introduction also that none came of it."""
    at = recorded.at
    ended = _with_ask(asks or state.asks, ask_id, lambda ask: ask._replace(settled=how, settled_at=at, kept=True))
    changes: Changes = {"asks": ended}
    ask = state.ask(ask_id)
    if ask is not None and ask.kind is AskKind.INTRO and how != "withdrawn":
        changes["no_introduction"] = (*state.no_introduction, happened(recorded))
    return changes


def _withdrawn(state: Relationship, recorded: Recorded, event: e.AskWithdrawn) -> Changes:
    return settled(state, recorded, event.ask_id, "withdrawn")


def _lapsed(state: Relationship, recorded: Recorded, event: e.AskLapsed) -> Changes:
    return settled(state, recorded, event.ask_id, "lapsed")


def _rescheduled(state: Relationship, _: Recorded, event: e.ChatRescheduled) -> Changes:
    return {"asks": _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(due=event.due))}


def _cancelled(state: Relationship, _: Recorded, event: e.ChatCancelled) -> Changes:
    return {"asks": _with_ask(state.asks, event.ask_id, lambda ask: ask._replace(kept=True, due=None))}


def kept(ask: MadeAsk, kind: AskKind, at: datetime) -> MadeAsk:
    """The ask as answered by the favour itself, also where the favour came after its lapse."""
    if ask.kind is not kind or at < ask.at or not (ask.is_open or ask.is_promised or ask.settled == "lapsed"):
        return ask
    settled_at = ask.settled_at if ask.is_promised else at
    return ask._replace(settled="agreed", settled_at=settled_at, kept=True)


def answer(
    state: Relationship, recorded: Recorded, ask_id: UUID | None, change: Callable[[MadeAsk], MadeAsk]
) -> Changes:
    """A word from them that also changes one ask."""
    changes = touch(state, recorded, Direction.INBOUND, Channel.ANSWER)
    return changes | {"asks": _with_ask(changes.get("asks", state.asks), ask_id, change)}


def _with_ask(
    asks: tuple[MadeAsk, ...], ask_id: UUID | None, change: Callable[[MadeAsk], MadeAsk]
) -> tuple[MadeAsk, ...]:
    return tuple(change(ask) if ask.id == ask_id else ask for ask in asks)


HANDLERS: dict[type[Event], Handler] = {
    e.FirstMessageSent: _ask_made,
    e.ChatAsked: _ask_made,
    e.IntroAsked: _ask_made,
    e.ReferralAsked: _ask_made,
    e.Nudged: _nudged,
    e.AskAgreed: _agreed,
    e.AskDeclined: _declined,
    e.AskWithdrawn: _withdrawn,
    e.AskLapsed: _lapsed,
    e.ChatRescheduled: _rescheduled,
    e.ChatCancelled: _cancelled,
}
