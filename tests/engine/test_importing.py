"""Imports: previewed, added once, resumed, reviewed, and taken back as a whole."""

# ruff: noqa: E501 - rows of real formats are long

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows import Kith, Origin, Person, Touch
from kith.workflows.application.importing import Importing
from kith.workflows.importers.linkedin import read_linkedin
from kith.workflows.records import Network, PersonRecord, Place
from tests.kithtest import Clock
from tests.stores import Stores

CONNECTIONS = """Notes:
"Some connections are hidden."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,Silva,https://www.linkedin.com/in/ana-silva,,Acme,Risk lead,12 Mar 2019
Tom,Reed,https://www.linkedin.com/in/tom-reed,tom@example.org,Globex,Engineer,01 Feb 2024
"""
MESSAGES = """CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
c1,,Mira Okafor,https://www.linkedin.com/in/mira,Ana Silva,https://www.linkedin.com/in/ana-silva,2026-02-01 10:00:00 UTC,,Hello,INBOX
c1,,Ana Silva,https://www.linkedin.com/in/ana-silva,Mira Okafor,https://www.linkedin.com/in/mira,2026-02-02 10:00:00 UTC,,Hi,INBOX
c2,,Mira Okafor,https://www.linkedin.com/in/mira,Tom Reed,https://www.linkedin.com/in/tom-reed,2026-02-03 10:00:00 UTC,,Hey,INBOX
"""
POSITIONS = """Company Name,Title,Description,Location,Started On,Finished On
Acme,Analyst,,Lisbon,Jan 2018,Dec 2020
"""
PROFILE = """First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers
Mira,Okafor,,,,Data analyst,I turn messy payment data into reports.,,,,,,
"""
RECOMMENDED = """First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Ana,Silva,Acme,Risk lead,Mira is precise.,"02/03/26, 10:00 AM",VISIBLE
"""

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes an export with these files, and tells where it is."""

    def write(**files: str) -> Path:
        told = {"Connections": CONNECTIONS, "messages": MESSAGES, **files}
        path = tmp_path / f"export-{len(list(tmp_path.iterdir()))}.zip"
        with ZipFile(path, "w") as archive:
            for name, text in told.items():
                archive.writestr(f"{name}.csv", text)
        return path

    return write


def test_people_and_their_messages_come_in(kith: Kith, export: Export) -> None:
    result = kith.import_network(read_linkedin(export()))

    assert (result.plan.new_people, result.plan.new_facts) == (2, 3)
    ana = kith.relationship(kith.find("Ana Silva"))
    assert (ana.person.company, ana.since, len(ana.touches)) == ("Acme", datetime(2019, 3, 12, tzinfo=UTC).date(), 2)
    assert kith.doctor() == []


def test_a_preview_writes_nothing(kith: Kith, export: Export) -> None:
    plan = kith.plan_import(read_linkedin(export()))
    assert (plan.new_people, plan.new_facts) == (2, 3)
    assert kith.people() == []


def test_a_second_import_adds_nothing(kith: Kith, export: Export) -> None:
    kith.import_network(
        read_linkedin(export(Positions=POSITIONS, Profile=PROFILE, Recommendations_Received=RECOMMENDED))
    )
    before = list(kith.export())
    again = kith.import_network(
        read_linkedin(export(Positions=POSITIONS, Profile=PROFILE, Recommendations_Received=RECOMMENDED))
    )

    assert again.plan.is_empty
    assert list(kith.export()) == before


def test_a_later_export_adds_what_is_new_and_changes_what_changed(kith: Kith, export: Export) -> None:
    kith.import_network(read_linkedin(export()))
    later = CONNECTIONS.replace("Globex,Engineer", "Initech,Manager") + (
        "Eva,Lind,https://www.linkedin.com/in/eva-lind,,Umbrella,Chemist,01 Mar 2026\n"
    )
    result = kith.import_network(read_linkedin(export(Connections=later)))

    assert (result.plan.new_people, result.plan.new_facts) == (1, 0)
    assert [(change.field, change.before, change.after) for change in result.plan.changes] == [
        ("company", "Globex", "Initech"), ("position", "Engineer", "Manager"),
    ]  # fmt: skip
    assert kith.relationship(kith.find("Tom Reed")).person.company == "Initech"


def test_what_was_written_by_hand_is_not_overwritten(kith: Kith, export: Export) -> None:
    kith.import_network(read_linkedin(export()))
    tom = kith.find("Tom Reed")
    kith.describe(tom, company="His own firm")
    assert kith.import_network(read_linkedin(export())).plan.is_empty
    assert kith.relationship(tom).person.company == "His own firm"


def test_former_colleagues_are_found_by_employer_and_time(kith: Kith, export: Export) -> None:
    kith.import_network(read_linkedin(export(Positions=POSITIONS, Profile=PROFILE)))
    assert kith.relationship(kith.find("Ana Silva")).origin is Origin.FORMER_COLLEAGUE
    assert kith.relationship(kith.find("Tom Reed")).origin is Origin.UNKNOWN


def test_the_profile_is_filled_and_not_overwritten(kith: Kith, export: Export) -> None:
    kith.update_profile(headline="Risk analyst to be")
    kith.import_network(read_linkedin(export(Positions=POSITIONS, Profile=PROFILE)))

    profile = kith.seeker().profile
    assert profile.headline == "Risk analyst to be"
    assert profile.intro == "I turn messy payment data into reports."
    assert [job.company for job in profile.jobs] == ["Acme"]


def test_somebody_on_record_by_hand_is_the_same_by_their_address(kith: Kith, export: Export) -> None:
    tom = kith.meet(Person(name="Tommy", email="tom@example.org"))
    result = kith.import_network(read_linkedin(export()))
    assert result.plan.new_people == 1
    assert len(kith.relationship(tom).touches) == 1


def test_the_same_name_alone_is_not_the_same_person(kith: Kith, export: Export) -> None:
    kith.meet(Person(name="Ana Silva"))
    kith.import_network(read_linkedin(export()))
    assert len(kith.people("Ana Silva")) == 2


def test_a_row_with_only_a_name_is_left_for_review_until_it_is_accepted(kith: Kith, export: Export) -> None:
    path = export(Recommendations_Received=RECOMMENDED, Profile=PROFILE)
    kith.import_network(read_linkedin(path))
    ana = kith.find("Ana Silva")
    review = kith.plan_import(read_linkedin(path)).review
    assert [(str(row.place), row.name) for row in review] == [("Recommendations_Received.csv:2", "Ana Silva")]
    assert "Acme" in review[0].candidates[0]

    kith.import_network(read_linkedin(path), same=["Recommendations_Received.csv:2"])
    assert len(kith.relationship(ana).touches) == 3
    assert kith.plan_import(read_linkedin(path)).review == []


def test_an_import_is_undone_as_a_whole(kith: Kith, export: Export) -> None:
    batch = kith.import_network(read_linkedin(export())).batch
    assert batch is not None
    counts = kith.undo_import(batch, "the wrong file")

    assert counts == {"removed": 2, "stay": 0, "facts": 5}
    assert kith.people() == []
    with pytest.raises(NotFound):
        kith.find("Ana Silva")
    assert kith.doctor() == []
    assert kith.import_network(read_linkedin(export())).plan.new_people == 2


def test_undoing_an_import_keeps_people_of_whom_more_is_known(kith: Kith, export: Export) -> None:
    batch = kith.import_network(read_linkedin(export())).batch
    assert batch is not None
    ana = kith.find("Ana Silva")
    kith.touch(ana, Touch.call("by hand"))

    assert kith.undo_import(batch, "the wrong file") == {"removed": 1, "stay": 1, "facts": 5}
    assert [note for _, note in kith.relationship(ana).notes] == ["by hand"]
    assert kith.doctor() == []


def test_undoing_an_import_gives_the_profile_back_but_for_what_was_changed_since(kith: Kith, export: Export) -> None:
    kith.update_profile(headline="")
    before = kith.seeker().profile
    batch = kith.import_network(read_linkedin(export(Positions=POSITIONS, Profile=PROFILE))).batch
    assert batch is not None
    kith.update_profile(intro="I find what does not add up.")
    kith.undo_import(batch, "somebody else's export")

    assert kith.seeker().profile == before._replace(intro="I find what does not add up.")


def test_an_undo_is_done_once(kith: Kith, export: Export) -> None:
    batch = kith.import_network(read_linkedin(export())).batch
    assert batch is not None
    kith.undo_import(batch, "the wrong file")
    before = list(kith.export())
    kith.undo_import(batch, "the wrong file")
    assert list(kith.export()) == before


def test_progress_is_told_within_a_transaction_too(kith: Kith, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.workflows.application.importing.FLUSHED", 1)
    told: list[tuple[int, int]] = []
    kith.import_network(read_linkedin(export()), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2), (2, 2)]


def test_an_interrupted_import_goes_on_in_the_same_batch(
    kith: Kith, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.workflows.application.importing.CHUNK", 1)

    def interrupt(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kith.import_network(read_linkedin(export()), progress=interrupt)
    assert len(kith.people()) == 1
    result = kith.import_network(read_linkedin(export()))

    assert result.plan.new_people == 1
    assert [(b.id, b.finished) for b in kith.seeker().batches] == [(result.batch, True)]
    assert len(kith.people()) == 2


def test_imported_history_is_judged_in_the_order_in_which_it_happened(clock: Clock, export: Export) -> None:
    lines = MESSAGES.splitlines(keepends=True)
    shuffled = lines[0] + "".join(reversed(lines[1:]))
    stages = []
    for messages in (MESSAGES, shuffled):
        with Kith.open(":memory:", clock=clock) as kith:
            kith.register("Mira", time_zone="Europe/Lisbon")
            kith.import_network(read_linkedin(export(messages=messages, Positions=POSITIONS, Profile=PROFILE)))
            state = kith.relationship(kith.find("Ana Silva"))
            stages.append([(advance.stage, advance.at) for advance in state.advances])
    assert stages[0] == stages[1] != []


def test_an_imported_past_makes_no_debts(kith: Kith, export: Export) -> None:
    kith.import_network(read_linkedin(export()))
    assert not [c for c in kith.agenda().actions if c.action.kind in ("answer", "thanks")]


def person(*keys: str) -> PersonRecord:
    """A row about somebody with those keys."""
    return PersonRecord(keys, "Ana Silva", None, None, None, None, None, "unknown", None, Place("people.csv", 2))


def network(*people: PersonRecord) -> Network:
    """A network of those people."""
    return Network(None, list(people), [], [], [], 0, {}, "digest", ("people.csv",))


def test_rows_that_share_an_address_are_one_person(kith: Kith) -> None:
    rows = (person("linkedin:ana"), person("linkedin:ana", "email:ana@example.org"), person("email:ana@example.org"))
    plan = kith.import_network(network(*rows)).plan

    assert plan.new_people == len(kith.people()) == 1
    assert kith.find("ana@example.org") == kith.find("https://www.linkedin.com/in/ana")


def test_an_import_beside_another_adds_nobody_twice(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as one, Kith.open(path, clock=clock) as two:
        one.register("Mira")
        planned = Importing.plan_import

        def plan_late(*arguments: object, **options: object) -> object:
            plan = planned(one, *arguments, **options)  # type: ignore[arg-type]
            two.import_network(network(person("linkedin:ana"), person("linkedin:tom")))
            return plan

        one.plan_import = plan_late  # type: ignore[method-assign, assignment]
        one.import_network(network(person("linkedin:ana")))
        assert len(one.people()) == 2
        assert one.doctor() == []


def test_a_time_without_a_zone_is_told(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    naive = clock().replace(tzinfo=None)
    for question in (lambda: kith.board(as_of=naive), lambda: kith.agenda(naive), lambda: kith.snooze(ana, naive)):
        with pytest.raises(InvalidInput, match="time zone"):
            question()
