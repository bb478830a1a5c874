"""What the state of a relationship makes worth doing, and from when to when: the candidates of the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from kith.domain.agenda import Action, Urgency
from kith.domain.asks import Ask, AskKind, ChatAsk, IntroAsk, ReferralAsk
from kith.domain.calendar import spelled
from kith.domain.connector_load import ConnectorLoad
from kith.domain.debts import Debt, debts
from kith.domain.dormant import revival
from kith.domain.guards import findings
from kith.domain.guards.registry import FAVOURS, Situation
from kith.domain.openings import Opening
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage
from kith.domain.timers import cooldown_ends

PREPARE_DAYS = 3
PATIENCE_DAYS = 14
MODERATELY_WEAK = range(2, 13)
"""Days with a touch that make a tie moderately weak: acquaintances, neither strangers nor close friends."""


def actions(state: Relationship, seeker: Seeker, owed: Iterable[Debt] | None = None) -> list[Action]:
    """Everything worth doing about this person, each with its time; what was dismissed is left out.

    ``owed`` are the debts to them, where they are known already.
    """
    if state.removed or state.closed or state.refuses_contact or (state.is_bare and not state.origin.knows_your_work):
        return []
    owed = debts(state, seeker.policy, seeker.calendar) if owed is None else owed
    candidates = (
        *_owed(state, seeker, owed),
        *_promised(state, seeker),
        *_course(state, seeker),
        *_rhythm(state, seeker),
    )
    found = [action for action in candidates if action.key not in state.settled_debts]
    close = bool(found) and _is_close(state, seeker)
    return [_timed(action, state, close) for action in found]


def _is_close(state: Relationship, seeker: Seeker) -> bool:
    """Whether the tie is other than moderately weak. Touches at one instant are on one day."""
    day, touches = seeker.calendar.day, state.by_time
    if len(touches) in MODERATELY_WEAK and day(touches[0].at) != day(touches[-1].at):
        return False
    days: set[date] = set()
    for at in {touch.at for touch in state.touches}:
        days.add(day(at))
        if len(days) == MODERATELY_WEAK.stop:
            break
    return len(days) not in MODERATELY_WEAK


def _timed(action: Action, state: Relationship, close: bool) -> Action:
    start = max(action.start, state.snoozed_until) if state.snoozed_until else action.start
    return action._replace(start=start, close_tie=close)


_OWED = {
    "thanks": ("Thank {name} for the {what}.", "The {what} of {day} has not been thanked for."),
    "answer": ("Answer {name}.", "{name} wrote to you on {day}."),
    "outcome": (
        "Tell {name} how the referral went: {what}.",
        "You have known the outcome since {day}; the one who vouched for you has not heard it.",
    ),
    "report": (
        "Tell {name} what came of the {what}, even if it is little yet.",
        "You have had two weeks to meet; who introduces people likes to hear what came of it.",
    ),
    "follow-up": ("Keep your promise to {name}: {what}.", "You promised this in your coffee chat of {day}."),
}
"""What to do about each kind of debt, and why."""


def _owed(state: Relationship, seeker: Seeker, owed: Iterable[Debt]) -> Iterator[Action]:
    for debt in owed:
        told = {"name": state.person.name, "what": debt.what, "day": _day(seeker, debt.since)}
        do, why = (text.format(**told) for text in _OWED[debt.kind])
        yield Action(debt.key, debt.kind, Urgency.OWED, debt.since, None, debt.due, why, do)


def _day(seeker: Seeker, at: datetime) -> str:
    return seeker.calendar.spelled(at)


def _promised(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    for ask in state.asks:
        if ask.is_promised:
            yield from (
                _chat_ahead(state, ask, seeker) if ask.kind is AskKind.CHAT else _favour_ahead(state, ask, seeker)
            )


def _chat_ahead(state: Relationship, ask: MadeAsk, seeker: Seeker) -> Iterator[Action]:
    name, agreed = state.person.name, ask.settled_at or ask.at
    if ask.due is None:
        why = f"{name} agreed to a coffee chat, and no time is set."
        do = f"Settle a time with {name}."
        yield Action(f"date:{ask.id}", "date", Urgency.PROMISED, agreed, None, None, why, do)
        return
    when = f"Your coffee chat is on {_day(seeker, ask.due)}."
    start = ask.due - timedelta(days=PREPARE_DAYS)
    do = f"Go over your questions for {name}."
    yield Action(f"prepare:{ask.id}", "prepare", Urgency.PROMISED, start, ask.due, ask.due, when, do)
    after = f"Your coffee chat was set for {_day(seeker, ask.due)}."
    do = f"Write down what you learned from {name}, or that it did not take place."
    yield Action(f"hold:{ask.id}", "hold", Urgency.PROMISED, ask.due, None, ask.due, after, do)


def _favour_ahead(state: Relationship, ask: MadeAsk, seeker: Seeker) -> Iterator[Action]:
    due = ask.due or ask.at
    why = f"{state.person.name} promised you this {ask.kind} on {_day(seeker, ask.settled_at or ask.at)}."
    do = f"See how the {ask.kind} stands, and make it easy for {state.person.name}."
    yield Action(f"promise:{ask.id}", "promise", Urgency.PROMISED, due, None, due, why, do)


def _course(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    """The next stage: an ask that is earned, or the one action that is missing."""
    if any(ask.is_open or ask.is_promised for ask in state.asks):
        return
    if state.earned is Stage.MET:
        yield from _ripen_met(state, seeker)
    elif state.earned is Stage.NURTURED:
        yield from _ripen_gift(state, seeker)
    elif state.earned < Stage.REFERRAL:
        yield from _earned(state, seeker)


def _asleep(state: Relationship, seeker: Seeker) -> datetime | None:
    last = state.last_touch
    return seeker.calendar.plus_days(last.at, seeker.policy.dormant_days) if last else None


def _ripen_met(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    last, out, calendar = state.last_touch, state.last_outbound, seeker.calendar
    name, key = state.person.name, f"ripen:met:{last.version if last else 0}"
    if state.origin.knows_your_work:
        start = calendar.plus_days(out.at, PATIENCE_DAYS) if out else state.opened_at
        why = f"{name} knows your work ({state.origin}); one exchange is enough to be back in touch."
        do = f"Write to {name}: news, a thought, a question; no ask."
        yield Action(key, "write", Urgency.RIPENING, start, _asleep(state, seeker), None, why, do)
        return
    days = {calendar.day(touch.at) for touch in state.touches}
    if state.last_inbound and len(days) + 1 >= seeker.policy.nurtured_touches and last:
        spread = calendar.midnight(min(days) + timedelta(days=seeker.policy.nurtured_spread_days))
        start = max(spread, calendar.midnight(max(days) + timedelta(days=1)))
        why = f"You and {name} have been in touch on {len(days)} days; one more makes it a tie."
        do = f"Stay in touch with {name}: a short message, no ask."
        yield Action(key, "write", Urgency.RIPENING, start, _asleep(state, seeker), None, why, do)


def _ripen_gift(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    name, last = state.person.name, state.last_touch
    if last is None:
        return
    why = f"You and {name} are in touch, and you have given nothing yet."
    do = f"Give {name} something of use to them: an article, feedback, a contact, a hand."
    key = f"ripen:gift:{last.version}"
    yield Action(key, "gift", Urgency.RIPENING, last.at, _asleep(state, seeker), None, why, do)


_NEXT: dict[Stage, tuple[Ask, str, str]] = {
    Stage.VALUE_GIVEN: (ChatAsk(), "chat", "Ask {name} for a coffee chat of 15 to 30 minutes."),
    Stage.COFFEE_CHAT: (IntroAsk(), "introduction", "Ask {name} for one warm introduction, by name."),
    Stage.INTRO: (ReferralAsk(), "referral", "Ask {name} for a referral, if there is an opening that fits."),
}


def _earned(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    ask, kind, do = _NEXT[state.earned]
    last, calendar, policy = state.last_inbound, seeker.calendar, seeker.policy
    if last is None or state.last_touch is None:
        return
    name, quiet = state.person.name, calendar.plus_days(last.at, policy.conversation_days)
    start = max(
        filter(None, (state.last_touch.at, cooldown_ends(state, policy, calendar) if ask.kind in FAVOURS else None))
    )
    if start < quiet and _holds(state, seeker, ask, start):
        why = f"You have reached {state.earned.words} with {name}: this ask is earned, once it is well prepared."
        key = f"earned:{kind}:{len(state.asks)}"
        favour = ask.kind in FAVOURS
        earned = Action(key, kind, Urgency.EARNED, start, quiet, None, why, do.format(name=name), favour)
        opening = seeker.opening_at(state.person.company) if kind == "referral" else None
        yield from _for_opening(earned, opening, name, seeker) if opening else (earned,)
    why = f"You have reached {state.earned.words} with {name}, and the conversation has gone quiet."
    fresh = f"Write to {name}: news, a thought, a question; no ask."
    key = f"ripen:quiet:{last.version}"
    yield Action(key, "write", Urgency.RIPENING, quiet, _asleep(state, seeker), None, why, fresh)


def _for_opening(earned: Action, opening: Opening, name: str, seeker: Seeker) -> Iterator[Action]:
    """The referral for an opening that the seeker noted, up to its deadline; after that, for whatever fits."""
    why = (
        f"You noted an opening at {opening.company}, where {name} works; this ask is earned, once it is well prepared."
    )
    do = f"Ask {name} to refer you as {opening.role}"
    if opening.deadline is None:
        yield earned._replace(key=f"opening:{opening.id}", why=why, do=f"{do}.")
        return
    assert earned.until is not None
    over = min(seeker.calendar.midnight(opening.deadline + timedelta(days=1)), earned.until)
    if earned.start < over:
        do = f"{do}, by {spelled(opening.deadline)} at the latest."
        yield earned._replace(key=f"opening:{opening.id}", why=why, do=do, until=over)
    if over < earned.until:
        yield earned._replace(start=max(earned.start, over))


def _holds(state: Relationship, seeker: Seeker, ask: Ask, at: datetime) -> bool:
    """Whether every guard holds that looks at this person alone; the limits of the network are for the day itself."""
    alone = replace(seeker, asks=(), loops=(), referrals=())
    situation = Situation(state, alone, ConnectorLoad(state.id), ask, seeker.policy, at)
    return all(finding.holds for finding in findings(situation, wording_too=False))


def _rhythm(state: Relationship, seeker: Seeker) -> Iterator[Action]:
    last, name, calendar, policy = state.last_touch, state.person.name, seeker.calendar, seeker.policy
    version = last.version if last else 0
    if state.tier is not None:
        since = max(filter(None, (last.at if last else None, state.tier_at)))
        due = calendar.plus_days(since, policy.tier(state.tier))
        why = f"You chose to be in touch every {policy.tier(state.tier)} days; the last time was {_day(seeker, since)}."
        do = f"Say hello to {name}."
        yield Action(f"keep:{version}", "write", Urgency.KEEP_IN_TOUCH, due, None, due, why, do)
    revived = revival(state, seeker)
    if revived is not None:
        yield revived
