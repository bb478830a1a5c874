"""Guards over the whole network: profile, limits, openings, connectors and loops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kith.domain import seeker as s
from kith.domain.asks import AskKind
from kith.domain.connector_load import Carried
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.stages import Origin
from tests.domain.asks import first_message, intro_ask, referral_ask
from tests.domain.story import LISBON, Story, chatted, day, introduced, referred, replied

MINUTE = timedelta(minutes=1)
OTHER = UUID(int=77)
INTRO = "I am a risk analyst who likes to explain numbers to people."


def booked(number: int, at: datetime, kind: AskKind = AskKind.INTRO, **more: object) -> s.AskBooked:
    """An ask to somebody else that is in the book."""
    told = {"opening": "", "stranger": kind is AskKind.FIRST_MESSAGE, "lapses": at + timedelta(days=21), **more}
    return s.AskBooked.model_validate(
        {"at": at, "ask_id": UUID(int=900 + number), "relationship_id": OTHER, "kind": kind, **told}
    )


@pytest.mark.parametrize(
    ("profile", "lacks"),
    [
        ({"picture": True, "headline": "Analyst", "intro": INTRO}, None),
        ({"headline": "Analyst", "intro": INTRO}, "a picture"),
        ({"picture": True, "intro": INTRO}, "a headline"),
        ({"picture": True, "headline": "Analyst"}, "an intro that says who you are"),
        ({"picture": True, "headline": "Analyst", "intro": "Relevant coursework: statistics, risk, finance, tax, law"},
         "an intro that says who you are"),
        ({"picture": True, "headline": "Analyst", "intro": "I took FIN 301, MAT 210, ECO 101 and some more of these"},
         "an intro that says who you are"),
    ],
)  # fmt: skip
def test_strangers_look_at_the_profile(profile: dict[str, object], lacks: str | None) -> None:
    story = Story().seeker_told(s.ProfileUpdated.model_validate({"at": day(-1), **profile}))
    finding = story.finding("profile-ready", first_message(), day(0))
    assert finding.missing == (lacks or "")


def test_who_knows_you_needs_no_profile() -> None:
    assert Story(Origin.FRIEND).holds("profile-ready", first_message(), day(0))
    assert Story(Origin.INTRODUCED).holds("profile-ready", first_message(), day(0))


@pytest.mark.parametrize("origin", [Origin.COMMUNITY, Origin.EVENT, Origin.ONLINE, Origin.UNKNOWN])
def test_strangers_are_those_met_in_passing_who_never_answered(origin: Origin) -> None:
    assert not Story(origin).holds("profile-ready", first_message(), day(0))
    assert Story(origin).given(replied(day(0))).holds("profile-ready", first_message(), day(0))


def test_five_strangers_a_week_are_enough() -> None:
    story = Story().seeker_told(*(booked(n, day(n), AskKind.FIRST_MESSAGE) for n in range(4)))
    assert story.holds("weekly-outreach-limit", first_message(), day(5))
    story.seeker_told(booked(5, day(5), AskKind.FIRST_MESSAGE))
    finding = story.finding("weekly-outreach-limit", first_message(), day(7) - MINUTE)
    assert (finding.holds, finding.earliest) == (False, day(7))
    assert story.holds("weekly-outreach-limit", first_message(), day(7))


def test_first_messages_to_people_one_knows_are_not_counted() -> None:
    known = (booked(n, day(n / 4), AskKind.FIRST_MESSAGE, stranger=False) for n in range(9))
    assert Story().seeker_told(*known).holds("weekly-outreach-limit", first_message(), day(3))


def test_a_week_is_seven_days_of_the_seeker_when_the_clocks_change() -> None:
    sent = (booked(n, datetime(2026, 3, 25, 12, tzinfo=UTC), AskKind.FIRST_MESSAGE) for n in range(5))
    story = Story(zone=LISBON).seeker_told(*sent)
    finding = story.finding("weekly-outreach-limit", first_message(), datetime(2026, 3, 30, tzinfo=UTC))
    assert finding.earliest == datetime(2026, 4, 1, 11, tzinfo=UTC)


def test_nobody_is_written_to_where_the_limit_is_none() -> None:
    story = Story(policy=Policy(weekly_first_messages=0))
    assert story.finding("weekly-outreach-limit", first_message(), day(0)).earliest is None
    assert story.plan(first_message(), day(0)).not_possible


def test_three_favours_are_open_over_the_whole_network() -> None:
    story = chatted().seeker_told(booked(1, day(10)), booked(2, day(12), AskKind.REFERRAL))
    assert story.holds("open-ask-limit", intro_ask(), day(22))
    story.seeker_told(booked(3, day(14)))
    finding = story.finding("open-ask-limit", intro_ask(), day(31) - MINUTE)
    assert (finding.holds, finding.earliest) == (False, day(31))
    assert story.holds("open-ask-limit", intro_ask(), day(31))


def test_a_settled_favour_makes_room() -> None:
    story = chatted().seeker_told(*(booked(n, day(20)) for n in range(3)))
    assert not story.holds("open-ask-limit", intro_ask(), day(22))
    story.seeker_told(s.AskCleared(at=day(22), ask_id=UUID(int=900), how="agreed"))
    assert story.holds("open-ask-limit", intro_ask(), day(22))


def test_a_policy_that_lets_asks_stand_longer_keeps_them_in_the_book() -> None:
    policy = Policy(ask_lapse_days=40)
    story = chatted().seeker_told(*(booked(n, day(1)) for n in range(3)))
    assert story.holds("open-ask-limit", intro_ask(), day(23))
    story.seeker_told(s.PolicyAdopted(at=day(23), policy=policy, hash=policy.hash))
    assert story.finding("open-ask-limit", intro_ask(), day(23)).earliest == day(41)


def test_one_referral_is_open_or_given_for_an_opening() -> None:
    same = referral_ask("risk  ANALYST", "Acme GmbH")
    story = introduced().seeker_told(booked(1, day(30), AskKind.REFERRAL, opening=referral_ask().opening))
    finding = story.finding("one-referrer-per-opening", same, day(33))
    assert (finding.holds, finding.earliest) == (False, day(51))
    assert story.holds("one-referrer-per-opening", referral_ask("Head of risk"), day(33))
    assert story.holds("one-referrer-per-opening", same, day(51))


def test_a_promised_or_given_referral_closes_its_opening_for_good() -> None:
    promised = introduced().seeker_told(booked(1, day(30), AskKind.REFERRAL, opening=referral_ask().opening))
    promised.seeker_told(s.AskCleared(at=day(31), ask_id=UUID(int=901), how="agreed"))
    given = introduced().seeker_told(
        s.ReferralBooked(at=day(30), relationship_id=OTHER, opening=referral_ask().opening, referral=4)
    )
    for story in (promised, given):
        assert story.finding("one-referrer-per-opening", referral_ask(), day(200)).earliest is None
        assert not story.holds("one-referrer-per-opening", referral_ask(), day(200))
        assert "another opening" in story.plan(referral_ask(), day(200)).instead


def test_a_declined_referral_frees_its_opening() -> None:
    story = introduced().seeker_told(
        booked(1, day(30), AskKind.REFERRAL, opening=referral_ask().opening),
        s.AskCleared(at=day(31), ask_id=UUID(int=901), how="declined"),
    )
    assert story.holds("one-referrer-per-opening", referral_ask(), day(33))


def carrying(*carried: Carried) -> Story:
    story = chatted()
    load = type(story.case.load)(story.case.load.id, len(carried), carried)
    story.case = type(story.case)(story.state, story.case.seeker, load)
    return story


def test_a_connector_carries_one_open_ask_over_all_seekers() -> None:
    story = carrying(Carried(OTHER, day(20), day(41)))
    finding = story.finding("connector-load", intro_ask(), day(22))
    assert (finding.holds, finding.earliest) == (False, day(41))
    assert story.holds("connector-load", intro_ask(), day(41))
    assert carrying(Carried(OTHER, day(20), day(41), released=True)).holds("connector-load", intro_ask(), day(22))


def test_a_connector_gets_three_asks_in_ninety_days() -> None:
    asked = [Carried(UUID(int=n), day(n), day(n + 21), released=True) for n in range(3)]
    assert carrying(*asked[:2]).holds("connector-load", intro_ask(), day(22))
    finding = carrying(*asked).finding("connector-load", intro_ask(), day(90) - MINUTE)
    assert (finding.holds, finding.earliest) == (False, day(90))
    assert carrying(*asked).holds("connector-load", intro_ask(), day(90))


def test_nobody_learns_who_else_asked_a_connector() -> None:
    finding = carrying(Carried(OTHER, day(20), day(41))).finding("connector-load", intro_ask(), day(22))
    assert finding.why == "Ana Silva carries enough introduction asks for now."
    assert finding.evidence == ()


def test_every_outcome_is_told_within_seven_days() -> None:
    story = referred()
    learned = e.OutcomeLearned(at=day(80), referral=story.state.referrals[0].fact.version, outcome="hired")
    story.given(learned)
    assert story.holds("loop-closed", intro_ask(), day(87))
    assert not story.holds("loop-closed", intro_ask(), day(87) + MINUTE)
    story.given(e.OutcomeReported(at=day(88), referral=learned.referral))
    assert story.holds("loop-closed", intro_ask(), day(89))


def test_a_later_outcome_is_told_too() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="interview"))
    story.given(e.OutcomeReported(at=day(81), referral=version))
    story.given(e.OutcomeLearned(at=day(90), referral=version, outcome="hired"))
    assert story.holds("loop-closed", intro_ask(), day(97))
    assert not story.holds("loop-closed", intro_ask(), day(97) + MINUTE)


def test_an_outcome_that_changes_before_it_is_told_waits_since_it_was_first_known() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="interview"))
    story.given(e.OutcomeLearned(at=day(86), referral=version, outcome="hired"))
    assert not story.holds("loop-closed", intro_ask(), day(88))
    assert [timer.due for timer in story.timers("outcome")] == [day(87)]


def test_news_of_an_outcome_that_was_known_long_before_is_owed() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="interview"), recorded=day(95))
    story.given(e.OutcomeLearned(at=day(98), referral=version, outcome="hired"))
    assert [timer.due for timer in story.timers("outcome")] == [day(105)]


def test_an_outcome_known_long_before_it_was_recorded_is_not_owed() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="hired"), recorded=day(95))
    assert story.holds("loop-closed", intro_ask(), day(100))
