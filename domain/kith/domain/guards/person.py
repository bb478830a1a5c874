"""Guards over what passed between the seeker and this person."""

from __future__ import annotations

from datetime import timedelta

from kith.domain.asks import AskKind, Introducing, Nudge
from kith.domain.debts import unthanked
from kith.domain.guards.registry import ANY_ASK, CHAT_UP, FAVOURS, OPENABLE, Situation, Verdict, guard, no, plural, yes
from kith.domain.stages import Stage

HARD_NUDGE_CAP = 2

NEEDED = {AskKind.CHAT: Stage.VALUE_GIVEN, AskKind.INTRO: Stage.COFFEE_CHAT, AskKind.REFERRAL: Stage.INTRO}
"""The stage that each ask needs."""


@guard("do-not-contact", ANY_ASK, "Decency; GDPR Art. 21 (right to object).", hard=True)
def do_not_contact(s: Situation) -> Verdict:
    """The person has not said no to contact."""
    if s.relationship.refuses_contact:
        return no(f"{s.name} does not want to be contacted.", "nothing: respect it")
    return yes(f"{s.name} has not said no to contact.")


@guard("relationship-open", ANY_ASK, "A value choice.")
def relationship_open(s: Situation) -> Verdict:
    """The relationship is not closed."""
    if s.relationship.closed:
        return no(f"You closed the relationship with {s.name}.", "reopen it first")
    return yes("The relationship is open.")


@guard("both-sides-agree", frozenset({AskKind.INTRODUCING}),
       "Fred Wilson 2009 and Roy Bahat on the double opt-in introduction: consensus, no trial.", hard=True)  # fmt: skip
def both_sides_agree(s: Situation) -> Verdict:
    """Connector and target both said yes (double opt-in); also when the seeker connects two others as a gift."""
    assert isinstance(s.ask, Introducing)
    absent = [
        who for who, agreed in (("the connector", s.ask.connector_agreed), ("the target", s.ask.target_agreed))
        if not agreed
    ]  # fmt: skip
    if absent:
        return no(f"There is no yes on record of {' and of '.join(absent)}.", f"the yes of {' and '.join(absent)}")
    return yes("Both sides agreed to be introduced.")


@guard("no-cold-ask", CHAT_UP, "Both referral articles: trust before asks.")
def no_cold_ask(s: Situation) -> Verdict:
    """The two of you have exchanged something: at least one inbound touch."""
    last = s.relationship.last_inbound
    if last is None:
        return no(f"{s.name} has never written or spoken to you, as far as the record tells.", "one word from them")
    return yes(f"{s.name} has answered you.", last.version)


@guard("conversation-alive", CHAT_UP, "Article: “if the conversation goes well”; the number is a value choice.")
def conversation_alive(s: Situation) -> Verdict:
    """An inbound touch within 60 days."""
    last = s.relationship.last_inbound
    days = s.policy.conversation_days
    if last is None:
        return no(f"There is no conversation with {s.name} yet.", f"a word from them within {days} days")
    if s.now > s.calendar.plus_days(last.at, days):
        return no(
            f"Their last word is from {s.day(last.at)}, more than {days} days ago.",
            "a fresh word from them",
            last.version,
        )
    return yes(f"Their last word is from {s.day(last.at)}.", last.version)


@guard("stage-reached", CHAT_UP, "The order of the stages.")
def stage_reached(s: Situation) -> Verdict:
    """The relationship has reached value given for a chat, coffee chat for an introduction, intro for a referral."""
    state, needed = s.relationship, NEEDED[s.ask.kind]
    if state.earned >= needed:
        return yes(f"You have reached {state.earned.words}.", *(a.version for a in state.advances if a.stage == needed))
    if s.ask.kind is AskKind.CHAT and state.agreed_to_meet:
        return yes(f"{s.name} agreed to be introduced to you.", state.agreed_to_meet.version)
    skipped = f" ({state.stage.words} came unasked)" if state.stage > state.earned else ""
    return no(
        f"You are at {state.earned.words}{skipped}; this ask comes after {needed.words}.", f"the stage {needed.words}"
    )


@guard("thanked", ANY_ASK, "Grant & Gino 2010 (thanks: 32% → 66% help again); 24 h Yale, 2–3 days Hampshire.")
def thanked(s: Situation) -> Verdict:
    """Every chat, introduction and referral received has been thanked for; due within 24 h, late after 72 h."""
    owed = unthanked(s.relationship, s.policy, s.calendar)
    if owed:
        what, fact = owed[0]
        late = s.now > fact.at + timedelta(hours=s.policy.thanks_late_hours)
        why = f"The {what} of {s.day(fact.at)} has not been thanked for{', and that is late' if late else ''}."
        return no(why, "thanks", *(f.version for _, f in owed))
    return yes("Nothing is left to thank for.")


@guard("value-first", CHAT_UP, "Article: “provide value FIRST”.")
def value_first(s: Situation) -> Verdict:
    """At least 1 gift recorded before the ask; a chat with someone who agreed to be introduced is exempt."""
    gifts = s.relationship.gifts
    if len(gifts) >= s.policy.gifts_before_ask:
        return yes(f"You gave {plural(len(gifts), 'gift')}.", *(gift.version for gift in gifts))
    if s.ask.kind is AskKind.CHAT and s.relationship.agreed_to_meet:
        return yes(f"{s.name} agreed to be introduced to you.", s.relationship.agreed_to_meet.version)
    so_far = f"{plural(len(gifts), 'gift')} so far" if gifts else "nothing yet"
    return no(f"You have given {s.name} {so_far}.", plural(s.policy.gifts_before_ask - len(gifts), "gift"))


@guard("goodwill", FAVOURS, "“Not just taking”: a value choice, no empirical ratio exists.")
def goodwill(s: Situation) -> Verdict:
    """Gifts given are at least as many as the favours asked of this person, this ask included."""
    gifts = len(s.relationship.gifts)
    favours = 1 + sum(ask.is_favour for ask in s.relationship.asks)
    if gifts >= favours:
        return yes(f"{plural(gifts, 'gift')} given, {plural(favours, 'favour')} asked with this one.")
    return no(
        f"With this you would have asked {plural(favours, 'favour')} and given {plural(gifts, 'gift')}.",
        f"{plural(favours - gifts, 'more gift')}",
    )


@guard("intro-before-referral", frozenset({AskKind.REFERRAL}), "Article: “the warm intro is your secret weapon”.")
def intro_before_referral(s: Situation) -> Verdict:
    """The evidence for the stage intro is on record."""
    facts = s.relationship.warm_introductions
    if facts:
        return yes("A warm introduction stands, or was asked for and settled.", *(fact.version for fact in facts))
    return no(f"No introduction stands between you and {s.name}, and none was asked for.", "an introduction asked for")


@guard("one-open-ask", OPENABLE, "A value choice.")
def one_open_ask(s: Situation) -> Verdict:
    """No other ask to this person is open."""
    waiting = s.relationship.open_asks
    if not waiting:
        return yes(f"Nothing else waits for {s.name}'s answer.")
    ask = waiting[-1]
    return no(
        f"Your {ask.kind} ask of {s.day(ask.at)} still waits for an answer.", "that ask settled",
        *(a.version for a in waiting), earliest=max(map(s.lapses, waiting)),
    )  # fmt: skip


@guard("ask-cooldown", FAVOURS, "A value choice.")
def ask_cooldown(s: Situation) -> Verdict:
    """30 days since the last introduction or referral ask to this person was settled."""
    settled = [(a.settled_at, a.version) for a in s.relationship.asks if a.kind in FAVOURS and a.settled_at]
    if not settled:
        return yes(f"You have not asked {s.name} for a favour before.")
    at, version = max(settled)
    free = s.calendar.plus_days(at, s.policy.ask_cooldown_days)
    if s.now < free:
        days = s.policy.ask_cooldown_days
        return no(f"Your last favour ended on {s.day(at)}; leave {days} days.", "time", version, earliest=free)
    return yes(f"Your last favour ended on {s.day(at)}.", version)


@guard("nudge-limit", frozenset({AskKind.NUDGE}),
       "Duke, Simon Fraser (practitioner); Woodpecker (vendor: spam flags triple by the fourth).")  # fmt: skip
def nudge_limit(s: Situation) -> Verdict:
    """At least 7 days after the ask, at most 1 nudge (2 is the hard cap)."""
    assert isinstance(s.ask, Nudge)
    ask = s.relationship.ask(s.ask.ask_id)
    assert ask is not None, "the ask of a nudge is looked up before the guards run"
    if len(ask.nudged) >= s.policy.nudges:
        capped = len(ask.nudged) >= HARD_NUDGE_CAP
        count = plural(len(ask.nudged), "time")
        return no(f"You nudged {count} about this already.", "their answer", ask.version, hard=capped)
    ripe = s.calendar.plus_days(max((ask.at, *ask.nudged)), s.policy.nudge_after_days)
    if s.now < ripe:
        return no(f"You asked on {s.day(ask.at)}; give it {s.policy.nudge_after_days} days.", "time", earliest=ripe)
    return yes(f"You asked on {s.day(ask.at)} and have waited.", ask.version)
