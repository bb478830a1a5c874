"""The digest as text and as a page."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from kith.workflows import Kith, Person, Touch
from kith.workflows.delivery.letter import Letter, letter
from tests.kithtest import START, Clock

HOSTILE = '<script>alert("x")</script> & Söhne'


@pytest.fixture
def told() -> Generator[Letter]:
    """The digest of a seeker who owes two people an answer."""
    clock = Clock(START)
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        for name in ("Ana Silva", HOSTILE):
            who = kith.meet(Person(name=name, company="Northwind"))
            kith.touch(who, Touch.reply("Good to hear from you"))
        clock.now += timedelta(days=3)
        yield letter(kith.digest())


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_subject_names_nobody(told: Letter) -> None:
    assert told.subject == "2 things to do on Thursday 5 March 2026"


def test_text_and_page_say_the_same(told: Letter) -> None:
    for said in (told.text, Tags(told.html).text):
        assert "Hello Mira Okafor," in said
        assert "Ana Silva, Northwind" in said
        assert HOSTILE in said
        assert said.count("2.") == 1


def test_a_name_is_no_html(told: Letter) -> None:
    assert "script" not in Tags(told.html).tags


def test_the_page_loads_nothing(told: Letter) -> None:
    assert Tags(told.html).links == []
    assert "@import" not in told.html
    assert "url(" not in told.html


def test_the_text_has_no_gaps(told: Letter) -> None:
    assert "\n\n\n" not in told.text
    assert all(line == line.rstrip() or line == "-- " for line in told.text.split("\n"))
