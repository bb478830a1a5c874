"""A plan, followed step by step through the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from kith.domain.asks import Ask, AskKind, Nudge, ReferralAsk
from kith.domain.debts import unthanked
from kith.domain.decision import Plan, Step
from kith.domain.facts import Gift, Touch
from tests.domain.asks import chat_ask, intro_ask, referral_ask

if TYPE_CHECKING:
    from tests.engine.properties import World

INTRO = "I model risk, and I care about how people pay."


def follow(world: World, who: UUID, plan: Plan, ask: Ask) -> Ask:
    """Carry out every step of a plan when it says so, and return the ask as it is worded then."""
    for step in plan.steps:
        assert step.at >= world.now, f"{step} goes back in time"
        world.now = step.at
        if step.what == "reword":
            ask = _reworded(world, who, ask)
        elif step.by != "time":
            _follow(world, who, step)
    assert plan.earliest is not None
    world.now = plan.earliest
    return ask


def _reworded(world: World, who: UUID, ask: Ask) -> Ask:
    match ask:
        case ReferralAsk():
            return referral_ask(ask.role or "Risk analyst", ask.company or "Acme")
        case Nudge():
            return Nudge(ask_id=ask.ask_id, text="Did my note reach you?")
        case _:
            return world.good(ask.kind, who)


def _follow(world: World, who: UUID, step: Step) -> None:
    assert step.what in STEPS, f"{step} can't be followed"
    STEPS[step.what](world, who, step.subject)


STEPS: dict[str, Callable[[World, UUID, str], object]] = {
    "reopen": lambda w, who, _: w.kith.reopen_relationship(who),
    "first message": lambda w, who, _: w.kith.ask(who, w.first_message(who)),
    "write": lambda w, who, _: w.kith.touch(who, Touch.message()),
    "reply": lambda w, who, _: w.kith.touch(who, Touch.reply()),
    "gift": lambda w, who, _: w.kith.give(who, Gift.article("https://example.org", because="it is hers")),
    "thank": lambda w, who, subject: _thank(w, who, int(subject.partition(":")[2])),
    "ask chat": lambda w, who, _: w.kith.ask(who, chat_ask()),
    "agree": lambda w, who, _: w.kith.agree(who, AskKind.CHAT),
    "hold": lambda w, who, _: w.kith.hold_chat(who, learnings="How they model demand."),
    "ask introduction": lambda w, who, _: w.kith.ask(who, intro_ask()),
    "introduce": lambda w, who, _: w.kith.make_introduction(who, both_agreed=True),
    "profile": lambda w, _who, _: w.kith.update_profile(picture=True, headline="Risk analyst", intro=INTRO),
    "report": lambda w, _who, subject: _report(w, *subject.split(".")),
}
"""How each kind of step is carried out."""


def _thank(world: World, who: UUID, version: int) -> None:
    """Thank for what the step names; where that was only foreseen, for the oldest that is owed."""
    seeker, state = world.kith.seeker(), world.kith.relationship(who)
    facts = {chat.fact.version: "chat" for chat in state.chats}
    facts |= {made.fact.version: "introduction" for made in state.introductions}
    facts |= {given.fact.version: "referral" for given in state.referrals}
    if version not in facts:
        owed = unthanked(state, seeker.policy, seeker.calendar)
        version = owed[0][1].version if owed else max(facts)
    while version not in world.kith.relationship(who).thanked:
        world.kith.thank(who, facts[version])


def _report(world: World, relationship: str, version: str) -> None:
    who, referral = UUID(relationship), int(version)
    if world.kith.relationship(who).referrals[-1].fact.version == referral:
        world.kith.report_outcome(who)
    else:
        world.kith.dismiss(who, f"outcome:{referral}", done_elsewhere=True)
