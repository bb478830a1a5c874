"""What lint says of drafts: a table of good and bad ones, and what holds for any draft."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.asks import Ask, FirstMessage, IntroAsk, Nudge, ReferralAsk
from kith.domain.errors import InvalidInput
from kith.domain.guards import ON
from kith.domain.lint import RULES, Judged, lint
from kith.domain.lint.draft import DraftKind, of_ask, outlined, read
from kith.domain.lint.phrases import PHRASES, generic
from kith.domain.lint.remarks import Background
from kith.domain.relationship import events as e
from kith.domain.sentences import sentences
from tests.domain.asks import DETAIL, first_message, intro_ask, referral_ask
from tests.domain.drafts.sample import Sample, samples
from tests.domain.story import ANA, Story, chatted, day
from tests.domain.test_guards_wording import sent

GOOD, BAD = samples("good"), samples("bad")
BITS = (
    "Hi Ana,", "your talk in Porto", "I will pay you.", "Could you refer me?", "Are you hiring?", "Why?", "How was it?",
    "I hope this message finds you well.", "thank you", "[Name]", "word " * 30, "\n", "\r\n", ". ", "王芳您好",
    "https://x.example/?a=b", "👏", "> quoted", "# heading", "<!-- note -->",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(BITS) | st.text(max_size=20), max_size=12).map(" ".join)
KINDS = st.sampled_from(list(DraftKind))


def judged(text: str, kind: DraftKind = DraftKind.FIRST_MESSAGE, **known: object) -> Judged:
    return lint(read(text, kind), Background(**known))  # type: ignore[arg-type]


def rules(told: Judged) -> set[str]:
    return {remark.rule for remark in told.remarks}


# The table


def test_the_table_has_drafts_of_every_kind_good_and_bad() -> None:
    assert len(GOOD) + len(BAD) >= 60
    assert {sample.kind for sample in GOOD} == {sample.kind for sample in BAD} == set(DraftKind)
    assert {rule for sample in BAD for rule in sample.says} == {rule.name for rule in RULES} - {"similarity"}


@pytest.mark.parametrize("sample", GOOD, ids=str)
def test_a_good_draft_is_left_alone(sample: Sample) -> None:
    assert lint(sample.draft, sample.background).remarks == ()


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_a_bad_draft_gets_exactly_what_is_to_be_said(sample: Sample) -> None:
    said = [remark.rule for remark in lint(sample.draft, sample.background).remarks]
    assert Counter(said) == Counter(sample.says)


# Any draft


@given(TEXTS, KINDS)
def test_every_remark_is_about_a_sentence_that_stands_on_its_line(text: str, kind: DraftKind) -> None:
    try:
        draft = read(text, kind)
    except InvalidInput:
        return
    found = {(one.text, one.line) for one in (*sentences(draft.whole), *sentences(draft.text), *sentences(draft.note))}
    for remark in lint(draft).remarks:
        assert remark.why
        assert remark.do
        assert (remark.line is None) == (not remark.sentence)
        assert remark.line is None or (remark.sentence, remark.line) in found


@given(TEXTS, KINDS)
def test_line_ends_and_a_final_newline_change_nothing(text: str, kind: DraftKind) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        expected = lint(read(plain, kind))
    except InvalidInput:
        return
    assert lint(read(plain.replace("\n", "\r\n"), kind)) == expected
    assert lint(read(f"\ufeff{plain}\n", kind)) == expected


@given(TEXTS, KINDS)
def test_what_only_the_writer_sees_changes_nothing(text: str, kind: DraftKind) -> None:
    try:
        expected = rules(lint(read(text, kind)))
    except InvalidInput:
        return
    assert rules(lint(read(f"# I will pay you\n> Could you refer me?\n<!-- [Name] -->\n\n{text}", kind))) == expected


# Guards and lint


@given(TEXTS)
def test_lint_hears_an_offer_of_money_when_the_guard_does(text: str) -> None:
    ask = first_message().model_copy(update={"text": text})
    assert agrees("payment-language", ask)


@given(TEXTS)
def test_lint_and_the_guard_agree_on_first_messages(text: str) -> None:
    ask = FirstMessage(text=text, detail="your talk in Porto", who_i_am="thank you", why="How was it?")
    held = Story().given(e.FactNoted(at=day(0), text=DETAIL)).finding("genuine-first-message", ask, day(1))
    told = lint(of_ask(ask), Background(name="Ana", facts=(DETAIL,), record=(DETAIL,)))
    assert ("length" in rules(told)) == ("at most 100 words" in held.missing)
    assert ("job-request" in rules(told)) == ("asks for a job" in held.why)
    assert not (held.holds and any(remark.guard for remark in told.remarks))


@given(TEXTS)
def test_lint_and_the_guard_agree_on_notes_to_forward(text: str) -> None:
    ask = intro_ask(note=text)
    told = lint(of_ask(ask))
    held = chatted().finding("specific-intro", ask, day(22))
    if ask.note and told.english:
        assert bool(rules(told) & {"length", "questions"}) == (not held.holds)


def agrees(guard: str, ask: Ask) -> bool:
    told = lint(of_ask(ask))
    return (guard in rules(told)) != chatted().holds(guard, ask, day(22))


def test_a_copy_is_recognised_by_both_and_never_in_its_own_place() -> None:
    story = Story().given(e.FactNoted(at=day(0), text=DETAIL)).seeker_told(sent(0, first_message()))
    background = Background.of(story.case.seeker, story.state)
    assert "similarity" in rules(lint(of_ask(first_message()), background))
    assert not story.holds("genuine-first-message", first_message(), day(9))
    fresh = Story().seeker_told(sent(0, first_message()).model_copy(update={"relationship_id": ANA}))
    assert "similarity" not in rules(lint(of_ask(first_message()), Background.of(fresh.case.seeker, fresh.state)))


def test_every_guard_that_a_rule_names_is_one_on_that_ask() -> None:
    for rule in RULES:
        for kind, guard in rule.guards:
            assert kind in rule.on
            assert kind.ask is not None
            assert guard in {one.name for one in ON[kind.ask]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_asks_for(rule: object) -> None:
    assert getattr(rule, "told", "").endswith(".")


# Asks


def test_the_words_of_asks_are_what_lint_reads() -> None:
    assert of_ask(first_message()).text == first_message().text
    assert lint(of_ask(referral_ask())).kind is DraftKind.REFERRAL
    assert lint(of_ask(IntroAsk(target="Ben"))).remarks == ()
    assert lint(of_ask(ReferralAsk())).remarks == ()
    nudge = Nudge(ask_id=ANA, text="Just checking in.")
    assert rules(lint(of_ask(nudge))) == {"generic-phrase"}


def test_an_introduction_has_a_letter_and_a_note_each_with_its_lines() -> None:
    ask = IntroAsk(target="Ben", text="Hi Ana,\nI will pay you.", note="Name your price.\nWhy?")
    told = lint(of_ask(ask))
    assert [(r.line, r.sentence) for r in told.remarks if r.rule == "payment-language"] == [
        (2, "I will pay you."), (3, "Name your price."),
    ]  # fmt: skip
    assert (told.words, told.questions) == (4, 1)


# Reading a draft


@pytest.mark.parametrize("text", ["", " \r\n ", "# Only a heading\n> and facts", "<!-- a comment -->"])
def test_a_draft_without_words_is_none(text: str) -> None:
    with pytest.raises(InvalidInput, match="nothing to read"):
        read(text, DraftKind.CHAT)


def test_what_is_far_too_long_is_no_message() -> None:
    with pytest.raises(InvalidInput, match="20,001 characters"):
        read("a" * 20_001, DraftKind.CHAT)
    assert judged("I will pay attention to it, and " * 600).words > 3_000


def test_a_sign_inside_a_line_is_no_markup() -> None:
    assert read("#1 of us > them\n4 > 3", DraftKind.CHAT).text == "#1 of us > them\n4 > 3"


def test_an_outline_gives_out_only_what_was_written() -> None:
    outline = "<!-- kith draft first-message 0123abcd -->\n# To Ana\n> - her talk\n\nHi Ana.\n"
    assert outlined(outline) == "Hi Ana."
    assert outlined("# Hi\n> there") == "# Hi\n> there"
    both = (
        "<!-- kith draft introduction 0123abcd -->\n## To Ana\nHi Ana.\n## The note to forward (--note)\nI am Mira.\n"
    )
    assert (outlined(both), outlined(both, note=True)) == ("Hi Ana.", "I am Mira.")


# Languages and names


def test_another_language_is_said_to_be_one() -> None:
    assert not judged("Olá Inês, li o teu artigo e pago-te por uma resposta. Quando podes falar comigo?").english
    assert judged("Hi Ana, how did you do it?").english
    assert rules(judged("Ciao Ana, I will pay you. Ti scrivo perché ho letto il tuo articolo sui battelli.")) == {
        "payment-language"
    }


@pytest.mark.parametrize(
    ("greeting", "name", "another"),
    [
        ("Hi Jon,", "Jonathan Blake", False),
        ("Dear Ms O’Connor,", "Siobhan O'Connor", False),
        ("Dear Ms. Đặng,", "Đặng Thị Thu Hà", False),
        ("Hi Bex!", "Rebecca Lane", False),
        ("Hi Łukasz,", "Lukasz Nowak", False),
        ("Dear Wang Fang,", "王芳", False),
        ("Hello again,", "Ana Silva", False),
        ("Hi Ben,", "Ana Silva", True),
        ("Dear Ms Okafor,", "Ana Silva", True),
        ("Olá João,", "Inês Carvalho", True),
    ],
)
def test_a_greeting_is_to_the_one_it_is_for(greeting: str, name: str, another: bool) -> None:
    told = judged(f"{greeting} your talk in Porto was a joy. How was it for you?", DraftKind.CHAT, name=name)
    assert ("personal" in rules(told)) is another


def test_thanks_in_the_middle_end_no_letter() -> None:
    text = (
        "Hi Ben. Thanks! The panel laughed about the ferry, the goats, and the mayor. I did not expect that. It helped."
    )
    assert rules(judged(text, DraftKind.THANKS)) == set()


# Phrases


@pytest.mark.parametrize(
    "sentence",
    [
        "I hope this bridge reaches you by the weekend.",
        "I would love to connect the two sensors to your board.",
        "Your profile of the dunes at Dune du Pilat is on our wall.",
        "We check in at noon and check out at ten.",
        "Any advice on glazing at low temperatures would save my vases.",
        "The company like yours that I know best is my own.",
        "She is busy with the harvest.",
        "Thank you for your help with the tax form.",
    ],
)
def test_a_phrase_is_only_heard_where_it_is_one(sentence: str) -> None:
    assert [words for words, _ in generic(sentence) if "company like yours" not in words] == []


def test_every_phrase_says_why_and_what_to_do() -> None:
    assert all(phrase.why.endswith(".") and phrase.do and not phrase.do.endswith(".") for phrase in PHRASES)


@pytest.mark.parametrize("example", [one for phrase in PHRASES for one in phrase.example.split(", ")])
def test_every_phrase_is_heard_in_a_sentence(example: str) -> None:
    assert [words for words, _ in generic(f"Well, {example}.")] != []
