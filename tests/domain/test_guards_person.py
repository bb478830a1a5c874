"""Guards over what passed between the two: each holds, fails, and turns on the exact instant."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.domain.asks import AskKind, ChatAsk, IntroAsk, Nudge, ReferralAsk
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.stages import Channel, Origin
from tests.domain.asks import chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import (
    LISBON,
    Story,
    chatted,
    day,
    gave,
    held,
    introduced,
    nurtured,
    referred,
    replied,
    thanked,
    value_given,
    wrote,
)  # fmt: skip

MINUTE = timedelta(minutes=1)


def test_nobody_who_refused_contact_is_asked_anything() -> None:
    story = chatted().given(e.ContactRefused(at=day(22)))
    finding = story.finding("do-not-contact", intro_ask(), day(23))
    assert not finding.holds
    assert finding.hard
    assert "leave them in peace" in story.plan(intro_ask(), day(23)).instead


def test_a_closed_relationship_is_reopened_first() -> None:
    story = chatted().given(e.Closed(at=day(22)))
    assert not story.holds("relationship-open", intro_ask(), day(23))
    assert story.plan(intro_ask(), day(23)).steps[0].what == "reopen"
    assert story.given(e.Reopened(at=day(23))).holds("relationship-open", intro_ask(), day(23))


@pytest.mark.parametrize("ask", [chat_ask(), intro_ask(), referral_ask()], ids=lambda ask: str(ask.kind))
def test_refuses_to_ask_somebody_who_never_answered(ask: ChatAsk | IntroAsk | ReferralAsk) -> None:
    story = Story().given(wrote(day(0)), wrote(day(5)))
    assert not story.holds("no-cold-ask", ask, day(6))
    assert story.given(replied(day(6), Channel.REACTION)).holds("no-cold-ask", ask, day(6))


def test_a_conversation_is_alive_for_sixty_days_to_the_minute() -> None:
    story = Story().given(replied(day(0)))
    assert story.holds("conversation-alive", chat_ask(), day(60))
    assert not story.holds("conversation-alive", chat_ask(), day(60) + MINUTE)


def test_sixty_days_are_days_of_the_seeker_when_the_clocks_change() -> None:
    story = Story(zone=LISBON).given(replied(datetime(2026, 2, 20, 12, tzinfo=UTC)))
    noon_in_summer = datetime(2026, 4, 21, 11, tzinfo=UTC)
    assert story.holds("conversation-alive", chat_ask(), noon_in_summer)
    assert not story.holds("conversation-alive", chat_ask(), noon_in_summer + MINUTE)


def test_every_ask_needs_its_stage() -> None:
    assert not nurtured().holds("stage-reached", chat_ask(), day(15))
    assert value_given().holds("stage-reached", chat_ask(), day(15))
    assert not value_given().holds("stage-reached", intro_ask(), day(15))
    assert chatted().holds("stage-reached", intro_ask(), day(22))
    assert not chatted().holds("stage-reached", referral_ask(), day(22))
    assert introduced().holds("stage-reached", referral_ask(), day(33))


def test_a_volunteered_favour_is_no_stage_for_an_ask() -> None:
    story = nurtured().given(e.IntroductionReceived(at=day(15), volunteered=True))
    finding = story.finding("stage-reached", referral_ask(), day(16))
    assert not finding.holds
    assert "came unasked" in finding.why


def test_who_agreed_to_be_introduced_needs_no_stage_and_no_gift_for_a_chat() -> None:
    story = Story().given(e.IntroductionAgreed(at=day(0)))
    for guard in ("stage-reached", "value-first", "no-cold-ask", "conversation-alive"):
        assert story.holds(guard, chat_ask(), day(1))
    assert not story.holds("stage-reached", intro_ask(), day(1))
    assert not story.holds("value-first", intro_ask(), day(1))


def test_every_chat_introduction_and_referral_is_thanked_for_before_the_next_ask() -> None:
    story = value_given().given(held(day(20)))
    assert not story.holds("thanked", intro_ask(), day(20))
    story.given(thanked(story.last, day(21)), e.IntroductionReceived(at=day(22)))
    assert not story.holds("thanked", first_message(), day(22))
    story.given(thanked(story.last, day(22)), e.ReferralGiven(at=day(23), opening="acme/analyst"))
    assert not story.holds("thanked", chat_ask(), day(23))
    assert story.given(thanked(story.last, day(24))).holds("thanked", chat_ask(), day(24))


def test_thanks_of_an_imported_past_are_not_owed() -> None:
    story = value_given().given(held(day(20)), recorded=day(34, 12, 1))
    assert story.holds("thanked", chat_ask(), day(35))
    story = value_given().given(held(day(20)), recorded=day(34))
    assert not story.holds("thanked", chat_ask(), day(35))


def test_thanks_that_are_not_needed_are_not_owed() -> None:
    story = value_given().given(held(day(20)))
    story.given(e.DebtSettled(at=day(21), debt=f"thanks:{story.last}", how="not needed"))
    assert story.holds("thanked", chat_ask(), day(22))


def test_a_gift_comes_before_the_first_ask() -> None:
    assert not nurtured().holds("value-first", chat_ask(), day(15))
    assert nurtured().given(gave(day(15))).holds("value-first", chat_ask(), day(15))


def test_favours_asked_never_exceed_gifts() -> None:
    story = chatted()
    assert story.holds("goodwill", intro_ask(), day(22))
    ask = story.asked(intro_ask(), day(22))
    assert not story.holds("goodwill", referral_ask(), day(23))
    assert story.given(e.AskDeclined(at=day(23), ask_id=ask.id)).holds("goodwill", referral_ask(), day(24))


def test_an_accepted_favour_counts_and_chats_do_not() -> None:
    story = chatted()
    story.asked(chat_ask(), day(22))
    ask = story.asked(intro_ask(), day(22))
    story.given(e.AskAgreed(at=day(23), ask_id=ask.id))
    assert "2 favours" in story.finding("goodwill", referral_ask(), day(24)).why
    assert story.given(gave(day(24))).holds("goodwill", referral_ask(), day(24))


def test_a_referral_comes_after_the_evidence_of_an_introduction() -> None:
    story = chatted()
    assert not story.holds("intro-before-referral", referral_ask(), day(22))
    ask = story.asked(intro_ask(), day(22))
    for end in (e.AskDeclined, e.AskLapsed, e.IntroductionFailed):
        settled = chatted()
        settled.asked(intro_ask(), day(22))
        assert settled.given(end(at=day(23), ask_id=ask.id)).holds("intro-before-referral", referral_ask(), day(24))
    assert not story.given(e.AskWithdrawn(at=day(23), ask_id=ask.id)).holds(
        "intro-before-referral", referral_ask(), day(24)
    )


def test_having_met_through_an_introduction_is_that_evidence() -> None:
    opened = e.RelationshipOpened(
        at=day(0), seeker_id=Story().case.seeker.id, person_id=Story().state.person.id, name="Ana",
        origin=Origin.INTRODUCED, introduced_by=Story().state.id,
    )  # fmt: skip
    story = Story(opened=opened)
    assert story.holds("intro-before-referral", referral_ask(), day(1))


def test_one_ask_to_a_person_is_open_at_a_time() -> None:
    story = value_given()
    asked = story.asked(chat_ask(), day(16))
    finding = story.finding("one-open-ask", intro_ask(), day(17))
    assert not finding.holds
    assert finding.earliest == day(37)
    assert story.given(e.AskAgreed(at=day(18), ask_id=asked.id)).holds("one-open-ask", intro_ask(), day(18))


def test_thirty_days_pass_after_a_favour_was_settled() -> None:
    story = chatted()
    asked = story.asked(intro_ask(), day(22))
    story.given(e.AskDeclined(at=day(30), ask_id=asked.id))
    finding = story.finding("ask-cooldown", intro_ask(), day(60) - MINUTE)
    assert (finding.holds, finding.earliest) == (False, day(60))
    assert story.holds("ask-cooldown", intro_ask(), day(60))


def test_a_settled_chat_has_no_cooldown() -> None:
    story = value_given()
    story.given(e.AskDeclined(at=day(17), ask_id=story.asked(chat_ask(), day(16)).id))
    assert story.holds("ask-cooldown", intro_ask(), day(17))


def nudge(story: Story) -> Nudge:
    return Nudge(ask_id=story.ask(AskKind.CHAT).id)


def nudged(story: Story, at: datetime) -> e.Nudged:
    ask = nudge(story)
    return e.Nudged(at=at, ask_id=ask.ask_id, ask=ask, policy="x")


def test_a_nudge_waits_for_seven_days() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    finding = story.finding("nudge-limit", nudge(story), day(23) - MINUTE)
    assert (finding.holds, finding.earliest) == (False, day(23))
    assert story.holds("nudge-limit", nudge(story), day(23))


def test_one_nudge_is_enough_and_two_are_the_hard_cap() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    story.given(nudged(story, day(23)))
    finding = story.finding("nudge-limit", nudge(story), day(31))
    assert (finding.holds, finding.hard, finding.earliest) == (False, False, None)
    assert story.when(nudge(story), day(31), {"nudge-limit": "she was ill"}).allowed
    story.given(nudged(story, day(31)))
    assert story.finding("nudge-limit", nudge(story), day(36)).hard
    assert not story.when(nudge(story), day(36), {"nudge-limit": "please"}).allowed


def test_a_policy_may_allow_two_nudges_a_week_apart() -> None:
    story = value_given(policy=Policy(nudges=2))
    story.asked(chat_ask(), day(16))
    story.given(nudged(story, day(23)))
    assert story.finding("nudge-limit", nudge(story), day(24)).earliest == day(30)
    assert story.holds("nudge-limit", nudge(story), day(30))


def test_a_nudge_may_follow_while_its_ask_is_open() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    assert story.when(nudge(story), day(24)).allowed


def test_a_referrer_is_asked_again_under_the_same_rules() -> None:
    decision = referred().when(referral_ask("Head of risk"), day(80))
    assert {finding.guard for finding in decision.missing} == {"goodwill", "ask-cooldown"}
