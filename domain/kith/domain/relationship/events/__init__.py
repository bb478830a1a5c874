"""What can happen to a relationship: the events of the aggregate, and nothing else."""

from __future__ import annotations

from kith.domain.relationship.events.asks import (
    AskAgreed,
    AskDeclined,
    AskLapsed,
    AskMade,
    AskRefused,
    AskWithdrawn,
    ChatAsked,
    ChatCancelled,
    ChatRescheduled,
    FirstMessageSent,
    GuardOverridden,
    IntroAsked,
    Nudged,
    ReferralAsked,
)
from kith.domain.relationship.events.course import (
    Closed,
    DebtSettled,
    Reopened,
    Snoozed,
    StageAdvanced,
    StageCorrected,
    TimerFired,
    WentDormant,
)
from kith.domain.relationship.events.facts import (
    ChatHeld,
    ChatPrepared,
    GiftGiven,
    IntroductionAgreed,
    IntroductionFailed,
    IntroductionReceived,
    IntroductionReported,
    OutcomeLearned,
    OutcomeReported,
    ReferralGiven,
    ThanksSent,
    Touched,
)
from kith.domain.relationship.events.network import BackgroundNoted, TiesNoted
from kith.domain.relationship.events.person import (
    ContactRefused,
    FactNoted,
    PersonDescribed,
    RelationshipOpened,
    TierSet,
)
from kith.domain.relationship.events.revisions import RETRACTABLE, FactCorrected, FactsRetracted

__all__ = [
    "RETRACTABLE", "AskAgreed", "AskDeclined", "AskLapsed", "AskMade", "AskRefused", "AskWithdrawn",
    "BackgroundNoted", "ChatAsked", "ChatCancelled", "ChatHeld", "ChatPrepared", "ChatRescheduled", "Closed",
    "ContactRefused", "DebtSettled", "FactCorrected", "FactNoted", "FactsRetracted", "FirstMessageSent", "GiftGiven",
    "GuardOverridden", "IntroAsked", "IntroductionAgreed", "IntroductionFailed", "IntroductionReceived",
    "IntroductionReported", "Nudged", "OutcomeLearned", "OutcomeReported", "PersonDescribed", "ReferralAsked",
    "ReferralGiven", "RelationshipOpened", "Reopened", "Snoozed", "StageAdvanced", "StageCorrected", "ThanksSent",
    "TierSet", "TiesNoted", "TimerFired", "Touched", "WentDormant",
]  # fmt: skip
