"""Who could refer for an opening: by the guards, explained, and never by anybody's worth."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kith.domain.asks import ReferralAsk
from kith.domain.calendar import Calendar
from kith.domain.champions import champion
from kith.domain.openings import Opening
from kith.domain.policy import Policy
from kith.domain.referrers import Referrer, asked_before, choose, in_order, referrer
from kith.domain.relationship import events as e
from kith.domain.stages import Origin, Stage
from tests.domain.story import Story, chatted, day, introduced, referred, replied

OPENING = Opening(UUID(int=1), "Analyst", "Acme", "", None, day(0))
UTC = Calendar()


def of(story: Story, at: datetime, opening: Opening = OPENING) -> Referrer:
    return referrer(story.case, opening, at)


def ready() -> Story:
    """Somebody who may be asked on day 62."""
    return introduced().given(replied(day(60)))


def test_who_has_earned_it_may_be_asked_however_the_ask_is_worded() -> None:
    found = of(ready(), day(62))
    assert (found.may_be_asked, found.missing, found.steps, found.earliest) == (True, (), 0, day(62))
    assert (found.stage, found.seen) == (Stage.INTRO, "had a coffee chat with you")


def test_the_others_tell_what_stands_in_the_way_and_how_far_it_is() -> None:
    found = of(chatted(), day(22))
    assert (found.may_be_asked, found.not_possible) == (False, "")
    assert {"stage-reached", "intro-before-referral"} <= set(found.missing)
    assert found.earliest is not None
    assert found.earliest > day(22)
    assert found.steps > 0
    assert found.first_step


def test_who_wants_no_contact_is_never_asked() -> None:
    found = of(ready().given(e.ContactRefused(at=day(61))), day(62))
    assert (found.earliest, found.may_be_asked) == (None, False)
    assert found.not_possible


def test_what_they_have_seen_is_told_from_the_record() -> None:
    assert of(Story(origin=Origin.MENTOR), day(1)).seen == "knows your work (mentor)"
    assert of(Story(), day(1)).seen == ""


# Order and choice


def one(
    name: str, earliest: datetime | None = None, *, missing: tuple[str, ...] = ("goodwill",), seen: str = "",
    steps: int = 1, stage: Stage = Stage.MET,
) -> Referrer:  # fmt: skip
    no = "" if earliest else "They want no contact."
    return Referrer(UUID(int=len(name)), name, "", stage, seen, missing, earliest, steps, "", no)


def test_now_comes_before_seen_before_soon_before_few_steps() -> None:
    people = [
        one("never"), one("late", day(40), steps=0), one("soon", day(20)), one("few", day(20), steps=0),
        one("seen", day(40), seen="knows your work"), one("now", day(10), missing=()),
    ]  # fmt: skip
    assert [who.name for who in in_order(people, OPENING, UTC)] == ["now", "seen", "few", "soon", "late", "never"]


def test_who_can_be_asked_in_time_comes_first() -> None:
    opening = OPENING._replace(deadline=day(30).date())
    people = [one("seen", day(40), seen="knows your work"), one("soon", day(20))]
    ordered = in_order(people, opening, UTC)
    assert [who.name for who in ordered] == ["soon", "seen"]
    chosen, why = choose(ordered, opening, UTC, day(10).date())
    assert chosen == people[1]
    assert "soon can be asked from 25 January 2026 on, after 1 step of yours." in why


def test_nobody_is_chosen_where_nobody_can_be_asked_in_time() -> None:
    opening = OPENING._replace(deadline=day(15).date())
    chosen, why = choose([one("soon", day(20), steps=0)], opening, UTC, day(10).date())
    assert chosen is None
    assert "before it closes" in why
    assert "with nothing to do until then" in why


def test_nobody_is_chosen_after_the_deadline_nor_where_nobody_works_nor_where_nobody_wants_it() -> None:
    opening = OPENING._replace(deadline=day(5).date())
    assert choose([one("now", day(10), missing=())], opening, UTC, day(10).date()) == (
        None, "Its deadline was on 10 January 2026.",
    )  # fmt: skip
    assert choose([], OPENING, UTC, day(10).date()) == (None, "Nobody on record works at Acme.")
    chosen, why = choose([one("never")], OPENING, UTC, day(10).date())
    assert chosen is None
    assert why.endswith("They want no contact.")


NOW = day(9)
WAITS = st.none() | st.integers(10, 60).map(day)
MAY_BE_ASKED = st.builds(one, st.text("abc", min_size=1), st.just(NOW), missing=st.just(()), steps=st.just(0))
MAY_NOT = st.builds(
    one, st.text("abc", min_size=1), WAITS, seen=st.sampled_from(["", "knows your work"]), steps=st.integers(0, 9),
    stage=st.sampled_from(list(Stage)),
)  # fmt: skip


@given(st.lists(MAY_BE_ASKED | MAY_NOT, max_size=6), st.none() | st.integers(8, 70), st.data())
def test_whoever_may_be_asked_is_chosen_before_others_in_whatever_order_they_come(
    people: list[Referrer], deadline: int | None, data: st.DataObject
) -> None:
    opening = OPENING._replace(deadline=None if deadline is None else day(deadline).date())
    ordered = in_order(data.draw(st.permutations(people)), opening, UTC)
    assert ordered == in_order(people, opening, UTC)
    chosen, why = choose(ordered, opening, UTC, NOW.date())
    assert why
    last = opening.deadline or date.max
    in_time = [who for who in people if who.earliest is not None and NOW.date() <= who.earliest.date() <= last]
    assert (chosen is None) == (not in_time)
    assert chosen is None or chosen.may_be_asked == any(who.may_be_asked for who in in_time)


# Who was asked already


def test_what_became_of_each_referral_ask_is_told() -> None:
    story = ready()

    def told() -> list[tuple[str, bool]]:
        return [(one.status, one.binds) for one in asked_before(story.state, OPENING)]

    assert told() == []
    ask = story.asked(ReferralAsk(role="analyst", company="ACME Inc."), day(62))
    assert told() == [("waiting", True)]
    story.given(e.AskLapsed(at=day(83), ask_id=ask.id))
    assert told() == [("lapsed", False)]
    story.given(e.AskAgreed(at=day(84), ask_id=ask.id))
    assert told() == [("promised", True)]
    story.given(e.ReferralGiven(at=day(85), opening=OPENING.key, role="Analyst", company="Acme", ask_id=ask.id))
    assert told() == [("given", True)]


def test_an_ask_for_another_opening_is_another_thing() -> None:
    story = ready()
    story.asked(ReferralAsk(role="Engineer", company="Acme"), day(62))
    assert asked_before(story.state, OPENING) == []


def test_the_outcome_and_whether_it_was_told_belong_to_it() -> None:
    story = referred()
    given = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=given, outcome="interview"))
    [found] = asked_before(story.state, OPENING)
    assert (found.status, found.outcome, found.reported) == ("given", "interview", False)
    story.given(e.OutcomeReported(at=day(82), referral=given))
    [found] = asked_before(story.state, OPENING)
    assert found.reported


# Champions


def test_a_champion_referred_heard_the_outcome_and_is_in_touch() -> None:
    story = referred()
    given = story.state.referrals[0].fact.version
    assert champion(story.state, Policy(), day(75)) is None
    story.given(e.OutcomeLearned(at=day(80), referral=given, outcome="offer"))
    assert champion(story.state, Policy(), day(81)) is None, "they have not heard it"
    story.given(e.OutcomeReported(at=day(82), referral=given))
    found = champion(story.state, Policy(), day(83))
    assert found is not None
    assert (found.name, found.role, found.company, found.outcome) == ("Ana Silva", "Analyst", "Acme", "offer")
    assert champion(story.state, Policy(), day(83 + 180)) is None, "the tie has fallen asleep"
    assert champion(story.given(e.Closed(at=day(84))).state, Policy(), day(85)) is None
