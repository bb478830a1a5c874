"""The tables on PostgreSQL: made once whoever asks, brought up to date as a whole, and never another program's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import UUID

import pytest

from kith.workflows import Kith, Person, StoreError, Touch
from kith.workflows.errors import NotAStore, NotMigrated, StoreTooNew
from kith.workflows.readmodels.schema import SCHEMA, TABLES
from kith.workflows.stores.postgres import PostgresStore
from kith.workflows.stores.postgres_schema import migrate
from tests.kithtest import Clock, introduced
from tests.stores import server


@pytest.fixture
def address() -> str:
    """A schema without tables."""
    return server().new_schema("migrated")


def test_several_processes_may_migrate_at_once(address: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: migrate(address), range(6)))
    assert sorted(len(migration.steps) for migration in done) == [0, 0, 0, 0, 0, 1]
    assert {migration.schema for migration in done} == {SCHEMA}


def test_a_store_is_only_opened_after_the_migration(address: str) -> None:
    with pytest.raises(NotMigrated, match="run kith store migrate"):
        Kith.open(address)
    migrate(address)
    Kith.open(address).close()


def test_an_older_schema_is_brought_up_to_date_from_the_log(address: str, clock: Clock) -> None:
    migrate(address)
    with Kith.open(address, clock=clock) as kith:
        kith.register("Mira Okafor")
        who = introduced(kith, clock)
        kith.touch(who, Touch.message(), command_id="hello")
        before = len(list(kith.export()))
    server().run(
        "DROP TABLE commands", "CREATE TABLE commands (command_id TEXT PRIMARY KEY)",
        "CREATE TABLE agenda (seeker_id TEXT)", "UPDATE kith_meta SET value = '1'", store=address,
    )  # fmt: skip
    with pytest.raises(NotMigrated, match="schema 1"):
        Kith.open(address)

    assert migrate(address, dry_run=True).steps == migrate(address).steps != ()
    with Kith.open(address, clock=clock) as kith:
        assert kith.doctor() == []
        assert len(kith.touch(who, Touch.message(), command_id="hello")) == 1
        assert len(list(kith.export())) == before
    assert server().run("SELECT to_regclass('agenda')", store=address) == [(None,)]


def test_a_newer_schema_is_refused_and_not_touched(address: str) -> None:
    migrate(address)
    server().run("UPDATE kith_meta SET value = '99'", store=address)
    for use in (migrate, Kith.open):
        with pytest.raises(StoreTooNew, match="newer Kith"):
            use(address)


def test_another_programs_tables_are_left_alone(address: str) -> None:
    server().run("CREATE TABLE relationships (of_numbers TEXT)", store=address)
    with pytest.raises(NotAStore, match="another program's"):
        migrate(address)
    assert server().run("SELECT to_regclass('stored_events')", store=address) == [(None,)]


def test_a_log_that_was_restored_on_another_server_is_put_in_order(address: str, clock: Clock) -> None:
    migrate(address)
    with Kith.open(address, clock=clock) as kith:
        kith.register("Mira Okafor")
        kith.meet(Person(name="Ana Silva"))
        server().run(
            "ALTER TABLE stored_events DISABLE TRIGGER append_only",
            "UPDATE stored_events SET xid = '1000000000000'",  # that server had seen more transactions
            "ALTER TABLE stored_events ENABLE TRIGGER append_only",
            store=address,
        )
        assert "kith store migrate" in kith.doctor()[0]
        assert "another server" in migrate(address).steps[0]
        kith.meet(Person(name="Tom Reed"))

        assert kith.doctor() == []
        assert [event["topic"] for event in kith.export()] == [
            "seeker.registered.v1", "relationship.opened.v1", "relationship.opened.v1",
        ]  # fmt: skip


def test_a_restored_log_stays_in_order_where_only_its_end_is_beyond_the_new_server(address: str, clock: Clock) -> None:
    migrate(address)
    with Kith.open(address, clock=clock) as kith:
        kith.register("Mira Okafor")
        who = kith.meet(Person(name="Ana Silva"))
        kith.touch(who, Touch.message(), command_id="hello")
        before = [event["topic"] for event in kith.export()]
        server().run(
            "ALTER TABLE stored_events DISABLE TRIGGER append_only",
            "UPDATE stored_events SET xid = '1000000000000' WHERE topic = 'relationship.touched.v1'",
            "ALTER TABLE stored_events ENABLE TRIGGER append_only",
            store=address,
        )
        migrate(address)
        assert [event["topic"] for event in kith.export()] == before
        kith.rebuild()
        assert len(kith.touch(who, Touch.message(), command_id="hello")) == 1
        assert kith.doctor() == []


def test_a_history_has_the_same_rows_in_every_kind_of_store(address: str) -> None:
    migrate(address)
    rows = []
    for store in (address, ":memory:"):
        clock, numbers = Clock(), count(1)
        with Kith.open(store, clock=clock, new_id=lambda: UUID(int=next(numbers))) as kith:  # noqa: B023 - used within
            kith.register("Mira Okafor")
            introduced(kith, clock)
            with kith.store.reading() as reading:
                rows.append({table: sorted(reading.query(f"SELECT * FROM {table}")) for table in TABLES})
    assert rows[0] == rows[1]


def test_a_role_that_may_not_change_the_log_is_enough_for_every_command(address: str, clock: Clock) -> None:
    migrate(address)
    tables = ", ".join(TABLES)
    server().run(
        "DROP ROLE IF EXISTS worker", "CREATE ROLE worker LOGIN", "GRANT USAGE ON SCHEMA migrated TO worker",
        "GRANT SELECT, INSERT ON stored_events TO worker", "GRANT SELECT ON kith_meta TO worker",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO worker", store=address,
    )  # fmt: skip
    theirs = address.replace("//postgres:@", "//worker:@")
    with Kith.open(theirs, clock=clock) as kith:
        kith.register("Mira Okafor")
        introduced(kith, clock)
        kith.rebuild()
        assert kith.doctor() == []
    store = PostgresStore(theirs)
    with pytest.raises(StoreError, match="permission denied"), store.writing() as transaction:
        transaction.query("DELETE FROM stored_events")
    store.close()
    server().run("DROP OWNED BY worker", "DROP ROLE worker", store=address)
