"""The speaking name of every event: the words that timelines, policies and pages use for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kith.domain import connector_load as load
from kith.domain import focus as f
from kith.domain import introduction as i
from kith.domain import openings as o
from kith.domain import seeker as s
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.stages import Direction

SPEAKING: Final[Mapping[type[Event], str]] = {
    e.RelationshipOpened: "met",
    e.PersonDescribed: "description",
    e.FactNoted: "note",
    e.TiesNoted: "tie",
    e.BackgroundNoted: "background",
    e.TierSet: "tier",
    e.ContactRefused: "no contact wanted",
    e.Touched: "touch",
    e.GiftGiven: "gift",
    e.ChatPrepared: "chat preparation",
    e.ChatHeld: "coffee chat",
    e.ThanksSent: "thank-you",
    e.IntroductionReceived: "introduction",
    e.IntroductionReported: "introduction report",
    e.IntroductionFailed: "introduction that did not work out",
    e.IntroductionAgreed: "agreement to be introduced",
    e.ReferralGiven: "referral",
    e.OutcomeLearned: "outcome",
    e.OutcomeReported: "outcome report",
    e.FirstMessageSent: "first message",
    e.ChatAsked: "chat ask",
    e.IntroAsked: "intro ask",
    e.ReferralAsked: "referral ask",
    e.Nudged: "nudge",
    e.AskRefused: "refused ask",
    e.GuardOverridden: "override",
    e.AskAgreed: "agreement",
    e.AskDeclined: "decline",
    e.AskWithdrawn: "withdrawal",
    e.AskLapsed: "lapse",
    e.ChatRescheduled: "chat move",
    e.ChatCancelled: "chat cancellation",
    e.StageAdvanced: "stage advance",
    e.StageCorrected: "stage correction",
    e.Snoozed: "snooze",
    e.WentDormant: "dormancy",
    e.TimerFired: "reminder",
    e.Closed: "closing",
    e.Reopened: "reopening",
    e.DebtSettled: "settled debt",
    e.FactsRetracted: "retraction",
    e.FactCorrected: "correction",
    s.SeekerRegistered: "beginning",
    s.ProfileUpdated: "profile update",
    s.GoalsSet: "goals",
    s.PolicyAdopted: "policy adoption",
    s.AskBooked: "booked ask",
    s.AskCleared: "cleared ask",
    s.ReferralBooked: "booked referral",
    s.ReferralUnbooked: "unbooked referral",
    s.OutcomeBooked: "booked outcome",
    s.OutcomeCleared: "cleared outcome",
    s.ImportStarted: "import start",
    s.ImportFinished: "import end",
    s.ImportUndone: "import undo",
    s.DigestClaimed: "claimed digest",
    s.DigestSent: "sent digest",
    o.OpeningNoted: "opening",
    o.OpeningClosed: "end of an opening",
    f.FocusAdded: "focus",
    f.FocusRemoved: "end of focus",
    i.IntroductionAsked: "introduction asked",
    i.ConsentGiven: "consent",
    i.ConsentRefused: "refused consent",
    i.IntroductionMade: "introduction made",
    i.IntroductionThanked: "introduction thanked",
    i.ConnectorTold: "connector told",
    i.DidNotWorkOut: "introduction not made",
    i.IntroductionWithdrawn: "introduction withdrawn",
    i.IntroductionReopened: "introduction reopened",
    load.LoadTaken: "load taken",
    load.LoadReleased: "load released",
}
"""By class; a test holds it complete and the names unique."""

REPLY: Final = "reply"
"""Their word."""


def speaking(event: Event) -> str:
    """The name of an event as people say it: a touch by the other person is a reply."""
    inbound = isinstance(event, e.Touched) and event.direction is Direction.INBOUND
    return REPLY if inbound else SPEAKING[type(event)]
