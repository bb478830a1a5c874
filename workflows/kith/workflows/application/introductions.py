"""Introductions: walking one through both consents, recording that it was made, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, Unpack
from uuid import UUID

from kith.domain.asks import AskKind, Introducing
from kith.domain.bookkeeping import introductions_asked
from kith.domain.calendar import aware
from kith.domain.case import Case
from kith.domain.errors import InFuture, InvalidInput, NotApplicable
from kith.domain.facts import Person
from kith.domain.introduction import Introduction, Party, Role, answer
from kith.domain.log import Recorded
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.domain.relationship.state import Relationship
from kith.domain.stages import Origin
from kith.workflows.application import judging
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.people import opening, owner, owners
from kith.workflows.application.work import Work

Written = tuple[Recorded, ...]

Viewer = Literal["asker", "connector", "coach"]
ASKER: Viewer = "asker"
FAILED = "did not work out"


class IntroductionStatus(NamedTuple):
    """How an introduction stands, as far as its viewer may know."""

    id: UUID
    status: str
    """asked, made, did not work out or withdrawn."""
    awaited: str
    """Whose answer is awaited: connector, target or nobody; empty for the one who asked, who is not to know."""
    since: datetime
    """Since when it stands so."""
    due: datetime | None
    """When the ask lapses; None once it is over, or was agreed on."""
    next: str
    """The next step in plain words."""
    connector: str
    """Who is to introduce."""
    target: str
    """To whom: the person or the company that was asked for."""


class Introductions:
    """Commands and questions about introductions."""

    _desk: Desk

    def introduction(self, introduction_id: UUID, *, role: Viewer = ASKER) -> IntroductionStatus:
        """How an introduction stands: to the asker asked, made or did not work out, to the others whose turn it is too.

        Raises NotFound.
        """

        def question(work: Work) -> IntroductionStatus:
            case = work.case(work.introduction(introduction_id).connector)
            return _status(case, case.introductions[introduction_id], role)

        return self._desk.look_ahead(question)

    def introductions(self, *, role: Viewer = ASKER) -> list[IntroductionStatus]:
        """The introductions of this seeker that are under way."""
        return self._desk.look_ahead(lambda work: list(_under_way(work, role)))

    def consent(
        self,
        introduction_id: UUID,
        side: Literal["connector", "target"],
        *,
        yes: bool,
        role: Role | str,
        **by: Unpack[By],
    ) -> IntroductionStatus:
        """Record the answer of one side, under the role ``connector`` or ``coach``; returns how it stands to that role.

        The connector is asked first. After a no nobody else is asked, and the ask lapses when its time is up: to the
        asker a no is the same as no answer, and that it did not work out is all they hear. Both yes allow it to be
        made; that it was is recorded with ``make_introduction``.
        """
        party, recorder = _party(side), _role(role)

        def command(work: Work) -> None:
            case = work.case(work.introduction(introduction_id).connector)
            state = case.introductions[introduction_id]
            work.write_introduction(case, state, answer(state, party, recorder, work.now, yes=yes))

        self._desk.carry_out(by, command)
        return self.introduction(introduction_id, role=recorder.value)

    def make_introduction(
        self,
        who: UUID,
        *,
        to: Person | UUID | None = None,
        both_agreed: bool,
        note: str = "",
        at: datetime | None = None,
        **by: Unpack[By],
    ) -> Written:
        """Record that this person introduced the seeker to ``to``.

        ``both_agreed`` attests the yes of both; without it AskRefused is raised. Where seekers share the store, or an
        answer was recorded, it takes both yes on record (see ``consent``). Where no introduction was asked for, it
        counts as volunteered. The person introduced is put on record, or found by their address.
        """
        awaited = not both_agreed
        if awaited:
            judging.judge(self._desk, who, Introducing(), {}, by)

        def command(work: Work) -> None:
            nonlocal awaited
            case = work.case(who, load=True)
            if aware(at or work.now) > work.now:
                raise InFuture
            asked = decisions.asked_for(case.relationship, AskKind.INTRO, at or work.now)
            if to is None and asked is None:
                raise InvalidInput("Nobody asked for this introduction, so say to whom it was.")
            awaited = asked is not None and lacks_consent(work, case, asked.id)
            if awaited:
                return
            target = _target(work, to)
            if target == who:
                raise InvalidInput("Nobody is introduced to themselves: say who the other one is.")
            if target is not None and _introduced_to(case.relationship, target):
                raise NotApplicable(f"{case.relationship.person.name} introduced you to them already; it is on record.")
            made = e.IntroductionReceived(
                at=at or work.now, ask_id=asked.id if asked else None, volunteered=asked is None, note=note,
                introduced=target,
            )  # fmt: skip
            work.enact(case, [made])
            if target is not None:
                work.enact(_introduced(work, target, to), [e.IntroductionAgreed(at=made.at, introduced_by=who)])

        written = self._desk.carry_out(by, command)
        return judging.judge(self._desk, who, Introducing(), {}, by) if awaited else written

    def report_introduction(
        self, who: UUID, note: str = "", *, at: datetime | None = None, **by: Unpack[By]
    ) -> Written:
        """Record that the connector heard what came of an introduction: of the oldest that they have not heard of."""
        return self._desk.decide(
            who,
            by,
            lambda state, now: decisions.report_introduction(state, _to_tell(state), note, at or now, now),
        )

    def fail_introduction(self, who: UUID, **by: Unpack[By]) -> Written:
        """Record that an introduction did not work out; neither who nor why is kept."""
        return self._desk.decide(
            who, by, lambda state, now: [e.IntroductionFailed(at=now, ask_id=decisions.live(state, AskKind.INTRO).id)]
        )  # fmt: skip


def _party(side: str) -> Party:
    if side not in set(Party):
        raise InvalidInput(f"An introduction has two sides, connector and target; not {side!r}.")
    return Party(side)


def _role(role: str) -> Role:
    if role not in set(Role):
        raise InvalidInput("Only a connector or a coach records what was answered; the one who asked is not to know.")
    return Role(role)


def lacks_consent(work: Work, case: Case, ask_id: UUID) -> bool:
    """Whether the answers to an introduction are others' to record, and not both of the two said yes.

    A seeker who is alone with the store attests both, unless somebody recorded an answer. With others in the store the
    asker attests nothing, so that what they are told is the same whatever was answered.
    """
    state = next(state for state in case.introductions.values() if state.ask_id == ask_id)
    shared = len(work.transaction.query("SELECT id FROM seekers LIMIT 2")) > 1
    return (shared or state.answered_at is not None) and not state.agreed


def _under_way(work: Work, role: Viewer) -> Iterator[IntroductionStatus]:
    booked = {ask.relationship_id: None for ask in work.seeker.asks if ask.kind is AskKind.INTRO}
    for connector in booked:
        case = work.case(connector)
        for asked in introductions_asked(case.relationship):
            state = case.introductions.get(asked.introduction_id)
            if state is not None and (state.status == "asked" if role == ASKER else not state.over):
                yield _status(case, state, role)


def _status(case: Case, state: Introduction, role: Viewer) -> IntroductionStatus:
    ask = case.relationship.ask(state.ask_id)
    due = case.seeker.calendar.plus_days(ask.at, case.policy.ask_lapse_days) if ask and ask.is_open else None
    status = FAILED if state.refused and role != ASKER else state.status
    since = state.asked_at
    if state.status != "asked":
        since = (ask.settled_at if ask else None) or since
    elif role != ASKER:
        since = state.answered_at or since
    awaited = "" if role == ASKER else state.awaited or "nobody"
    connector = case.relationship.person.name
    return IntroductionStatus(state.id, status, awaited, since, due, _next(case, state, role), connector, _to(state))


def _to(state: Introduction) -> str:
    return state.target or (f"somebody at {state.company}" if state.company else "the one who was asked for")


def _next(case: Case, state: Introduction, role: Viewer) -> str:
    connector, seeker = case.relationship.person.name, case.seeker.profile.name
    target = _to(state)
    match state.status:
        case "made" if not state.thanked:
            return f"Thank {connector} for the introduction."
        case "made" if not state.reported:
            return f"Tell {connector} what came of it."
        case "asked" if role == ASKER:
            return f"Wait for {connector}: whether it works out is for others to say."
        case "asked" if state.refused:
            return f"Nobody else is asked. To {seeker} the ask stands until it lapses, as if nobody had answered."
        case "asked" if state.awaited is Party.CONNECTOR:
            return f"Ask {connector} whether they would introduce {seeker} to {target}."
        case "asked" if state.awaited is Party.TARGET:
            return f"Ask {target} whether they would like to meet {seeker}; {connector} agreed."
        case "asked":
            return f"Both agreed: {connector} introduces {seeker} and {target}, and that is recorded."
        case _:
            return "Nothing more is to be done about it."


def _target(work: Work, to: Person | UUID | None) -> UUID | None:
    """The relationship to the person introduced: on record, or to be opened under a new id."""
    if to is None or isinstance(to, UUID):
        return to
    return owner(work, to.keys) or work.new_id()


def _introduced_to(state: Relationship, target: UUID) -> bool:
    """Whether this person introduced the seeker to the target before."""
    made = (told.event for told in standing(state.events) if isinstance(told.event, e.IntroductionReceived))
    return any(event.introduced == target for event in made)


def _introduced(work: Work, target: UUID, to: Person | UUID | None) -> Case:
    if isinstance(to, Person) and not owners(work, to.keys):
        return work.case_of(work.open(opening(work, to, Origin.INTRODUCED), target))
    return work.case(target)


def _to_tell(state: Relationship) -> int:
    if not state.introductions:
        raise NotApplicable(f"{state.person.name} has made you no introduction on record; kith intro make records one.")
    made = sorted(state.introductions, key=lambda made: (made.reported is not None, made.fact.at))
    return made[0].fact.version
