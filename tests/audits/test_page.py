"""The HTML page: whole, without script, with everything that people wrote kept as text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from uuid import UUID

from kith.workflows.audits.report import Place, Verdict
from kith.workflows.audits.reports.grouping import by_relationship
from kith.workflows.audits.reports.page import AT_ONCE, DRAWN, page
from kith.workflows.audits.reports.timeline import BROKEN, timeline
from tests.audits.reporting import ANA, BEN, audited, event, mixed, policy, report, violation
from tests.audits.test_formats import HUNDREDS, hostile

VOID = {"meta", "br"}


class Read(HTMLParser):
    """The elements of a page, with their attributes, and its text; refuses what is not nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nothing_comes_from_elsewhere_and_nothing_is_a_script() -> None:
    for told in (mixed(), hostile(), HUNDREDS, report()):
        read = Read(page(told))
        assert {tag for tag, _ in read.elements} & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "form",
            "base",
        } == set()
        attributes = [(name, value or "") for _, found in read.elements for name, value in found.items()]
        assert [name for name, _ in attributes if name.startswith("on") or name in ("src", "style")] == []
        assert [value for name, value in attributes if name == "href" and not value.startswith("#")] == []


def test_its_policy_allows_its_own_style_alone() -> None:
    text = page(mixed())
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    policies = [found["content"] for tag, found in Read(text).elements if found.get("http-equiv")]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_what_people_wrote_stays_text() -> None:
    text = page(hostile())
    assert "<script" not in text
    assert not set(text) & {"\x00", "\x1b"}
    assert "<script>alert('x')</script>" in Read(text).text


def test_a_link_leads_to_an_element_of_the_page_and_no_id_is_twice() -> None:
    for told in (mixed(), hostile(), HUNDREDS):
        read = Read(page(told))
        ids = [found["id"] for _, found in read.elements if "id" in found]
        assert len(ids) == len(set(ids))
        named = ("href", "aria-labelledby", "aria-describedby")
        links = [(found.get(name) or "").removeprefix("#") for _, found in read.elements for name in named]
        assert {link for link in links if link} <= set(ids)


def test_every_violation_is_on_the_page_and_the_first_are_seen_at_once() -> None:
    text = page(HUNDREDS)
    assert Read(text).text.count("A referral ask happened, and no gift before it.") == 700
    assert f"{700 - AT_ONCE} more" in text


def test_what_a_page_has_no_room_for_is_told() -> None:
    text = page(report(audited(Verdict.VIOLATED, *[violation()] * 1_203)))
    assert "203 more are in the JSON report." in text


def test_an_audit_without_policies_says_so() -> None:
    assert "There was no policy to judge by." in page(report())


def test_rows_that_could_not_be_read_are_told() -> None:
    assert f"{ANA}.3" in page(report(corrupt=(f"{ANA}.3",)))


def test_the_worst_relationships_are_drawn_with_a_table_beside() -> None:
    elements = Read(page(mixed())).elements
    assert sum(tag == "svg" and found.get("role") == "img" for tag, found in elements) == 2
    assert sum(tag == "table" and "id" in found for tag, found in elements) == 2
    many = report(audited(Verdict.VIOLATED, *(violation(UUID(int=number)) for number in range(9))))
    assert sum(tag == "svg" and found.get("role") == "img" for tag, found in Read(page(many)).elements) == DRAWN


def test_a_timeline_has_a_lane_for_what_was_broken_and_one_for_each_kind_of_event() -> None:
    late = violation(ANA, event(ANA, 7, days=0), event(ANA, 2, "touch", days=30), event(ANA, 1, "touch", days=40))
    told = report(audited(Verdict.VIOLATED, late))
    (relationship,) = by_relationship(told)
    found = timeline(relationship, told)
    assert [(lane.name, [mark.x for mark in lane.marks]) for lane in found.lanes] == [
        (BROKEN, ["100.00"]), ("touch", ["0.00", "25.00"]), ("referral ask", ["100.00"])
    ]  # fmt: skip
    assert [(tick.x, tick.day) for tick in found.ticks] == [("0.00", "2026-10-14"), ("100.00", "2026-11-23")]
    assert [row.what.partition(":")[0] for row in found.rows] == ["touch", "touch", "referral ask", BROKEN]


def test_events_of_others_are_not_drawn_as_theirs() -> None:
    told = report(audited(Verdict.VIOLATED, violation(ANA, event(ANA, 7, "touch"), event(BEN, 2, "touch", days=30))))
    (relationship,) = by_relationship(told)
    found = timeline(relationship, told)
    assert [lane.name for lane in found.lanes] == ["policy broken", "touch, others", "touch"]
    assert "touch, Ben Cho (b0b0b0b0)" in [row.what for row in found.rows]


def test_what_happened_at_one_instant_stands_in_the_middle() -> None:
    told = report(audited(Verdict.VIOLATED, violation(ANA, event(ANA, 1))))
    (relationship,) = by_relationship(told)
    found = timeline(relationship, told)
    assert {mark.x for lane in found.lanes for mark in lane.marks} == {"50.00"}
    assert [(tick.x, tick.anchor) for tick in found.ticks] == [("50.00", "middle")]


def test_an_event_that_several_violations_rest_on_is_drawn_once() -> None:
    told = report(
        audited(Verdict.VIOLATED, violation(BEN)),
        audited(Verdict.VIOLATED, violation(BEN), about=policy("other")._replace(place=Place("x", 1))),
    )
    (relationship,) = by_relationship(told)
    assert [len(lane.marks) for lane in timeline(relationship, told).lanes] == [2, 1, 1]
