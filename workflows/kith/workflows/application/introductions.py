"""Walking an introduction through both consents: what is awaited, and what was answered, by role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, Unpack
from uuid import UUID

from kith.domain.asks import AskKind
from kith.domain.bookkeeping import introductions_asked
from kith.domain.case import Case
from kith.domain.errors import InvalidInput
from kith.domain.introduction import Introduction, Party, Role, answer
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work

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
    """Commands and questions about introductions that were asked for."""

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
