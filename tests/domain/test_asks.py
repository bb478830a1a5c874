"""What becomes of an ask, what is owed afterwards, and how a relationship stands."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kith.domain.asks import AskKind, opening_key
from kith.domain.debts import debts
from kith.domain.errors import InFuture, InvalidInput, NotApplicable
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.stages import Channel
from tests.domain.asks import chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import (
    Story,
    chatted,
    day,
    held,
    introduced,
    referred,
    replied,
    thanked,
    told,
    value_given,
    wrote,
)

IDS = (UUID(int=50), UUID(int=51))


def owed(story: Story) -> list[str]:
    return [debt.key for debt in debts(story.state, story.case.policy, story.calendar)]


@pytest.mark.parametrize(
    ("event", "settled"),
    [(e.AskAgreed, "agreed"), (e.AskDeclined, "declined"), (e.AskWithdrawn, "withdrawn"), (e.AskLapsed, "lapsed")],
)
def test_an_ask_is_open_until_it_is_settled(event: type[e.AskDeclined], settled: str) -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    assert ask.is_open
    story.given(event(at=day(18), ask_id=ask.id))
    assert (story.state.asks[0].settled, story.state.asks[0].settled_at) == (settled, day(18))


def test_an_accepted_ask_is_recorded_with_its_overrides() -> None:
    story = chatted()
    decision = story.when(chat_ask(45), day(22), {"chat-length": "she offered an hour"})
    over, asked = decisions.make(chat_ask(45), decision, IDS, {"chat-length": "she offered an hour"}, stranger=False)
    assert isinstance(over, e.GuardOverridden)
    assert (over.guard, over.reason) == ("chat-length", "she offered an hour")
    assert isinstance(asked, e.ChatAsked)
    assert asked.overridden == ("chat-length",)


def test_a_refused_ask_is_recorded_with_its_findings_and_counts_for_nothing() -> None:
    story = Story()
    decision = story.when(referral_ask(), day(0))
    story.given(*decisions.refuse(referral_ask(), decision))
    refused = story.written(e.AskRefused)[0].event
    assert isinstance(refused, e.AskRefused)
    assert refused.guards == tuple(finding.guard for finding in decision.missing)
    assert (story.state.asks, story.state.touches) == ((), ())


@pytest.mark.parametrize(
    "word",
    [replied(day(3)), replied(day(3), Channel.REACTION), held(day(3)), e.IntroductionAgreed(at=day(3)),
     e.ReferralGiven(at=day(3), opening="a/b", volunteered=True), e.IntroductionReceived(at=day(3), volunteered=True)],
    ids=lambda event: type(event).__name__,
)  # fmt: skip
def test_any_word_from_them_settles_a_first_message(word: e.Touched) -> None:
    story = Story()
    story.asked(first_message(), day(1))
    assert story.given(word).state.asks[0].settled == "answered"


def test_a_word_of_the_time_before_settles_nothing() -> None:
    story = Story()
    story.asked(first_message(), day(1))
    assert story.given(replied(day(0)), recorded=day(2)).state.open_asks


def test_an_answer_to_one_ask_settles_the_first_message_too() -> None:
    story = Story()
    story.asked(first_message(), day(1))
    chat = story.asked(chat_ask(), day(2))
    for event in (e.AskAgreed(at=day(3), ask_id=chat.id), e.AskDeclined(at=day(3), ask_id=chat.id)):
        both = Story()
        both.asked(first_message(), day(1))
        both.asked(chat_ask(), day(2))
        assert [ask.is_open for ask in both.given(event).state.asks] == [False, False]


def test_nobody_agrees_to_a_first_message() -> None:
    story = Story()
    message = story.asked(first_message(), day(1))
    with pytest.raises(NotApplicable, match="kith log"):
        decisions.agree(message, None, day(2), story.case.policy, story.calendar)


def test_a_promise_is_kept_by_what_was_promised() -> None:
    story = value_given()
    chat = story.asked(chat_ask(), day(16))
    story.given(e.AskAgreed(at=day(17), ask_id=chat.id, due=day(20)))
    assert story.state.asks[0].is_promised
    story.given(held(day(20)))
    assert story.state.asks[0].kept
    assert introduced().state.asks[0].kept
    assert referred().ask(AskKind.REFERRAL).kept


def test_a_chat_that_was_held_without_an_answer_settles_its_ask() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    assert story.given(held(day(18))).state.asks[0].settled == "agreed"


def test_a_favour_has_a_due_date_of_its_own_and_a_chat_only_if_one_is_set() -> None:
    story = chatted()
    intro, chat = story.asked(intro_ask(), day(22)), story.asked(chat_ask(), day(22))
    for ask, due in ((intro, day(37)), (chat, None)):
        [agreed] = decisions.agree(ask, None, day(23), story.case.policy, story.calendar)
        assert isinstance(agreed, e.AskAgreed)
        assert agreed.due == due


def test_what_was_received_is_thanked_for_once() -> None:
    story = value_given().given(held(day(20)))
    chat = story.last
    assert owed(story) == [f"thanks:{chat}"]
    story.given(*decisions.thank(story.state, chat, "", day(21), day(21)))
    assert owed(story) == []
    assert decisions.thank(story.state, chat, "", day(22), day(22)) == []
    with pytest.raises(NotApplicable):
        decisions.thank(story.state, 2, "", day(22), day(22))


def test_a_known_outcome_is_owed_until_it_is_told() -> None:
    story = referred()
    story.given(told(story, day(71)))
    version = story.state.referrals[0].fact.version
    with pytest.raises(NotApplicable, match="record it first"):
        decisions.report_outcome(story.state, version, "", day(72), day(72))
    story.given(*decisions.learn_outcome(story.state, version, "hired", day(80), day(80)))
    assert owed(story) == [f"outcome:{version}"]
    assert decisions.learn_outcome(story.state, version, "hired", day(81), day(81)) == []
    story.given(*decisions.report_outcome(story.state, version, "", day(81), day(81)))
    assert owed(story) == []
    assert decisions.report_outcome(story.state, version, "", day(82), day(82)) == []


def test_what_came_of_an_introduction_is_told_once() -> None:
    story = introduced()
    version = story.state.introductions[0].fact.version
    assert owed(story) == [f"report:{version}"]
    with pytest.raises(NotApplicable, match="no introduction under that id"):
        decisions.report_introduction(story.state, version + 1, "", day(40), day(40))
    with pytest.raises(InFuture):
        decisions.report_introduction(story.state, version, "", day(41), day(40))
    story.given(*decisions.report_introduction(story.state, version, "We met.", day(40), day(40)))
    assert owed(story) == []
    assert decisions.report_introduction(story.state, version, "", day(41), day(41)) == []


def test_any_later_word_answers_a_message_and_an_earlier_one_does_not() -> None:
    story = Story().given(replied(day(5)))
    assert owed(story.given(wrote(day(4)), recorded=day(6))) == ["answer:2"]
    assert owed(story.given(wrote(day(6)))) == []


def test_a_debt_that_was_dismissed_stays_so_and_the_next_one_counts() -> None:
    story = Story().given(replied(day(0)))
    story.given(*decisions.settle_debt(story.state, "answer:2", "not needed", day(1)))
    assert owed(story) == []
    assert decisions.settle_debt(story.state, "answer:2", "not needed", day(1)) == []
    assert owed(story.given(replied(day(2)))) == ["answer:4"]


def test_an_imported_past_makes_no_debts() -> None:
    story = Story().given(
        replied(day(0)), held(day(1)), e.IntroductionReceived(at=day(2), volunteered=True),
        e.ReferralGiven(at=day(3), opening="a/b", volunteered=True), replied(day(4)), recorded=day(19),
    )  # fmt: skip
    assert owed(story) == []
    assert story.when(first_message(), day(20)).findings
    assert story.holds("thanked", first_message(), day(20))


def test_a_fact_is_recorded_once_by_its_source_and_never_from_the_future() -> None:
    story = Story()
    fact = replied(day(0)).model_copy(update={"external_id": "mail-1"})
    story.given(*decisions.record(story.state, fact, day(1)))
    assert decisions.record(story.state, fact, day(2)) == []
    with pytest.raises(InFuture):
        decisions.record(story.state, replied(day(3)), day(3) - timedelta(seconds=1))


@pytest.mark.parametrize("kind", [AskKind.CHAT, AskKind.INTRO])
def test_an_answer_after_the_lapse_is_a_fact(kind: AskKind) -> None:
    story = chatted()
    ask = story.asked(chat_ask() if kind is AskKind.CHAT else intro_ask(), day(22))
    story.given(e.AskLapsed(at=day(43), ask_id=ask.id))
    late = decisions.waiting(story.state, kind)
    story.given(*decisions.agree(late, None, day(44), story.case.policy, story.calendar))
    assert story.state.ask(ask.id) == decisions.promised(story.state, kind)


def test_who_declined_is_not_waited_for() -> None:
    story = chatted()
    story.given(e.AskDeclined(at=day(23), ask_id=story.asked(chat_ask(), day(22)).id))
    with pytest.raises(NotApplicable):
        decisions.waiting(story.state, AskKind.CHAT)


def test_a_message_of_long_ago_wakes_nobody() -> None:
    story = Story().given(wrote(day(0)), e.WentDormant(at=day(180)), e.Snoozed(at=day(181), until=day(300)))
    story.given(replied(day(-400)), recorded=day(182))
    assert (story.state.dormant_since, story.state.snoozed_until) == (day(180), day(300))
    story.given(replied(day(183)))
    assert (story.state.dormant_since, story.state.snoozed_until) == (None, None)


def test_closing_takes_open_asks_and_promises_back() -> None:
    story = chatted()
    story.given(e.AskAgreed(at=day(23), ask_id=story.asked(intro_ask(), day(22)).id))
    story.asked(chat_ask(), day(24))
    story.given(*decisions.close(story.state, "moved away", day(25)))
    assert [ask.settled for ask in story.state.asks] == ["withdrawn", "withdrawn"]
    assert story.state.status(day(26), timedelta(days=180)) == "closed"
    assert decisions.close(story.state, "again", day(26)) == []


def test_who_refuses_contact_is_not_reopened() -> None:
    story = chatted()
    story.given(*decisions.close(story.state, "", day(22), refuses_contact=True))
    with pytest.raises(NotApplicable, match="wants no contact"):
        decisions.reopen(story.state, day(23))
    assert story.state.status(day(23), timedelta(days=180)) == "closed"


def test_status_follows_touches_and_snoozes() -> None:
    story, dormant = Story().given(wrote(day(0))), timedelta(days=180)
    assert story.state.status(day(179), dormant) == "active"
    assert story.state.status(day(180), dormant) == "dormant"
    story.given(*decisions.snooze(story.state, day(200), day(181)))
    assert story.state.status(day(199), dormant) == "snoozed"
    assert story.given(replied(day(190))).state.status(day(191), dormant) == "active"
    with pytest.raises(InvalidInput):
        decisions.snooze(story.state, day(190), day(190))


@pytest.mark.parametrize("tier", [0, 5, -1])
def test_tiers_are_one_to_four(tier: int) -> None:
    with pytest.raises(InvalidInput):
        decisions.set_tier(Story().state, tier, day(0))


def test_a_tier_is_set_once_and_ended() -> None:
    story = Story()
    story.given(*decisions.set_tier(story.state, 2, day(0)))
    assert decisions.set_tier(story.state, 2, day(1)) == []
    assert story.given(*decisions.set_tier(story.state, None, day(2))).state.tier is None


def test_openings_are_compared_folded() -> None:
    assert opening_key("Risk  Analyst", "ACME GmbH") == opening_key("risk analyst", "Acme")
    assert opening_key("", "", " https://acme.example/1 ") == "https://acme.example/1"


def test_thanks_are_a_touch() -> None:
    story = value_given().given(held(day(20)))
    assert story.given(thanked(story.last, day(21))).state.last_outbound == story.state.by_time[-1]
