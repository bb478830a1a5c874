"""The asks of a relationship as the statistics see them: at which stage, cold or earned, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from kith.domain.asks import AskKind
from kith.domain.relationship import events as e
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.stages import Origin, Stage


class Result(StrEnum):
    """What became of an ask, as far as it counts here."""

    WORKED = "worked"
    DID_NOT = "did not"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


WORKED: Final = {
    AskKind.FIRST_MESSAGE: "first messages answered",
    AskKind.CHAT: "coffee chats that took place",
    AskKind.INTRO: "introductions made",
    AskKind.REFERRAL: "referrals given",
}
"""What it means that an ask of that kind worked."""

EARNING: Final = frozenset({
    "no-cold-ask", "stage-reached", "intro-before-referral", "value-first", "goodwill", "conversation-alive",
})  # fmt: skip
"""The guards that say whether a relationship has earned an ask; the others are about wording, manners and limits."""


class Asked(NamedTuple):
    """One ask."""

    relationship_id: UUID
    kind: AskKind
    at: datetime
    stage: Stage
    """The highest stage reached without skipping by then."""
    origin: Origin
    cold: bool
    """To a stranger, or past a guard of ``EARNING``: the relationship had not earned it."""
    overridden: tuple[str, ...]
    result: Result


def asked(state: Relationship) -> Iterator[Asked]:
    """The asks made of one person, in the order in which they were recorded."""
    cancelled = {r.event.ask_id for r in state.events if isinstance(r.event, e.ChatCancelled)} if state.asks else ()
    for ask in state.asks:
        recorded = state.recorded(ask.version)
        assert recorded is not None
        made = recorded.event
        assert isinstance(made, e.AskMade)
        yield Asked(
            state.id, ask.kind, ask.at, _stage(state, ask.at), state.origin, _is_cold(made), made.overridden,
            Result.DID_NOT if ask.id in cancelled else _result(ask),
        )  # fmt: skip


def _stage(state: Relationship, at: datetime) -> Stage:
    """By when things happened, as the stages themselves: the order in which they were recorded does not matter."""
    reached = (a.stage for a in state.advances if not a.skipped and a.at <= at)
    return max(reached, default=Stage.MET)


def _is_cold(made: e.AskMade) -> bool:
    to_a_stranger = isinstance(made, e.FirstMessageSent) and made.stranger
    return to_a_stranger or not EARNING.isdisjoint(made.overridden)


def _result(ask: MadeAsk) -> Result:
    """Why it did not work is not told: a no from either side of an introduction and a lapse are the same here."""
    match ask.settled:
        case "withdrawn":
            return Result.WITHDRAWN
        case "answered":
            return Result.WORKED
        case "declined" if ask.kind is AskKind.FIRST_MESSAGE:
            return Result.WORKED  # a no is an answer
        case "agreed":
            return Result.WORKED if ask.kept else Result.OPEN
        case None:
            return Result.OPEN
        case _:
            return Result.DID_NOT
