"""Audits of real stores, on every kind of store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kith.domain.errors import InvalidInput
from kith.domain.stages import Stage
from kith.workflows import AskKind, ChatAsk, Gift, IntroAsk, Kith, Person, Touch
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.report import Audited, Order, Verdict
from tests.audits.logs import policy
from tests.kithtest import START, Clock, chatted, intro_ask, introduced, nurture, questions, referral_ask
from tests.stores import Stores

GUARDS = Path(__file__).parent / "guards.feature"
GIFT_FIRST = policy(
    "Given every relationship", "When a word from them happens", "Then a gift must have happened before"
)  # fmt: skip
ANSWERED = policy(
    "Given every relationship", "When a message from them happens", "Then a word to them must follow within 2 days"
)  # fmt: skip


def audited(kith: Kith, compiled: Compiled, order: str = "happened", **options: object) -> Audited:
    """What the audit says of one policy."""
    return kith.audit([compiled], order=order, **options).policies[0]  # type: ignore[arg-type]


def who(of: Audited) -> list[UUID]:
    """Whom the violations are about."""
    return [relationship for violation in of.violations for relationship in violation.relationships]


def test_a_way_that_was_walked_as_the_guards_want_it_breaks_no_guards_policy(kith: Kith, clock: Clock) -> None:
    ana = introduced(kith, clock)
    kith.ask(ana, referral_ask())
    for order in Order:
        report = kith.audit(GUARDS, order=order)
        assert [one.policy.id for one in report.policies if one.violations] == []
        assert report.verdict is Verdict.PENDING


@pytest.mark.parametrize("order", ["happened", "recorded"])
def test_what_others_did_and_what_was_recorded_later_is_not_counted(kith: Kith, clock: Clock, order: str) -> None:
    mira = kith.seeker().id
    nurture(kith, clock)
    before, events = clock(), kith.audit([GIFT_FIRST], order=order).events
    assert events > 0
    clock.forward(days=1)
    nurture(kith, clock, "Tom Reed")
    kith.register("Rui Costa", another=True)
    nurture(kith, clock, "Ben Cho")
    with kith.serving(mira) as served:
        assert served.audit([GIFT_FIRST], order=order, as_of=before).events == events
        assert served.audit([GIFT_FIRST], order=order).events == 2 * events - 1  # one registration
    assert kith.audit([GIFT_FIRST], order=order).events == events


def test_a_violation_names_whom_which_events_and_why(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    (reply,) = kith.touch(ana, Touch.reply())
    report = kith.audit([GIFT_FIRST])
    (violation,) = report.policies[0].violations
    (involved,) = violation.events
    assert (involved.id, involved.name, involved.at, involved.recorded_at, involved.relationship) == (
        reply.id, "touch", START, START, ana,
    )  # fmt: skip
    assert violation.sentence == "The touch of 2 March 2026 came with no gift before it."
    assert (violation.relationships, violation.at, violation.policy) == ((ana,), START, "p")
    assert report.people == {ana: "Ana Silva"}
    assert (report.events, report.relationships, report.verdict, report.corrupt) == (3, 1, Verdict.VIOLATED, ())
    assert kith.audit([GIFT_FIRST], names=False).people == {}
    clock.forward(days=1)


def test_nothing_to_judge_is_no_pass(kith: Kith) -> None:
    kith.meet(Person(name="Ana Silva"))
    assert audited(kith, GIFT_FIRST).verdict is Verdict.NOT_EXERCISED


def test_what_was_taken_back_never_happened(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    gift = kith.give(ana, Gift.article("https://example.org", because="of her work"))[0]
    clock.forward(days=1)
    kith.touch(ana, Touch.reply())
    assert audited(kith, GIFT_FIRST).verdict is Verdict.PASS
    clock.forward(days=1)
    kith.undo(gift.id, "it was for somebody else")
    assert who(audited(kith, GIFT_FIRST)) == [ana]
    assert audited(kith, GIFT_FIRST, "recorded").verdict is Verdict.PASS


def test_as_recorded_a_fact_counts_until_it_is_taken_back(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    gift = kith.give(ana, Gift.article("https://example.org", because="of her work"))[0]
    clock.forward(days=1)
    kith.touch(ana, Touch.reply())
    kith.undo(gift.id, "it was for somebody else")
    clock.forward(days=1)
    later = kith.touch(ana, Touch.reply())[0]
    found = audited(kith, GIFT_FIRST, "recorded")
    assert [violation.events[0].id for violation in found.violations] == [later.id]
    assert found.judged == 2


def test_a_violation_by_what_was_taken_back_afterwards_is_told_in_the_order_of_recording(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    touch = kith.touch(ana, Touch.reply())[0]
    kith.undo(touch.id, "it was somebody else")
    assert audited(kith, GIFT_FIRST).verdict is Verdict.NOT_EXERCISED
    (violation,) = audited(kith, GIFT_FIRST, "recorded").violations
    assert [(event.id, event.name) for event in violation.events] == [(touch.id, "touch")]


LOOPS = policy(
    "Given all relationships of one referral together", "When a debt of an outcome happens",
    "Then an outcome report or settled debt must follow within 7 days",
)  # fmt: skip


def test_news_of_a_referral_that_was_taken_back_is_owed_to_nobody(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    (referral, *_) = kith.receive_referral(ana, role="Risk analyst", company="Northwind Analytics")
    kith.learn_outcome(ana, "an interview")
    clock.forward(days=8)
    assert who(audited(kith, LOOPS)) == [ana]
    kith.undo(referral.id, "it was for somebody else")
    assert audited(kith, LOOPS).verdict is Verdict.NOT_EXERCISED
    closed = policy(
        "Given every relationship", "When an outbound touch happens",
        "Then every earlier debt of an outcome older than 7 days must already have had its outcome report with the "
        "same referral",
    )  # fmt: skip
    kith.touch(ana, Touch.message())
    for order in Order:
        assert audited(kith, closed, order).verdict is Verdict.PASS


def test_a_corrected_day_counts(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    clock.forward(days=9)
    kith.touch(ana, Touch.reply(at=clock() - timedelta(days=2)))
    gift = kith.give(ana, Gift.article("https://example.org", because="of her work"))[0]
    (late,) = audited(kith, GIFT_FIRST).violations
    assert not late.learned_late
    kith.correct(gift.id, "it was last week", changes={"at": (clock() - timedelta(days=5)).isoformat()})
    assert audited(kith, GIFT_FIRST).verdict is Verdict.PASS
    assert audited(kith, GIFT_FIRST, "recorded").verdict is Verdict.VIOLATED


def test_what_was_learned_late_is_labelled(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    clock.forward(days=9)
    kith.give(ana, Gift.article("https://example.org", because="of her work"))
    clock.forward(hours=1)
    kith.touch(ana, Touch.reply(at=clock() - timedelta(days=2)))
    (found,) = audited(kith, GIFT_FIRST).violations
    assert found.learned_late
    assert audited(kith, GIFT_FIRST, "recorded").verdict is Verdict.PASS


def test_what_comes_late_is_said_of_what_the_policy_is_about_alone(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    clock.forward(days=9)
    kith.note(ana, "She likes tea")
    clock.forward(hours=1)
    kith.touch(ana, Touch.reply(at=clock() - timedelta(days=2)))
    about_notes = policy("Given every relationship", "When a note happens", "Then it must never happen")
    for policies in ([GIFT_FIRST], [GIFT_FIRST, about_notes]):
        (found,) = kith.audit(policies).policies[0].violations
        assert not found.learned_late


def test_what_was_recorded_at_once_did_not_come_late(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    clock.forward(days=9)
    kith.give(ana, Gift.article("https://example.org", because="of her work"))
    kith.touch(ana, Touch.reply(at=clock() - timedelta(days=2)))
    (found,) = audited(kith, GIFT_FIRST).violations
    assert not found.learned_late


def test_the_stage_is_the_one_that_had_been_reached_when_it_happened(kith: Kith, clock: Clock) -> None:
    """A past that is put on record afterwards, the last first."""
    clock.forward(days=100)
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.message(at=clock() - timedelta(days=1)))
    for days in (90, 80):
        kith.touch(ana, Touch.message(at=clock() - timedelta(days=days)))
    kith.touch(ana, Touch.reply(at=clock() - timedelta(days=70)))
    assert kith.relationship(ana).stage is Stage.NURTURED
    nurtured = policy(
        "Given every relationship", "When an outbound touch happens", "And its stage is nurtured",
        "Then it must never happen",
    )  # fmt: skip
    for order, when in (("happened", [clock() - timedelta(days=1)]), ("recorded", [])):
        assert [violation.at for violation in audited(kith, nurtured, order).violations] == when


@pytest.mark.parametrize("order", ["happened", "recorded"])
def test_all_within_the_stretch_are_counted(kith: Kith, clock: Clock, order: str) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    for _ in range(4):
        clock.forward(days=1)
        kith.touch(ana, Touch.message())
    few = policy(
        "Given every relationship", "When an outbound touch happens", "Then it may happen at most 2 times in any 7 days"
    )  # fmt: skip
    third, fourth = audited(kith, few, order).violations
    assert ("number 3" in third.sentence, len(third.events)) == (True, 3)
    assert ("number 4" in fourth.sentence, len(fourth.events)) == (True, 4)


def test_a_seekers_days_are_theirs_also_before_kith_knew_them(kith: Kith, clock: Clock) -> None:
    begun = clock()
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.message(at=begun - timedelta(days=200)))  # in summer, when Lisbon is an hour ahead
    hours = policy(
        "Given every relationship", "When an outbound touch happens",
        f"Then it must happen on any day between {(begun + timedelta(hours=1)):%H:%M} and 23:59",
    )  # fmt: skip
    for as_of in (None, begun - timedelta(days=100)):
        report = kith.audit([hours], as_of=as_of)
        assert (report.time_zone, report.verdict, report.relationships) == ("Europe/Lisbon", Verdict.PASS, 1)


def test_as_of_another_day_later_events_are_not_there_and_deadlines_still_run(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.reply())
    clock.forward(days=1)
    between = clock()
    clock.forward(days=2)
    kith.touch(ana, Touch.message())
    for order in Order:
        assert audited(kith, ANSWERED, order).verdict is Verdict.VIOLATED
        then = audited(kith, ANSWERED, order, as_of=between)
        assert (then.verdict, then.judged, then.pending) == (Verdict.PENDING, 1, 1)


def test_only_since_a_day_limits_what_is_judged_and_not_what_counts(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.reply())
    kith.give(ana, Gift.article("https://example.org", because="of her work"))
    clock.forward(days=3)
    kith.touch(ana, Touch.reply())
    found = audited(kith, GIFT_FIRST, since=date(2026, 3, 4))
    assert (found.verdict, found.judged) == (Verdict.PASS, 1)


def test_days_are_the_seekers_own(kith: Kith, clock: Clock) -> None:
    clock.now = clock.now.replace(month=3, day=27)  # the clocks in Lisbon change on the 29th
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.reply())
    clock.forward(days=2, hours=-1)
    kith.touch(ana, Touch.message())
    assert audited(kith, ANSWERED).verdict is Verdict.PASS
    clock.forward(minutes=1)
    in_time = audited(kith, ANSWERED)
    assert in_time.verdict is Verdict.PASS
    hours = policy(
        "Given every relationship", "When a message from them happens",
        "Then a word to them must follow within 46 hours",
    )  # fmt: skip
    assert audited(kith, hours).verdict is Verdict.VIOLATED


def test_an_audit_is_about_one_seeker_unless_it_is_about_everyone(kith: Kith) -> None:
    mira = kith.seeker().id
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.reply())
    kith.register("Rui Costa", another=True)
    ben = kith.meet(Person(name="Ben Cho"))
    kith.touch(ben, Touch.reply())
    assert who(audited(kith, GIFT_FIRST)) == [ben]
    with kith.serving(mira) as served:
        assert who(audited(served, GIFT_FIRST)) == [ana]
    everyone = kith.audit([GIFT_FIRST], everyone=True)
    assert who(everyone.policies[0]) == [ana, ben]
    assert everyone.people == {ana: "Ana Silva", ben: "Ben Cho"}
    assert everyone.relationships == 2


def test_the_one_who_asked_learns_nothing_of_answers_that_others_recorded(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    kith.ask(ana, intro_ask())
    introduction = kith.introductions()[0].id
    kith.consent(introduction, "connector", yes=True, role="coach")
    kith.consent(introduction, "target", yes=False, role="coach")
    answers = policy(
        "Given all relationships together", "When a consent or a refused consent happens", "Then it must never happen"
    )  # fmt: skip
    assert audited(kith, answers).verdict is Verdict.NOT_EXERCISED
    assert len(audited(kith, answers, everyone=True).violations) == 2


def test_answers_that_the_seeker_attests_are_theirs_to_see(kith: Kith, clock: Clock) -> None:
    introduced(kith, clock)
    consents = policy(
        "Given all relationships of one introduction together", "When an introduction made happens",
        "Then a connector consent must have happened before",
    )  # fmt: skip
    found = audited(kith, consents)
    assert (found.verdict, found.judged) == (Verdict.PASS, 1)


def test_a_favour_asked_over_a_guard_is_found(kith: Kith, clock: Clock) -> None:
    ana = nurture(kith, clock)
    missing = kith.check(ana, IntroAsk(target="Ben Cho", company="Acme", why="He leads the tests.")).missing
    reasons = {finding.guard: "it can't wait" for finding in missing}
    kith.ask(ana, IntroAsk(target="Ben Cho", company="Acme", why="He leads the tests."), override=reasons)
    asked = policy(
        "Given every relationship", "When an intro ask happens", "And its overridden guard is stage-reached",
        "Then an arrival at coffee chat must have happened before",
    )  # fmt: skip
    assert who(audited(kith, asked)) == [ana]


def test_an_answer_settles_the_first_message_that_it_answers(kith: Kith, clock: Clock) -> None:
    ana = chatted(kith, clock)
    clock.forward(hours=1)
    kith.prepare_chat(ana, questions())
    kith.ask(ana, ChatAsk(minutes=20))
    asks = policy(
        "Given all relationships of one ask together", "When a new ask happens",
        "Then a settlement must follow within 21 days",
    )  # fmt: skip
    assert (audited(kith, asks).judged, audited(kith, asks).pending) == (2, 1)
    kith.agree(ana, AskKind.CHAT, due=clock() + timedelta(days=1))
    assert audited(kith, asks).pending == 0


def test_no_text_is_taken_for_a_field(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    for note in (
        "plain",
        ',"direction":"inbound","channel":"call","note":"',
        '","$":{"r":"2020-01-01T00:00:00Z"}',
        None,
    ):
        kith.touch(ana, Touch.message(note))
        kith.touch(ana, Touch.reply(note))
    replies = policy("Given every relationship", "When a message from them happens", "Then it must never happen")
    assert audited(kith, replies).judged == 4


def test_an_order_that_there_is_not_is_refused(kith: Kith) -> None:
    with pytest.raises(InvalidInput, match="happened or recorded"):
        kith.audit([GIFT_FIRST], order="random")


def test_progress_is_told_to_the_end(kith: Kith, clock: Clock) -> None:
    nurture(kith, clock)
    told: list[tuple[int, int]] = []
    kith.audit([GIFT_FIRST], progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_a_damaged_row_is_named_and_left_out(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "kith.sqlite"
    with Kith.open(path, clock=clock) as kith:
        kith.register("Mira Okafor")
        ana = kith.meet(Person(name="Ana Silva"))
        reply = kith.touch(ana, Touch.reply())[0]
        kith.touch(ana, Touch.reply())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER no_UPDATE")
        sql = (
            "UPDATE stored_events SET state = CAST('{oops' AS BLOB) WHERE originator_id = ? AND originator_version = 2"
        )
        connection.execute(sql, (ana.hex,))
        connection.commit()
    with Kith.open(path, clock=clock) as kith:
        report = kith.audit([GIFT_FIRST])
    assert report.corrupt == (reply.id,)
    assert report.policies[0].judged == 1


WRITER = """
import sys
from kith.workflows import Kith, Person, Touch
with Kith.open(sys.argv[1]) as kith:
    while True:
        ana = kith.meet(Person(name="Somebody"))
        kith.touch(ana, Touch.message())
        kith.touch(ana, Touch.reply())
        print("written", flush=True)
"""


def test_an_audit_beside_a_writer_gives_one_consistent_answer(shared_stores: Stores) -> None:
    address = shared_stores.new()
    counted = [
        policy("Given every relationship", f"When {what} happens", "Then it must never happen", name=what)
        for what in ("an outbound touch", "a reply", "an event")
    ]
    with Kith.open(address) as kith:
        kith.register("Mira Okafor")
        with subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            try:
                writer.stdout.readline()
                line, before = writer.stdout, 0

                def wait(_: int, __: int) -> None:
                    line.readline()

                for _ in range(5):
                    report = kith.audit(counted, progress=wait)
                    sent, back, all_ = (len(one.violations) for one in report.policies)
                    assert 0 <= sent - back <= 1
                    assert all_ == sent + back + report.relationships
                    assert before <= sent
                    before = sent
            finally:
                writer.kill()
