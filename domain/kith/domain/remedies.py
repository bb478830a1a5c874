"""What helps against each guard that does not hold: one step, taken in a copy of the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kith.domain.ahead import Ahead, NotPossible
from kith.domain.asks import Ask, AskKind, ChatAsk, FirstMessage, IntroAsk, Nudge, Question, ReferralAsk, Topic
from kith.domain.case import Stamp
from kith.domain.debts import unthanked
from kith.domain.decision import Finding
from kith.domain.guards import findings
from kith.domain.guards.registry import FAVOURS
from kith.domain.log import Event
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Chat, MadeAsk, Relationship
from kith.domain.seeker import OutcomeCleared, ProfileUpdated
from kith.domain.seeker import evolve as evolve_seeker
from kith.domain.stages import Direction, Stage

PAUSE_DAYS = 3
"""Days between two messages of a plan: nobody is to be written to daily."""


def reach(ahead: Ahead, ask: Ask, *, on_the_way: bool = False) -> Ahead:
    """Take steps until every guard on the ask holds. One that is asked on the way is taken to be worded well."""
    while True:
        found = findings(ahead.situation(ask), wording_too=not (on_the_way or ahead.reworded))
        failing = [f for f in found if not f.holds and (on_the_way or not ahead.goes_past(f))]
        if not failing:
            return ahead
        remedies = {finding.guard: finding for finding in failing}
        first = next(guard for guard in REMEDIES if guard in remedies)
        ahead = REMEDIES[first](ahead, ask, remedies[first])


def _respect(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    raise NotPossible(finding.why, "leave them in peace, and ask somebody else")


def _consent(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    raise NotPossible(finding.why, "ask both sides first, and make the introduction when both said yes")


def _reopen(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    events = decisions.reopen(ahead.case.relationship, ahead.now)
    return ahead.step("you", "reopen", f"Reopen the relationship with {ahead.name}.", events)


def _await_answer(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    """Their answer where the way needs it anyway; else the day on which the ask lapses, which needs nobody."""
    state = ahead.case.relationship
    waiting = state.open_asks[-1]
    if waiting.kind is AskKind.FIRST_MESSAGE:
        return _reply(ahead)
    if (
        waiting.kind is AskKind.CHAT
        and ask.kind in FAVOURS
        and state.earned < Stage.COFFEE_CHAT
        and not _half_done(state)
    ):
        return _agree(ahead)
    if waiting.kind is AskKind.INTRO and ask.kind is AskKind.REFERRAL and not state.warm_introductions:
        return _introduce(ahead, ask, finding)
    until = finding.earliest or ahead.now
    do = f"Wait for {ahead.name}'s answer to your {waiting.kind} ask; it lapses by then (or take it back now)."
    ahead = ahead.wait(until)
    return ahead.step("time", "wait", do, subject=str(waiting.id))


def _nudged_enough(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    if finding.earliest is None:
        raise NotPossible(finding.why, "wait for their answer, and let the ask lapse")
    ahead = _wait(ahead, ask, finding)
    nudged = ahead.case.relationship.ask(ask.ask_id) if isinstance(ask, Nudge) else None
    if nudged is None or not (nudged.is_open or nudged.is_promised):
        raise NotPossible(finding.why, "let it be: the ask lapses before then")
    return ahead


def _wait(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    if finding.earliest is None:
        raise NotPossible(finding.why, "change the policy, or leave it")
    ahead = ahead.wait(finding.earliest)
    day = ahead.case.seeker.calendar.spelled(finding.earliest)
    return ahead.step("time", "wait", f"Wait until {day}: {_lower(finding.why)}", subject=finding.guard)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _exchange(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    state = ahead.case.relationship
    if state.is_stranger and state.last_outbound is None:
        return _reply(_first_message(ahead))
    if _just_wrote(ahead):
        return _reply(ahead)
    return _reply(_write(ahead, f"Write to {ahead.name}: news, a thought, a question; no ask."))


def _just_wrote(ahead: Ahead) -> bool:
    """Whether the seeker's last word is so fresh that an answer to it is what is needed."""
    state = ahead.case.relationship
    last = state.last_outbound
    fresh = last is not None and ahead.now < ahead.case.seeker.calendar.plus_days(last.at, PAUSE_DAYS)
    return fresh and last is state.last_touch


def _first_message(ahead: Ahead) -> Ahead:
    ask = FirstMessage(text="")
    ahead = reach(ahead, ask, on_the_way=True)
    sent = e.FirstMessageSent(
        at=ahead.now, ask_id=ahead.next_id, policy=ahead.case.policy.hash, ask=ask, stranger=True
    )  # fmt: skip
    do = f"Send {ahead.name} a genuine first message: short, about them, no job request."
    return ahead.step("you", "first message", do, [sent])


def _write(ahead: Ahead, do: str) -> Ahead:
    return ahead.step("you", "write", do, [e.Touched(at=ahead.now, direction=Direction.OUTBOUND)])


def _reply(ahead: Ahead) -> Ahead:
    return ahead.step(
        "them", "reply", f"{ahead.name} answers.", [e.Touched(at=ahead.now, direction=Direction.INBOUND)]
    )  # fmt: skip


def _thank(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    what, fact = unthanked(ahead.case.relationship, ahead.case.policy, ahead.case.seeker.calendar)[0]
    sent = e.ThanksSent(at=ahead.now, thanks_for=fact.version)
    return ahead.step("you", "thank", f"Thank {ahead.name} for the {what}.", [sent], f"thanks:{fact.version}")


def _give(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    gift = e.GiftGiven(at=ahead.now, gift="help", what="something of use", because="it is of use to them")
    return ahead.step("you", "gift", f"Give {ahead.name} something of use to them, and say why it is.", [gift])


def _climb(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    """One step towards the next stage."""
    stage = ahead.case.relationship.earned
    return CLIMBS[Stage(stage + 1)](ahead, ask, finding)


def _nurture(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    state, policy, calendar = ahead.case.relationship, ahead.case.policy, ahead.case.seeker.calendar
    if state.last_inbound is None or state.origin.knows_your_work:
        return _exchange(ahead, ask, finding)
    days = sorted({calendar.day(touch.at) for touch in state.touches})
    today = calendar.day(ahead.now)
    needed = max(policy.nurtured_touches - len(days), 1)
    left = max((days[0] + timedelta(days=policy.nurtured_spread_days) - today).days, 0)
    day = today + timedelta(days=-(-left // needed))
    if state.last_outbound is not None:
        day = max(day, calendar.day(state.last_outbound.at) + timedelta(days=PAUSE_DAYS))
    while day in days:
        day += timedelta(days=1)
    at = max(ahead.now, calendar.midnight(day))
    return _write(ahead.wait(at), f"Stay in touch with {ahead.name}: a short message, no ask.")


def _chat(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    state = ahead.case.relationship
    if half_done := _half_done(state):
        return _thank_for(ahead, half_done[0].fact.version)
    agreed = next((made for made in state.asks if made.kind is AskKind.CHAT and made.is_promised), None)
    if agreed:
        return _hold(ahead, agreed)
    return _agree(_propose(ahead))


def _half_done(state: Relationship) -> list[Chat]:
    """The chats for which only thanks are missing."""
    thanked = state.thanked
    complete = (chat for chat in state.chats if state.preparation(chat) or chat.learnings)
    return [chat for chat in complete if chat.fact.version not in thanked]


def _thank_for(ahead: Ahead, version: int) -> Ahead:
    sent = e.ThanksSent(at=ahead.now, thanks_for=version)
    return ahead.step("you", "thank", f"Thank {ahead.name} for the coffee chat.", [sent], f"thanks:{version}")


def _hold(ahead: Ahead, agreed: MadeAsk) -> Ahead:
    if agreed.due and agreed.due > ahead.now:
        ahead = ahead.wait(agreed.due)
    held = e.ChatHeld(at=ahead.now, minutes=20, learnings="what you learned")
    return ahead.step("you", "hold", "Have the chat, listen, and write down what you learned.", [held], str(agreed.id))


def _propose(ahead: Ahead) -> Ahead:
    ask = ChatAsk(questions=tuple(Question(topic=topic, text=topic.words) for topic in Topic))
    ahead = reach(ahead, ask, on_the_way=True)
    asked = e.ChatAsked(at=ahead.now, ask_id=ahead.next_id, policy=ahead.case.policy.hash, ask=ask)
    return ahead.step("you", "ask chat", f"Ask {ahead.name} for a coffee chat, with questions prepared.", [asked])


def _agree(ahead: Ahead) -> Ahead:
    asked = ahead.case.relationship.open_asks[-1]
    agreed = decisions.agree(asked, None, ahead.now, ahead.case.policy, ahead.case.seeker.calendar)
    return ahead.step("them", "agree", f"{ahead.name} agrees.", agreed, str(asked.id))


def _introduce(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    asks = ahead.case.relationship.asks
    promised = [ask for ask in asks if ask.kind is AskKind.INTRO and (ask.is_open or ask.is_promised)]
    if not promised:
        ahead = _ask_intro(ahead)
        promised = [ahead.case.relationship.open_asks[-1]]
    made = e.IntroductionReceived(at=ahead.now, ask_id=promised[0].id)
    do = f"{ahead.name} introduces you to somebody, or tells you that it will not work out."
    return ahead.step("them", "introduce", do, [made], str(promised[0].id))


def _ask_intro(ahead: Ahead) -> Ahead:
    ask = IntroAsk(company="a company of your choice")
    ahead = reach(ahead, ask, on_the_way=True)
    id_ = ahead.next_id
    asked = e.IntroAsked(at=ahead.now, ask_id=id_, policy=ahead.case.policy.hash, ask=ask, introduction_id=id_)
    return ahead.step("you", "ask introduction", f"Ask {ahead.name} for one warm introduction.", [asked])


def _report(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    """An outcome of some referrer, perhaps another person."""
    loop = min(ahead.case.seeker.loops, key=lambda loop: loop.known_at)
    subject = f"{loop.relationship_id}.{loop.referral}"
    if loop.relationship_id == ahead.case.relationship.id:
        heard = [e.OutcomeReported(at=ahead.now, referral=loop.referral)]
        return ahead.step("you", "report", f"Tell {ahead.name} how it went.", heard, subject)
    ahead = _in_book(ahead, OutcomeCleared(at=ahead.now, relationship_id=loop.relationship_id, referral=loop.referral))
    return ahead.step("you", "report", "Tell the person who referred you how it went.", subject=subject)


def _in_book(ahead: Ahead, event: Event) -> Ahead:
    seeker = ahead.case.seeker
    recorded = Stamp(ahead.now, "plan").place(event, seeker.id, seeker.version + 1)
    return replace(ahead, case=ahead.case._replace(seeker=evolve_seeker(seeker, recorded)))


def _another_opening(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    if finding.earliest is not None:
        return _wait(ahead, ask, finding)
    assert isinstance(ask, ReferralAsk)
    instead = "ask about another opening, or ask the one who referred you how it stands"
    raise NotPossible(finding.why, instead)


def _profile(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    ready = ProfileUpdated(
        at=ahead.now, picture=True, headline=ahead.case.seeker.profile.headline or "headline",
        intro="A few sentences that say who you are and what you care about.",
    )  # fmt: skip
    return _in_book(ahead, ready).step("you", "profile", f"Complete your profile: {finding.missing}.")


def _reword(ahead: Ahead, ask: Ask, finding: Finding) -> Ahead:
    failing = [f for f in findings(ahead.situation(ask)) if not f.holds]
    for told in (f for f in failing if not ahead.goes_past(f)):
        ahead = ahead.step("you", "reword", f"Work on the ask: {told.missing}.", subject=told.guard)
    return replace(ahead, reworded=True)


CLIMBS: dict[Stage, Callable[[Ahead, Ask, Finding], Ahead]] = {
    Stage.NURTURED: _nurture,
    Stage.VALUE_GIVEN: _give,
    Stage.COFFEE_CHAT: _chat,
    Stage.INTRO: _introduce,
}
"""One step towards each stage that an ask can need."""

REMEDIES: dict[str, Callable[[Ahead, Ask, Finding], Ahead]] = {
    "do-not-contact": _respect,
    "both-sides-agree": _consent,
    "relationship-open": _reopen,
    "one-referrer-per-opening": _another_opening,
    "loop-closed": _report,
    "profile-ready": _profile,
    "one-open-ask": _await_answer,
    "nudge-limit": _nudged_enough,
    "stage-reached": _climb,
    "intro-before-referral": _introduce,
    "no-cold-ask": _exchange,
    "thanked": _thank,
    "value-first": _give,
    "goodwill": _give,
    "ask-cooldown": _wait,
    "open-ask-limit": _wait,
    "connector-load": _wait,
    "weekly-outreach-limit": _wait,
    "conversation-alive": _exchange,
    "no-payment": _reword,
    "payment-language": _reword,
    "genuine-first-message": _reword,
    "questions-prepared": _reword,
    "chat-length": _reword,
    "specific-intro": _reword,
    "specific-referral": _reword,
    "can-vouch": _reword,
}
"""What helps against each guard that does not hold, in the order in which it is tried."""
