"""What the events of what happened between the two change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kith.domain.asks import AskKind
from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.changes.asks import answer, kept, noted_down, settled
from kith.domain.relationship.changes.touch import Changes, Handler, happened, known, touch
from kith.domain.relationship.state import Chat, Introduction, MadeAsk, Referral, Relationship
from kith.domain.stages import Channel, Direction, Origin


def _touched(state: Relationship, recorded: Recorded, event: e.Touched) -> Changes:
    changes = touch(state, recorded, event.direction, event.channel)
    if event.external_id:
        changes |= known(state, event.external_id)
    if event.note:
        changes["notes"] = (*state.notes, (recorded.originator_version, event.note))
    return changes


def _gift_given(state: Relationship, recorded: Recorded, event: e.GiftGiven) -> Changes:
    given = {"gifts": (*state.gifts, happened(recorded))}
    return touch(state, recorded, Direction.OUTBOUND, Channel.GIFT) | given | known(state, event.external_id)


def _chat_prepared(state: Relationship, recorded: Recorded, event: e.ChatPrepared) -> Changes:
    return {"questions": (*state.questions, *noted_down(recorded, event.questions))}


def _chat_held(state: Relationship, recorded: Recorded, event: e.ChatHeld) -> Changes:
    changes = touch(state, recorded, Direction.MUTUAL, Channel.CHAT)
    chat = Chat(happened(recorded), bool(event.learnings.strip()), event.follow_ups)
    return changes | {
        "chats": (*state.chats, chat),
        "asks": tuple(_held(ask, recorded.at) for ask in changes.get("asks", state.asks)),
    } | known(state, event.external_id)  # fmt: skip


def _held(ask: MadeAsk, at: datetime) -> MadeAsk:
    return kept(ask, AskKind.CHAT, at) if ask.is_open or ask.is_promised else ask


def _thanked(state: Relationship, recorded: Recorded, event: e.ThanksSent) -> Changes:
    thanks = (*state.thanks, (event.thanks_for, happened(recorded)))
    return touch(state, recorded, Direction.OUTBOUND, Channel.THANKS) | {"thanks": thanks}


def _introduction_received(state: Relationship, recorded: Recorded, event: e.IntroductionReceived) -> Changes:
    made = Introduction(happened(recorded), event.ask_id, event.volunteered)
    changes = answer(state, recorded, event.ask_id, lambda ask: kept(ask, AskKind.INTRO, recorded.at))
    return changes | {"introductions": (*state.introductions, made)}


def _introduction_reported(state: Relationship, recorded: Recorded, event: e.IntroductionReported) -> Changes:
    told = tuple(
        made._replace(reported=recorded.originator_version) if made.fact.version == event.introduction else made
        for made in state.introductions
    )
    return touch(state, recorded, Direction.OUTBOUND, Channel.REPORT) | {"introductions": told}


def _introduction_failed(state: Relationship, recorded: Recorded, event: e.IntroductionFailed) -> Changes:
    return settled(state, recorded, event.ask_id, "failed")


def _introduction_agreed(state: Relationship, recorded: Recorded, event: e.IntroductionAgreed) -> Changes:
    origin = state.origin if state.origin.knows_your_work else Origin.INTRODUCED
    return touch(state, recorded, Direction.INBOUND, Channel.ANSWER) | {
        "agreed_to_meet": min(filter(None, (state.agreed_to_meet, happened(recorded))), key=lambda fact: fact.at),
        "introduced_by": event.introduced_by or state.introduced_by,
        "origin": origin,
    }


def _referral_given(state: Relationship, recorded: Recorded, event: e.ReferralGiven) -> Changes:
    given = Referral(
        happened(recorded), event.opening, event.role, event.company, event.ask_id, event.volunteered
    )  # fmt: skip
    changes = answer(state, recorded, event.ask_id, lambda ask: kept(ask, AskKind.REFERRAL, recorded.at))
    return changes | {"referrals": (*state.referrals, given)}


def _with_referral(state: Relationship, version: int, **changes: Any) -> tuple[Referral, ...]:
    return tuple(r._replace(**changes) if r.fact.version == version else r for r in state.referrals)


def _outcome_learned(state: Relationship, recorded: Recorded, event: e.OutcomeLearned) -> Changes:
    waiting = next((r.news for r in state.referrals if r.fact.version == event.referral and r.reported is None), ())
    news = (*waiting, happened(recorded))
    return {"referrals": _with_referral(state, event.referral, outcome=event.outcome, news=news, reported=None)}


def _outcome_reported(state: Relationship, recorded: Recorded, event: e.OutcomeReported) -> Changes:
    reported = _with_referral(state, event.referral, reported=recorded.originator_version)
    return touch(state, recorded, Direction.OUTBOUND, Channel.REPORT) | {"referrals": reported}


HANDLERS: dict[type[Event], Handler] = {
    e.Touched: _touched,
    e.GiftGiven: _gift_given,
    e.ChatPrepared: _chat_prepared,
    e.ChatHeld: _chat_held,
    e.ThanksSent: _thanked,
    e.IntroductionReceived: _introduction_received,
    e.IntroductionReported: _introduction_reported,
    e.IntroductionFailed: _introduction_failed,
    e.IntroductionAgreed: _introduction_agreed,
    e.ReferralGiven: _referral_given,
    e.OutcomeLearned: _outcome_learned,
    e.OutcomeReported: _outcome_reported,
}
