"""Kith's programmatic API: ``Kith`` and what its methods take and return. Loaded when first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kith.domain.appointments import Appointment
    from kith.domain.asks import AskKind, ChatAsk, FirstMessage, IntroAsk, Nudge, Question, ReferralAsk, Topic
    from kith.domain.decision import Decision, Finding, Plan, Step
    from kith.domain.dormant import DormantTie
    from kith.domain.errors import Ambiguous, Conflict, InvalidInput, KithError, NotApplicable, NotFound
    from kith.domain.facts import Gift, GiftKind, Person, Touch
    from kith.domain.lint import Judged
    from kith.domain.lint.draft import DraftKind
    from kith.domain.lint.remarks import Remark
    from kith.domain.outlines import Outline
    from kith.domain.policy import PRESETS, Policy, policy_from_toml
    from kith.domain.relationship.next_stage import StageFinding
    from kith.domain.stages import Channel, Direction, Origin, Stage
    from kith.domain.suggestions import Suggestion
    from kith.workflows.application.advancing import Advanced
    from kith.workflows.application.digesting import Digest, DigestLine
    from kith.workflows.application.introductions import IntroductionStatus
    from kith.workflows.application.seekers import SeekerListed
    from kith.workflows.application.sweeping import Swept
    from kith.workflows.bootstrap import Kith
    from kith.workflows.errors import AskRefused, StoreError

_HOMES = {
    "kith.domain.appointments": "Appointment",
    "kith.domain.asks": "AskKind ChatAsk FirstMessage IntroAsk Nudge Question ReferralAsk Topic",
    "kith.domain.decision": "Decision Finding Plan Step",
    "kith.domain.dormant": "DormantTie",
    "kith.domain.errors": "Ambiguous Conflict InvalidInput KithError NotApplicable NotFound",
    "kith.domain.facts": "Gift GiftKind Person Touch",
    "kith.domain.lint": "Judged",
    "kith.domain.lint.draft": "DraftKind",
    "kith.domain.lint.remarks": "Remark",
    "kith.domain.outlines": "Outline",
    "kith.domain.policy": "PRESETS Policy policy_from_toml",
    "kith.domain.relationship.next_stage": "StageFinding",
    "kith.workflows.application.advancing": "Advanced",
    "kith.workflows.application.digesting": "Digest DigestLine",
    "kith.workflows.application.introductions": "IntroductionStatus",
    "kith.workflows.application.seekers": "SeekerListed",
    "kith.workflows.application.sweeping": "Swept",
    "kith.domain.suggestions": "Suggestion",
    "kith.domain.stages": "Channel Direction Origin Stage",
    "kith.workflows.bootstrap": "Kith",
    "kith.workflows.errors": "AskRefused StoreError",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "PRESETS", "Advanced", "Ambiguous", "Appointment", "AskKind", "AskRefused", "Channel", "ChatAsk",
    "Conflict", "Decision", "Digest", "DigestLine", "Direction", "DormantTie", "DraftKind", "Finding",
    "FirstMessage", "Gift", "GiftKind", "IntroAsk", "IntroductionStatus", "InvalidInput", "Judged", "Kith",
    "KithError", "NotApplicable", "NotFound", "Nudge", "Origin", "Outline", "Person", "Plan", "Policy",
    "Question", "ReferralAsk", "Remark", "SeekerListed", "Stage", "StageFinding", "Step", "StoreError",
    "Suggestion", "Swept", "Topic", "Touch", "policy_from_toml",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
