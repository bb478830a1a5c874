"""What the seeker owes a person: thanks, an answer, an outcome, news, a promise; each with a key and two dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kith.domain.asks import IntroAsk
from kith.domain.calendar import Calendar
from kith.domain.policy import Policy
from kith.domain.relationship.state import Contact, Happened, Referral, Relationship
from kith.domain.stages import Channel, Direction

FOLLOW_UP_DAYS = 7
NEWS_DAYS = 14
"""Days from an introduction until its connector may expect to hear what came of it: time to meet once."""


class Debt(NamedTuple):
    """Something owed. An imported past makes none."""

    key: str
    """The kind and the version of the event it comes from: ``thanks:12``."""
    kind: str
    since: datetime
    due: datetime
    what: str


def unthanked(state: Relationship, policy: Policy, calendar: Calendar) -> list[tuple[str, Happened]]:
    """Chats, introductions and referrals that still want thanks, oldest first."""
    received = [("coffee chat", chat.fact) for chat in state.chats]
    received += [("introduction", made.fact) for made in state.introductions]
    received += [("referral", given.fact) for given in state.referrals]
    if not received:
        return []
    thanked = state.thanked
    owed = [
        (what, fact)
        for what, fact in received
        if fact.version not in thanked and _counts(state, f"thanks:{fact.version}", fact, policy, calendar)
    ]
    return sorted(owed, key=lambda debt: debt[1].at)


def _counts(state: Relationship, key: str, fact: Happened, policy: Policy, calendar: Calendar) -> bool:
    return key not in state.settled_debts and not fact.is_past(policy.past_days, calendar)


def debts(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Debt]:
    """Everything owed to this person, in no particular order."""
    for what, fact in unthanked(state, policy, calendar):
        due = fact.at + timedelta(hours=policy.thanks_hours)
        yield Debt(f"thanks:{fact.version}", "thanks", fact.at, due, what)
    yield from _answer(state, policy, calendar)
    yield from _outcomes(state, policy, calendar)
    yield from _news(state, policy, calendar)
    yield from _follow_ups(state, policy, calendar)


def _answer(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Debt]:
    """The oldest message since the seeker's last word; any later outbound touch answers them all."""
    for message in _unanswered(state):
        recorded = state.recorded(message.version)
        fact = Happened(message.version, message.at, recorded.recorded_at if recorded else message.at)
        key = f"answer:{message.version}"
        if _counts(state, key, fact, policy, calendar):
            yield Debt(key, "answer", message.at, calendar.plus_days(message.at, policy.answer_days), "message")
            return


def _unanswered(state: Relationship) -> Iterator[Contact]:
    answered = state.last_outbound
    if state.last_inbound is None or not _after(state.last_inbound, answered):
        return
    messages = [t for t in state.touches if t.direction is Direction.INBOUND and t.channel is Channel.MESSAGE]
    yield from sorted(
        (message for message in messages if _after(message, answered)), key=lambda one: (one.at, one.version)
    )


def _after(touch: Contact, other: Contact | None) -> bool:
    return other is None or (touch.at, touch.version) > (other.at, other.version)


def _outcomes(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Debt]:
    for given, known in owes_outcome(state, policy, calendar):
        due = calendar.plus_days(known.at, policy.loop_days)
        yield Debt(f"outcome:{given.fact.version}", "outcome", known.at, due, given.outcome or "the outcome")


def owes_outcome(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[tuple[Referral, Happened]]:
    """The referrals whose known outcome the referrer has yet to hear."""
    for given in state.referrals:
        key = f"outcome:{given.fact.version}"
        owed = (news for news in given.news if _counts(state, key, news, policy, calendar))
        known = next(owed, None) if given.reported is None else None
        if known is not None:
            yield given, known


def _news(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Debt]:
    """The introductions of which the connector has yet to hear what came of them."""
    for made in state.introductions:
        key = f"report:{made.fact.version}"
        if made.reported is None and _counts(state, key, made.fact, policy, calendar):
            since = calendar.plus_days(made.fact.at, NEWS_DAYS)
            asked = state.ask(made.ask_id) if made.ask_id else None
            target = asked.ask.target if asked and isinstance(asked.ask, IntroAsk) else ""
            what = f"introduction to {target}" if target else "introduction"
            yield Debt(key, "report", since, calendar.plus_days(since, policy.loop_days), what)


def _follow_ups(state: Relationship, policy: Policy, calendar: Calendar) -> Iterator[Debt]:
    for chat in state.chats:
        for number, promised in enumerate(chat.follow_ups):
            key = f"follow-up:{chat.fact.version}.{number}"
            if _counts(state, key, chat.fact, policy, calendar):
                yield Debt(key, "follow-up", chat.fact.at, calendar.plus_days(chat.fact.at, FOLLOW_UP_DAYS), promised)
