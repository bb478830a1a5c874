"""Outlines to write from: what is on record, what to find out, and nothing else."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain import seeker as s
from kith.domain.asks import Question, Topic
from kith.domain.lint.draft import NOTE_HEADING, DraftKind
from kith.domain.log import Event
from kith.domain.outlines import ASKS, MOST_FACTS, Outline, outline
from kith.domain.outlines.facts import LONGEST, Subject
from kith.domain.outlines.parts import PARTS
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import standing
from kith.domain.stages import Channel, Direction, Origin
from tests.domain.story import Story, chatted, day, introduced, nurtured, referred
from tests.domain.story import told as heard

BEN = UUID(int=77)
PROFILE = s.ProfileUpdated(
    at=day(-1), headline="Tests what others believe", intro="I rebuild reports.",
    jobs=(s.Job(company="Acme GmbH", title="Analyst", start=date(2019, 1, 1), end=date(2022, 1, 1)),),
)  # fmt: skip


def drawn(kind: DraftKind, story: Story, names: dict[UUID, str] | None = None) -> Outline:
    return outline(kind, Subject(story.state, story.case.seeker, names or {}))


def facts(told: Outline, heading: str) -> list[str]:
    part = next(part for part in told.parts if heading in part.heading)
    return [fact.text for fact in part.facts]


def at_acme(origin: Origin = Origin.FORMER_COLLEAGUE) -> Story:
    opened = e.RelationshipOpened(
        at=day(-800), seeker_id=UUID(int=1), person_id=UUID(int=3), name="Ana Silva", company="Acme", origin=origin,
        position="Head of Risk", introduced_by=BEN,
    )  # fmt: skip
    return Story(opened=opened).seeker_told(PROFILE)


def test_a_first_message_is_drawn_from_notes_exchanges_and_their_work() -> None:
    story = at_acme().given(e.FactNoted(at=day(0), text="her talk in\nPorto"))
    story.given(e.Touched(at=day(1), direction=Direction.OUTBOUND, channel=Channel.REACTION, note="liked her post"))
    told = drawn(DraftKind.FIRST_MESSAGE, story, {BEN: "Ben Cho"})
    assert facts(told, "particular") == [
        "noted on 5 January 2026: her talk in Porto",
        "your reaction on 6 January 2026: liked her post",
        "Head of Risk at Acme",
    ]
    assert facts(told, "Who you are")[:2] == [
        "your profile: Tests what others believe",
        "your profile: I rebuild reports.",
    ]
    assert "Ben Cho introduced you" in facts(told, "Why you write")
    assert [part.fields for part in told.parts] == [("detail",), ("who_i_am",), ("why",), ()]


@pytest.mark.parametrize("kind", list(PARTS))
def test_where_nothing_is_on_record_it_says_what_to_find_out(kind: DraftKind) -> None:
    told = drawn(kind, Story(origin=Origin.UNKNOWN))
    assert all(bool(part.find_out) != bool(part.facts) for part in told.parts if _has_facts(kind, part.heading))
    assert [fact.text for fact in told.between] == ["stage: met"]


def _has_facts(kind: DraftKind, heading: str) -> bool:
    return any(spec.find_out and spec.heading.format(name="Ana Silva") == heading for spec in PARTS[kind])


def test_between_the_two_stand_the_stage_the_last_words_the_thanks_owed_and_the_gifts() -> None:
    story = nurtured(origin=Origin.MENTOR).given(
        e.GiftGiven(at=day(15), gift="help", what="the slides", because="she speaks soon"),
        e.ChatHeld(at=day(20), learnings="Models are checked by hand."),
    )
    assert [fact.text for fact in drawn(DraftKind.CHAT, story).between] == [
        "you know each other as: mentor",
        "stage: value given",
        "their last word: 25 January 2026",
        "your last word: 25 January 2026",
        "coffee chat of 25 January 2026, not thanked for yet",
        "you gave on 20 January 2026: help the slides, because she speaks soon",
    ]


def test_a_chat_takes_up_what_was_learned_and_the_questions_prepared() -> None:
    story = chatted().given(
        e.ChatPrepared(at=day(22), questions=(Question(topic=Topic.WORK, text="What keeps you busy?"),))
    )
    told = drawn(DraftKind.CHAT, story)
    assert facts(told, "left off") == ["learned in your chat of 25 January 2026: They model demand by street."]
    assert facts(told, "Your questions") == ["current work: What keeps you busy?"]


def test_a_referral_says_what_they_have_seen_of_ones_work() -> None:
    story = at_acme().given(
        e.Touched(at=day(2), direction=Direction.INBOUND, channel=Channel.RECOMMENDATION, note="Careful with numbers")
    )
    told = drawn(DraftKind.REFERRAL, story)
    assert facts(told, "has seen") == [
        "you worked at Acme GmbH, too (2019 to 2022): did they see your work there?",
        "their recommendation of you on 7 January 2026: Careful with numbers",
    ]


def test_thanks_name_what_was_done_learned_and_promised() -> None:
    story = nurtured().given(e.ChatHeld(at=day(20), learnings="Ask for the tables.", follow_ups=("send the notes",)))
    told = drawn(DraftKind.THANKS, story)
    assert facts(told, "What Ana Silva did") == ["coffee chat of 25 January 2026, not thanked for yet"]
    assert facts(told, "changed") == ["learned in your chat of 25 January 2026: Ask for the tables."]
    assert facts(told, "promised") == ["promised on 25 January 2026: send the notes"]
    assert "What you promised" not in [part.heading for part in drawn(DraftKind.THANKS, chatted()).parts]


def test_an_introduction_is_told_by_name_where_it_is_known() -> None:
    story = chatted().given(e.IntroductionReceived(at=day(30), introduced=BEN, volunteered=True))
    assert facts(drawn(DraftKind.THANKS, story, {BEN: "Ben Cho"}), "changed")[-1] == (
        "they introduced you to Ben Cho on 4 February 2026"
    )
    assert facts(drawn(DraftKind.THANKS, story), "changed")[-1] == "they introduced you on 4 February 2026"


def test_an_outcome_names_the_opening_and_whether_they_heard() -> None:
    story = referred()
    story.given(e.OutcomeLearned(at=day(80), referral=story.state.referrals[0].fact.version, outcome="an offer"))
    told = drawn(DraftKind.OUTCOME, story)
    assert facts(told, "spoke up") == [
        "they referred you on 16 March 2026 for: Analyst at Acme", "they introduced you on 4 February 2026",
    ]  # fmt: skip
    assert facts(told, "came of it") == [
        "an offer, known since 26 March 2026; they have not heard it yet",
        "introduction of 4 February 2026; they have not heard yet what came of it",
    ]
    story.given(heard(story, day(81)))
    assert facts(drawn(DraftKind.OUTCOME, story), "came of it")[1:] == [
        "introduction of 4 February 2026; they have heard what came of it"
    ]


def test_an_introduction_that_failed_is_told_as_settled_and_no_more() -> None:
    story = chatted()
    lapsed = story.asked(ASKS[DraftKind.INTRODUCTION], day(22))  # type: ignore[arg-type]
    story.given(e.IntroductionFailed(at=day(30), ask_id=lapsed.id))
    told = ["introduction ask of 27 January 2026: did not work out"]
    assert facts(drawn(DraftKind.REFERRAL, story), "comfortable") == told


def test_what_was_taken_back_is_gone_and_what_was_corrected_reads_as_it_should() -> None:
    story = Story().given(e.FactNoted(at=day(0), text="a mistake"), e.FactNoted(at=day(1), text="her tlak"))
    story.given(e.FactsRetracted(at=day(2), versions=(2,), reason="wrong person"))
    story.given(e.FactCorrected(at=day(2), version=3, changes={"text": "her talk"}, reason="a slip"))
    told = drawn(DraftKind.FIRST_MESSAGE, story)
    assert facts(told, "particular") == ["noted on 6 January 2026: her talk"]


def test_long_texts_are_cut_and_many_facts_are_left_to_the_story() -> None:
    story = Story().given(*(e.FactNoted(at=day(n), text=f"{n} " + "long " * 200) for n in range(9)))
    found = facts(drawn(DraftKind.FIRST_MESSAGE, story), "particular")
    assert len(found) == MOST_FACTS
    assert found[0].startswith("noted on 13 January 2026: 8 long")
    assert all(len(text) < LONGEST + 40 for text in found)


def test_the_fields_of_a_part_are_fields_of_its_ask() -> None:
    for kind, ask in ASKS.items():
        fields = {field for part in PARTS[kind] for field in part.fields}
        assert fields <= set(type(ask).model_fields)
    assert set(PARTS) == set(DraftKind) - {DraftKind.NUDGE}
    assert PARTS[DraftKind.INTRODUCTION][-1].heading == NOTE_HEADING


NOTES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60)
EVENTS = st.one_of(
    st.builds(lambda text: e.FactNoted(at=day(1), text=text), NOTES.filter(str.strip)),
    st.builds(lambda text: e.Touched(at=day(2), direction=Direction.INBOUND, note=text), NOTES),
    st.builds(lambda text: e.GiftGiven(at=day(3), gift="help", what=text, because=text), NOTES),
    st.builds(lambda text: e.ChatHeld(at=day(4), learnings=text, follow_ups=(text,)), NOTES),
)


@given(st.lists(EVENTS, max_size=6), st.sampled_from(list(PARTS)))
def test_a_fact_is_on_record_word_for_word(events: list[Event], kind: DraftKind) -> None:
    story = introduced().given(*events)
    record = {r.originator_version: r for r in standing(story.state.events)}
    told = drawn(kind, story)
    for fact in (*told.between, *(fact for part in told.parts for fact in part.facts)):
        assert "\n" not in fact.text
        if fact.version is not None and ": " in fact.text and isinstance(record[fact.version].event, e.FactNoted):
            quote = fact.text.split(": ", 1)[1]
            assert quote == " ".join(record[fact.version].event.text.split())  # type: ignore[attr-defined]
        assert fact.version is None or fact.version in record
