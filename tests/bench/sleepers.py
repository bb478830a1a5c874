"""The same work on DBOS: workflows that sleep until an instant and then take one step, found again by a new process."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import closing

import psycopg
from dbos import DBOS, DBOSConfig

from tests.bench.helper import Helper
from tests.stores import Server

NAME = "sleepers"
AN_HOUR = 3_600.0
LOOK_SECONDS = 0.02
COPIED = ("workflow_status", "workflow_input", "operation_outputs")
COPY = """
    INSERT INTO dbos.{table} SELECT (jsonb_populate_record(one, jsonb_build_object('workflow_uuid', 'sleeper ' || n))).*
    FROM dbos.{table} AS one, generate_series(2, %s) AS n WHERE one.workflow_uuid = %s
"""
WAKE = "UPDATE dbos.operation_outputs SET output = (output::float8 - 2 * %s)::text WHERE function_name = 'DBOS.sleep'"
"""The sleep is a step of its own, whose result is the instant when it ends."""

fired = 0


@DBOS.step()
async def fire() -> None:
    """What is done when the time has come."""
    global fired  # noqa: PLW0603 - a workflow has no other way to tell its process
    fired += 1


@DBOS.workflow()
async def sleeper() -> None:
    """Sleep, and then take a step."""
    await DBOS.sleep_async(AN_HOUR)
    await fire()


def armed(server: Server, count: int) -> str:
    """The address of a database with so many sleeping workflows that should wake: copies of one."""
    server.run(f"CREATE DATABASE {NAME}")
    database = server.address.replace("/postgres?", f"/{NAME}?")
    helper = Helper(NAME, DBOS_DATABASE=database, SLEEPERS="0")
    helper.hear()
    id_ = helper.ask("begin").strip()
    helper.end()
    with closing(psycopg.connect(database, autocommit=True)) as connection:
        for table in COPIED:
            connection.execute(COPY.format(table=table).encode(), (count, id_))
        connection.execute(WAKE.encode(), (AN_HOUR,))
        connection.execute(b"ANALYZE")
    return database


async def _fall_asleep() -> str:
    handle = await DBOS.start_workflow_async(sleeper)
    while not await DBOS.list_workflow_steps_async(handle.workflow_id):  # noqa: ASYNC110 - only the database tells
        await asyncio.sleep(LOOK_SECONDS)
    return handle.workflow_id


def _wake(count: int) -> None:
    for number in (1, count):
        while fired < number:
            time.sleep(LOOK_SECONDS)
        print(fired, flush=True)


def main(count: int) -> None:
    """Leave one asleep, or wait until so many took their step."""
    print("ready", flush=True)
    sys.stdin.readline()
    config: DBOSConfig = {
        "name": NAME, "system_database_url": os.environ["DBOS_DATABASE"], "application_version": "1",
        "executor_id": "local", "log_level": "ERROR",
    }  # fmt: skip
    DBOS(config=config)
    DBOS.launch()
    if count:
        _wake(count)
    else:
        print(asyncio.run(_fall_asleep()), flush=True)
    sys.stdin.read()
    sys.stdout.flush()
    os._exit(0)  # it would wait for those asleep


if __name__ == "__main__":
    main(int(os.environ["SLEEPERS"]))
