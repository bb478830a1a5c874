"""How a text falls into sentences, and on which line each begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.sentences import Sentence, sentences

TEXTS = st.text(st.sampled_from("ab A.!?…。\n\r,- é王'\"") | st.characters(codec="utf-8"), max_size=200)


def told(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dear Dr. Silva, I met J. Blake at 2.5 km.", ["Dear Dr. Silva, I met J. Blake at 2.5 km."]),
        ("See https://x.example/a.b?c=d. Then write.", ["See https://x.example/a.b?c=d.", "Then write."]),
        ("She said “no.” I left.", ["She said “no.”", "I left."]),
        ("您好!请问?谢谢。", ["您好!请问?谢谢。"]),
        ("您好！请问？谢谢。", ["您好！", "请问？", "谢谢。"]),
        ("", []),
        (" \n\t\n", []),
        ("👋", ["👋"]),
    ],
)
def test_a_text_falls_into_sentences(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_line_that_was_broken_for_its_length_goes_on() -> None:
    assert told("I will pay\nyou for it.") == ["I will pay you for it."]
    assert told("There is something in it\n€50 or more") == ["There is something in it €50 or more"]
    long = "I read all of what you wrote about the long winter and about the\nPorto conference."
    assert told(long) == [long.replace("\n", " ")]


def test_a_greeting_and_a_list_stand_by_themselves() -> None:
    assert told("Dear Ana\nI read it.\n- one\n- two") == ["Dear Ana", "I read it.", "- one", "- two"]
    assert told("Dear Ana,\n\nthank you.") == ["Dear Ana,", "thank you."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_sentence_is_found_at_its_line(end: str) -> None:
    text = end.join(["Dear Ana,", "", "I read it. It was", "good.", "", "Best"])
    assert sentences(text) == [
        Sentence("Dear Ana,", 1), Sentence("I read it.", 3), Sentence("It was good.", 3), Sentence("Best", 6),
    ]  # fmt: skip


@given(TEXTS)
def test_no_word_is_lost_and_no_line_is_wrong(text: str) -> None:
    found = sentences(text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    assert "".join("".join(one.text for one in found).split()) == "".join(plain.split())
    lines = plain.split("\n")
    assert all(one.text.split()[0].startswith(tuple(lines[one.line - 1].split())) or
               one.text.split()[0] in lines[one.line - 1] for one in found)  # fmt: skip
    assert [one.line for one in found] == sorted(one.line for one in found)
