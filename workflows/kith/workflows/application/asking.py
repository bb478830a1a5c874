"""Commands about asks, and what becomes of those for coffee chats and referrals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Unpack
from uuid import UUID

from kith.domain.asks import Ask, AskKind, Introducing, Nudge, Question, ReferralAsk, opening_key
from kith.domain.calendar import aware
from kith.domain.decision import Decision
from kith.domain.errors import Conflict, InFuture, InvalidInput, NotApplicable
from kith.domain.log import Event, Recorded
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Happened, MadeAsk, Relationship
from kith.workflows.application import judging
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work

Written = tuple[Recorded, ...]
RECEIVED = {"chat": "chat hold", "introduction": "intro make", "referral": "refer given"}
"""What one thanks for, and the command that records it."""


class Asking:
    """Commands about asks and what becomes of them."""

    _desk: Desk

    def check(self, who: UUID, ask: Ask, *, override: Mapping[str, str] | None = None) -> Decision:
        """What the guards say to an ask now: every finding, and a plan if it is refused. Nothing is written."""
        return judging.check(self._desk, who, ask, override or {})

    def ask(self, who: UUID, ask: Ask, *, override: Mapping[str, str] | None = None, **by: Unpack[By]) -> UUID:
        """Make an ask, and return its id. Raises AskRefused, recorded, if it is not earned yet.

        ``override`` gives a reason for each guard to go past; hard guards can't be overridden.
        """
        if isinstance(ask, Introducing):
            raise InvalidInput("An introduction is made, not asked for, here: see make_introduction.")
        written = judging.judge(self._desk, who, ask, override or {}, by)
        for recorded in written:
            if isinstance(recorded.event, e.AskMade):
                return recorded.event.ask_id
        raise Conflict("That command id was given to another command already; use a new one.")

    def nudge(self, who: UUID, text: str = "", *, override: Mapping[str, str] | None = None, **by: Unpack[By]) -> UUID:
        """Remind of the ask that waits longest for an answer."""
        state = self._desk.relationship(who)
        waiting = [ask for ask in state.asks if ask.is_open] or [ask for ask in state.asks if ask.is_promised]
        if not waiting:
            raise NotApplicable(
                f"No ask to {state.person.name} waits for an answer, so there is nothing to nudge about."
            )
        return self.ask(who, Nudge(ask_id=waiting[0].id, text=text), override=override, **by)

    def withdraw(self, who: UUID, kind: AskKind, **by: Unpack[By]) -> Written:
        """Take an ask, or what was promised on it, back."""
        return self._desk.decide(
            who, by, lambda state, now: [e.AskWithdrawn(at=now, ask_id=decisions.live(state, kind).id)]
        )  # fmt: skip

    def decline(self, who: UUID, kind: AskKind, *, at: datetime | None = None, **by: Unpack[By]) -> Written:
        """Record that they said no."""

        def said_no(state: Relationship, now: datetime) -> list[Event]:
            ask = decisions.answered(decisions.waiting(state, kind), at or now)
            return decisions.record(state, e.AskDeclined(at=at or now, ask_id=ask.id), now)

        return self._desk.decide(who, by, said_no)

    def agree(
        self, who: UUID, kind: AskKind, *, due: datetime | None = None, at: datetime | None = None, **by: Unpack[By]
    ) -> Written:
        """Record that they said yes: to a chat at ``due``, or to a favour by then."""

        def command(work: Work) -> None:
            case = work.case(who)
            ask = decisions.answered(decisions.waiting(case.relationship, kind), at or work.now)
            events = decisions.agree(ask, due, at or work.now, case.policy, case.seeker.calendar)
            if events[0].at > work.now:
                raise InFuture
            work.enact(case, events)

        return self._desk.carry_out(by, command)

    # Coffee chats

    def prepare_chat(self, who: UUID, questions: Sequence[Question], **by: Unpack[By]) -> Written:
        """Note questions for the next coffee chat."""

        def prepare(state: Relationship, now: datetime) -> list[Event]:
            known = [question for _, question in state.prepared]
            new = tuple(question for question in questions if question not in known)
            return [e.ChatPrepared(at=now, questions=new)] if new else []

        return self._desk.decide(who, by, prepare)

    def reschedule_chat(self, who: UUID, due: datetime, **by: Unpack[By]) -> Written:
        """Move an agreed chat."""

        def move(state: Relationship, now: datetime) -> list[Event]:
            ask = decisions.promised(state, AskKind.CHAT)
            return [] if ask.due == due else [e.ChatRescheduled(at=now, ask_id=ask.id, due=due)]

        return self._desk.decide(who, by, move)

    def cancel_chat(self, who: UUID, **by: Unpack[By]) -> Written:
        """An agreed chat will not take place."""
        return self._desk.decide(
            who, by, lambda state, now: [e.ChatCancelled(at=now, ask_id=decisions.promised(state, AskKind.CHAT).id)]
        )  # fmt: skip

    def hold_chat(
        self,
        who: UUID,
        *,
        learnings: str = "",
        follow_ups: Sequence[str] = (),
        minutes: int | None = None,
        at: datetime | None = None,
        **by: Unpack[By],
    ) -> Written:
        """Record that a coffee chat took place, what was learned, and what was promised."""
        return self._desk.decide(
            who,
            by,
            lambda state, now: decisions.hold(
                state,
                e.ChatHeld(at=at or now, minutes=minutes, learnings=learnings, follow_ups=tuple(follow_ups)),
                now,
            ),
        )

    def thank(
        self, who: UUID, kind: str = "chat", note: str = "", *, at: datetime | None = None, **by: Unpack[By]
    ) -> Written:
        """Record thanks for the oldest chat, introduction or referral that was not thanked for."""

        def thanks(state: Relationship, now: datetime) -> list[Event]:
            received = _received(state, kind)
            if not received:
                told = f"There is no {kind} of {state.person.name} on record to thank for"
                raise NotApplicable(f"{told}; kith {RECEIVED[kind]} records one.")
            owed = sorted((f for f in received if f.version not in state.thanked), key=lambda fact: fact.at)
            return decisions.thank(state, owed[0].version, note, at or now, now) if owed else []

        return self._desk.decide(who, by, thanks)

    # Referrals

    def receive_referral(
        self, who: UUID, *, role: str = "", company: str = "", at: datetime | None = None, **by: Unpack[By]
    ) -> Written:
        """Record that this person referred the seeker. Unasked, it was volunteered: role and company say for what."""

        def given(state: Relationship, now: datetime) -> list[Event]:
            asked = decisions.asked_for(state, AskKind.REFERRAL, aware(at or now))
            return decisions.record(state, _referral(asked, role, company, at or now), now)

        return self._desk.decide(who, by, given)

    def learn_outcome(self, who: UUID, outcome: str, *, at: datetime | None = None, **by: Unpack[By]) -> Written:
        """Record what the latest referral of this person led to."""
        return self._desk.decide(
            who,
            by,
            lambda state, now: decisions.learn_outcome(state, _latest_referral(state), outcome, at or now, now),
        )

    def report_outcome(self, who: UUID, note: str = "", *, at: datetime | None = None, **by: Unpack[By]) -> Written:
        """Record that the referrer heard how it went: of the referral whose outcome is owed longest, or the latest."""
        return self._desk.decide(
            who,
            by,
            lambda state, now: decisions.report_outcome(state, _owed_outcome(state), note, at or now, now),
        )


def _received(state: Relationship, kind: str) -> list[Happened]:
    facts = {
        "chat": [chat.fact for chat in state.chats],
        "introduction": [made.fact for made in state.introductions],
        "referral": [given.fact for given in state.referrals],
    }
    if kind not in facts:
        raise InvalidInput(f"One thanks for a {', a '.join(RECEIVED)}; not for {kind!r}.")
    return facts[kind]


def _referral(asked: MadeAsk | None, role: str, company: str, at: datetime) -> e.ReferralGiven:
    """The referral that was asked for; or a volunteered one, if what it is for was not asked for."""
    opening = opening_key(role, company) if role and company else ""
    if asked is not None and isinstance(asked.ask, ReferralAsk) and opening in ("", asked.ask.opening):
        ask = asked.ask
        return e.ReferralGiven(at=at, opening=ask.opening, role=ask.role, company=ask.company, ask_id=asked.id)
    if not opening:
        raise InvalidInput("Nobody asked for this referral, so say what it is for: a role and a company.")
    return e.ReferralGiven(at=at, opening=opening, role=role, company=company, volunteered=True)


def _latest_referral(state: Relationship) -> int:
    if not state.referrals:
        raise NotApplicable(f"{state.person.name} has given you no referral on record; kith refer given records one.")
    return state.referrals[-1].fact.version


def _owed_outcome(state: Relationship) -> int:
    owed = [given for given in state.referrals if given.known and given.reported is None]
    return owed[0].fact.version if owed else _latest_referral(state)
