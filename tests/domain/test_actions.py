"""The candidates of the agenda: what one person's state makes worth doing, and from when to when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kith.domain.actions import actions
from kith.domain.agenda import Action, Urgency
from kith.domain.policy import Policy
from kith.domain.relationship import decisions
from kith.domain.relationship import events as e
from kith.domain.stages import Origin
from tests.domain.asks import chat_ask, intro_ask
from tests.domain.story import (
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
    told,
    value_given,
    wrote,
)  # fmt: skip


def found(story: Story, urgency: Urgency | None = None) -> list[Action]:
    return [a for a in actions(story.state, story.case.seeker) if urgency in (None, a.urgency)]


def keys(story: Story, urgency: Urgency | None = None) -> list[str]:
    return [action.key.partition(":")[0] for action in found(story, urgency)]


def test_what_is_owed_says_why_and_what_to_do() -> None:
    story = value_given().given(held(day(20)), replied(day(21)))
    thanks, answer = found(story, Urgency.OWED)
    assert (thanks.kind, thanks.start, thanks.due) == ("thanks", day(20), day(21))
    assert thanks.why == "The coffee chat of 25 January 2026 has not been thanked for."
    assert thanks.do == "Thank Ana Silva for the coffee chat."
    assert (answer.kind, answer.due) == ("answer", day(23))


def test_days_are_told_in_the_time_zone_of_the_seeker() -> None:
    story = value_given(zone="Asia/Tokyo").given(held(datetime(2026, 1, 25, 23, tzinfo=UTC)))
    assert "26 January 2026" in found(story, Urgency.OWED)[0].why


def test_an_agreed_chat_is_given_a_date_prepared_and_held() -> None:
    story = value_given()
    ask = story.asked(chat_ask(), day(16))
    story.given(e.AskAgreed(at=day(17), ask_id=ask.id))
    assert keys(story, Urgency.PROMISED) == ["date"]
    story.given(e.ChatRescheduled(at=day(18), ask_id=ask.id, due=day(25)))
    prepare, hold = found(story, Urgency.PROMISED)
    assert (prepare.kind, prepare.start, prepare.until) == ("prepare", day(22), day(25))
    assert (hold.kind, hold.start, hold.until) == ("hold", day(25), None)


def test_a_promised_favour_is_looked_after_when_due() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(e.AskAgreed(at=day(23), ask_id=ask.id, due=day(37)))
    assert [(a.kind, a.start) for a in found(story, Urgency.PROMISED)] == [("promise", day(37))]


@pytest.mark.parametrize(
    ("story", "kind", "favour"),
    [(value_given(), "chat", False), (chatted(), "introduction", True), (introduced(), "referral", True)],
)
def test_an_ask_whose_guards_hold_is_earned_until_the_conversation_is_quiet(
    story: Story, kind: str, favour: bool
) -> None:
    story.given(replied(day(65)), wrote(day(66)))
    [action] = found(story, Urgency.EARNED)
    assert (action.kind, action.favour, action.start, action.until) == (kind, favour, day(66), day(125))


def test_an_ask_is_not_earned_during_a_cooldown() -> None:
    story = chatted().given(gave(day(21, 13)))
    story.given(e.AskDeclined(at=day(23), ask_id=story.asked(intro_ask(), day(22)).id))
    assert [action.start for action in found(story, Urgency.EARNED)] == [day(53)]


def test_nothing_is_earned_while_an_ask_waits() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    assert found(story, Urgency.EARNED) == found(story, Urgency.RIPENING) == []


def test_one_word_ripens_an_old_colleague() -> None:
    [action] = found(Story(Origin.FORMER_COLLEAGUE), Urgency.RIPENING)
    assert action.kind == "write"
    assert "former colleague" in action.why


def test_one_more_message_ripens_a_stranger_who_answered_when_the_time_has_come() -> None:
    story = Story().given(wrote(day(0)), replied(day(1)))
    [action] = found(story, Urgency.RIPENING)
    assert (action.kind, action.start) == ("write", day(14, 0))
    assert found(Story().given(wrote(day(0)), wrote(day(1))), Urgency.RIPENING) == []


def test_a_gift_ripens_a_tie_and_a_word_a_quiet_one() -> None:
    assert [a.kind for a in found(nurtured(), Urgency.RIPENING)] == ["gift"]
    quiet = found(value_given(), Urgency.RIPENING)[-1]
    assert (quiet.kind, quiet.start) == ("write", day(61))


def test_keeping_in_touch_is_for_those_with_a_tier() -> None:
    assert keys(nurtured(), Urgency.KEEP_IN_TOUCH) == []
    story = nurtured().given(e.TierSet(at=day(14), tier=1))
    assert [a.due for a in found(story, Urgency.KEEP_IN_TOUCH)] == [day(35)]


def test_a_tie_that_was_strong_is_revived_after_three_years() -> None:
    assert [a.start for a in found(nurtured(), Urgency.REVIVE)] == [day(14 + 3 * 365)]
    assert found(Story().given(wrote(day(0))), Urgency.REVIVE) == []
    assert [a.start for a in found(nurtured(policy=Policy(revive_years=4)), Urgency.REVIVE)] == [day(14 + 4 * 365)]


def test_what_was_dismissed_is_not_shown_again() -> None:
    story = value_given().given(replied(day(20)))
    for action in found(story):
        story.given(*decisions.settle_debt(story.state, action.key, "done elsewhere", day(21)))
    assert found(story) == []


def test_a_snooze_hides_everything_until_it_ends() -> None:
    story = referred().given(replied(day(75)), e.Snoozed(at=day(76), until=day(90)))
    assert found(story)
    assert min(action.start for action in found(story)) == day(90)


@pytest.mark.parametrize("end", [e.Closed(at=day(80)), e.ContactRefused(at=day(80))])
def test_nothing_is_to_be_done_about_a_closed_relationship(end: e.Closed) -> None:
    assert found(referred().given(replied(day(75)), end)) == []


def test_a_moderately_weak_tie_is_known_by_its_days() -> None:
    assert not found(nurtured())[0].close_tie
    close = nurtured().given(*(wrote(day(20 + number)) for number in range(12)))
    assert all(action.close_tie for action in found(close))


def test_every_action_has_a_key_of_its_own() -> None:
    story = referred().given(replied(day(75)), held(day(76)), e.TierSet(at=day(77), tier=2))
    every = [action.key for action in found(story)]
    assert len(every) == len(set(every)) > 2


def test_a_thanked_referrer_who_heard_of_the_introduction_is_owed_nothing_more() -> None:
    assert keys(referred(), Urgency.OWED) == ["report"]
    story = referred()
    assert keys(story.given(told(story, day(72))), Urgency.OWED) == []
    assert keys(value_given().given(held(day(20)), thanked(1, day(20))), Urgency.OWED) == ["thanks"]
