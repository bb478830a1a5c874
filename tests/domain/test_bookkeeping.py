"""What an ask leaves in the seeker's book, the connector's load and the introduction; no more, and only once."""

from __future__ import annotations

from uuid import UUID

import pytest

from kith.domain import connector_load, introduction
from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain.asks import AskKind
from kith.domain.bookkeeping import introduction_entries, load_entries, seeker_entries
from kith.domain.case import Stamp
from kith.domain.connector_load import LoadReleased, LoadTaken, load_id
from kith.domain.log import Event
from kith.domain.relationship import decisions, taking_back
from kith.domain.relationship import events as e
from tests.domain.asks import chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import Story, chatted, day, introduced, referred, replied, thanked, value_given, wrote


def book(story: Story) -> list[tuple[AskKind, str]]:
    return [(ask.kind, ask.status) for ask in story.case.seeker.asks]


def test_a_favour_stands_in_the_book_while_it_is_open_or_promised() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    booked = story.case.seeker.asks[0]
    assert (booked.id, booked.relationship_id, booked.lapses) == (ask.id, story.state.id, day(43))
    assert booked.is_open(day(42))
    assert not booked.is_open(day(43))
    story.given(e.AskAgreed(at=day(23), ask_id=ask.id))
    assert book(story) == [(AskKind.INTRO, "promised")]


@pytest.mark.parametrize("end", [e.AskDeclined, e.AskWithdrawn, e.AskLapsed, e.IntroductionFailed])
@pytest.mark.parametrize("agreed", [False, True])
def test_a_settled_favour_leaves_the_book(end: type[e.AskDeclined], agreed: bool) -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    if agreed:
        story.given(e.AskAgreed(at=day(23), ask_id=ask.id))
    assert book(story.given(end(at=day(24), ask_id=ask.id))) == []
    assert [carried.released for carried in story.case.load.carried] == [True]


def test_closing_clears_the_book() -> None:
    story = chatted()
    story.asked(intro_ask(), day(22))
    assert book(story.given(*decisions.close(story.state, "", day(23)))) == []


def test_chats_do_not_stand_in_the_book() -> None:
    story = value_given()
    story.asked(chat_ask(), day(16))
    assert book(story) == []


def test_a_first_message_is_remembered_after_it_was_answered() -> None:
    story = Story()
    story.asked(first_message(), day(0))
    assert story.case.seeker.asks[0].stranger
    assert story.case.seeker.asks[0].fingerprint
    assert book(story.given(replied(day(1)))) == [(AskKind.FIRST_MESSAGE, "settled")]


def test_fifty_first_messages_are_remembered() -> None:
    story = Story()
    for number in range(51):
        story.seeker_told(
            s.AskBooked(at=day(number), ask_id=UUID(int=number + 9), relationship_id=UUID(int=8), lapses=day(90),
                        kind=AskKind.FIRST_MESSAGE)
        )  # fmt: skip
    assert [ask.at for ask in story.case.seeker.first_messages()] == [day(number) for number in range(1, 51)]


def test_a_first_message_that_was_forgotten_is_not_booked_again() -> None:
    story = Story()
    story.asked(first_message(), day(0))
    later = (
        s.AskBooked(
            at=day(number), ask_id=UUID(int=number + 900), relationship_id=UUID(int=8), lapses=day(90),
            kind=AskKind.FIRST_MESSAGE,
        )
        for number in range(1, 51)
    )  # fmt: skip
    story.seeker_told(*later)
    assert len(story.given(wrote(day(2))).written(s.AskBooked)) == 1


def test_an_introduction_that_came_after_all_is_made() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(e.AskLapsed(at=day(43), ask_id=ask.id), e.AskAgreed(at=day(44), ask_id=ask.id))
    story.given(e.IntroductionReceived(at=day(45), ask_id=ask.id))
    assert [state.status for state in story.case.introductions.values()] == ["made"]
    assert book(story) == []


def test_a_referral_and_its_outcome_stand_in_the_book_until_told() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    assert [(entry.opening, entry.referral) for entry in story.case.seeker.referrals] == [
        (referral_ask("Analyst").opening, version)
    ]
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="hired"))
    assert [(loop.referral, loop.known_at) for loop in story.case.seeker.loops] == [(version, day(80))]
    assert story.given(e.OutcomeReported(at=day(81), referral=version)).case.seeker.loops == ()


def test_an_outcome_that_need_not_be_told_leaves_the_book() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="hired"))
    assert story.given(e.DebtSettled(at=day(81), debt=f"outcome:{version}", how="not needed")).case.seeker.loops == ()


def test_a_referral_taken_back_leaves_the_book_with_its_outcome() -> None:
    story = referred()
    version = story.state.referrals[0].fact.version
    story.given(e.OutcomeLearned(at=day(80), referral=version, outcome="hired"))
    story.given(*taking_back.retract(story.state, (version,), "a slip", day(81)))
    assert (story.case.seeker.referrals, story.case.seeker.loops) == ((), ())
    assert book(story) == [(AskKind.REFERRAL, "open")]


def test_a_connector_carries_an_ask_from_the_day_it_was_made_until_it_is_settled() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    [carried] = story.case.load.carried
    assert (story.case.load.id, carried.ask_id, carried.at, carried.lapses) == (
        load_id(UUID(int=3)),
        ask.id,
        day(22),
        day(43),
    )
    assert story.case.load.open(day(42)) == (carried,)
    assert story.case.load.open(day(43)) == ()
    assert story.given(e.AskAgreed(at=day(24), ask_id=ask.id)).case.load.open(day(25)) == ()


def test_a_load_is_folded_from_its_log() -> None:
    taken = LoadTaken(at=day(0), ask_id=UUID(int=1), lapses=day(21))
    log = [Stamp(day(0), "c").place(event, UUID(int=4), n) for n, event in enumerate((taken, taken), 1)]
    state = connector_load.fold(log)
    assert state is not None
    assert (state.version, len(state.carried)) == (2, 1)
    released = Stamp(day(1), "c").place(LoadReleased(at=day(1), ask_id=UUID(int=1)), UUID(int=4), 3)
    assert connector_load.evolve(state, released).open(day(1)) == ()
    assert connector_load.fold([]) is None


def test_a_load_says_no_names() -> None:
    assert {"at", "ask_id", "lapses"} == set(LoadTaken.model_fields)
    assert load_id(UUID(int=3)) == load_id(UUID(int=3)) != load_id(UUID(int=5))


def intro_log(story: Story) -> list[type[Event]]:
    return [type(recorded.event) for recorded in story.recorded if type(recorded.event).__module__ == i.__name__]


def test_an_introduction_is_asked_agreed_to_by_both_made_and_thanked_for() -> None:
    story = introduced()
    assert intro_log(story) == [
        i.IntroductionAsked, i.ConsentGiven, i.ConsentGiven, i.IntroductionMade, i.IntroductionThanked,
    ]  # fmt: skip
    [state] = story.case.introductions.values()
    assert (state.status, state.thanked, state.consents) == ("made", True, frozenset(i.Party))
    consents = [recorded.event for recorded in story.written(i.ConsentGiven)]
    assert all(isinstance(consent, i.ConsentGiven) and consent.attested for consent in consents)


@pytest.mark.parametrize("reported_first", [False, True])
def test_a_connector_is_thanked_and_told_in_either_order(*, reported_first: bool) -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(e.IntroductionReceived(at=day(25), ask_id=ask.id))
    told = e.IntroductionReported(at=day(40), introduction=story.last)
    both = [thanked(story.last, day(40)), told]
    story.given(*reversed(both) if reported_first else both)
    assert set(intro_log(story)[-2:]) == {i.IntroductionThanked, i.ConnectorTold}
    assert intro_log(story)[3] is i.IntroductionMade
    [state] = story.case.introductions.values()
    assert (state.status, state.thanked, state.reported) == ("made", True, True)


def test_an_introduction_made_again_wants_thanks_and_news_again() -> None:
    story = introduced()
    made = story.state.introductions[0]
    story.given(e.IntroductionReported(at=day(40), introduction=made.fact.version))
    story.given(*taking_back.retract(story.state, (made.fact.version,), "another Rui", day(41)))
    [state] = story.case.introductions.values()
    assert (state.status, state.thanked, state.reported) == ("asked", False, False)
    story.given(e.IntroductionReceived(at=day(42), ask_id=made.ask_id))
    story.given(e.IntroductionReported(at=day(60), introduction=story.last))
    [state] = story.case.introductions.values()
    assert (state.status, state.thanked, state.reported) == ("made", False, True)


@pytest.mark.parametrize("end", [e.AskDeclined, e.AskLapsed, e.IntroductionFailed])
def test_an_introduction_that_did_not_work_out_says_neither_who_nor_why(end: type[e.AskDeclined]) -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    story.given(end(at=day(24), ask_id=ask.id))
    assert intro_log(story) == [i.IntroductionAsked, i.DidNotWorkOut]
    assert set(i.DidNotWorkOut.model_fields) == {"at"}


def test_an_introduction_taken_back_is_withdrawn() -> None:
    story = chatted()
    story.given(e.AskWithdrawn(at=day(24), ask_id=story.asked(intro_ask(), day(22)).id))
    assert [state.status for state in story.case.introductions.values()] == ["withdrawn"]


def test_an_introduction_knows_refused_consent_and_stays_as_it_was() -> None:
    told = (
        i.IntroductionAsked(at=day(0), seeker_id=UUID(int=1), connector=UUID(int=2), ask_id=UUID(int=3), target="Rui"),
        i.ConsentGiven(at=day(1), party=i.Party.CONNECTOR), i.ConsentRefused(at=day(2), party=i.Party.TARGET),
    )  # fmt: skip
    state = introduction.fold(Stamp(day(0), "c").place(event, UUID(int=9), n) for n, event in enumerate(told, 1))
    assert state is not None
    assert (state.status, state.consents, state.version) == ("asked", frozenset({i.Party.CONNECTOR}), 3)
    assert introduction.fold([]) is None


@pytest.mark.parametrize("story", [chatted(), introduced(), referred()], ids=["chatted", "introduced", "referred"])
def test_nothing_is_entered_twice(story: Story) -> None:
    case = story.case
    assert list(seeker_entries(case.relationship, case.seeker)) == []
    assert list(load_entries(case.relationship, case.load, case.seeker)) == []
    assert list(introduction_entries(case.relationship, case.seeker.id, case.introductions)) == []


def test_what_follows_names_the_event_that_it_follows_from() -> None:
    story = chatted()
    ask = story.asked(intro_ask(), day(22))
    booked = story.written(s.AskBooked)[0]
    assert booked.causation == f"{story.state.id}.{ask.version}"
    assert story.given(wrote(day(23)), thanked(1, day(23))).written(s.AskBooked) == [booked]
