"""Every event comes back from its stored bytes as it was, whatever stands in it."""

from __future__ import annotations

import builtins
import json
import types
import typing
from datetime import UTC, date, datetime, time
from types import NoneType
from typing import Any, cast, get_args, get_origin
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, JsonValue

from kith.domain import asks
from kith.domain import seeker as s
from kith.domain.decision import Finding
from kith.domain.log import EVENTS, Event, Recorded
from kith.domain.policy import PRESETS, Policy
from kith.domain.relationship import events as e
from kith.workflows.errors import CorruptEvent
from kith.workflows.stores.mapper import KithMapper, decode

ORIGINATOR = UUID(int=7)
FIRST, LAST = datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2199-01-01")
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.timezones())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LINES = TEXTS.map(lambda text: f"x{text}x")
NUMBERS = st.integers(-(2**53), 2**53)
JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "tier": st.none() | st.integers(1, 4),
    "quiet_days": st.none() | st.lists(st.integers(0, 6), max_size=7),
    "how": st.sampled_from(["done elsewhere", "not needed"]),
    "policy": LINES,
    "changes": st.dictionaries(TEXTS, JSON, max_size=3),
    "fingerprint": st.lists(st.integers(0, 0xFFFF), max_size=5),
}


def built(kind: type[BaseModel], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of a model, each field by what is told, its name or its type; optional ones are left out at times."""
    known = {name: strategy for name, strategy in (BY_NAME | fields).items() if name in kind.model_fields}
    every = {name: known[name] if name in known else of(info.annotation) for name, info in kind.model_fields.items()}
    required = {name: every.pop(name) for name, info in kind.model_fields.items() if info.is_required()}
    return st.fixed_dictionaries(required, optional=every).map(kind.model_validate)


def of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a type, whatever it is annotated with."""
    inner = get_args(annotation)
    match get_origin(annotation):
        case None:
            return st.none() if annotation is NoneType else st.from_type(annotation)
        case typing.Annotated:
            return of(inner[0])
        case builtins.tuple:
            return st.lists(of(inner[0]), max_size=3).map(tuple)
        case typing.Union | types.UnionType:
            return st.one_of([of(one) for one in inner])
        case _:
            return st.from_type(annotation)


for scalar, strategy in (
    (datetime, INSTANTS),
    (AwareDatetime, INSTANTS),
    (date, st.dates(FIRST.date())),
    (time, st.times()),
    (str, LINES),
    (int, NUMBERS),
):
    st.register_type_strategy(cast("type[object]", scalar), strategy)
st.register_type_strategy(Policy, st.sampled_from(list(PRESETS.values())))
st.register_type_strategy(
    Finding, st.builds(Finding, guard=LINES, holds=st.booleans(), why=LINES, evidence=st.tuples(NUMBERS))
)
for value in (
    asks.Question,
    asks.FirstMessage,
    asks.ChatAsk,
    asks.IntroAsk,
    asks.ReferralAsk,
    asks.Nudge,
    asks.Introducing,
    s.Job,
):
    st.register_type_strategy(value, built(value))

OVERRIDDEN: dict[type[Event], dict[str, st.SearchStrategy[Any]]] = {
    s.PolicyAdopted: {"policy": st.sampled_from(list(PRESETS.values()))},
    s.AskCleared: {"how": LINES},
    e.TiesNoted: {
        "others": st.lists(st.uuids(), min_size=1, max_size=3),
        "people": st.none() | st.integers(min_value=3, max_value=2**53),
    },
    e.BackgroundNoted: {"start": st.none() | st.integers(1900, 2050), "end": st.none() | st.integers(2050, 2199)},
}
EVERY_EVENT = st.sampled_from(sorted(EVENTS)).flatmap(
    lambda topic: built(EVENTS[topic], **OVERRIDDEN.get(EVENTS[topic], {}))
)
PLACES = st.builds(
    Recorded, st.just(ORIGINATOR), st.integers(1, 9_999), EVERY_EVENT, INSTANTS.map(lambda at: at.astimezone(UTC)),
    LINES, st.sampled_from(["manual", "import:7", "flow:sweep"]), st.none() | LINES,
)  # fmt: skip


def stored(recorded: Recorded) -> StoredEvent:
    return KithMapper().to_stored_event(recorded)


@settings(max_examples=250)
@given(PLACES)
def test_an_event_comes_back_as_it_was(recorded: Recorded) -> None:
    assert KithMapper().to_domain_event(stored(recorded)) == recorded


@pytest.mark.parametrize("topic", sorted(EVENTS))
def test_every_kind_of_event_comes_back(topic: str) -> None:
    @settings(max_examples=3)
    @given(built(EVENTS[topic], **OVERRIDDEN.get(EVENTS[topic], {})))
    def comes_back(event: Event) -> None:
        recorded = Recorded(ORIGINATOR, 3, event, datetime(2026, 1, 5, tzinfo=UTC), "c1")
        assert KithMapper().to_domain_event(stored(recorded)) == recorded

    comes_back()


@settings(max_examples=60)
@given(PLACES, st.dictionaries(LINES, JSON, max_size=3))
def test_fields_of_a_later_version_are_passed_over(recorded: Recorded, more: dict[str, JsonValue]) -> None:
    row = stored(recorded)
    fields = {**{f"later_{name}": value for name, value in more.items()}, **json.loads(row.state)}
    again = decode(
        ORIGINATOR, recorded.originator_version, row.topic, json.dumps(fields, separators=(",", ":")).encode()
    )
    assert again == recorded


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b"null", b"\xff", b'{"at": 1}', b'{"$": {}}'])
def test_damaged_bytes_name_their_row(state: bytes) -> None:
    with pytest.raises(CorruptEvent, match=rf"{ORIGINATOR}\.4 \(relationship\.touched\.v1\)"):
        decode(ORIGINATOR, 4, "relationship.touched.v1", state)


def test_an_unknown_topic_names_its_row() -> None:
    row = stored(Recorded(ORIGINATOR, 4, e.Reopened(at=LAST.replace(tzinfo=UTC)), LAST.replace(tzinfo=UTC), "c1"))
    with pytest.raises(CorruptEvent, match=rf"{ORIGINATOR}\.4 \(relationship\.unheard-of\.v9\)") as raised:
        decode(ORIGINATOR, 4, "relationship.unheard-of.v9", row.state)
    assert (raised.value.originator, raised.value.version) == (ORIGINATOR, 4)
