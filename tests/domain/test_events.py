"""The promises that events make: topics, speaking names, and which of their fields are about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from kith.domain.log import EVENTS, Event, Personal, personal_fields
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.speaking import SPEAKING
from tests.domain.story import day

GOLDEN = Path(__file__).parents[1] / "golden" / "topics.txt"

NOT_PERSONAL = {
    "ImportStarted.digest": "a hash of the file",
    "ImportStarted.format": "one of the importers' names",
    "SeekerRegistered.time_zone": "shared by millions, and needed to count days",
    "ProfileUpdated.time_zone": "shared by millions, and needed to count days",
    "PolicyAdopted.hash": "a hash of numbers",
    "AskCleared.how": "one of seven words",
    "AskBooked.opening": "a company's opening, which outlives the people asked about it",
    "ReferralBooked.opening": "a company's opening",
    "ReferralGiven.opening": "a company's opening",
    "ReferralGiven.role": "a company's opening",
    "ReferralGiven.company": "a company's opening",
    "ReferralAsked.opening": "a company's opening",
    "ReferralAsked.ask.role": "sealed with the whole ask",
    "ReferralAsked.ask.company": "sealed with the whole ask",
    "ReferralAsked.ask.link": "sealed with the whole ask",
    "IntroAsked.ask.company": "sealed with the whole ask",
    "IntroductionAsked.company": "a company, not a person",
    "Touched.external_id": "the source's own id; importers hash it",
    "GiftGiven.external_id": "the source's own id; importers hash it",
    "TiesNoted.external_id": "the source's own id; importers hash it",
    "ChatHeld.external_id": "the source's own id; importers hash it",
    "GiftGiven.gift": "one of six kinds",
    "AskRefused.kind": "one of six kinds",
    "AskRefused.guards": "names of guards",
    "GuardOverridden.guard": "a guard's name",
    "TimerFired.kind": "one of nine kinds",
    "TimerFired.subject": "an ask's id or an event's number",
    "DebtSettled.debt": "an action's key: a kind and a number",
    "DebtSettled.how": "one of two phrases",
}
"""Texts that are not about a person, each with the reason."""
ALWAYS = {"policy": "a hash of numbers", "overridden": "names of guards", "type": "the kind of ask"}
"""Fields that are never about a person, wherever they stand."""


def texts(kind: type[Any], path: str) -> Iterator[tuple[str, bool]]:
    """Every text inside a model, at whatever depth, and whether it is marked."""
    hints = get_type_hints(kind, include_extras=True)
    names = kind.model_fields if issubclass(kind, BaseModel) else [field.name for field in fields(kind)]
    for name in names:
        if name not in ALWAYS:
            yield from _inside(hints[name], f"{path}.{name}", marked=False)


def _inside(annotation: Any, path: str, *, marked: bool) -> Iterator[tuple[str, bool]]:
    if get_origin(annotation) is Annotated:
        base, *metadata = get_args(annotation)
        yield from _inside(base, path, marked=marked or Personal in metadata)
    elif annotation is str or (annotation in (object, Any)):
        yield path, marked
    elif annotation is Policy:
        return
    elif isinstance(annotation, type) and (issubclass(annotation, BaseModel) or is_dataclass(annotation)):
        if not marked:
            yield from texts(annotation, path)
    else:
        for part in get_args(annotation):
            if part not in (NoneType, ...):
                yield from _inside(part, path, marked=marked)


UNMARKED = sorted({path for kind in EVENTS.values() for path, marked in texts(kind, kind.__name__) if not marked})


def reason(path: str) -> str | None:
    """Why a text needs no mark."""
    refused = path.replace("AskRefused.ask.", "ReferralAsked.ask.")
    return NOT_PERSONAL.get(path) or (NOT_PERSONAL.get(refused) if path.startswith("AskRefused.ask.") else None)


def test_every_text_about_a_person_is_marked_personal() -> None:
    assert [path for path in UNMARKED if reason(path) is None] == []


def test_the_list_of_exceptions_holds_nothing_that_is_gone() -> None:
    assert sorted(set(NOT_PERSONAL) - set(UNMARKED)) == []


@pytest.mark.parametrize(
    ("kind", "personal"),
    [
        (e.RelationshipOpened, {"name", "company", "position", "email", "url", "keys"}),
        (e.Touched, {"note"}),
        (e.ReferralAsked, {"ask"}),
        (e.AskRefused, {"ask", "findings"}),
        (e.FactCorrected, {"changes", "reason"}),
        (e.OutcomeLearned, {"outcome"}),
        (e.Reopened, set()),
    ],
)
def test_the_personal_fields_of_an_event_are_found_at_any_depth(kind: type[Event], personal: set[str]) -> None:
    assert personal_fields(kind) == personal


def test_every_event_has_a_speaking_name() -> None:
    assert {kind.__name__ for kind in EVENTS.values()} ^ {kind.__name__ for kind in SPEAKING} == set()


def test_speaking_names_are_unique_lower_case_and_short() -> None:
    assert len(set(SPEAKING.values())) == len(SPEAKING)
    assert all(name == name.lower().strip() and len(name) < 40 for name in SPEAKING.values())


def test_topics_only_ever_grow() -> None:
    """A topic is what the log stores. Add new ones to the file; take none away, and change none."""
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == sorted(EVENTS)


def test_topics_name_aggregate_event_and_version() -> None:
    for topic, kind in EVENTS.items():
        aggregate, name, version = topic.split(".")
        assert aggregate in ("relationship", "seeker", "introduction", "connector-load")
        assert name
        assert (version, kind.class_version) == ("v1", 1)


def test_two_events_never_share_a_topic() -> None:
    with pytest.raises(TypeError, match="share the topic"):
        type("Impostor", (Event,), {"TOPIC": e.Touched.TOPIC, "__module__": __name__})


def test_instants_are_aware_and_kept_in_utc() -> None:
    assert e.Reopened(at=day(0).astimezone()).at.utcoffset() == day(0).utcoffset()
    with pytest.raises(ValueError, match="timezone"):
        e.Reopened(at=day(0).replace(tzinfo=None))
