"""The log for process mining: valid, complete, without anybody's words, and readable by the tools."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.errors import InvalidInput
from kith.domain.log import EVENTS, personal_fields
from kith.domain.relationship import events as e
from kith.workflows import AskKind, AskRefused, IntroAsk, Kith, Person, Touch
from kith.workflows.application.eventlogs.telling import DETAILS
from kith.workflows.application.exporting import Format
from tests.engine.properties import ALL_MOVES, World
from tests.eventlogs import Ocel, XesTrace, ocel, xes
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, referral_ask
from tests.stores import damage


def exported(kith: Kith, format: Format, *, pseudonymous: bool = False) -> str:  # noqa: A002 - the word for it
    """What is written."""
    out = StringIO()
    kith.export_event_log(out, format, pseudonymous=pseudonymous)
    return out.getvalue()


def as_ocel(kith: Kith) -> Ocel:
    """The log as OCEL 2.0, which is valid."""
    return ocel(exported(kith, "ocel2"))


def as_xes(kith: Kith) -> dict[str, XesTrace]:
    """The traces of the log as XES, which is valid, by the person's name."""
    return {trace.attributes["person"]: trace for trace in xes(exported(kith, "xes"))}


def names(trace: XesTrace) -> list[str]:
    """The names of a trace's events."""
    return [event["concept:name"] for event in trace.events]


def test_every_relationship_is_a_trace_in_the_order_in_which_it_happened(kith: Kith, clock: Clock) -> None:
    ana, ben = kith.meet(Person(name="Ana Silva")), kith.meet(Person(name="Ben Cho"))
    clock.forward(days=9)
    kith.touch(ana, Touch.reply())
    kith.touch(ana, Touch.message(at=clock.now - timedelta(days=3)))
    traces = as_xes(kith)
    assert names(traces["Ana Silva"]) == ["met", "touch", "reply"]
    assert names(traces["Ben Cho"]) == ["met"]
    assert [trace.attributes["concept:name"] for trace in traces.values()] == [str(ana), str(ben)]
    _, touch, reply = traces["Ana Silva"].events
    assert touch["time:timestamp"] < reply["time:timestamp"] == touch["recorded_at"]
    assert (touch["org:role"], reply["org:role"]) == ("seeker", "person")
    assert (touch["lifecycle:transition"], touch["id"]) == ("complete", f"{ana}.3")


def test_events_are_about_asks_openings_and_introductions(kith: Kith, clock: Clock) -> None:
    ana = introduced(kith, clock)
    kith.ask(ana, referral_ask())
    kith.receive_referral(ana)
    log = as_ocel(kith)
    [intro], [asked], [given], [made] = (log.of(n) for n in ("intro ask", "referral ask", "referral", "introduction"))
    assert asked.about("ask") == given.about("ask")
    assert asked.about("opening") == given.about("opening") != []
    assert intro.about("introduction") == made.about("introduction") != []
    assert len(made.about("relationship")) == 2
    assert intro.about("person") == [f"person:{kith.relationship(ana).person.id}"]
    assert {one.type for one in log.objects} == {
        "seeker", "person", "relationship", "ask", "introduction", "opening"
    }  # fmt: skip
    [opening] = log.things("opening")
    assert [(a.name, a.value) for a in opening.attributes] == [
        ("role", "Risk analyst"), ("company", "Northwind Analytics")
    ]  # fmt: skip
    [course] = [one for one in log.things("relationship") if one.id == f"relationship:{ana}"]
    assert [a.value for a in course.attributes if a.name == "stage"] == [
        "nurtured", "value given", "coffee chat", "intro", "referral"
    ]  # fmt: skip


def test_a_volunteered_introduction_is_an_object_too(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)
    log = as_ocel(kith)
    [made] = log.of("introduction")
    assert made.about("introduction") == [f"introduction:{made.id}"]
    [agreed] = log.of("agreement to be introduced")
    assert f"relationship:{ana}" in agreed.about("relationship")


def test_a_refused_ask_is_told_with_its_guards(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(AskRefused):
        kith.ask(ana, IntroAsk(target="Ben Cho"))
    [refused] = as_ocel(kith).of("refused ask")
    assert refused.value("kind") == "introduction"
    assert "no-cold-ask" in (refused.value("guards") or "")
    assert refused.about("ask") == [f"ask:{refused.id}"]


def test_what_was_revised_is_told_as_it_was_recorded_with_a_mark(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.message())
    kith.touch(ana, Touch.reply())
    kith.undo(f"{ana}.2", "another Ana")
    kith.correct(f"{ana}.3", "it was earlier", changes={"at": clock.now - timedelta(days=2)})
    marks = [(event["concept:name"], event.get("revised")) for event in as_xes(kith)["Ana Silva"].events]
    assert marks == [
        ("met", None), ("touch", "taken back"), ("reply", "corrected"), ("retraction", None), ("correction", None)
    ]  # fmt: skip
    [reply] = as_ocel(kith).of("reply")
    assert reply.time == clock.now


def test_somebody_who_was_taken_back_is_told_with_marks(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.undo(f"{ana}.1", "nobody of that name")
    assert [event.get("revised") for event in as_xes(kith)["Ana Silva"].events] == ["taken back", None]


def test_nothing_of_what_others_answered_shows(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    kith.ask(ana, intro_ask())
    before = {name: exported(kith, name) for name in ("xes", "ocel2")}
    [intro] = kith.introductions()
    kith.consent(intro.id, "connector", yes=True, role="connector")
    assert {name: exported(kith, name) for name in ("xes", "ocel2")} == before
    kith.consent(intro.id, "target", yes=False, role="coach")
    assert {name: exported(kith, name) for name in ("xes", "ocel2")} == before
    clock.forward(days=60)
    kith.sweep()
    assert "lapse" in names(as_xes(kith)["Ana Silva"])
    for text in (exported(kith, "xes"), exported(kith, "ocel2")):
        assert "consent" not in text
        assert "coach" not in text


def test_none_of_the_details_is_personal() -> None:
    personal = {(kind.__name__, name) for kind in EVENTS.values() for name in personal_fields(kind) if name in DETAILS}
    origins = {(e.RelationshipOpened.__name__, "origin"), (e.PersonDescribed.__name__, "origin")}
    assert personal - origins == set()


WORDS = ("Porto", "payment data", "ana@example.org", "example.org/paper", "slides", "twenty minutes", "What about")


@pytest.mark.parametrize("name", ["xes", "ocel2"])
def test_nobodys_words_are_told_and_names_only_where_they_may_be(kith: Kith, clock: Clock, name: Format) -> None:
    ana = introduced(kith, clock)
    kith.ask(ana, referral_ask())
    kith.note(ana, "likes Porto")
    text = exported(kith, name)
    assert "Ana Silva" in text
    for word in (
        "Porto",
        "payment data",
        "ana@example.org",
        "example.org/paper",
        "slides",
        "twenty minutes",
        "What about",
    ):
        assert word not in text
    pseudonymous = exported(kith, name, pseudonymous=True)
    for word in ("Ana", "Silva", "Ben Cho", "Mira", "Northwind", "Risk analyst"):
        assert word not in pseudonymous


def test_names_that_xml_can_not_hold_are_told_all_the_same(kith: Kith) -> None:
    kith.meet(Person(name='<Ana> & "Silva"\x07\x0b!'))
    assert list(as_xes(kith)) == ['<Ana> & "Silva"\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}!']
    [person] = as_ocel(kith).things("person")
    assert person.attributes[0].value.startswith('<Ana> & "Silva"')


def test_every_seeker_hands_out_their_own(kith: Kith, clock: Clock) -> None:
    kith.meet(Person(name="Ana Silva"))
    mira = kith.serving(kith.seeker().id)
    with kith.serving(kith.register("Lena Braun", another=True)) as lena:
        nurture(lena, clock, "Ben Cho")
        assert list(as_xes(lena)) == ["Ben Cho"]
        assert [one.attributes[0].value for one in as_ocel(lena).things("seeker")] == ["Lena Braun"]
    assert list(as_xes(mira)) == ["Ana Silva"]


def test_a_seeker_without_anybody_has_a_log_too(kith: Kith) -> None:
    assert as_xes(kith) == {}
    assert [event.type for event in as_ocel(kith).events] == ["beginning"]


def test_the_policy_is_told_by_its_hash(kith: Kith) -> None:
    policy = kith.seeker().policy.model_copy(update={"open_asks": 2})
    kith.adopt_policy(policy)
    [adopted] = as_ocel(kith).of("policy adoption")
    assert adopted.value("policy") == policy.hash


def test_somebody_whose_record_is_damaged_is_left_out_and_named(kith: Kith, clock: Clock) -> None:
    ana, _ = nurture(kith, clock), nurture(kith, clock, "Ben Cho")
    damage(kith.store, ana, 2)
    assert list(as_xes(kith)) == ["Ben Cho"]
    assert [one.id for one in as_ocel(kith).things("relationship") if not one.attributes] == [f"relationship:{ana}"]
    done = kith.export_event_log(StringIO(), "xes")
    assert (done.relationships, done.unreadable) == (1, (ana,))


def test_another_format_is_refused(kith: Kith) -> None:
    with pytest.raises(InvalidInput, match="there are xes and ocel2"):
        kith.export_event_log(StringIO(), "xml")  # type: ignore[arg-type]


def test_it_is_the_same_however_many_are_read_together(
    kith: Kith, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ana Silva", "Ben Cho", "Cleo Duarte"):
        nurture(kith, clock, name)
    whole = exported(kith, "xes"), exported(kith, "ocel2")
    monkeypatch.setattr("kith.workflows.application.exporting.AT_ONCE", 1)
    monkeypatch.setattr("kith.workflows.application.exporting.IN_MEMORY", 10)
    assert (exported(kith, "xes"), exported(kith, "ocel2")) == whole


NUMBER = st.integers(0, 839)


@pytest.mark.usefixtures("worlds_in_memory")
@given(
    st.lists(NUMBER, min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(ALL_MOVES), st.integers(0, 3), NUMBER, NUMBER), min_size=10, max_size=50),
)
@settings(max_examples=40)
def test_whatever_happened_is_told_completely(origins: list[int], moves: list[tuple[str, int, int, int]]) -> None:
    world = World()
    for origin in origins:
        world.move("meet", 0, origin, 0)
    for move in moves:
        world.move(*move)
    happened = {recorded.id for recorded in world.log() if recorded.event.TOPIC.startswith("relationship.")}
    log, traces = as_ocel(world.kith), xes(exported(world.kith, "xes"))
    assert {event["id"] for trace in traces for event in trace.events} == happened
    assert happened <= {event.id for event in log.events}
    asked = {f"ask:{r.event.ask_id}" for r in world.log() if isinstance(r.event, e.AskMade)}
    assert asked <= {one.id for one in log.things("ask")}


READ = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pm4py
traces = pm4py.read_xes(sys.argv[1])
log = pm4py.read_ocel2_json(sys.argv[2])
print(json.dumps({
    "cases": int(traces["case:concept:name"].nunique()), "rows": len(traces),
    "activities": sorted(traces["concept:name"].unique()), "events": len(log.events), "objects": len(log.objects),
    "types": sorted(pm4py.ocel_get_object_types(log)), "links": len(log.o2o), "changes": len(log.object_changes),
    "model": len(pm4py.discover_dfg(traces)[0]), "flat": len(pm4py.ocel_flattening(log, "ask")),
}))
"""


@pytest.mark.slow
def test_pm4py_reads_both(tmp_path: Path, clock: Clock) -> None:
    with Kith.open(tmp_path / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        kith.ask(introduced(kith, clock), referral_ask())
        kith.decline(kith.find("Ana Silva"), AskKind.REFERRAL)
        paths = [tmp_path / "log.xes", tmp_path / "log.json"]
        paths[0].write_text(exported(kith, "xes"), encoding="utf-8")
        paths[1].write_text(exported(kith, "ocel2"), encoding="utf-8")
        expected = as_ocel(kith)
    read = reading(READ, *map(str, paths))
    assert read["cases"] == 2
    assert {"met", "coffee chat", "intro ask", "referral ask", "decline"} <= set(read["activities"])
    assert (read["events"], read["objects"]) == (len(expected.events), len(expected.objects))
    assert read["types"] == ["ask", "introduction", "opening", "person", "relationship", "seeker"]
    assert read["links"] == sum(len(one.relationships) for one in expected.objects)
    assert min(read["changes"], read["model"], read["flat"]) > 0


def reading(program: str, *arguments: str) -> Any:
    """What a program prints last, as JSON; in a process of its own, for the package is of another licence."""
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])
