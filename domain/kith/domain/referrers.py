"""Who could refer the seeker for an opening, whom to ask, and why: by what the guards say, never by anybody's worth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from kith.domain.asks import ReferralAsk
from kith.domain.calendar import Calendar, spelled
from kith.domain.case import Case
from kith.domain.guards import findings
from kith.domain.guards.registry import Situation, plural
from kith.domain.openings import Opening
from kith.domain.plans import plan
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.stages import Stage

ORDER = (
    "Those who can be asked before the deadline come first; then whoever may be asked now, those who have seen your "
    "work, the earliest day, the fewest steps of yours, and the stage. It says nothing of what anybody is worth."
)


class Referrer(NamedTuple):
    """Somebody at the company, and what stands between you and asking them."""

    relationship_id: UUID
    name: str
    position: str
    stage: Stage
    """The highest stage reached without skipping."""
    seen: str
    """What they have seen of the seeker's work or character; empty if nothing is on record."""
    missing: tuple[str, ...]
    """The guards that do not hold now, those about the wording of the ask aside."""
    earliest: datetime | None
    """When they may be asked, if everything on the way happens; None if never."""
    steps: int
    """Steps of the seeker's own on that way."""
    first_step: str
    not_possible: str
    """Why they can't be asked at all; else empty."""

    @property
    def may_be_asked(self) -> bool:
        """Whether every guard holds now, once the ask is well worded."""
        return not self.missing


class AskedBefore(NamedTuple):
    """A referral for the opening that was asked for or given."""

    relationship_id: UUID
    name: str
    at: datetime
    status: str
    """waiting, promised, given, declined, lapsed or withdrawn."""
    outcome: str | None = None
    reported: bool = False
    """Whether the referrer has heard the outcome."""

    @property
    def binds(self) -> bool:
        """Whether nobody else is to be asked: one referrer per opening."""
        return self.status in ("waiting", "promised", "given")


def referrer(case: Case, opening: Opening, now: datetime) -> Referrer:
    """What the guards say to asking this person for a referral for the opening."""
    state = case.relationship
    ask = ReferralAsk(role=opening.role, company=opening.company, link=opening.link, no_opening=not opening.link)
    situation = Situation(state, case.seeker, case.load, ask, case.policy, now)
    missing = tuple(found.guard for found in findings(situation, wording_too=False) if not found.holds)
    way = plan(case, ask, now, well_worded=True)
    mine = [step.do for step in way.steps if step.by == "you"]
    first = way.steps[0].do if way.steps else ""
    return Referrer(
        state.id, state.person.name, state.person.position or "", state.earned, seen(state), missing,
        None if way.not_possible else way.earliest, len(mine), first, way.not_possible,
    )  # fmt: skip


def seen(state: Relationship) -> str:
    """What this person has seen of the seeker's work or character, as far as the record tells."""
    told = [f"knows your work ({state.origin})"] if state.origin.knows_your_work else []
    chats = "a coffee chat" if len(state.chats) == 1 else f"{len(state.chats)} coffee chats"
    told += [f"had {chats} with you"] if state.chats else []
    return ", ".join(told)


def asked_before(state: Relationship, opening: Opening) -> list[AskedBefore]:
    """What this person was asked, or gave unasked, for the opening."""
    who = state.id, state.person.name
    given = [
        AskedBefore(*who, one.fact.at, "given", one.outcome, one.reported is not None)
        for one in state.referrals if one.opening == opening.key
    ]  # fmt: skip
    asked = [
        AskedBefore(*who, ask.at, _status(ask))
        for ask in state.asks if isinstance(ask.ask, ReferralAsk) and ask.ask.opening == opening.key
    ]  # fmt: skip
    return [*(one for one in asked if one.status != "given"), *given]


def _status(ask: MadeAsk) -> str:
    if ask.settled == "agreed":
        return "given" if ask.kept else "promised"
    return ask.settled or "waiting"


def in_order(referrers: Iterable[Referrer], opening: Opening, calendar: Calendar) -> list[Referrer]:
    """Those who can be asked in the order that ``ORDER`` tells, then the others by name."""
    last = opening.deadline or date.max

    def rank(one: Referrer) -> tuple[bool, bool, bool, bool, date, int, int, str, UUID]:
        day = calendar.day(one.earliest) if one.earliest else date.max
        return (
            one.earliest is None, day > last, not one.may_be_asked, not one.seen, day, one.steps, -one.stage, one.name,
            one.relationship_id,
        )  # fmt: skip

    return sorted(referrers, key=rank)


def choose(ordered: list[Referrer], opening: Opening, calendar: Calendar, today: date) -> tuple[Referrer | None, str]:
    """The one to ask, of people in their order, and why; or nobody, and why."""
    if opening.is_past(today):
        return None, f"Its deadline was on {spelled(opening.deadline or today)}."
    if not ordered:
        return None, f"Nobody on record works at {opening.company}."
    first = ordered[0]
    if first.earliest is None:
        return None, f"None of those who work at {opening.company} can be asked: {first.not_possible}"
    if first.may_be_asked:
        return first, f"{first.name} may be asked now: every guard holds, once the ask is well worded. {_seen(first)}"
    return _not_yet(first, calendar.day(first.earliest), opening)


def _not_yet(first: Referrer, day: date, opening: Opening) -> tuple[Referrer | None, str]:
    steps = f"after {plural(first.steps, 'step')} of yours" if first.steps else "with nothing to do until then"
    way = f"{first.name} can be asked from {spelled(day)} on, {steps}."
    if opening.deadline and day > opening.deadline:
        return None, f"Nobody can be asked before it closes. {way} Apply without a referral, and tend that tie."
    return first, f"Nobody may be asked yet. {way} {_seen(first)}"


def _seen(referrer: Referrer) -> str:
    return f"{referrer.name} {referrer.seen or 'has seen nothing of your work, as far as the record tells'}."
