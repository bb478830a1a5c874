"""Asks at the guards: a dry check, the ask itself, and a refusal that is recorded before it is raised."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kith.domain.asks import Ask, AskKind, FirstMessage, Introducing, Nudge
from kith.domain.case import Case
from kith.domain.decision import Decision, Plan
from kith.domain.errors import InvalidInput, NotApplicable
from kith.domain.guards import GUARDS, decide, findings
from kith.domain.guards.registry import Situation
from kith.domain.log import Recorded
from kith.domain.plans import plan
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.workflows.application.desk import By, Desk
from kith.workflows.application.work import Work
from kith.workflows.errors import AskRefused

HARD = frozenset(guard.name for guard in GUARDS if guard.hard)
NAMES = frozenset(guard.name for guard in GUARDS)
WORDING = frozenset(guard.name for guard in GUARDS if guard.about_wording)


def check(desk: Desk, who: UUID, ask: Ask, overrides: Mapping[str, str]) -> Decision:
    """What the guards say to an ask now, with the plan past a refusal; nothing is written."""
    return desk.look_ahead(lambda work: _decision(work, work.case(who, load=True), ask, overrides))


def outlook(work: Work, case: Case, ask: Ask) -> Decision:
    """What the guards say to an ask that is not worded yet, as far as it does not hang on that."""
    situation = Situation(case.relationship, case.seeker, case.load, ask, case.policy, work.now)
    found = findings(situation, wording_too=False)
    decision = Decision(ask.kind.value, work.now, case.policy.hash, found)
    return decision if decision.allowed else decision.with_plan(plan(case, ask, work.now, WORDING))


def judge(desk: Desk, who: UUID, ask: Ask, overrides: Mapping[str, str], by: By) -> tuple[Recorded, ...]:
    """Make an ask if its guards hold; else record the refusal and raise AskRefused."""
    refused: list[Decision] = []

    def command(work: Work) -> None:
        refused.clear()
        case = work.case(who, load=ask.kind is AskKind.INTRO)
        decision = _decision(work, case, ask, overrides)
        if decision.allowed:
            _make(work, case, ask, decision, overrides)
        else:
            refused.append(decision)
            work.enact(case, decisions.refuse(ask, decision))

    written = desk.carry_out(by, command)
    if refused:
        raise AskRefused(refused[-1])
    again = next((r.event for r in written if isinstance(r.event, e.AskRefused)), None)
    if again is not None:
        plan = check(desk, who, ask, overrides).plan or Plan(earliest=desk.clock())
        raise AskRefused(Decision(again.kind, again.at, again.policy, again.findings, plan))
    return written


def _decision(work: Work, case: Case, ask: Ask, overrides: Mapping[str, str]) -> Decision:
    _known_overrides(overrides)
    _applies(case, ask)
    situation = Situation(case.relationship, case.seeker, case.load, ask, case.policy, work.now)
    decision = decide(situation, overrides)
    return decision if decision.allowed else decision.with_plan(plan(case, ask, work.now, overrides))


def _make(work: Work, case: Case, ask: Ask, decision: Decision, overrides: Mapping[str, str]) -> None:
    if isinstance(ask, Introducing):
        return
    ids = (work.new_id(), work.new_id() if ask.kind is AskKind.INTRO else None)
    work.enact(case, decisions.make(ask, decision, ids, overrides, case.relationship.is_stranger))


def _known_overrides(overrides: Mapping[str, str]) -> None:
    for guard, reason in overrides.items():
        if guard not in NAMES:
            raise InvalidInput(f"There is no guard called {guard!r}; kith guards lists them.")
        if guard in HARD:
            raise InvalidInput(f"{guard} can't be overridden.")
        if not reason.strip():
            raise InvalidInput(f"Say why you go past {guard}: an override needs a reason.")


def _applies(case: Case, ask: Ask) -> None:
    state = case.relationship
    if isinstance(ask, Nudge):
        asked = state.ask(ask.ask_id)
        if asked is None or not (asked.is_open or asked.is_promised):
            raise NotApplicable(
                f"No ask to {state.person.name} waits for an answer, so there is nothing to nudge about."
            )
    if isinstance(ask, FirstMessage) and (
        state.last_inbound or any(a.kind is AskKind.FIRST_MESSAGE for a in state.asks)
    ):
        raise NotApplicable(f"You and {state.person.name} have written before: just write, and log it with kith log.")
