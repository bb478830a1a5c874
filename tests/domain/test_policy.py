"""The policy: its defaults, presets, TOML overrides and hash."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from kith.domain.errors import InvalidInput
from kith.domain.policy import PRESETS, Policy, policy_from_toml

TIERS = "such as [21, 60, 180, 365]"


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
        ("open_ask = 2", "open_ask: there is no such setting. Did you mean open_asks?"),
        ("Open-Asks = 2", "Open-Asks: there is no such setting. Did you mean open_asks?"),
        ("zebra = 2", "zebra: there is no such setting."),
        ("open_asks = 0", "open_asks: at least 1 is wanted, such as 3; not 0."),
        ("nudges = 3", "nudges: at most 2 is wanted, such as 1; not 3."),
        ("thanks_hours = 9000", "thanks_hours: at most 8,760 is wanted, such as 24; not 9000."),
        ("gifts_before_ask = 'two'", 'gifts_before_ask: a whole number is wanted, such as 1; not "two".'),
        ("gifts_before_ask = '2'", 'gifts_before_ask: a whole number is wanted, such as 1; not "2".'),
        ("gifts_before_ask = 1.5", "gifts_before_ask: a whole number is wanted, such as 1; not 1.5."),
        ("gifts_before_ask = 2026-01-05", "gifts_before_ask: a whole number is wanted, such as 1; not 2026-01-05."),
        ("[gifts_before_ask]", "gifts_before_ask: a whole number is wanted, such as 1; not a section."),
        ("first_message_similarity = 'x'", 'first_message_similarity: a number is wanted, such as 0.8; not "x".'),
        ("first_message_similarity = -0.5", "first_message_similarity: at least 0 is wanted, such as 0.8; not -0.5."),
        ("tier_days = 21", f"tier_days: a list of whole numbers is wanted, {TIERS}; not 21."),
        ("tier_days = [1, 'x', true]", f'tier_days: a list of 4 whole numbers is wanted, {TIERS}; not [1, "x", true].'),
        ("tier_days = [1, 2, 'x', 4]", f'tier_days: a list of 4 whole numbers is wanted, {TIERS}; not [1, 2, "x", 4].'),
        ("tier_days = [1, 2]", f"tier_days: a list of 4 whole numbers is wanted, {TIERS}; not [1, 2]."),
        ("tier_days = [1, 2, 3, 4, 5]",
         f"tier_days: a list of 4 whole numbers is wanted, {TIERS}; not [1, 2, 3, 4, 5]."),
        ("tier_days = [-1, 2, 3, 4]", f"tier_days: at least 0 is wanted throughout, {TIERS}; not [-1, 2, 3, 4]."),
        ("preset = 'wild'", 'preset: default, careful or brisk is wanted; not "wild".'),
        ("preset = 'Careful'", 'preset: default, careful or brisk is wanted; not "Careful". Did you mean careful?'),
        ("preset = 3", "preset: default, careful or brisk is wanted; not 3."),
        ("chat_minutes_min = 40", "chat_minutes_min: 40 is more than chat_minutes_max, which is 30."),
    ],
)  # fmt: skip
def test_refuses_what_it_does_not_know_and_names_the_file(text: str, told: str) -> None:
    assert refused(text) == [f"mine.toml: {told}"]


def refused(text: str) -> list[str]:
    """The lines that tell what is wrong with the text."""
    with pytest.raises(InvalidInput) as error:
        policy_from_toml(text, "mine.toml")
    return str(error.value).splitlines()


@pytest.mark.parametrize("setting", ["gifts_before_ask", "first_message_similarity"])
@pytest.mark.parametrize("value", ["true", "false"])
def test_yes_and_no_are_no_numbers(setting: str, value: str) -> None:
    assert f"not {value}." in refused(f"{setting} = {value}")[0]


def test_a_whole_number_will_do_where_any_number_does() -> None:
    assert policy_from_toml("first_message_similarity = 1").first_message_similarity == 1


def test_the_days_of_tiers_rise() -> None:
    assert refused("tier_days = [365, 180, 60, 21]") == [
        f"mine.toml: tier_days: a list of rising whole numbers is wanted, {TIERS}; not [365, 180, 60, 21]."
    ]
    assert policy_from_toml("tier_days = [30, 30, 90, 90]").tier(2) == 30


def test_a_policy_that_was_adopted_before_tiers_had_to_rise_still_loads() -> None:
    stored = Policy(tier_days=(365, 180, 60, 21)).model_dump_json()
    assert Policy.model_validate(json.loads(stored)).tier(1) == 365


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = """
        preset = "wild"
        open_asks = "many"
        nudges = 9
        chat_minutes_min = 60
        chat_minutes_max = 30
        tier_days = [365, 180, 60, 21]
        opne_asks = 2
    """
    assert [line.split(": ")[1] for line in refused(text)] == [
        "preset", "open_asks", "nudges", "opne_asks", "chat_minutes_min", "tier_days",
    ]  # fmt: skip


def test_limits_that_leave_no_room_are_told_once_their_numbers_can_be_read() -> None:
    assert [line.split(": ")[1] for line in refused("chat_minutes_min = 'x'\nchat_minutes_max = 10")] == [
        "chat_minutes_min"
    ]
    with pytest.raises(ValidationError, match="chat_minutes_min: 40 is more than chat_minutes_max, which is 30"):
        Policy(chat_minutes_min=40)


@pytest.mark.parametrize("text", ["[policy]\ngifts_before_ask = 2", "[[policy]]\nnudges = 1", "policy.nudges = 1"])
def test_settings_of_a_section_are_told_to_stand_at_the_top(text: str) -> None:
    assert refused(text) == [
        "mine.toml: policy: there is no such setting; the settings stand at the top of the file, without a section."
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nudges = 1\nopen_asks =", "mine.toml:2: That is no TOML: invalid value (at end of document)."),
        ("\nopen_asks = two\n", "mine.toml:2: That is no TOML: invalid value (column 13)."),
        ("nudges = 1\nnudges = 2\n", "mine.toml:2: That is no TOML: cannot overwrite a value (column 11)."),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, told: str) -> None:
    assert refused(text) == [told]


def test_a_long_value_is_told_in_short() -> None:
    assert len(refused(f"nudges = '{'x' * 500}'")[0]) < 150


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
