"""What the log teaches: rates with intervals, times, goodwill; and nothing of who declined within an introduction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.asks import AskKind, ChatAsk, FirstMessage, IntroAsk
from kith.domain.guards import GUARDS
from kith.domain.insights import Insights, insights
from kith.domain.insights.asked import EARNING
from kith.domain.insights.durations import Duration, estimate
from kith.domain.insights.proportions import LEAST, Interval, Rate, difference, wilson
from kith.domain.insights.rates import Rates
from kith.domain.insights.referrals import Led, led_to
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.stages import Origin, Stage
from tests.domain.asks import chat_ask
from tests.domain.story import Story, chatted, day, gave, introduced, met, nurtured, referred, replied, wrote

NOW = day(400)
counts = st.integers(0, 2_000)


def learned(*stories: Story, now: datetime = NOW) -> Insights:
    """What these stories teach."""
    return insights([story.state for story in stories], stories[0].case.seeker, now)


def of(kind: AskKind, *stories: Story, now: datetime = NOW) -> Rates:
    return learned(*stories, now=now).rates[kind]


# Intervals


@given(counts, counts)
def test_an_interval_lies_within_0_and_1_and_holds_the_share(worked: int, failed: int) -> None:
    low, high = wilson(worked, worked + failed)
    share = worked / (worked + failed) if worked + failed else 0.5
    assert 0 <= low <= share <= high <= 1


@given(counts, st.integers(1, 2_000), st.integers(2, 50))
def test_an_interval_is_narrower_with_more_data(worked: int, failed: int, times: int) -> None:
    less, more = wilson(worked, worked + failed), wilson(times * worked, times * (worked + failed))
    assert more.high - more.low < less.high - less.low


@given(counts, counts)
def test_what_worked_and_what_did_not_mirror_each_other(worked: int, failed: int) -> None:
    low, high = wilson(worked, worked + failed)
    other = wilson(failed, worked + failed)
    assert (1 - high, 1 - low) == pytest.approx(other, abs=1e-12)


def test_an_interval_is_the_published_one() -> None:
    assert wilson(81, 263) == pytest.approx(Interval(0.2553, 0.3662), abs=5e-5)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx(Interval(0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx(Interval(0.0061, 0.1718), abs=5e-5)


def test_a_rate_is_told_from_where_no_interval_is_wider_than_half() -> None:
    def widest(settled: int) -> float:
        ends = (wilson(worked, settled) for worked in range(settled + 1))
        return max(high - low for low, high in ends)

    assert widest(LEAST) <= 0.5 < widest(LEAST - 1)
    assert [Rate(1, settled).is_enough for settled in (LEAST - 1, LEAST)] == [False, True]


def test_a_difference_is_the_published_one() -> None:
    found = difference(Rate(56, 70), Rate(48, 80))  # Newcombe 1998 (differences), table II, row a
    assert found is not None
    assert (found.by, *found.interval) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.is_clear


@given(st.integers(0, 300), st.integers(LEAST, 300), st.integers(0, 300), st.integers(LEAST, 300))
def test_a_difference_lies_in_its_interval_and_turns_with_its_sides(a: int, n: int, b: int, m: int) -> None:
    one, other = Rate(min(a, n), n), Rate(min(b, m), m)
    found, back = difference(one, other), difference(other, one)
    assert found is not None
    assert back is not None
    assert -1 <= found.interval.low <= found.by <= found.interval.high <= 1
    assert (-back.by, -back.interval.high, -back.interval.low) == pytest.approx((found.by, *found.interval))


def test_no_difference_is_told_of_too_little() -> None:
    assert difference(Rate(5, LEAST - 1), Rate(50, 100)) is None


# Times


def test_who_is_not_there_yet_counts_for_as_long_as_they_are_on_the_way() -> None:
    told = estimate([Duration(6, True), Duration(6, False), Duration(10, True), Duration(20, False)])
    assert (told.people, told.reached) == (4, 2)
    assert (told.quarter, told.half, told.three_quarters) == (6, 10, None)


def test_kaplan_and_meier_agree_with_a_published_trial() -> None:
    """Freireich 1963: weeks of remission with 6-mercaptopurine; the median is 23 and the first quartile 13."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    told = estimate([*(Duration(d, True) for d in relapsed), *(Duration(d, False) for d in censored)])
    assert (told.quarter, told.half, told.three_quarters) == (13, 23, None)


@given(st.lists(st.integers(0, 400), min_size=1))
def test_without_anybody_on_the_way_the_quarters_are_those_of_the_sample(days: list[int]) -> None:
    told = estimate(Duration(number, True) for number in days)
    ordered = sorted(days)
    for share, found in ((0.25, told.quarter), (0.5, told.half), (0.75, told.three_quarters)):
        assert found == next(d for d in ordered if sum(one <= d for one in days) >= share * len(days))


@given(st.lists(st.builds(Duration, st.integers(0, 400), st.booleans())))
def test_quarters_are_in_order_and_need_somebody_who_is_there(durations: list[Duration]) -> None:
    told = estimate(durations)
    reached = [days for days in (told.quarter, told.half, told.three_quarters) if days is not None]
    assert reached == sorted(reached)
    assert len(reached) <= 3 * told.reached


def test_a_stage_takes_from_the_day_of_meeting_and_now_for_those_who_are_not_there() -> None:
    told = learned(nurtured(), chatted())
    assert told.people == 2
    nurture, chat = told.times[Stage.NURTURED], told.times[Stage.COFFEE_CHAT]
    assert (nurture.reached, nurture.half, nurture.three_quarters) == (2, 814, 814)
    assert (chat.reached, chat.people, chat.half, chat.three_quarters) == (1, 2, 821, None)


def test_nobody_waits_longer_than_the_relationship_lasted() -> None:
    closed = Story().given(wrote(day(0)), e.Closed(at=day(10)))
    later = estimate([Duration(900, True), Duration(810, False)])
    assert learned(closed, referred(), now=day(5_000)).times[Stage.REFERRAL] == later._replace(quarter=870, half=870,
        three_quarters=870)  # fmt: skip


def test_somebody_one_was_never_in_touch_with_does_not_count() -> None:
    assert learned(Story().given(e.FactNoted(at=day(1), text="gave a talk"))).people == 0


# Asks


def test_asks_that_worked_did_not_or_are_open_are_told_apart() -> None:
    held, refused, waits, gone, called_off = (chatted() for _ in range(5))
    for story in (held, refused, waits, gone, called_off):
        story.asked(chat_ask(), day(50))
    held.given(e.ChatHeld(at=day(52)))
    refused.given(e.AskDeclined(at=day(51), ask_id=refused.ask(AskKind.CHAT).id))
    gone.given(e.AskWithdrawn(at=day(51), ask_id=gone.ask(AskKind.CHAT).id))
    called_off.given(
        e.AskAgreed(at=day(51), ask_id=called_off.ask(AskKind.CHAT).id, due=day(55)),
        e.ChatCancelled(at=day(52), ask_id=called_off.ask(AskKind.CHAT).id),
    )
    stories = (held, refused, waits, gone, called_off)
    assert of(AskKind.CHAT, *stories, now=day(60)).all == Rate(1, 3, open=1, withdrawn=1)
    assert of(AskKind.CHAT, *stories, now=day(80)).all == Rate(1, 4, open=0, withdrawn=1), "its time was up by then"


def test_what_was_agreed_and_not_yet_kept_is_open() -> None:
    story = chatted()
    ask = story.asked(chat_ask(), day(50))
    story.given(e.AskAgreed(at=day(51), ask_id=ask.id, due=day(55)))
    assert of(AskKind.CHAT, story).all == Rate(0, 0, open=1)


def test_any_answer_to_a_first_message_is_an_answer() -> None:
    yes, no, none = Story(), Story(), Story()
    for story in (yes, no, none):
        story.asked(FirstMessage(text="Hello"), day(10))
    yes.given(replied(day(12)))
    no.given(e.AskDeclined(at=day(12), ask_id=no.ask(AskKind.FIRST_MESSAGE).id))
    rates = of(AskKind.FIRST_MESSAGE, yes, no, none)
    assert rates.all == rates.cold == Rate(2, 3), "they were strangers"


def test_the_stage_is_that_of_the_time_of_the_ask() -> None:
    story = referred(origin=Origin.EVENT)
    told = learned(story)
    assert told.rates[AskKind.INTRO].by_stage == {Stage.COFFEE_CHAT: Rate(1, 1)}
    assert told.rates[AskKind.REFERRAL].by_stage == {Stage.INTRO: Rate(1, 1)}
    assert told.rates[AskKind.REFERRAL].by_origin == {Origin.EVENT: Rate(1, 1)}


def overridden(*guards: str) -> Story:
    """An introduction ask past some guards, which led to nothing."""
    story, id_ = nurtured(), UUID(int=77)
    past = [e.GuardOverridden(at=day(20), ask_id=id_, guard=guard, reason="she offered") for guard in guards]
    told = e.IntroAsked(at=day(20), ask_id=id_, policy="p", ask=IntroAsk(), introduction_id=id_, overridden=guards)
    return story.given(*past, told)


def test_cold_is_what_the_relationship_had_not_earned() -> None:
    cold, warm, stranger, known = (
        overridden("stage-reached", "thanked"), overridden("ask-cooldown"), Story(), Story(origin=Origin.MENTOR),
    )  # fmt: skip
    stranger.asked(FirstMessage(text="Hello"), day(10))
    known.asked(FirstMessage(text="Hello"), day(10))
    told = learned(cold, warm, stranger, known)
    assert (told.rates[AskKind.INTRO].cold, told.rates[AskKind.INTRO].earned) == (Rate(0, 1), Rate(0, 1))
    assert (told.rates[AskKind.FIRST_MESSAGE].cold.settled, told.rates[AskKind.FIRST_MESSAGE].earned.settled) == (1, 1)


def test_the_guards_that_a_relationship_earns_are_guards() -> None:
    assert {guard.name for guard in GUARDS} >= EARNING


def test_overridden_asks_stand_beside_guarded_ones_and_by_guard() -> None:
    found = learned(overridden("stage-reached", "thanked"), introduced()).overrides
    assert (found.guarded, found.overridden) == (Rate(1, 1), Rate(0, 1))
    assert found.by_guard == {"stage-reached": Rate(0, 1), "thanked": Rate(0, 1)}


def how_it_ended(end: str) -> Insights:
    """What is told of an introduction that came to nothing in one of the ways there are."""
    story = chatted()
    ask = story.asked(IntroAsk(target="Rui"), day(22))
    ends: dict[str, Event] = {
        "a no from either side": e.IntroductionFailed(at=day(43), ask_id=ask.id),
        "the connector's own no": e.AskDeclined(at=day(43), ask_id=ask.id),
        "a lapse": e.AskLapsed(at=day(43), ask_id=ask.id),
    }
    return learned(story.given(ends[end]), now=day(60))


def test_nothing_tells_how_an_introduction_came_to_nothing() -> None:
    told = [how_it_ended(end) for end in ("a no from either side", "the connector's own no", "a lapse")]
    assert told[0] == told[1] == told[2]
    assert told[0].rates[AskKind.INTRO].all == Rate(0, 1)


# Goodwill and referrals


def test_the_ledger_counts_gifts_favours_asked_and_received_by_name() -> None:
    ledger = learned(referred(), nurtured()).goodwill
    assert [(one.name, one.gifts, one.favours_asked, one.favours_received) for one in ledger.accounts] == [
        ("Ana Silva", 2, 2, 2)
    ]
    assert (ledger.gifts, ledger.favours_asked, ledger.favours_received) == (2, 2, 2)


def test_a_favour_that_came_to_nothing_is_no_favour() -> None:
    story = chatted()
    ask = story.asked(IntroAsk(target="Rui"), day(22))
    assert learned(story, now=day(42)).goodwill.favours_asked == 1
    assert learned(story, now=day(43)).goodwill.favours_asked == 0, "its time was up, recorded or not"
    assert learned(story.given(e.AskLapsed(at=day(43), ask_id=ask.id))).goodwill.favours_asked == 0


def test_referrals_tell_what_they_led_to() -> None:
    story = referred()
    given = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=given, outcome="Interview"))
    found = learned(story).referrals
    assert (found.given, found.volunteered, found.known, found.reported) == (1, 0, 1, 0)
    assert (found.led_to[Led.INTERVIEW], found.offers) == (1, Rate(0, 0, open=1))
    story.given(
        e.OutcomeReported(at=day(81), referral=given), e.OutcomeLearned(at=day(90), referral=given, outcome="Offer!")
    )
    assert learned(story).referrals.offers == Rate(1, 1)


@pytest.mark.parametrize(
    ("said", "led"),
    [
        ("Offer", Led.OFFER), ("hired!", Led.OFFER), (" first  interview.", Led.INTERVIEW), ("REJECTED", Led.NOTHING),
        ("no", Led.NOTHING), ("no offer", Led.OTHER), ("they offered an interview", Led.OTHER), ("", Led.OTHER),
    ],
)  # fmt: skip
def test_an_outcome_is_only_told_apart_by_words_that_leave_no_doubt(said: str, led: Led) -> None:
    assert led_to(said) is led


# The whole

FACTS = [wrote(day(1)), replied(day(3)), met(day(9)), wrote(day(17)), gave(day(19)), e.ChatHeld(at=day(21))]


@given(st.permutations(FACTS), st.permutations([0, 1, 2, 3]))
def test_the_order_of_recording_does_not_matter(facts: list[Event], order: list[int]) -> None:
    def told(events: list[Event]) -> Story:
        story = Story()
        for event in events:
            story.given(event, recorded=day(25))
        story.asked(chat_ask(), day(30))
        return story.given(replied(day(32)))

    stories = [told(facts), referred(), overridden("goodwill"), chatted()]
    expected = learned(told(FACTS), *stories[1:])
    assert learned(*(stories[number] for number in order)) == expected


KINDS = st.sampled_from([None, "agreed", "declined", "withdrawn", "lapsed"])


@given(st.lists(st.tuples(st.sampled_from(list(Origin)), KINDS, st.booleans()), max_size=12))
def test_the_counts_add_up(asks: list[tuple[Origin, str | None, bool]]) -> None:
    stories = [Story(origin=Origin.FRIEND)]
    for origin, end, cold in asks:
        story = Story(origin=origin).given(replied(day(0)))
        id_, past = UUID(int=9), ("value-first",) if cold else ()
        story.given(e.ChatAsked(at=day(2), ask_id=id_, policy="p", ask=ChatAsk(), overridden=past))
        ends: dict[str | None, Event] = {
            "agreed": e.AskAgreed(at=day(3), ask_id=id_), "declined": e.AskDeclined(at=day(3), ask_id=id_),
            "withdrawn": e.AskWithdrawn(at=day(3), ask_id=id_), "lapsed": e.AskLapsed(at=day(23), ask_id=id_),
        }  # fmt: skip
        stories.append(story.given(*[ends[end]] if end else []))
    told = learned(*stories, now=day(4) + timedelta(hours=1))
    rates = told.rates[AskKind.CHAT]
    assert sum(rates.all[1:]) == len(asks)
    for groups in (rates.by_stage.values(), rates.by_origin.values(), (rates.earned, rates.cold)):
        assert total(groups) == rates.all
    assert total((told.overrides.guarded, told.overrides.overridden)) == rates.all


def total(rates: Iterable[Rate]) -> Rate:
    """The sums of several rates."""
    return Rate(*map(sum, zip(Rate(), *rates, strict=True)))
