"""The entries that a relationship needs elsewhere: what the book, the load and the introductions lack, and no more.

Each function compares what stands there with what the relationship says, so it is right after a retraction too, and
says nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain.asks import AskKind, FirstMessage, ReferralAsk
from kith.domain.connector_load import ConnectorLoad, LoadReleased, LoadTaken
from kith.domain.debts import owes_outcome
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.wording import fingerprint

BOOKED = frozenset({AskKind.FIRST_MESSAGE, AskKind.INTRO, AskKind.REFERRAL})
"""Asks that bind across relationships."""


def seeker_entries(state: Relationship, seeker: s.Seeker) -> Iterator[Event]:
    """What the seeker's book lacks about this relationship."""
    booked = {ask.id: ask for ask in seeker.asks}
    for ask in state.asks:
        if ask.kind in BOOKED:
            yield from _ask_entries(state, ask, booked.get(ask.id), seeker)
    yield from _referral_entries(state, seeker)
    yield from _loop_entries(state, seeker)


def _ask_entries(state: Relationship, ask: MadeAsk, booked: s.BookedAsk | None, seeker: s.Seeker) -> Iterator[Event]:
    if booked is None and _forgotten(ask, seeker):
        return
    if ask.is_open and (booked is None or booked.status == "promised"):
        yield _booking(state, ask, seeker)
    elif ask.is_promised and (booked is None or booked.status == "open"):
        if booked is None:
            yield _booking(state, ask, seeker)
        yield s.AskCleared(at=ask.settled_at or ask.at, ask_id=ask.id, how="agreed")
    elif not (ask.is_open or ask.is_promised) and booked is not None and booked.status != "settled":
        yield s.AskCleared(at=ask.settled_at or ask.at, ask_id=ask.id, how=ending(ask))


def _forgotten(ask: MadeAsk, seeker: s.Seeker) -> bool:
    """Whether a first message is so many messages old that the book no longer holds it."""
    if ask.kind is not AskKind.FIRST_MESSAGE:
        return False
    messages = seeker.first_messages()
    return len(messages) >= s.REMEMBERED_FIRST_MESSAGES and ask.at < messages[0].at


def ending(ask: MadeAsk) -> str:
    """How an ask stands: open, agreed, kept, declined, withdrawn, lapsed, answered or failed."""
    if ask.settled == "agreed" and ask.kept:
        return "kept"
    return ask.settled or "open"


def _booking(state: Relationship, ask: MadeAsk, seeker: s.Seeker) -> s.AskBooked:
    return s.AskBooked(
        at=ask.at,
        ask_id=ask.id,
        relationship_id=state.id,
        kind=ask.kind,
        lapses=_lapses(ask, seeker),
        opening=ask.ask.opening if isinstance(ask.ask, ReferralAsk) else "",
        stranger=ask.kind is AskKind.FIRST_MESSAGE and state.is_stranger,
        fingerprint=fingerprint(ask.ask.text) if isinstance(ask.ask, FirstMessage) else (),
    )


def _lapses(ask: MadeAsk, seeker: s.Seeker) -> datetime:
    return seeker.calendar.plus_days(ask.at, seeker.policy.ask_lapse_days)


def _referral_entries(state: Relationship, seeker: s.Seeker) -> Iterator[Event]:
    booked = {entry.referral: entry.opening for entry in seeker.referrals if entry.relationship_id == state.id}
    given = {referral.fact.version: referral.opening for referral in state.referrals}
    for version, opening in booked.items():
        if given.get(version) != opening:
            yield s.ReferralUnbooked(at=state.events[-1].at, relationship_id=state.id, referral=version)
    for referral in state.referrals:
        version = referral.fact.version
        if booked.get(version) != referral.opening:
            yield s.ReferralBooked(
                at=referral.fact.at, relationship_id=state.id, opening=referral.opening, referral=version
            )  # fmt: skip


def _loop_entries(state: Relationship, seeker: s.Seeker) -> Iterator[Event]:
    booked = {entry.referral: entry.known_at for entry in seeker.loops if entry.relationship_id == state.id}
    owed = {given.fact.version: known for given, known in owes_outcome(state, seeker.policy, seeker.calendar)}
    for version, known_at in booked.items():
        if version not in owed or owed[version].at != known_at:
            yield s.OutcomeCleared(at=state.events[-1].at, relationship_id=state.id, referral=version)
    for version, known in owed.items():
        if booked.get(version) != known.at:
            yield s.OutcomeBooked(at=known.at, relationship_id=state.id, referral=version)


def load_entries(state: Relationship, load: ConnectorLoad, seeker: s.Seeker) -> Iterator[Event]:
    """What the connector's load lacks about this relationship."""
    carried = {ask.ask_id: ask for ask in load.carried}
    for ask in state.asks:
        if ask.kind is not AskKind.INTRO:
            continue
        known = carried.get(ask.id)
        if known is None or (ask.is_open and known.released):
            yield LoadTaken(at=ask.at, ask_id=ask.id, lapses=_lapses(ask, seeker))
        if not ask.is_open and not (known and known.released):
            yield LoadReleased(at=ask.settled_at or ask.at, ask_id=ask.id)


def introduction_entries(
    state: Relationship, seeker_id: UUID, known: Mapping[UUID, i.Introduction]
) -> Iterator[tuple[UUID, Event]]:
    """What the introductions' own logs lack about this relationship, with the id of each introduction."""
    for asked in introductions_asked(state):
        ask, intro = state.ask(asked.ask_id), known.get(asked.introduction_id)
        if ask is None:
            continue
        for event in _introduction(state, asked, ask, intro, seeker_id):
            yield asked.introduction_id, event


def introductions_asked(state: Relationship) -> Iterator[e.IntroAsked]:
    """The introduction asks on record, as they were made."""
    if any(ask.kind is AskKind.INTRO for ask in state.asks):
        yield from (recorded.event for recorded in state.events if isinstance(recorded.event, e.IntroAsked))


def _introduction(
    state: Relationship, asked: e.IntroAsked, ask: MadeAsk, known: i.Introduction | None, seeker_id: UUID
) -> Iterator[Event]:
    status = known.status if known else "asked"
    if known is None:
        yield i.IntroductionAsked(
            at=asked.at, seeker_id=seeker_id, connector=state.id, ask_id=asked.ask_id, target=asked.ask.target,
            company=asked.ask.company,
        )  # fmt: skip
    wanted = _STATUS[ending(ask)]
    if status not in ("asked", wanted):
        yield i.IntroductionReopened(at=state.events[-1].at)
        status, known = "asked", None
    if status == "asked":
        yield from _introduction_end(state, ask, known.consents if known else frozenset())
    elif status == "made" and known is not None:
        yield from _introduction_answered(state, known)


_STATUS = {
    "open": "asked", "agreed": "asked", "kept": "made", "withdrawn": "withdrawn", "declined": "did not work out",
    "failed": "did not work out", "lapsed": "did not work out", "answered": "asked",
}  # fmt: skip
"""What an introduction is to be, by how its ask stands."""


def _introduction_end(state: Relationship, ask: MadeAsk, consents: frozenset[i.Party]) -> Iterator[Event]:
    at = ask.settled_at or ask.at
    match ending(ask):
        case "kept":
            for party in i.Party:
                if party not in consents:
                    yield i.ConsentGiven(at=at, party=party, attested=True)
            yield i.IntroductionMade(at=at, introduced=_introduced_to(state, ask.id))
        case "declined" | "failed" | "lapsed":
            yield i.DidNotWorkOut(at=at)
        case "withdrawn":
            yield i.IntroductionWithdrawn(at=at)
        case _:
            return


def _introduced_to(state: Relationship, ask_id: UUID) -> UUID | None:
    received = (r.event for r in state.events if isinstance(r.event, e.IntroductionReceived))
    return next((event.introduced for event in received if event.ask_id == ask_id), None)


def _introduction_answered(state: Relationship, known: i.Introduction) -> Iterator[Event]:
    """What the connector got back for an introduction: thanks, and the news of what came of it."""
    made = [made for made in state.introductions if made.ask_id == known.ask_id]
    if not known.thanked and any(one.fact.version in state.thanked for one in made):
        yield i.IntroductionThanked(at=state.events[-1].at)
    if not known.reported and any(one.reported for one in made):
        yield i.ConnectorTold(at=state.events[-1].at)
