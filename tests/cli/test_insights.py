"""Holds ``kith insights``: rates with their counts, too little said plainly, and JSON for programs."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.shell import REFERRAL, Shell


def test_says_where_to_begin_where_nothing_has_begun(kith: Shell) -> None:
    said = " ".join(kith("insights").out.split())
    assert "Nothing can be told yet" in said
    assert "kith today" in said


def test_tells_counts_where_there_is_too_little_for_a_rate(earned: Callable[[str], Shell]) -> None:
    said = " ".join(earned("referral")("insights").out.split())
    assert "Coffee chats that took place: 1 of 1, too little data for a rate earned 1 of 1; cold none" in said
    assert "by stage at the time: value given 1 of 1 by origin: former colleague 1 of 1" in said
    assert "Referrals given: none" in said
    assert "%" not in said.partition("A rate is told from 12")[0]
    assert "Ana Silva 2 1 1" in said
    assert "Lever 2016" in said
    assert "What overrides led to" not in said


def test_tells_a_rate_with_its_interval_and_what_overrides_led_to(kith: Shell) -> None:
    for number in range(13):
        name = f"Person {number}"
        kith("meet", name)
        ask = (*REFERRAL, "--role", f"Analyst {number}")
        kith("refer", "ask", name, *ask, *_past(kith, name, ask))
        kith("refer", "given" if number < 3 else "decline", name)
    said = " ".join(kith("insights").out.split())
    assert "Referrals given: 3 of 13, 23% (95%: 8% to 50%)" in said
    assert "earned none; cold 3 of 13, 23%" in said
    assert "What overrides led to every guard held: none; past a guard: 3 of 13" in said
    assert "no-cold-ask: 3 of 13" in said


def _past(kith: Shell, name: str, ask: tuple[str, ...]) -> list[str]:
    """Overrides for whatever stands in the way."""
    refused = kith.json("check", name, "referral", *ask, exits=3)["refused"]["findings"]
    failing = [found["guard"] for found in refused if not found["holds"]]
    return [part for guard in failing for part in ("--override", f"{guard}=they offered on the phone")]


def test_keeps_its_json_shape(earned: Callable[[str], Shell]) -> None:
    told = earned("referral").json("insights")
    assert {*told} == {
        "ok", "at", "people", "least", "asks", "overrides", "times", "goodwill", "referrals", "studies", "unreadable",
    }  # fmt: skip
    chats = next(one for one in told["asks"] if one["kind"] == "chat")
    assert {*chats} == {
        "kind", "worked_means", "all", "earned", "cold", "earned_above_cold", "by_stage", "by_origin",
    }  # fmt: skip
    assert chats["by_origin"]["former colleague"] == {
        "worked": 1, "settled": 1, "open": 0, "withdrawn": 0, "share": 1.0, "low": chats["all"]["low"], "high": 1.0,
        "enough": False,
    }  # fmt: skip
    assert {*told["times"]["nurtured"]} == {"people", "reached", "quarter", "half", "three_quarters"}
    assert {*told["goodwill"]["people"][0]} == {"id", "name", "gifts", "favours_asked", "favours_received"}
