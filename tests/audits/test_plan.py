"""An audit reads no more of the log than its policies need."""

from __future__ import annotations

from kith.domain.relationship import events as e
from kith.workflows.audits.reading.plan import planned
from tests.audits.logs import policy


def test_a_stay_in_a_stage_is_told_by_the_stages_alone() -> None:
    stays = policy(
        "Given every relationship", "When a stage advance happens",
        "Then it may stay in stage value given at most 90 days",
    )  # fmt: skip
    plan = planned(stays.reads())
    assert plan.learning == frozenset()
    assert {topic for topic, asked in plan.attributes.items() if asked} == {
        e.StageAdvanced.TOPIC, e.StageCorrected.TOPIC, e.RelationshipOpened.TOPIC
    }  # fmt: skip


def test_the_stage_of_other_events_is_learned() -> None:
    early = policy(
        "Given every relationship", "When a referral ask happens", "And its stage is met", "Then it must never happen"
    )
    assert planned(early.reads()).learning == {e.StageAdvanced.TOPIC, e.StageCorrected.TOPIC}
