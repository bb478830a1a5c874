"""Kills workers and the database server at random moments of sweeps, and counts in the log what was fired."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from aiosmtpd.controller import Controller

from kith.domain.case import Case, Stamp, enact
from kith.domain.firing import fire
from kith.domain.log import Recorded
from kith.domain.relationship import events as e
from kith.domain.seeker import DigestClaimed, DigestSent
from kith.workflows import ChatAsk, Kith, Touch
from kith.workflows.application.work import NOBODY_ASKED
from kith.workflows.errors import CorruptEvent
from kith.workflows.stores.postgres_schema import migrate
from tests.cloning import clone
from tests.kithtest import Clock, nurture, questions
from tests.stores import Server

WORKERS = 2
LATER = timedelta(days=30)
"""After so long, the ask has lapsed, a nudge was possible, a message waits, and it is time to keep in touch."""
Fired = tuple[str, str, datetime]


class Outcome(NamedTuple):
    """What the log and the mail server tell after all kills."""

    kills: int
    relationships: int
    timers: int
    digests: int
    named: int
    """Digests that were claimed and perhaps not sent, all of which ``kith doctor`` names."""
    wrong: list[str]
    """What should not be, one sentence each."""


class Mailbox:
    """A mail server that counts the digests it took, by their ids."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - the name is aiosmtpd's
        """Take a mail."""
        self.taken[str(message_from_bytes(envelope.content)["Message-ID"]).strip()] += 1
        return "250 OK"


class Crashing:
    """A store of many relationships with timers that are due, and workers on it that are killed."""

    def __init__(self, address: str, server: Server | None, home: Path, *, relationships: int, seekers: int) -> None:
        self.address, self.server, self.home, self.chance = address, server, home, Random(1)
        self.clock, self.mailbox = Clock(), Mailbox()
        self.clones: dict[UUID, UUID] = {}
        self.expected: dict[UUID, Counter[Fired]] = {}
        with Kith.open(address, clock=self.clock) as kith:
            self.seekers = [kith.register(f"Seeker {n}", another=n > 0) for n in range(seekers)]
            templates = [self._template(kith, seeker) for seeker in self.seekers]
            self.clock.now += LATER
            for number, (seeker, template) in enumerate(zip(self.seekers, templates, strict=True), 1):
                with kith.serving(seeker) as served:
                    copies = clone(served, address, template, relationships // seekers, number=number)
                    self.expected[template] = self._expected(served, template)
                self.clones |= dict.fromkeys((template, *copies), template)
        self.day = self.clock.now
        self._say_where_digests_go()

    def _template(self, kith: Kith, seeker: UUID) -> UUID:
        with kith.serving(seeker) as served:
            self.clock.now = Clock().now
            who = nurture(served, self.clock, "Ana Silva")
            served.set_tier(who, 1)
            served.prepare_chat(who, questions())
            served.ask(who, ChatAsk())
            self.clock.forward(hours=1)
            served.touch(who, Touch.reply())
        return who

    def _expected(self, kith: Kith, who: UUID) -> Counter[Fired]:
        """What is to fire, worked out without a store."""
        case, found = Case(kith.relationship(who), kith.seeker(), NOBODY_ASKED), Counter[Fired]()
        stamp = Stamp(self.clock(), "expected")
        while events := fire(case.relationship, case.policy, case.seeker.calendar, self.clock()):
            case, written = enact(case, events, stamp)
            found.update(fired for recorded in written if (fired := _fired(recorded)))
        return found

    def run(self, kills: int) -> Outcome:
        """Kill so many times, let the last workers end, and look."""
        controller = Controller(self.mailbox, hostname="127.0.0.1", port=_free_port())
        controller.start()
        try:
            for number in range(kills):
                self.day = self.clock.now + timedelta(days=number // 2)
                self._kill(number, controller.port)
                print(f"\r{number + 1} of {kills} kills", end="", file=sys.stderr, flush=True)
            for worker in [self._worker(controller.port, number) for number in range(WORKERS)]:
                with worker:
                    assert worker.wait(600) == 0, "a worker that nobody killed did not end well"
        finally:
            controller.stop()
        return self._outcome(kills)

    def _kill(self, number: int, port: int) -> None:
        workers = [self._worker(port, number + n) for n in range(WORKERS)]
        for worker in workers:
            assert worker.stdout is not None
            worker.stdout.readline()
        time.sleep(self.chance.uniform(0, 0.8))
        if self.server is not None and number % 5 == 4:
            self.server.kill()
            self.server.start()
            time.sleep(self.chance.uniform(0, 2))
        for worker in workers:
            with worker:
                worker.kill()

    def _worker(self, port: int, number: int) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ, "KITH_STORE": self.address, "KITH_NOW": self.day.isoformat(), "KITH_SMTP_HOST": "127.0.0.1",
            "KITH_SMTP_PORT": str(port), "KITH_SMTP_SECURITY": "none", "KITH_HOME": str(self.home),
        }  # fmt: skip
        order = "digests-first" if number % 2 else "sweep-first"
        return subprocess.Popen(
            [sys.executable, "-m", "tests.crash.worker", order], env=environment, stdout=subprocess.PIPE
        )

    def _say_where_digests_go(self) -> None:
        told = "\n".join(f'"{seeker}" = "seeker-{n}@example.org"' for n, seeker in enumerate(self.seekers))
        (self.home / "delivery.toml").write_text(f"[seekers]\n{told}\n")

    def _outcome(self, kills: int) -> Outcome:
        wrong = list[str]()
        with Kith.open(self.address, clock=lambda: self.day) as kith:
            fired, claimed, sent = self._read(kith, wrong)
            for who, template in self.clones.items():
                if fired[who] != self.expected[template]:
                    wrong.append(
                        f"{who}: fired {sorted(fired[who].items())}, not {sorted(self.expected[template].items())}"
                    )
            told = kith.doctor()
            named = {one for one in claimed - sent if any(_names(sentence, *one) for sentence in told)}
            wrong += [f"a digest was claimed, not sent and is not named: {one}" for one in claimed - sent - named]
        ids = {f"<digest.{day}.{seeker}@kith.invalid>": (seeker, day) for seeker, day in claimed}
        wrong += [f"{id_} went out {count} times" for id_, count in self.mailbox.taken.items() if count > 1]
        wrong += [f"{id_} went out unclaimed" for id_ in self.mailbox.taken if id_ not in ids]
        wrong += [f"{id_} is marked sent and did not go out" for id_, one in ids.items()
                  if one in sent and not self.mailbox.taken[id_]]  # fmt: skip
        timers = sum(sum(fired[who].values()) for who in self.clones)
        return Outcome(kills, len(self.clones), timers, len(self.mailbox.taken), len(named), wrong)

    def _read(
        self, kith: Kith, wrong: list[str]
    ) -> tuple[dict[UUID, Counter[Fired]], set[tuple[UUID, date]], set[tuple[UUID, date]]]:
        fired: dict[UUID, Counter[Fired]] = {who: Counter() for who in self.clones}
        claimed, sent = set[tuple[UUID, date]](), set[tuple[UUID, date]]()
        for recorded in _log(kith):
            found = _fired(recorded)
            if found is not None:
                fired[recorded.originator_id][found] += 1
                if recorded.recorded_at < found[2]:
                    wrong.append(f"{recorded.id} fired early")
            if isinstance(recorded.event, DigestClaimed):
                claimed.add((recorded.originator_id, recorded.event.day))
            if isinstance(recorded.event, DigestSent):
                sent.add((recorded.originator_id, recorded.event.day))
        return fired, claimed, sent


def _names(sentence: str, seeker: UUID, day: date) -> bool:
    return str(seeker) in sentence and day.isoformat() in sentence


def _no_damage(problem: CorruptEvent) -> None:
    raise AssertionError(str(problem))


def _log(kith: Kith) -> Iterator[Recorded]:
    with kith.store.reading() as reading:
        yield from reading.scan(_no_damage)


def _fired(recorded: Recorded) -> Fired | None:
    match recorded.event:
        case e.TimerFired(kind=kind, subject=subject, due=due):
            return kind, subject, due
        case e.AskLapsed(at=at, ask_id=ask_id):
            return "lapse", str(ask_id), at
        case e.WentDormant(at=at):
            return "dormant", "", at
        case _:
            return None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def store(kind: str) -> Generator[tuple[str, Server | None]]:
    """A new store of that kind, which waits for its disk."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        if kind == "file":
            yield str(folder / "kith.sqlite"), None
            return
        server = Server(folder / "data", durable=True)
        stack.callback(server.stop)
        address = server.new_schema("kith")
        migrate(address)
        yield address, server


def crash(kind: str, *, kills: int, relationships: int, seekers: int) -> Outcome:
    """Kill so many times over a store of that kind."""
    with store(kind) as (address, server), tempfile.TemporaryDirectory() as home:
        return Crashing(address, server, Path(home), relationships=relationships, seekers=seekers).run(kills)


def main(kinds: list[str]) -> None:
    """50 kills over 20,000 relationships, on a file and on PostgreSQL."""
    failed = False
    for kind in kinds or ["file", "postgres"]:
        outcome = crash(kind, kills=50, relationships=20_000, seekers=20)
        failed = failed or bool(outcome.wrong)
        told = (
            f"{kind}: {outcome.kills} kills, {outcome.relationships:,} relationships, {outcome.timers:,} timers fired, "
            f"{outcome.digests} digests sent, {outcome.named} of unknown fate named by the doctor; "
            f"{len(outcome.wrong)} wrong"
        )
        print("\r" + "\n".join([told, *outcome.wrong[:20]]))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
