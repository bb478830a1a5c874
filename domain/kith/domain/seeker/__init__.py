"""The seeker: profile, goals, the policy in force, and the book of asks that bind across relationships."""

from __future__ import annotations

from kith.domain.seeker.changes import REMEMBERED_FIRST_MESSAGES, evolve, fold
from kith.domain.seeker.digests import claim_digest, digest_sent
from kith.domain.seeker.events import (
    AskBooked,
    AskCleared,
    DigestClaimed,
    DigestSent,
    GoalsSet,
    ImportFinished,
    ImportStarted,
    ImportUndone,
    Job,
    OutcomeBooked,
    OutcomeCleared,
    PolicyAdopted,
    ProfileUpdated,
    ReferralBooked,
    ReferralUnbooked,
    SeekerRegistered,
)
from kith.domain.seeker.state import Batch, BookedAsk, BookedReferral, OpenLoop, Profile, Seeker

__all__ = [
    "REMEMBERED_FIRST_MESSAGES", "AskBooked", "AskCleared", "Batch", "BookedAsk", "BookedReferral", "DigestClaimed",
    "DigestSent", "GoalsSet", "ImportFinished", "ImportStarted", "ImportUndone", "Job", "OpenLoop", "OutcomeBooked",
    "OutcomeCleared", "PolicyAdopted", "Profile", "ProfileUpdated", "ReferralBooked", "ReferralUnbooked", "Seeker",
    "SeekerRegistered", "claim_digest", "digest_sent", "evolve", "fold",
]  # fmt: skip
