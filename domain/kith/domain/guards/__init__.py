"""Every guard, each listed once, in the order in which a refusal is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kith.domain.asks import AskKind
from kith.domain.decision import Decision, Finding
from kith.domain.guards import network, person, wording
from kith.domain.guards.registry import Guard, Situation

GUARDS: Final[tuple[Guard, ...]] = (
    person.do_not_contact,
    person.relationship_open,
    person.both_sides_agree,
    wording.no_payment,
    wording.payment_language,
    person.one_open_ask,
    person.nudge_limit,
    person.no_cold_ask,
    person.stage_reached,
    person.intro_before_referral,
    person.conversation_alive,
    person.thanked,
    person.value_first,
    person.goodwill,
    person.ask_cooldown,
    network.loop_closed,
    network.open_ask_limit,
    network.one_referrer_per_opening,
    network.connector_load,
    network.profile_ready,
    network.weekly_outreach_limit,
    wording.genuine_first_message,
    wording.questions_prepared,
    wording.chat_length,
    wording.specific_intro,
    wording.specific_referral,
    wording.can_vouch,
)

ON: Final[Mapping[AskKind, tuple[Guard, ...]]] = {
    kind: tuple(guard for guard in GUARDS if kind in guard.on) for kind in AskKind
}
"""The guards on each kind of ask."""


def findings(situation: Situation, *, wording_too: bool = True) -> tuple[Finding, ...]:
    """What every guard on this ask finds; all of them, not the first."""
    guards = ON[situation.ask.kind]
    return tuple([guard.find(situation) for guard in guards if wording_too or not guard.about_wording])


def decide(situation: Situation, overrides: Mapping[str, str] | None = None) -> Decision:
    """Whether the ask may be made now. ``overrides`` gives a reason for each guard that the seeker goes past.

    Overriding ``intro-before-referral`` also satisfies ``stage-reached`` for this ask.
    """
    found = findings(situation)
    if overrides:
        found = _overridden(found, set(overrides), situation.ask.kind)
    return Decision(situation.ask.kind.value, situation.now, situation.policy.hash, found)


def _overridden(found: tuple[Finding, ...], names: set[str], kind: AskKind) -> tuple[Finding, ...]:
    if "intro-before-referral" in names and kind is AskKind.REFERRAL:
        names.add("stage-reached")
    return tuple(
        finding._replace(overridden=True)
        if finding.guard in names and not finding.holds and not finding.hard
        else finding
        for finding in found
    )
