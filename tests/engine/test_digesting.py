"""The day's digest: what the agenda shows, in the seeker's day, and claimed by one sender only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from kith.domain.errors import NotApplicable
from kith.workflows import Digest, Kith, Person, Touch
from tests.kithtest import START, Clock, nurture
from tests.stores import Stores

TODAY = date(2026, 3, 2)


def test_a_digest_is_the_agenda_in_the_words_of_the_seeker(kith: Kith, clock: Clock) -> None:
    for number in range(7):
        kith.touch(kith.meet(Person(name=f"Person {number}", company="Acme")), Touch.reply())
    nurture(kith, clock)
    agenda, digest = kith.agenda(), kith.digest()

    assert (digest.day, digest.more) == (kith.seeker().calendar.day(clock.now), agenda.more)
    assert (digest.subject, digest.greeting) == ("5 things to do on Tuesday 17 March 2026", "Hello Mira Okafor,")
    assert [(line.do, line.why, line.name, line.key) for line in digest.lines] == [
        (one.action.do, one.action.why, one.name, one.action.key) for one in agenda.actions
    ]
    assert (digest.lines[0].urgency, digest.lines[0].due) == ("you owe this", "overdue since Wednesday 4 March 2026")
    assert str(digest.lines[0].relationship_id.hex) == agenda.actions[0].relationship_id


def test_the_subject_names_nobody(kith: Kith) -> None:
    kith.touch(kith.meet(Person(name="Ana Silva", company="Acme")), Touch.reply())
    assert kith.digest().subject == "1 thing to do on Monday 2 March 2026"


def test_a_day_without_anything_to_do_says_what_to_do_instead(kith: Kith) -> None:
    assert kith.digest() == Digest(
        TODAY, "Nothing to do on Monday 2 March 2026", "Hello Mira Okafor,",
        "Nobody is on record yet; bring your network in, or put one person on record.", (), 0,
    )  # fmt: skip
    kith.meet(Person(name="Ana Silva"))
    assert kith.digest().opening.startswith("Nothing is due.")


def test_the_day_is_the_seekers_own(kith: Kith, clock: Clock) -> None:
    kith.update_profile(time_zone="Pacific/Kiritimati")
    clock.now = datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert kith.digest().day == date(2026, 3, 3)


def test_a_digest_of_another_day_is_that_days_agenda(kith: Kith) -> None:
    who = kith.meet(Person(name="Ana Silva"))
    kith.touch(who, Touch.message())
    kith.set_tier(who, 1)
    assert kith.digest().lines == kith.digest(TODAY).lines == ()
    [line] = kith.digest(date(2026, 3, 24)).lines
    assert line.do == "Say hello to Ana Silva."


def test_a_day_is_claimed_once(kith: Kith) -> None:
    assert kith.claim_digest(TODAY) is True
    assert kith.claim_digest(TODAY) is False
    assert kith.claim_digest(date(2026, 3, 3)) is True


def test_a_claim_is_not_had_again_by_its_command_id(kith: Kith) -> None:
    assert kith.claim_digest(TODAY, command_id="digest-1") is True
    assert kith.claim_digest(TODAY, command_id="digest-1") is False


def test_a_claim_outlives_a_rebuild_and_a_clock_that_jumps(kith: Kith, clock: Clock) -> None:
    kith.claim_digest(TODAY)
    clock.forward(days=4_000)
    kith.claim_digest(date(2037, 2, 12))
    clock.now = START
    kith.rebuild()
    kith.forget_states()
    assert kith.claim_digest(TODAY) is False
    assert kith.claim_digest(date(2026, 3, 3)) is True


def test_what_was_sent_is_noted_once(kith: Kith) -> None:
    kith.claim_digest(TODAY)
    assert len(kith.digest_sent(TODAY)) == 1
    assert kith.digest_sent(TODAY) == ()
    assert kith.doctor() == []


def test_nobody_sends_what_nobody_claimed(kith: Kith) -> None:
    with pytest.raises(NotApplicable, match="Nobody claimed the digest of 2 March 2026"):
        kith.digest_sent(TODAY)


def test_the_doctor_names_a_digest_that_was_perhaps_not_sent(kith: Kith, clock: Clock) -> None:
    kith.claim_digest(TODAY)
    [told] = kith.doctor()
    assert told.startswith("The digest of 2 March 2026 for seeker")
    assert told.endswith(f"kith digest sent 2026-03-02 --seeker {kith.seeker().id} settles it.")
    clock.forward(days=32)
    assert kith.doctor() == []


def test_one_of_many_senders_claims_a_day(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as first:
        first.register("Mira Okafor")
        engines = [Kith.open(path, clock=clock) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            for number in range(1, 6):
                claims = list(pool.map(lambda kith, day=date(2026, 3, number): kith.claim_digest(day), engines))
                assert sorted(claims) == [False, False, False, True]
        for kith in engines:
            kith.close()
