"""Nothing personal is found in what Prefect keeps: its database with parameters and artifacts, and its logs."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from uuid import UUID
from zipfile import ZipFile

import pytest

from kith.workflows import AskRefused, Gift, Kith, Person, Touch
from tests.cli.shell import SAMPLE
from tests.flows.test_flows import pytestmark, send_by
from tests.kithtest import START, Clock, referral_ask
from tests.mailserver import mail_server

__all__ = ["pytestmark"]

CANARY = "Zyxcanary"
COMPANY = "Qwvcanary Works"
WAIVER = """[[waiver]]
policy = "value-first"
relationship = "Ana {0}"
{0} = "{0}"
reason = "{0} knows"
who = "{0}"
"""
LAST = "Beginning flow run 'audit the store'"
"""What is logged of the last run."""


@pytest.fixture
def canary(home: Path) -> UUID:
    """Somebody whose every field is a canary, in a store whose seeker is one too."""
    clock = Clock(START)
    with Kith.open(home / "kith.sqlite", clock=clock) as kith:
        kith.register(f"Mira {CANARY}", time_zone="Europe/Lisbon")
        email = f"{CANARY}@example.org"
        who = kith.meet(Person(name=f"Ana {CANARY}", company=COMPANY, position=CANARY, email=email))
        kith.touch(who, Touch.reply(f"{CANARY} told me"))
        kith.give(who, Gift.article(f"https://example.org/{CANARY}", because=f"{CANARY} writes about it"))
        with pytest.raises(AskRefused):
            kith.ask(who, referral_ask(company=COMPANY))
        clock.now += timedelta(days=1)
        kith.touch(who, Touch.reply(f"{CANARY} again"))
    inbox = home / "inbox"
    inbox.mkdir()
    copyfile(SAMPLE, inbox / f"{CANARY}.zip")
    spoilt(inbox / f"{CANARY}-spoilt.zip")
    return who


def spoilt(file: Path) -> None:
    """An export whose problems quote what they are about."""
    heads = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    with ZipFile(file, "w") as export:
        export.writestr(f"{CANARY}/Connections.csv", f"{heads}\nAna,{CANARY},{CANARY},{CANARY},,,{CANARY}\n")


@pytest.fixture
def kept() -> Generator[Path]:
    """Prefect's database, with what flows log in it."""
    from prefect.settings import (
        PREFECT_API_DATABASE_CONNECTION_URL,
        PREFECT_LOGGING_LEVEL,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )

    with temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: True, PREFECT_LOGGING_LEVEL: "DEBUG"}):
        yield Path(PREFECT_API_DATABASE_CONNECTION_URL.value().partition("///")[2])


def test_nothing_personal_is_in_what_prefect_keeps(
    canary: UUID, home: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waivers = home / "waivers.toml"
    with mail_server() as sink:
        send_by(sink, monkeypatch, to=f"me-{CANARY}@example.org")
        run_everything(canary)
        waivers.write_text(WAIVER.format(CANARY), encoding="utf-8")
        send_by(sink, monkeypatch, to=f"{CANARY}@example.org")
        run_everything(canary)
    assert CANARY in str(sink.got[0].get_body())
    until = time.monotonic() + 30
    while (database := everything_in(kept)).count(LAST) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert LAST in database
    words = (CANARY, COMPANY, "Jordan Blake", "Northwind", "Okafor")
    assert "waivers.toml:1" in database
    assert [word for word in words if word.lower() in database.lower()] == []


def run_everything(who: UUID) -> None:
    """Every flow, as it goes."""
    from kith.workflows.flows.advance import advance
    from kith.workflows.flows.audit import audit
    from kith.workflows.flows.digest import digest
    from kith.workflows.flows.import_network import import_network
    from kith.workflows.flows.sweep import sweep

    sweep(return_state=True)
    advance(who, return_state=True)
    advance("stage=1", return_state=True)
    digest(return_state=True)
    import_network(return_state=True)
    audit(return_state=True)


def everything_in(database: Path) -> str:
    """All bytes of a database and of what stands beside it."""
    files = [file for file in database.parent.iterdir() if file.name.startswith(database.name)]
    assert files
    return "".join(file.read_bytes().decode("utf-8", errors="replace") for file in files)
