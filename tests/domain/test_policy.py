"""The policy: its defaults, presets, TOML overrides and hash."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kith.domain.errors import InvalidInput
from kith.domain.policy import PRESETS, Policy, policy_from_toml


def test_the_defaults_are_those_of_the_policy() -> None:
    assert Policy().settings == {
        "nurtured_touches": 3, "nurtured_spread_days": 14, "head_start_days": 180, "first_message_words": 100,
        "first_message_similarity": 0.8, "first_message_memory": 50, "weekly_first_messages": 5,
        "conversation_days": 60, "chat_questions": 3, "chat_topics": 2, "chat_minutes_min": 15,
        "chat_minutes_max": 30, "gifts_before_ask": 1, "note_words_min": 50, "note_words_max": 125,
        "note_questions_min": 1, "note_questions_max": 3, "ask_cooldown_days": 30, "open_asks": 3,
        "connector_open": 1, "connector_asks": 3, "connector_days": 90, "loop_days": 7, "nudge_after_days": 7,
        "nudges": 1, "ask_lapse_days": 21, "promise_days": 14, "answer_days": 2, "thanks_hours": 24,
        "thanks_late_hours": 72, "tier_days": (21, 60, 180, 365), "dormant_days": 180, "past_days": 14,
        "revive_years": 3, "agenda_size": 5, "focus_people": 15,
    }  # fmt: skip


def test_a_file_says_only_what_differs() -> None:
    assert policy_from_toml("") == Policy()
    assert policy_from_toml("open_asks = 2\ntier_days = [7, 30, 90, 365]") == Policy(
        open_asks=2, tier_days=(7, 30, 90, 365)
    )


def test_a_file_may_begin_with_a_preset() -> None:
    careful = policy_from_toml('preset = "careful"\nopen_asks = 1')
    assert careful.model_copy(update={"open_asks": 2}) == PRESETS["careful"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("open_ask = 2", "mine.toml: open_ask: there is no such setting; open_asks is near"),
        ("open_asks = 0", "mine.toml: open_asks: input should be greater than or equal to 1"),
        ("nudges = 3", "mine.toml: nudges: input should be less than or equal to 2"),
        ("open_asks = 'many'\nnudges = 9", "open_asks: .*; nudges: "),
        ("open_asks =", "mine.toml is no TOML"),
        ("preset = 'wild'", "there is no preset 'wild'; there are default, careful, brisk"),
        ("preset = 3", "there is no preset 3"),
        ("chat_minutes_min = 40", "mine.toml: chat_minutes_min is above chat_minutes_max"),
        ("[limits]\nopen_asks = 2", "limits: there is no such setting"),
    ],
)
def test_refuses_what_it_does_not_know_and_names_the_file(text: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        policy_from_toml(text, "mine.toml")


def test_the_hash_changes_with_every_number() -> None:
    hashes = {Policy().hash}
    for name, value in Policy().settings.items():
        other: object = (
            (1, 2, 3, 4) if name == "tier_days" else 1.0 if isinstance(value, float) else _other(name, value)
        )
        hashes.add(Policy.model_validate({name: other}).hash)
    assert len(hashes) == 1 + len(Policy.model_fields)


def _other(name: str, value: int) -> int:
    return value - 1 if name in ("first_message_memory", "nudges") else value + 1


def test_a_changed_copy_has_a_hash_of_its_own() -> None:
    policy = Policy()
    before = policy.hash
    assert policy.model_copy(update={"open_asks": 4}).hash == Policy(open_asks=4).hash != before
    assert len(before) == 12


def test_a_setting_that_came_later_leaves_earlier_hashes_as_they_are() -> None:
    assert {name: preset.hash for name, preset in PRESETS.items()} == {
        "default": "5efa66610761", "careful": "c0b36fd428f8", "brisk": "ed4e94c9b86b",
    }  # fmt: skip
    assert "focus_people" not in Policy().model_dump_json()
    assert Policy.model_validate_json(Policy(focus_people=3).model_dump_json()) == Policy(focus_people=3)


def test_a_policy_is_frozen() -> None:
    with pytest.raises(ValidationError):
        Policy().open_asks = 9  # type: ignore[misc]


def test_presets_differ_from_one_another() -> None:
    assert len({policy.hash for policy in PRESETS.values()}) == len(PRESETS)
    assert PRESETS["default"] == Policy()


def test_tiers_are_numbered_from_one() -> None:
    assert [Policy().tier(tier) for tier in (1, 2, 3, 4)] == [21, 60, 180, 365]
