"""Commands about people: meeting them, what is known of them, touches, gifts, and how close to stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Unpack
from uuid import UUID

from kith.domain.actions import actions
from kith.domain.asks import Introducing
from kith.domain.errors import InvalidInput, NotApplicable
from kith.domain.facts import Background, Gift, GiftKind, Person, Touch
from kith.domain.log import Event, Recorded
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.stages import Origin
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.judging import judge
from kith.workflows.application.work import Work

Written = tuple[Recorded, ...]


class People:
    """Commands about people."""

    _desk: Desk

    def meet(
        self,
        person: Person,
        *,
        origin: Origin = Origin.UNKNOWN,
        introduced_by: UUID | None = None,
        **by: Unpack[By],
    ) -> UUID:
        """Put somebody on record, and return the relationship's id.

        Somebody with the same LinkedIn address or e-mail is the same person: nothing is written, and what is on
        record is returned. The same name alone never is.
        """
        known: list[UUID] = []

        def command(work: Work) -> None:
            found = owner(work, person.keys)
            known[:] = [found] if found else []
            if not found:
                work.open(opening(work, person, origin, introduced_by))

        written = self._desk.carry_out(by, command)
        return written[0].originator_id if written else known[0]

    def describe(
        self,
        who: UUID,
        *,
        name: str | None = None,
        origin: Origin | None = None,
        company: str | None = None,
        position: str | None = None,
        email: str | None = None,
        url: str | None = None,
        backgrounds: Iterable[Background] = (),
        **by: Unpack[By],
    ) -> Written:
        """Change what is known of a person; what is left out stays. ``backgrounds`` come to those that are known."""

        def command(work: Work) -> None:
            state = work.relationship(who)
            said = Person(name=name or state.person.name, company=company, position=position, email=email, url=url)
            if [owner for owner in owners(work, said.keys) if owner != who]:
                raise NotApplicable("That address belongs to somebody else on record.")
            told = e.PersonDescribed(
                at=work.now, name=name, origin=origin, company=company, position=position, email=said.email, url=url,
                keys=tuple(key for key in said.keys if key not in state.person.keys),
            )  # fmt: skip
            news: list[Event] = [told] if is_news(state, told) else []
            places = (e.BackgroundNoted(at=work.now, **dict(place)) for place in backgrounds)
            news += decisions.note_backgrounds(state, places)
            if news:
                work.enact(work.case(who), news)

        return self._desk.carry_out(by, command)

    def note(self, who: UUID, text: str, **by: Unpack[By]) -> Written:
        """Remember a fact about a person."""
        return self._record(who, by, lambda now: e.FactNoted(at=now, text=text))

    def touch(self, who: UUID, touch: Touch, **by: Unpack[By]) -> Written:
        """Record an interaction."""
        return self._record(
            who,
            by,
            lambda now: e.Touched(
                at=touch.at or now,
                direction=touch.direction,
                channel=touch.channel,
                note=touch.note,
                external_id=touch.external_id,
            ),
        )

    def give(self, who: UUID, gift: Gift, **by: Unpack[By]) -> Written:
        """Record a gift. Connecting two people needs the yes of both; without it AskRefused is raised."""
        if gift.kind is GiftKind.CONNECTION and not gift.both_agreed:
            judge(self._desk, who, Introducing(), {}, by)
        return self._record(
            who,
            by,
            lambda now: e.GiftGiven(
                at=gift.at or now,
                gift=gift.kind.value,
                what=gift.what,
                because=gift.because,
                external_id=gift.external_id,
            ),
        )

    def set_tier(self, who: UUID, tier: int | None, **by: Unpack[By]) -> Written:
        """Choose how often to keep in touch: every 21, 60, 180 or 365 days for the tiers 1 to 4; None ends it."""
        return self._desk.decide(who, by, lambda state, now: decisions.set_tier(state, tier, now))

    def snooze(self, who: UUID, until: datetime, **by: Unpack[By]) -> Written:
        """Hide a person from the agenda until then; any word from them wakes them earlier."""
        return self._desk.decide(who, by, lambda state, now: decisions.snooze(state, until, now))

    def close_relationship(
        self, who: UUID, reason: str = "", *, refuses_contact: bool = False, **by: Unpack[By]
    ) -> Written:
        """End a relationship; with ``refuses_contact`` because the person wants no contact, which binds for good."""
        return self._desk.decide(
            who, by, lambda state, now: decisions.close(state, reason, now, refuses_contact=refuses_contact)
        )  # fmt: skip

    def reopen_relationship(self, who: UUID, **by: Unpack[By]) -> Written:
        """Go on with a closed relationship."""
        return self._desk.decide(who, by, decisions.reopen)

    def dismiss(self, who: UUID, key: str, *, done_elsewhere: bool = False, **by: Unpack[By]) -> Written:
        """Settle a due action as done elsewhere or not needed."""
        how = "done elsewhere" if done_elsewhere else "not needed"

        def command(work: Work) -> None:
            case = work.case(who)
            if key in case.relationship.settled_debts:
                return
            if key not in {action.key for action in actions(case.relationship, work.seeker)}:
                raise NotApplicable(f"Nothing about {case.relationship.person.name} is due under {key!r}.")
            work.enact(case, decisions.settle_debt(case.relationship, key, how, work.now))

        return self._desk.carry_out(by, command)

    def _record(self, who: UUID, by: By, fact: Callable[[datetime], Event]) -> Written:
        return self._desk.decide(who, by, lambda state, now: decisions.record(state, fact(now), now))


def opening(work: Work, person: Person, origin: Origin, introduced_by: UUID | None = None) -> e.RelationshipOpened:
    """The event that puts a person on record."""
    if introduced_by is not None:
        work.relationship(introduced_by)
    if person.since and person.since > work.seeker.calendar.day(work.now):
        raise InvalidInput("You can't have met in the future.")
    met = work.seeker.calendar.midnight(person.since) if person.since else work.now
    return e.RelationshipOpened(
        at=min(met, work.now), seeker_id=work.seeker.id, name=person.name, origin=origin,
        company=person.company, position=person.position, email=person.email, url=person.url, keys=person.keys,
        since=person.since, introduced_by=introduced_by,
    )  # fmt: skip


def owners(work: Work, keys: Iterable[str]) -> list[UUID]:
    """The relationships that those identity keys belong to."""
    sql = "SELECT relationship_id FROM identities WHERE seeker_id = ? AND key = ?"
    found = (work.transaction.query(sql, (work.seeker.id.hex, key)) for key in keys)
    return list(dict.fromkeys(UUID(rows[0][0]) for rows in found if rows))


def owner(work: Work, keys: Iterable[str]) -> UUID | None:
    """The one relationship that those identity keys belong to, if any; raises NotApplicable if there are several."""
    found = owners(work, keys)
    if len(found) > 1:
        raise NotApplicable("Its addresses belong to different people on record; say which one is meant.")
    return found[0] if found else None


def is_news(state: Relationship, told: e.PersonDescribed) -> bool:
    """Whether a description says anything that is not on record."""
    fields = ("name", "company", "position", "email", "url")
    said = {name: getattr(told, name) for name in fields}
    changed = any(value is not None and value != getattr(state.person, name) for name, value in said.items())
    return changed or bool(told.keys) or (told.origin is not None and told.origin is not state.origin)
