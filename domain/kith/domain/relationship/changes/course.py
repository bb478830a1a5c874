"""What the events of the relationship's course change."""

from __future__ import annotations

from kith.domain.log import Event, Recorded
from kith.domain.relationship import events as e
from kith.domain.relationship.changes.touch import Changes, Handler
from kith.domain.relationship.state import Advance, Fired, Relationship


def _timer_fired(state: Relationship, _: Recorded, event: e.TimerFired) -> Changes:
    fired = Fired(event.kind, event.subject, event.due)
    others = []
    for known in state.fired:
        if known[:2] == fired[:2]:
            fired = max(known, fired)
        else:
            others.append(known)
    return {"fired": (*others, fired)}


def _advanced(state: Relationship, recorded: Recorded, event: e.StageAdvanced) -> Changes:
    advance = Advance(
        recorded.originator_version, recorded.at, event.stage, event.evidence, event.policy, event.volunteered,
        event.skipped,
    )  # fmt: skip
    others = (a for a in state.advances if (a.stage, bool(a.skipped)) != (advance.stage, bool(advance.skipped)))
    return {
        "advances": (*others, advance),
        "stage": max(state.stage, event.stage),
        "earned": state.earned if event.skipped else max(state.earned, event.stage),
    }


def _stage_corrected(state: Relationship, _: Recorded, event: e.StageCorrected) -> Changes:
    kept = tuple(a for a in state.advances if a.stage <= event.earned or (a.skipped and a.stage <= event.stage))
    return {"stage": event.stage, "earned": event.earned, "advances": kept}


HANDLERS: dict[type[Event], Handler] = {
    e.StageAdvanced: _advanced,
    e.StageCorrected: _stage_corrected,
    e.Snoozed: lambda _, recorded, event: {
        "snoozed_until": event.until,
        "snoozed_by": recorded.originator_version,
    },
    e.WentDormant: lambda _, recorded, __: {"dormant_since": recorded.at},
    e.TimerFired: _timer_fired,
    e.Closed: lambda _, __, ___: {"closed": True},
    e.Reopened: lambda _, __, ___: {"closed": False},
    e.DebtSettled: lambda state, _, event: {"settled_debts": state.settled_debts | {event.debt}},
}
