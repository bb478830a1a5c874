"""Champions: those who referred the seeker, heard what came of it, and with whom the relationship is alive."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from kith.domain.policy import Policy
from kith.domain.relationship.state import Referral, Relationship


class Champion(NamedTuple):
    """Somebody who vouched for the seeker, and knows that it was not for nothing."""

    relationship_id: UUID
    name: str
    role: str
    """What they referred the seeker for, the last time."""
    company: str
    outcome: str


def champion(state: Relationship, policy: Policy, now: datetime) -> Champion | None:
    """The champion that this person is, if they are one; alive is a tie that is neither closed nor dormant."""
    heard = [given for given in state.referrals if given.outcome is not None and given.reported is not None]
    alive = state.status(now, timedelta(days=policy.dormant_days)) not in ("closed", "dormant")
    if not heard or not alive:
        return None
    last: Referral = max(heard, key=lambda given: (given.fact.at, given.fact.version))
    return Champion(state.id, state.person.name, last.role, last.company, last.outcome or "")
