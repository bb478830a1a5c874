"""What the log teaches a seeker about their own asks, in one pass over the relationships; never who is worth what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from kith.domain.asks import AskKind
from kith.domain.case import Case, Stamp, enact
from kith.domain.connector_load import ConnectorLoad
from kith.domain.insights.asked import Asked, asked
from kith.domain.insights.durations import Duration, Time, estimate
from kith.domain.insights.goodwill import Account, Ledger, account, ledger
from kith.domain.insights.literature import STUDIES, Study
from kith.domain.insights.rates import Overrides, Rates, overrides, rates
from kith.domain.insights.referrals import Referrals, referrals
from kith.domain.relationship.decisions import lapse
from kith.domain.relationship.events import Closed, ContactRefused
from kith.domain.relationship.state import Referral, Relationship
from kith.domain.seeker import Seeker
from kith.domain.stages import Stage


class Insights(NamedTuple):
    """What the log says, as of an instant."""

    at: datetime
    people: int
    """With whom the seeker has been in touch, in whichever direction."""
    rates: Mapping[AskKind, Rates]
    times: Mapping[Stage, Time]
    """From met to each stage, over the same people."""
    goodwill: Ledger
    overrides: Overrides
    referrals: Referrals
    studies: tuple[Study, ...] = STUDIES
    unread: int = 0
    """Relationships left out because a row of theirs can't be read."""


def insights(states: Iterable[Relationship], seeker: Seeker, now: datetime) -> Insights:
    """What these relationships say as of an instant, in whatever order they come."""
    asks, accounts, given = list[Asked](), list[Account](), list[Referral]()
    durations: dict[Stage, list[Duration]] = {stage: [] for stage in Stage if stage > Stage.MET}
    for recorded in states:
        if recorded.removed or not recorded.touches:
            continue
        state = _lapsed(recorded, seeker, now)
        asks += asked(state)
        accounts.append(account(state))
        given += state.referrals
        for stage, duration in _durations(state, seeker, now):
            durations[stage].append(duration)
    times = {stage: estimate(told) for stage, told in durations.items()}
    return Insights(now, len(accounts), rates(asks), times, ledger(accounts), overrides(asks), referrals(given))


def _lapsed(state: Relationship, seeker: Seeker, now: datetime) -> Relationship:
    """The relationship with the asks lapsed whose time is up, whether or not that was recorded yet."""
    lapses = lapse(state, now, seeker.policy, seeker.calendar)
    if not lapses:
        return state
    case, _ = enact(Case(state, seeker, ConnectorLoad(state.id)), lapses, Stamp(now, "insights"))
    return case.relationship


def _durations(state: Relationship, seeker: Seeker, now: datetime) -> Iterator[tuple[Stage, Duration]]:
    """How long each stage took from the day they met, or has been waited for until now or the end of the relationship.

    A stage that a volunteered favour skipped was not reached. What happened before the day of meeting took no day.
    """
    reached = {advance.stage: advance.at for advance in state.advances if not advance.skipped}
    for stage in Stage:
        if stage > Stage.MET:
            end = reached.get(stage) or _until(state, now)
            days = max(0, seeker.calendar.days_between(state.opened_at, end))
            yield stage, Duration(days, stage in reached)


def _until(state: Relationship, now: datetime) -> datetime:
    if not (state.closed or state.refuses_contact):
        return now
    return max((r.at for r in state.events if isinstance(r.event, Closed | ContactRefused)), default=now)
