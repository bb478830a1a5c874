"""The flows against a real Prefect server: what they do to the store, and what they tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from uuid import UUID, uuid4

import pytest

from kith.workflows import Gift, Kith, Policy, Touch
from kith.workflows.errors import StoreBusy
from tests.cli.shell import SAMPLE
from tests.flows.conftest import LATER, artifact, done, failed, newest
from tests.kithtest import START, Clock, chatted, intro_ask
from tests.mailserver import Sink, mail_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
"""Prefect leaves the sockets of its event clients to the garbage collector."""

MIRA = "mira@example.org"


@pytest.mark.usefixtures("ana")
def test_a_sweep_fires_what_is_due_once() -> None:
    from kith.workflows.flows.sweep import sweep

    first, second = done(sweep(return_state=True)), done(sweep(return_state=True))
    assert first["fired"] == {"answer": 1, "dormant": 1}
    assert second["fired"] == {}
    assert "Nothing was due." in artifact("sweep")


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(("error", "tries"), [(StoreBusy(), 4), (ZeroDivisionError(), 1)])
def test_only_what_passes_by_itself_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int
) -> None:
    from kith.workflows.flows import sweep as module

    tried: list[Exception] = []

    def sweeps(*_: object, **__: object) -> None:
        tried.append(error)
        raise error

    monkeypatch.setattr(Kith, "sweep", sweeps)
    monkeypatch.setattr(module.sweep_some, "retry_delay_seconds", [0, 0, 0])
    failed(module.sweep(return_state=True))
    assert len(tried) == tries


@pytest.mark.usefixtures("ana")
def test_every_seeker_is_in_one_part_of_a_sweep() -> None:
    from kith.workflows.flows.sweep import sweep

    fired = [done(sweep(shard=shard, shards=3, return_state=True))["fired"] for shard in range(3)]
    assert sorted(map(len, fired)) == [0, 0, 2]


def test_a_guard_that_does_not_hold_is_a_finished_run_with_its_reasons(ana: UUID) -> None:
    from kith.workflows.flows.advance import advance

    report = done(advance(ana, return_state=True))
    assert report["refused_all"]
    assert report["rows"][0]["missing"] == ["a touch on 2 more days", "a touch on 16 March 2026 or later"]
    assert str(ana) in artifact("advance-table")
    assert "Ana" not in artifact("advance-table") + artifact("advance")


def test_whoever_has_earned_the_next_stage_is_moved_and_nobody_else(ana: UUID, home: Path) -> None:
    from kith.workflows.flows.advance import advance

    with Kith.open(home / "kith.sqlite") as kith:
        kith.adopt_policy(Policy(nurtured_touches=1, nurtured_spread_days=0))
    nobody = uuid4()
    report = done(advance([ana, nobody], return_state=True))
    assert report["rows"][0]["reached"] == ["nurtured"]
    assert report["rows"][1]["missing"] == ["it is not on record"]
    assert (report["advanced"], report["refused_all"]) == (1, False)
    assert newest(1) == ["advance 2 relationships"]
    with Kith.open(home / "kith.sqlite") as kith:
        kith.touch(ana, Touch.call())
        kith.give(ana, Gift.help("the slides", because="she presents"))
    assert done(advance("stage=3", return_state=True))["checked"] == 1
    assert done(advance("stage=1", return_state=True))["checked"] == 0
    assert newest(2) == ["advance everybody at stage met", "advance everybody at stage value given"]


@pytest.mark.parametrize("who", ["ana", "stage=7", ["ana"], None])
def test_flows_take_ids_and_numbers_only(who: object) -> None:
    from prefect.exceptions import ParameterTypeError

    from kith.workflows.flows.advance import advance

    with pytest.raises(ParameterTypeError):
        advance.validate_parameters({"who": who})


@pytest.mark.usefixtures("ana")
def test_an_audit_counts_what_the_guards_did() -> None:
    from kith.workflows.flows.audit import audit

    assert done(audit(return_state=True))["problems"] == []
    assert "The store is sound." in artifact("audit")


def test_a_damaged_store_is_a_failed_audit(ana: UUID, home: Path) -> None:
    import sqlite3
    from contextlib import closing

    from kith.workflows.flows.audit import audit

    with closing(sqlite3.connect(home / "kith.sqlite")) as store, store:
        store.execute("UPDATE relationships SET stage = 6 WHERE id = ?", (ana.hex,))
    assert failed(audit(return_state=True)) == "1 problem found in the store."
    assert "The table relationships differs from the log" in artifact("audit")


@pytest.mark.usefixtures("ana")
def test_what_lies_in_the_inbox_is_brought_in_once(home: Path) -> None:
    from kith.workflows.flows.import_network import import_network

    inbox = home / "inbox"
    inbox.mkdir()
    copyfile(SAMPLE, inbox / "Mira.zip")
    first, second = done(import_network(return_state=True)), done(import_network(return_state=True))
    assert first["exports"] == 1
    assert first["people"] > 5
    assert (second["people"], second["facts"]) == (0, 0)
    (inbox / "letter.txt").write_text("no export")
    assert failed(import_network(return_state=True)) == "Some of it is no export that can be read."


@pytest.mark.usefixtures("ana")
def test_a_digest_goes_to_the_seeker_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.workflows.flows.digest import digest

    state = digest(return_state=True)
    assert done(state)["outcomes"] == {"no address set": 1}
    assert state.message == "Digests: no address set (1). KITH_DIGEST_TO says where they go."
    with mail_server() as sink:
        send_by(sink, monkeypatch)
        assert [done(digest(return_state=True))["outcomes"] for _ in range(2)] == [{"sent": 1}, {"had it already": 1}]
        assert sink.to == [MIRA]
        monkeypatch.setenv("KITH_NOW", "2026-09-02T06:29:00+00:00")  # 7:29 in Lisbon
        assert done(digest(return_state=True))["outcomes"] == {"it is not morning yet": 1}
        monkeypatch.setenv("KITH_NOW", "2026-09-02T06:30:00+00:00")
        assert done(digest(return_state=True))["outcomes"] == {"sent": 1}
    assert [letter["Subject"] for letter in sink.got] == [
        "1 thing to do on Tuesday 1 September 2026",
        "1 thing to do on Wednesday 2 September 2026",
    ]
    assert "Ana Silva" in str(sink.got[0].get_body())


@pytest.mark.usefixtures("ana")
def test_a_server_that_says_not_now_costs_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.workflows.flows import digest as module

    monkeypatch.setattr(module.send_some, "retry_delay_seconds", [0, 0, 0])
    with mail_server() as sink:
        send_by(sink, monkeypatch)
        sink.answers_rcpt = "451 not now"
        assert "answers 451" in failed(module.digest(return_state=True))
        sink.answers_rcpt = "250 OK"
        assert done(module.digest(return_state=True))["outcomes"] == {"sent": 1}


@pytest.mark.usefixtures("ana")
def test_a_contact_never_gets_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    from kith.workflows.flows.digest import digest

    with mail_server() as sink:
        send_by(sink, monkeypatch, to="ana@example.org")
        assert "somebody on record" in failed(digest(return_state=True))
    assert sink.got == []
    assert "somebody on record" in artifact("digest-table")


def send_by(sink: Sink, monkeypatch: pytest.MonkeyPatch, to: str = MIRA) -> None:
    """Let digests go by that server."""
    told = {"KITH_SMTP_HOST": "127.0.0.1", "KITH_SMTP_PORT": str(sink.port), "KITH_SMTP_SECURITY": "none"}
    for name, value in {**told, "KITH_DIGEST_TO": to}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def introduction(home: Path) -> UUID:
    """An introduction that was asked for a day ago."""
    clock = Clock(START)
    with Kith.open(home / "kith.sqlite", clock=clock) as kith:
        kith.register("Mira Okafor", time_zone="Europe/Lisbon")
        who = chatted(kith, clock)
        clock.now = datetime.fromisoformat(LATER) - timedelta(days=1)
        kith.touch(who, Touch.call())
        kith.ask(who, intro_ask())
        (under_way,) = kith.introductions()
    return under_way.id


def test_an_introduction_is_walked_through_both_answers(introduction: UUID) -> None:
    from kith.workflows.flows.introduce import introduce

    key = f"introduction-{introduction}"
    assert done(introduce(introduction, return_state=True))["awaited"] == ""
    early = done(introduce(introduction, "target-yes", "coach", return_state=True))
    assert early["refused_all"]
    assert "has not agreed yet" in artifact(key)
    answers = (None, "connector-yes", "target-yes")
    steps = [done(introduce(introduction, answer, "coach", return_state=True)) for answer in answers]
    assert [one["awaited"] for one in steps] == ["connector", "target", "nobody"]
    assert "Both agreed" in artifact(key)


def test_an_asker_records_no_answer_and_does_not_learn_of_a_no(introduction: UUID) -> None:
    from kith.workflows.flows.introduce import introduce

    assert done(introduce(introduction, "target-no", return_state=True))["refused_all"]
    before = done(introduce(introduction, return_state=True))
    told = done(introduce(introduction, "connector-no", "coach", return_state=True))
    assert told["told"] == "Did not work out. Nothing more is to be done about it."
    assert done(introduce(introduction, return_state=True)) == before
    assert done(introduce(uuid4(), return_state=True))["told"] == "There is no such introduction."
