"""A golden history: the stored rows of a whole story, and what the views said of it when it was landed.

`python -m tests.golden.history NAME` writes a new one. One that has landed is never written again: stored bytes are a
promise, and every later version must replay them to the same views (which may grow).
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from kith.domain.errors import NotFound
from kith.workflows import (
    PRESETS,
    AskKind,
    AskRefused,
    Background,
    ChatAsk,
    FirstMessage,
    Gift,
    GiftKind,
    Kith,
    Origin,
    Person,
    Policy,
    Touch,
)
from kith.workflows.ports import Reading
from kith.workflows.records import GroupRecord, Network, Place
from tests.kithtest import Clock, chatted, intro_ask, introduced, nurture, referral_ask

FOLDER = Path(__file__).parent
COLUMNS = "originator_id, originator_version, topic, state"


def rows(reading: Reading) -> list[dict[str, Any]]:
    """The log as it is stored."""
    sql = f"SELECT {COLUMNS} FROM stored_events ORDER BY sequence"
    return [
        {"id": id_, "version": version, "topic": topic, "state": bytes(state).decode()}
        for id_, version, topic, state in reading.query(sql)
    ]


def views(kith: Kith) -> dict[str, Any]:
    """What a person would see."""
    return {
        "board": {stage.words: [one.name for one in listed] for stage, listed in kith.board().stages.items()},
        "agenda": [[c.name, c.action.key, c.action.do] for c in kith.agenda().actions],
        "stories": {
            one.name: [[e.id, e.at.isoformat(), e.what, e.text, e.revised] for e in kith.timeline(UUID(one.id))]
            for one in kith.people()
        },
        "open asks": [[ask.kind.value, ask.status] for ask in kith.seeker().asks],
    }


def story(kith: Kith, clock: Clock) -> None:
    """Something of everything that the log can hold so far."""
    kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    kith.update_profile(
        headline="Data analyst", intro="I turn messy payment data into reports people trust.", picture=True
    )
    kith.set_goals(companies=["Northwind Analytics"], roles=["Risk analyst"])
    ana = introduced(kith, clock)
    kith.ask(ana, referral_ask())
    kith.agree(ana, AskKind.REFERRAL)
    kith.receive_referral(ana)
    kith.thank(ana, "referral", "Thank you, Ana!")
    clock.forward(days=12)
    kith.learn_outcome(ana, "first interview")
    kith.report_outcome(ana, "It went well.")
    _stranger(kith)
    _ends(kith, clock)
    _corrections(kith, clock)


def _stranger(kith: Kith) -> None:
    eva = kith.meet(Person(name="Eva Lind", url="https://www.linkedin.com/in/eva-lind"), origin=Origin.EVENT)
    kith.note(eva, "gave a talk on fraud graphs in Porto")
    text = (
        "Your talk on fraud graphs in Porto stayed with me. I am an analyst in Lisbon, "
        "and I liked your honest failures."
    )
    kith.ask(
        eva,
        FirstMessage(text=text, detail="fraud graphs in Porto", who_i_am="an analyst in Lisbon", why="honest failures"),
    )
    try:
        kith.ask(eva, referral_ask("Analyst", "Umbrella"))
    except AskRefused:
        kith.set_tier(eva, 3)


def _ends(kith: Kith, clock: Clock) -> None:
    tom, cem, dua = (nurture(kith, clock, name) for name in ("Tom Reed", "Cem Aydin", "Dua Noor"))
    kith.ask(tom, intro_ask("Globex"), override={"stage-reached": "we spoke for years"})
    clock.forward(days=8)
    kith.nudge(tom, "Just in case it slipped by.")
    clock.forward(days=30)
    kith.touch(tom, Touch.message())
    kith.ask(cem, intro_ask("Initech"), override={"stage-reached": "he offered"})
    kith.fail_introduction(cem)
    kith.snooze(cem, clock.now.replace(year=2027))
    kith.close_relationship(dua, "moved away")
    kith.reopen_relationship(dua)
    kith.close_relationship(dua, refuses_contact=True)


def _corrections(kith: Kith, clock: Clock) -> None:
    tom = kith.find("Tom Reed")
    kith.give(tom, Gift(kind=GiftKind.FEEDBACK, what="on his draft", because="he asked for it"))
    gift = kith.timeline(tom)[-1]
    kith.correct(gift.id, "wrong text", changes={"what": "on his second draft"})
    clock.forward(hours=1)
    kith.touch(tom, Touch.reply("Thanks!"))
    kith.dismiss(tom, f"answer:{kith.relationship(tom).version}", done_elsewhere=True)
    wrong = kith.touch(tom, Touch.call("with another Tom"))
    kith.undo(wrong[0].id, "another Tom")
    try:
        kith.find("Nobody")
    except NotFound:
        clock.forward(days=1)


def time_passes(kith: Kith, clock: Clock) -> None:
    """Timers that fire, ties that fall asleep, digests, and an introduction whose answers others record."""
    kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    ana, tom = (chatted(kith, clock, name) for name in ("Ana Silva", "Tom Reed"))
    kith.claim_digest(kith.digest().day)
    kith.digest_sent(kith.digest().day)
    kith.set_tier(ana, 1)
    for who, yes in ((ana, True), (tom, False)):
        kith.ask(who, intro_ask("Globex"))
        [asked] = kith.introductions()
        kith.consent(asked.id, "connector", yes=True, role="connector")
        kith.consent(asked.id, "target", yes=yes, role="coach")
        if yes:
            kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True)
    kith.touch(tom, Touch.reply("Sorry that it came to nothing."))
    kith.snooze(tom, clock.now + timedelta(days=5))
    clock.forward(days=8)
    kith.sweep()
    kith.touch(tom, Touch.message())
    kith.ask(
        ana, ChatAsk(minutes=20), override={"thanked": "we thanked on the phone", "questions-prepared": "a catch-up"}
    )
    clock.forward(days=40)
    kith.sweep()
    kith.adopt_policy(PRESETS["brisk"])
    kith.advance(ana)
    clock.forward(days=300)
    kith.sweep()
    kith.touch(ana, Touch.reply("Long time no see!"))


def openings(kith: Kith, clock: Clock) -> None:
    """An opening from the first look to its end, others beside it, and who was in focus."""
    kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    kith.adopt_policy(Policy(focus_people=2))
    ana = introduced(kith, clock)
    kith.describe(ana, company="Northwind Analytics")
    kith.touch(ana, Touch.reply())
    kith.add_focus(ana)
    kith.add_focus(kith.meet(Person(name="Tom Reed", company="Globex")))
    analyst = kith.note_opening("Risk analyst", "Northwind Analytics", link="https://northwind.example/jobs/1")
    kith.note_opening("Risk analyst", "Northwind Analytics GmbH", deadline=clock().date() + timedelta(days=30))
    kith.note_opening("Data engineer", "Northwind Analytics", deadline=clock().date() + timedelta(days=60))
    kith.close_opening(kith.note_opening("Analyst", "Globex"))
    kith.ask(ana, referral_ask())
    kith.receive_referral(ana)
    kith.thank(ana, "referral")
    kith.learn_outcome(ana, "offer")
    kith.report_outcome(ana)
    kith.close_opening(analyst, "offer")
    kith.remove_focus(kith.find("Tom Reed"))
    kith.touch(ana, Touch.message())


def ties(kith: Kith, clock: Clock) -> None:
    """Who knows whom: noted, from a thread of an import, taken back, corrected; and where people were before."""
    kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    names = ("Ana Silva", "Tom Reed", "Eva Lind")
    ana, tom, eva = (kith.meet(Person(name=name, email=f"{name[:3].lower()}@example.org")) for name in names)
    kith.tie(ana, tom, "same team", since=date(2019, 5, 1))
    wrong = kith.tie(ana, eva)
    kith.undo(wrong[0].id, "another Eva")
    place, keys = Place("messages.csv", 2), tuple(f"email:{name[:3].lower()}@example.org" for name in names)
    group = GroupRecord(keys, clock.now - timedelta(days=3), "group:1", place)
    kith.import_network(Network(None, [], [], [group], [], 0, {}, "digest", ("messages.csv",)))
    written = kith.describe(tom, backgrounds=[Background.worked("Acme", 2015, 2019), Background.studied("Porto")])
    kith.correct(written[0].id, "a year later", changes={"start": 2016})


def told(kith: Kith, clock: Clock) -> None:
    """Introductions asked for and volunteered: thanked for, told of, and one report taken back."""
    kith.register("Mira Okafor", time_zone="Europe/Lisbon")
    ana = introduced(kith, clock)
    kith.make_introduction(ana, to=Person(name="Tom Reed"), both_agreed=True)
    clock.forward(days=20)
    kith.report_introduction(ana, "We met, and they showed me how they test.")
    wrong = kith.report_introduction(ana)
    kith.undo(wrong[0].id, "that was somebody else's")
    kith.thank(ana, "introduction")


STORIES = {"first": story, "time-passes": time_passes, "openings": openings, "ties": ties, "told": told}


def make(name: str) -> dict[str, Any]:
    """A story as it would be stored today."""
    clock, numbers = Clock(), count(1)
    with Kith.open(":memory:", clock=clock, new_id=lambda: UUID(int=next(numbers) << 96)) as kith:
        STORIES[name](kith, clock)
        with kith.store.reading() as reading:
            stored = rows(reading)
        return {"now": clock.now.isoformat(), "rows": stored, "views": views(kith)}


if __name__ == "__main__":
    target = FOLDER / f"{sys.argv[1]}.json"
    if target.exists():
        raise SystemExit(f"{target} has landed; give a new one another name.")
    target.write_text(json.dumps(make(sys.argv[1]), indent=1, ensure_ascii=False) + "\n")
