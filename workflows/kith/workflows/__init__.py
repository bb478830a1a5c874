"""Kith's programmatic API: ``Kith`` and what its methods take and return. Loaded when first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kith.domain.appointments import Appointment
    from kith.domain.asks import AskKind, ChatAsk, FirstMessage, IntroAsk, Nudge, Question, ReferralAsk, Topic
    from kith.domain.champions import Champion
    from kith.domain.decision import Decision, Finding, Plan, Step
    from kith.domain.dormant import DormantTie
    from kith.domain.errors import Ambiguous, Conflict, InvalidInput, KithError, NotApplicable, NotFound
    from kith.domain.facts import Background, Gift, GiftKind, Person, Touch
    from kith.domain.insights import Insights
    from kith.domain.lint import Judged
    from kith.domain.lint.draft import DraftKind
    from kith.domain.lint.remarks import Remark
    from kith.domain.outlines import Outline
    from kith.domain.paths import Way
    from kith.domain.policy import PRESETS, Policy, policy_from_toml
    from kith.domain.relationship.next_stage import StageFinding
    from kith.domain.stages import Channel, Direction, Origin, Stage
    from kith.domain.suggestions import Suggestion
    from kith.workflows.application.advancing import Advanced
    from kith.workflows.application.digesting import Digest, DigestLine
    from kith.workflows.application.introductions import IntroductionStatus
    from kith.workflows.application.openings import OpeningStatus, OpeningView
    from kith.workflows.application.paths import Path, Paths
    from kith.workflows.application.seekers import SeekerListed
    from kith.workflows.application.sweeping import Swept
    from kith.workflows.application.what_if import WhatIf
    from kith.workflows.bootstrap import Kith
    from kith.workflows.errors import AskRefused, StoreError

_HOMES = {
    "kith.domain.appointments": "Appointment",
    "kith.domain.asks": "AskKind ChatAsk FirstMessage IntroAsk Nudge Question ReferralAsk Topic",
    "kith.domain.champions": "Champion",
    "kith.domain.decision": "Decision Finding Plan Step",
    "kith.domain.dormant": "DormantTie",
    "kith.domain.errors": "Ambiguous Conflict InvalidInput KithError NotApplicable NotFound",
    "kith.domain.insights": "Insights",
    "kith.domain.facts": "Background Gift GiftKind Person Touch",
    "kith.domain.paths": "Way",
    "kith.domain.lint": "Judged",
    "kith.domain.lint.draft": "DraftKind",
    "kith.domain.lint.remarks": "Remark",
    "kith.domain.outlines": "Outline",
    "kith.domain.policy": "PRESETS Policy policy_from_toml",
    "kith.domain.relationship.next_stage": "StageFinding",
    "kith.workflows.application.advancing": "Advanced",
    "kith.workflows.application.digesting": "Digest DigestLine",
    "kith.workflows.application.introductions": "IntroductionStatus",
    "kith.workflows.application.openings": "OpeningStatus OpeningView",
    "kith.workflows.application.paths": "Path Paths",
    "kith.workflows.application.seekers": "SeekerListed",
    "kith.workflows.application.sweeping": "Swept",
    "kith.workflows.application.what_if": "WhatIf",
    "kith.domain.suggestions": "Suggestion",
    "kith.domain.stages": "Channel Direction Origin Stage",
    "kith.workflows.bootstrap": "Kith",
    "kith.workflows.errors": "AskRefused StoreError",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "PRESETS", "Advanced", "Ambiguous", "Appointment", "AskKind", "AskRefused", "Background", "Champion", "Channel",
    "ChatAsk", "Conflict", "Decision", "Digest", "DigestLine", "Direction", "DormantTie", "DraftKind", "Finding",
    "FirstMessage", "Gift", "GiftKind", "Insights", "IntroAsk", "IntroductionStatus", "InvalidInput", "Judged", "Kith",
    "KithError", "NotApplicable", "NotFound", "Nudge", "OpeningStatus", "OpeningView", "Origin", "Outline", "Path",
    "Paths", "Person", "Plan", "Policy", "Question", "ReferralAsk", "Remark", "SeekerListed", "Stage", "StageFinding",
    "Step", "StoreError", "Suggestion", "Swept", "Topic", "Touch", "Way", "WhatIf", "policy_from_toml",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
