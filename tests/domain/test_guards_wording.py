"""Guards over the ask itself: what it names, says and asks."""

from __future__ import annotations

from uuid import UUID

import pytest

from kith.domain import seeker as s
from kith.domain.asks import AskKind, ChatAsk, FirstMessage, IntroAsk, Question, ReferralAsk, Topic
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.wording import contains, fingerprint, on_record, similarity
from tests.domain.asks import DETAIL, NOTE_TO_FORWARD, chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import Story, chatted, day, nurtured

NOTED = e.FactNoted(at=day(0), text=DETAIL)


def about_ana(**options: object) -> Story:
    return Story(**options).given(NOTED)  # type: ignore[arg-type]


def changed(**fields: str) -> FirstMessage:
    return first_message().model_copy(update=fields)


def test_a_short_personal_message_of_ones_own_is_genuine() -> None:
    assert about_ana().holds("genuine-first-message", first_message(), day(1))


def test_a_first_message_has_a_hundred_words_at_most() -> None:
    text = first_message().text
    filler = 100 - len(text.split())
    assert about_ana().holds("genuine-first-message", changed(text=text + " well" * filler), day(1))
    finding = about_ana().finding("genuine-first-message", changed(text=text + " well" * (filler + 1)), day(1))
    assert "101 words" in finding.why


@pytest.mark.parametrize("field", ["detail", "who_i_am", "why"])
def test_a_first_message_says_what_its_fields_say(field: str) -> None:
    assert not about_ana().holds("genuine-first-message", changed(**{field: ""}), day(1))
    assert not about_ana().holds("genuine-first-message", changed(**{field: "something else altogether"}), day(1))


def test_the_detail_is_on_record() -> None:
    finding = Story().finding("genuine-first-message", first_message(), day(1))
    assert "not on record" in finding.why
    opened = e.RelationshipOpened(
        at=day(-9), seeker_id=UUID(int=1), person_id=UUID(int=3), name="Ana", company="Acme", position="Head of Risk"
    )
    at_work = first_message(detail="your work as head of risk at Acme")
    assert Story(opened=opened).holds("genuine-first-message", at_work, day(1))


@pytest.mark.parametrize(
    "sentence",
    [
        "Could you refer me?",
        "I am looking for a job.",
        "Are you hiring?",
        "Here is my CV.",
        "Do you know any openings?",
    ],
)
def test_a_first_message_asks_for_no_job(sentence: str) -> None:
    message = changed(text=f"{first_message().text} {sentence}")
    assert sentence in about_ana().finding("genuine-first-message", message, day(1)).why


def sent(number: int, message: FirstMessage) -> s.AskBooked:
    return s.AskBooked(
        at=day(number / 10), ask_id=UUID(int=500 + number), relationship_id=UUID(int=9), kind=AskKind.FIRST_MESSAGE,
        lapses=day(30), fingerprint=fingerprint(message.text),
    )  # fmt: skip


def test_a_first_message_is_no_copy_of_the_last_fifty() -> None:
    copied = first_message()
    story = about_ana().seeker_told(sent(0, copied))
    assert "100% the same" in story.finding("genuine-first-message", copied, day(9)).why
    assert story.holds("genuine-first-message", first_message(1), day(9))
    story.seeker_told(*(sent(n, changed(text=f"something else {n}")) for n in range(1, 50)))
    assert not story.holds("genuine-first-message", copied, day(9))
    assert story.seeker_told(sent(50, changed(text="and another"))).holds("genuine-first-message", copied, day(9))


def test_four_fifths_the_same_is_a_copy() -> None:
    assert similarity(fingerprint("a b c d e"), fingerprint("a b c d f")) == pytest.approx(0.8)
    assert similarity(fingerprint("A  b, c!"), fingerprint("a b c")) == 1
    assert similarity(fingerprint("a b c"), fingerprint("d e f")) == 0


def test_a_fingerprint_can_not_be_read() -> None:
    assert all(0 <= number <= 0xFFFF for number in fingerprint(first_message().text))


def test_a_part_is_found_as_whole_words_give_or_take_a_tenth() -> None:
    assert contains("I enjoyed your Talk in Pôrto.", "your talk in porto")
    assert contains("I enjoyed your talk on stress testing", "your talk on stress tests")
    assert not contains("Hello, how are you?", "he")
    assert not contains("Short text", "Short text and much more that stands nowhere")
    assert not contains("Anything", "")


def test_a_short_name_on_record_is_not_found_inside_other_words() -> None:
    assert on_record("your talk with them", ["IT"]) is None
    assert on_record("your talk at EY", ["EY"]) == "EY"


def questions(*topics: Topic) -> tuple[Question, ...]:
    return tuple(Question(topic=topic, text=f"Question {number}?") for number, topic in enumerate(topics))


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ((Topic.WORK, Topic.WORK, Topic.ENTRY), True),
        ((Topic.WORK, Topic.WORK, Topic.WORK), False),
        ((Topic.WORK, Topic.ENTRY), False),
        ((), False),
    ],
)
def test_three_questions_on_two_topics_are_prepared(asked: tuple[Topic, ...], holds: bool) -> None:
    assert nurtured().holds("questions-prepared", ChatAsk(questions=questions(*asked)), day(15)) is holds


def test_questions_prepared_beforehand_count_until_the_chat() -> None:
    story = nurtured().given(e.ChatPrepared(at=day(15), questions=questions(Topic.WORK, Topic.ENTRY)))
    one_more = ChatAsk(questions=(Question(topic=Topic.PROJECT, text="And then?"),))
    assert not story.holds("questions-prepared", ChatAsk(), day(16))
    assert story.holds("questions-prepared", one_more, day(16))
    story.given(e.ChatHeld(at=day(17)))
    assert not story.holds("questions-prepared", one_more, day(18))


@pytest.mark.parametrize(("minutes", "holds"), [(14, False), (15, True), (30, True), (31, False)])
def test_a_chat_is_asked_for_fifteen_to_thirty_minutes(minutes: int, holds: bool) -> None:
    assert nurtured().holds("chat-length", chat_ask(minutes), day(15)) is holds


@pytest.mark.parametrize(
    ("minutes", "limits", "why", "missing"),
    [
        (40, (15, 30), "40 minutes is more than the 30 that your policy asks of a busy person.", "15 to 30 minutes"),
        (10, (15, 30), "10 minutes is less than the 15 that your policy asks of a busy person.", "15 to 30 minutes"),
        (20, (15, 15), "20 minutes is more than the 15 that your policy asks of a busy person.", "15 minutes"),
    ],
)
def test_a_chat_of_another_length_is_told_with_the_limit(
    minutes: int, limits: tuple[int, int], why: str, missing: str
) -> None:
    policy = Policy(chat_minutes_min=limits[0], chat_minutes_max=limits[1])
    found = nurtured(policy=policy).finding("chat-length", chat_ask(minutes), day(15))
    assert (found.why, found.missing) == (why, missing)


def note(words: int, questions: int = 1) -> str:
    return " ".join(["word"] * words) + " ?" * questions


@pytest.mark.parametrize(
    ("ask", "holds"),
    [
        (intro_ask(), True),
        (intro_ask(target="").model_copy(update={"company": ""}), False),
        (intro_ask(target=""), True),
        (intro_ask().model_copy(update={"why": ""}), False),
        (intro_ask(note=note(49)), False),
        (intro_ask(note=note(50)), True),
        (intro_ask(note=note(125)), True),
        (intro_ask(note=note(126)), False),
        (intro_ask(note=note(60, 0)), False),
        (intro_ask(note=note(60, 3)), True),
        (intro_ask(note=note(60, 4)), False),
    ],
)
def test_an_introduction_ask_is_specific(ask: IntroAsk, holds: bool) -> None:
    assert chatted().holds("specific-intro", ask, day(22)) is holds


@pytest.mark.parametrize("field", ["role", "company", "fit", "help", "link"])
def test_a_referral_ask_is_specific(field: str) -> None:
    assert chatted().holds("specific-referral", referral_ask(), day(22))
    assert not chatted().holds("specific-referral", referral_ask().model_copy(update={field: ""}), day(22))


def test_a_referral_ask_may_say_that_there_is_no_opening() -> None:
    ask = referral_ask().model_copy(update={"link": "", "no_opening": True})
    assert chatted().holds("specific-referral", ask, day(22))


@pytest.mark.parametrize("field", ["seen", "comfort_question"])
def test_who_vouches_knows_what_for(field: str) -> None:
    assert chatted().holds("can-vouch", referral_ask(), day(22))
    assert not chatted().holds("can-vouch", referral_ask().model_copy(update={field: ""}), day(22))


def test_what_vouching_rests_on_is_said_in_the_message() -> None:
    unsaid = referral_ask().model_copy(update={"text": "Would you refer me?"})
    assert not chatted().holds("can-vouch", unsaid, day(22))
    said = ReferralAsk(text=f"{referral_ask().seen} {referral_ask().comfort_question}", seen=referral_ask().seen,
                       comfort_question=referral_ask().comfort_question)  # fmt: skip
    assert chatted().holds("can-vouch", said, day(22))


def test_the_numbers_are_those_of_the_policy() -> None:
    story = chatted(policy=Policy(note_words_max=50, chat_minutes_max=45))
    assert not story.holds("specific-intro", intro_ask(note=NOTE_TO_FORWARD), day(22))
    assert story.holds("chat-length", chat_ask(45), day(22))
