"""Ties that were strong once and fell silent."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kith.domain import seeker as s
from kith.domain.actions import actions
from kith.domain.agenda import Urgency
from kith.domain.dormant import DormantTie, ranked, revival, tie
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.stages import Origin, Stage
from kith.domain.wording import asks_for_a_job, offers_money
from tests.domain.story import Story, chatted, day, met, nurtured, value_given

YEARS = 365 * 3


def told(story: Story, at: float = 21 + YEARS) -> DormantTie:
    return tie(story.state, story.case.seeker, day(at))


def test_it_says_what_the_tie_was_made_of_and_how_long_it_is_silent() -> None:
    assert told(chatted(origin=Origin.MENTOR)).why == (
        "knows your work: mentor", "you reached coffee chat", "in touch on 6 days in 2026", "you gave 1 gift",
        "silent for 3 years",
    )  # fmt: skip
    assert told(nurtured(), 14 + YEARS + 125).why[-1] == "silent for 3 years and 4 months"


def test_an_opener_is_a_gift_drawn_from_the_record_and_never_an_ask() -> None:
    story = chatted(origin=Origin.FRIEND).given(e.FactNoted(at=day(1), text="restores boats"))
    openers = told(story).openers
    assert [opener.split(":")[0] for opener in openers] == [
        "You learned “They model demand by street.”", "You noted “restores boats”",
        "What you remember of working with them",
    ]  # fmt: skip
    assert not any("?" in opener or asks_for_a_job(opener) or offers_money(opener) for opener in openers)
    assert told(nurtured()).openers


def test_only_what_was_strong_once_is_revived() -> None:
    assert revival(Story().state, Story().case.seeker) is None
    once = Story().given(met(day(0)))
    assert revival(once.state, once.case.seeker) is None


@given(st.integers(1, 50), st.sampled_from([nurtured, value_given, chatted]))
def test_the_agenda_revives_the_same_people_on_the_same_day(years: int, make: object) -> None:
    story: Story = make(policy=Policy(revive_years=years))  # type: ignore[operator]
    found = revival(story.state, story.case.seeker)
    assert found is not None
    shown = [one for one in actions(story.state, story.case.seeker) if one.urgency is Urgency.REVIVE]
    assert [one._replace(close_tie=False) for one in shown] == [found]


TIES = st.builds(
    lambda number, stage, days, gifts, wanted: DormantTie(
        UUID(int=number), f"P{number % 7}", None, stage, day(0), days, gifts, wanted, (), ()
    ),
    st.integers(0, 10**6), st.sampled_from(list(Stage)), st.integers(1, 30), st.integers(0, 4), st.booleans(),
)  # fmt: skip


@given(st.lists(TIES, max_size=12, unique_by=lambda one: one.id), st.randoms())
def test_the_order_is_the_same_whatever_the_order_before(ties: list[DormantTie], random: object) -> None:
    mixed = list(ties)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert ranked(mixed) == ranked(ties)
    keys = [(not one.wanted, -one.stage, -one.days) for one in ranked(ties)]
    assert keys == sorted(keys)


def test_target_companies_come_first() -> None:
    opened = e.RelationshipOpened(at=day(-9), seeker_id=UUID(int=1), name="Ana", company="Acme Ltd")
    story = Story(opened=opened).seeker_told(s.GoalsSet(at=day(0), companies=("ACME",)))
    story.given(met(day(0)), met(day(8)), met(day(14)))
    assert told(story).wanted
    assert told(story).why[0] == "works at Acme Ltd, one of your target companies"
    assert ranked([told(chatted()), told(story)])[0].wanted
