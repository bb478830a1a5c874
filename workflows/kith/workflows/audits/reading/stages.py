"""At which stage a relationship was: as was on record then, or when something happened, whatever was recorded when."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kith.domain.relationship import events as e
from kith.domain.stages import Stage
from kith.workflows.audits.reading.log import Log

if TYPE_CHECKING:
    from kith.workflows.audits.reading.said import Said

STAGE = "stage"
TOLD_BY = frozenset({e.StageAdvanced.TOPIC, e.StageCorrected.TOPIC})
"""The events that say a stage themselves, from which the others learn theirs."""


class Move(NamedTuple):
    """A stage that was reached, or corrected; in the order in which that happened."""

    at: int
    version: int
    stage: Stage
    corrected: bool = False


class Stages:
    """The stages of every relationship that were reached without skipping one."""

    def __init__(self) -> None:
        self._recorded: dict[str | None, Stage] = {}
        self._moves: defaultdict[str | None, list[Move]] = defaultdict(list)

    def learn(self, said: Said) -> None:
        """Remember that a stage was reached, or that it was corrected."""
        corrected = said.topic == e.StageCorrected.TOPIC
        if not corrected and said.fields.get("skipped"):
            return
        stage = Stage(said.fields["earned" if corrected else "stage"])
        move = Move(said.at, said.version, stage, corrected)
        self._moves[said.relationship].append(move)
        self._recorded[said.relationship] = _after(self._recorded.get(said.relationship, Stage.MET), move)

    def on_record(self, said: Said) -> str:
        """The highest one that was on record before an event."""
        return self._recorded.get(said.relationship, Stage.MET).words

    def as_it_happened(self, log: Log) -> None:
        """Give every event that tells its stage the one that had been reached when it happened."""
        found = {code: sign for code, sign in enumerate(log.signs) if log.tells(sign.topic, STAGE)}
        moves = {relationship: sorted(many) for relationship, many in self._moves.items()}
        reached = {relationship: _course(many) for relationship, many in moves.items()}
        for row, code in enumerate(log.code):
            if code in found and found[code].topic not in TOLD_BY:
                relationship = log.ids[log.of(row)]
                before = bisect_left(moves.get(relationship, ()), (log.at[row], log.version[row]))
                stage = reached[relationship][before] if before else Stage.MET
                log.code[row] = log.retold(found[code], STAGE, stage.words)


def _course(moves: Iterable[Move]) -> list[Stage]:
    """The stage before the first move, and after each."""
    stages = [Stage.MET]
    for move in moves:
        stages.append(_after(stages[-1], move))
    return stages


def _after(stage: Stage, move: Move) -> Stage:
    return move.stage if move.corrected else max(stage, move.stage)
