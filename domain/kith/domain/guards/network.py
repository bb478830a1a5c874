"""Guards over the seeker's whole network: profile, limits, openings, connectors and loops."""

from __future__ import annotations

from kith.domain import wording
from kith.domain.asks import AskKind, ReferralAsk
from kith.domain.guards.registry import FAVOURS, Situation, Verdict, guard, no, plural, yes

FIRST = frozenset({AskKind.FIRST_MESSAGE})
WEEK = 7


@guard("profile-ready", FIRST, "Article: “have a proper profile”.")
def profile_ready(s: Situation) -> Verdict:
    """For a stranger: the seeker's profile has a picture, a headline, and an intro that says who you are."""
    if not s.relationship.is_stranger:
        return yes(f"{s.name} is no stranger.")
    profile = s.seeker.profile
    lacks = [
        what for what, there in (
            ("a picture", profile.picture),
            ("a headline", bool(profile.headline)),
            ("an intro that says who you are", wording.says_who_you_are(profile.intro)),
        ) if not there
    ]  # fmt: skip
    if lacks:
        return no(f"Your profile lacks {' and '.join(lacks)}; a stranger will look.", " and ".join(lacks))
    return yes("Your profile has a picture, a headline and an intro.")


@guard("weekly-outreach-limit", FIRST, "Quality over quantity; van Hooft meta-analysis (correlational).")
def weekly_outreach_limit(s: Situation) -> Verdict:
    """At most 5 first messages to strangers in 7 days."""
    if not s.relationship.is_stranger:
        return yes(f"{s.name} is no stranger.")
    frees = sorted(s.calendar.plus_days(sent.at, WEEK) for sent in s.seeker.first_messages() if sent.stranger)
    recent = [free for free in frees if free > s.now]
    most = s.policy.weekly_first_messages
    told = f"{plural(len(recent), 'first message')} to strangers in the last {WEEK} days"
    if len(recent) < most:
        return yes(f"{told}; {most} are your limit.")
    earliest = recent[len(recent) - most] if most else None
    return no(f"{told}: that is your limit.", "time", earliest=earliest)


@guard("open-ask-limit", FAVOURS, "Quality over quantity; LinkedIn capped open introductions at 5.")
def open_ask_limit(s: Situation) -> Verdict:
    """At most 3 introduction and referral asks open over the whole network."""
    lapses = sorted(ask.lapses for ask in s.seeker.open_favours(s.now))
    most = s.policy.open_asks
    if len(lapses) < most:
        return yes(f"{plural(len(lapses), 'favour')} open over your whole network; {most} are your limit.")
    told = f"{plural(len(lapses), 'favour')} open over your whole network: that is your limit."
    return no(told, "one of them settled", earliest=lapses[len(lapses) - most])


@guard("one-referrer-per-opening", frozenset({AskKind.REFERRAL}),
       "Article: “one strong referral is worth more than a hundred”.")  # fmt: skip
def one_referrer_per_opening(s: Situation) -> Verdict:
    """No other referral is open, promised or given for the same opening."""
    assert isinstance(s.ask, ReferralAsk)
    opening = s.ask.opening
    if not opening:
        return yes("The ask names no opening yet.")
    if any(given.opening == opening for given in s.seeker.referrals):
        return no("You have been referred for this opening already.", "another opening")
    asked = [ask for ask in s.seeker.asks if ask.opening == opening and ask.kind is AskKind.REFERRAL]
    if any(ask.status == "promised" for ask in asked):
        return no("A referral for this opening is promised already.", "that one given or withdrawn")
    waiting = [ask.lapses for ask in asked if ask.is_open(s.now)]
    if waiting:
        return no("You have asked for a referral for this opening already.", "that one settled", earliest=max(waiting))
    return yes("Nobody else was asked for this opening.")


@guard("connector-load", frozenset({AskKind.INTRO}), "Connector fatigue: a value choice.")
def connector_load(s: Situation) -> Verdict:
    """This connector carries at most 1 open introduction ask, and at most 3 in 90 days, over all seekers."""
    p = s.policy
    waiting = sorted(ask.lapses for ask in s.load.open(s.now))
    frees = sorted(s.calendar.plus_days(ask.at, p.connector_days) for ask in s.load.asks)
    recent = [free for free in frees if free > s.now]
    blocked = [
        *([waiting[len(waiting) - p.connector_open]] if len(waiting) >= p.connector_open else []),
        *([recent[len(recent) - p.connector_asks]] if len(recent) >= p.connector_asks else []),
    ]
    if blocked:
        return no(f"{s.name} carries enough introduction asks for now.", "time", earliest=max(blocked))
    return yes(f"{s.name} is free for another introduction ask.")


@guard("loop-closed", FAVOURS, "Article: mutually beneficial relationships.")
def loop_closed(s: Situation) -> Verdict:
    """Every referral outcome known for more than 7 days has been reported to its referrer."""
    days = s.policy.loop_days
    late = [loop for loop in s.seeker.loops if s.now > s.calendar.plus_days(loop.known_at, days)]
    if late:
        return no(f"{plural(len(late), 'outcome')} known for more than {days} days, and the referrer has not heard.",
                  "telling them how it went")  # fmt: skip
    return yes("Every referrer knows how it went.")
