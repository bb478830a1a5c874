"""The guards are those of the policy, each on the asks that the policy names."""

import pytest

from kith.domain.asks import AskKind, Introducing
from kith.domain.guards import GUARDS, ON
from kith.domain.remedies import REMEDIES
from tests.domain.asks import chat_ask, intro_ask, referral_ask
from tests.domain.story import Story, chatted, day, introduced, replied

FIRST, CHAT, INTRO, REFERRAL, NUDGE = (
    AskKind.FIRST_MESSAGE, AskKind.CHAT, AskKind.INTRO, AskKind.REFERRAL, AskKind.NUDGE,
)  # fmt: skip
EVERY_ASK = {FIRST, CHAT, INTRO, REFERRAL, NUDGE}

TABLE: dict[str, set[AskKind]] = {
    "do-not-contact": EVERY_ASK,
    "no-payment": {INTRO, REFERRAL},
    "payment-language": EVERY_ASK,
    "relationship-open": EVERY_ASK,
    "both-sides-agree": {AskKind.INTRODUCING},
    "no-cold-ask": {CHAT, INTRO, REFERRAL},
    "profile-ready": {FIRST},
    "genuine-first-message": {FIRST},
    "weekly-outreach-limit": {FIRST},
    "conversation-alive": {CHAT, INTRO, REFERRAL},
    "stage-reached": {CHAT, INTRO, REFERRAL},
    "questions-prepared": {CHAT},
    "chat-length": {CHAT},
    "thanked": EVERY_ASK,
    "value-first": {CHAT, INTRO, REFERRAL},
    "goodwill": {INTRO, REFERRAL},
    "specific-intro": {INTRO},
    "specific-referral": {REFERRAL},
    "intro-before-referral": {REFERRAL},
    "can-vouch": {REFERRAL},
    "one-open-ask": EVERY_ASK - {NUDGE},
    "ask-cooldown": {INTRO, REFERRAL},
    "open-ask-limit": {INTRO, REFERRAL},
    "one-referrer-per-opening": {REFERRAL},
    "connector-load": {INTRO},
    "loop-closed": {INTRO, REFERRAL},
    "nudge-limit": {NUDGE},
}


def test_the_guards_are_those_of_the_policy() -> None:
    assert {guard.name: set(guard.on) for guard in GUARDS} == TABLE
    assert len(GUARDS) == len(TABLE)


def test_three_guards_are_hard() -> None:
    assert {guard.name for guard in GUARDS if guard.hard} == {"do-not-contact", "no-payment", "both-sides-agree"}


def test_every_guard_says_its_rule_and_its_source() -> None:
    assert [guard.name for guard in GUARDS if not (guard.rule.endswith(".") and guard.source)] == []


def test_every_guard_has_a_remedy() -> None:
    assert REMEDIES.keys() == TABLE.keys()


def test_the_guards_on_each_ask_follow_from_the_table() -> None:
    for kind in AskKind:
        assert {guard.name for guard in ON[kind]} == {name for name, on in TABLE.items() if kind in on}


def test_a_decision_collects_every_finding_not_the_first() -> None:
    decision = Story().when(referral_ask(), day(0))
    assert {finding.guard for finding in decision.findings} == {guard.name for guard in ON[REFERRAL]}
    assert {"no-cold-ask", "stage-reached", "value-first", "goodwill"} <= {f.guard for f in decision.missing}
    assert all(finding.why.endswith((".", "”")) and finding.missing for finding in decision.missing)


def test_a_decision_names_the_policy_it_was_made_under() -> None:
    story = chatted()
    assert story.when(intro_ask(), day(22)).policy == story.case.policy.hash


def test_an_earned_ask_is_allowed_for_each_kind_that_has_a_stage() -> None:
    assert chatted().when(chat_ask(), day(22)).allowed
    assert chatted().when(intro_ask(), day(22)).allowed
    assert introduced().given(replied(day(60))).when(referral_ask(), day(61)).allowed


def test_a_guard_that_holds_needs_no_override() -> None:
    decision = chatted().when(intro_ask(), day(22), {"value-first": "for fun"})
    assert not any(finding.overridden for finding in decision.findings)


def test_a_guard_that_does_not_hold_is_overridden_with_a_reason() -> None:
    decision = chatted().when(chat_ask(45), day(22), {"chat-length": "she offered an hour"})
    assert decision.allowed
    assert [finding.guard for finding in decision.findings if finding.overridden] == ["chat-length"]


def test_a_hard_guard_is_never_overridden() -> None:
    ask = intro_ask().model_copy(update={"compensation": "50 euros"})
    decision = chatted().when(ask, day(22), {"no-payment": "she asked for it"})
    assert [finding.guard for finding in decision.missing] == ["no-payment"]


def test_overriding_the_intro_also_satisfies_the_stage_of_a_referral_ask() -> None:
    decision = chatted().when(referral_ask(), day(22), {"intro-before-referral": "she offered"})
    assert decision.allowed
    assert {f.guard for f in decision.findings if f.overridden} == {"intro-before-referral", "stage-reached"}


@pytest.mark.parametrize(("connector", "target"), [(False, False), (True, False), (False, True)])
def test_an_introduction_needs_the_yes_of_both(connector: bool, target: bool) -> None:
    ask = Introducing(connector_agreed=connector, target_agreed=target)
    assert [finding.guard for finding in Story().when(ask, day(0)).missing] == ["both-sides-agree"]


def test_an_introduction_to_which_both_said_yes_is_made() -> None:
    assert Story().when(Introducing(connector_agreed=True, target_agreed=True), day(0)).allowed
