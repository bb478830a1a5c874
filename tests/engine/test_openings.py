"""Openings and focus over a real store: the agenda tells of them, and the tables follow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.domain.errors import Ambiguous, KithError, NotApplicable, NotFound
from kith.workflows import AskKind, Kith, Person, Policy, Touch
from tests.kithtest import Clock, introduced, referral_ask

COMPANY = "Northwind Analytics"
Move = Callable[[Kith, Clock, UUID], object]


def ready(kith: Kith, clock: Clock, name: str = "Ana Silva", company: str = COMPANY) -> UUID:
    """Somebody at a company who may be asked for a referral."""
    who = introduced(kith, clock, name, told=True)
    kith.describe(who, company=company)
    kith.touch(who, Touch.reply("Good to hear"))
    return who


def earned(kith: Kith) -> list[str]:
    """What the agenda says is earned."""
    return [one.action.do for one in kith.agenda().actions if one.action.urgency.words == "earned"]


def test_an_opening_is_noted_once_and_told_anew(kith: Kith) -> None:
    first = kith.note_opening("Risk analyst", COMPANY, deadline=date(2026, 6, 1))
    assert kith.note_opening("risk analyst", f"{COMPANY} GmbH", link="https://northwind.example/1") == first
    [known] = kith.openings()
    assert (known.opening.link, known.opening.deadline) == ("https://northwind.example/1", date(2026, 6, 1))
    version = kith.seeker().version
    kith.note_opening("risk analyst", f"{COMPANY} GmbH")
    assert kith.seeker().version == version


def test_a_command_id_notes_an_opening_once(kith: Kith) -> None:
    first = kith.note_opening("Risk analyst", COMPANY, command_id="note-1")
    kith.close_opening(first, "filled", command_id="close-1")
    assert kith.note_opening("Risk analyst", COMPANY, command_id="note-1") == first
    assert kith.openings() == []
    assert [one.opening.outcome for one in kith.openings(closed_too=True)] == ["filled"]


def test_openings_come_by_deadline_and_closed_ones_last(kith: Kith, clock: Clock) -> None:
    today = clock().date()
    days = {"Later": 20, "Soon": 5, "Passed": -1, "Closed": 3, "Open end": None}
    for role, left in days.items():
        kith.note_opening(role, COMPANY, deadline=None if left is None else today + timedelta(days=left))
    kith.close_opening(kith.find_opening("Closed"))
    assert [one.opening.role for one in kith.openings(closed_too=True)] == [
        "Soon", "Later", "Open end", "Passed", "Closed",
    ]  # fmt: skip


def test_an_opening_is_found_by_its_id_or_its_words(kith: Kith) -> None:
    analyst, lead = (kith.note_opening(role, COMPANY) for role in ("Risk analyst", "Risk analyst lead"))
    assert kith.find_opening(str(analyst)) == kith.find_opening(analyst.hex[:8]) == analyst
    assert kith.find_opening(f"risk analyst at {COMPANY}, Inc.") == analyst
    assert kith.find_opening("LEAD") == lead
    other = kith.note_opening("Ingénieur/données", "Ærø Énergie, SARL")
    assert {kith.find_opening(words) for words in ("ingenieur donnees", "énergie", "aero energie")} == {other}
    with pytest.raises(Ambiguous) as several:
        kith.find_opening("risk")
    assert len(several.value.candidates) == 2
    for nothing in ("welder", "", "   "):
        with pytest.raises(NotFound):
            kith.find_opening(nothing)
    with pytest.raises(NotFound):
        kith.opening(uuid4())


def test_who_may_be_asked_is_chosen_and_told_why(kith: Kith, clock: Clock) -> None:
    ana = ready(kith, clock)
    kith.meet(Person(name="Tom Reed", company=f"{COMPANY}, Lda"))
    kith.meet(Person(name="Cem Aydin", company="Globex"))
    found = kith.opening(kith.note_opening("Risk analyst", COMPANY))
    assert [one.name for one in found.referrers] == ["Ana Silva", "Tom Reed"]
    assert found.chosen is not None
    assert (found.chosen.relationship_id, found.chosen.may_be_asked) == (ana, True)
    assert found.why.startswith("Ana Silva may be asked now")
    assert kith.check(ana, referral_ask()).allowed, "the guards say the same"


def test_one_referrer_is_enough(kith: Kith, clock: Clock) -> None:
    ana, tom = ready(kith, clock), ready(kith, clock, "Tom Reed")
    which = kith.note_opening("Risk analyst", COMPANY)
    kith.touch(ana, Touch.reply())
    assert kith.opening(which).chosen is not None
    kith.ask(ana, referral_ask())
    found = kith.opening(which)
    assert (found.chosen, found.referrers) == (None, ())
    assert "Ana Silva was asked on" in found.why
    assert "one-referrer-per-opening" in [finding.guard for finding in kith.check(tom, referral_ask()).missing]
    kith.decline(ana, AskKind.REFERRAL)
    again = kith.opening(which)
    assert [(one.name, one.status) for one in again.asked] == [("Ana Silva", "declined")]
    assert again.chosen is not None
    assert again.chosen.relationship_id == tom


def test_the_outcome_comes_to_the_opening_and_its_referrer_becomes_a_champion(kith: Kith, clock: Clock) -> None:
    ana = ready(kith, clock)
    which = kith.note_opening("Risk analyst", COMPANY)
    kith.ask(ana, referral_ask())
    kith.receive_referral(ana)
    kith.thank(ana, "referral")
    kith.learn_outcome(ana, "interview")
    [asked] = kith.opening(which).asked
    assert (asked.status, asked.outcome, asked.reported) == ("given", "interview", False)
    assert kith.champions() == []
    kith.report_outcome(ana)
    assert kith.opening(which).asked[0].reported
    assert [one.name for one in kith.champions()] == ["Ana Silva"]


def test_an_unasked_referral_counts_for_its_opening(kith: Kith) -> None:
    which = kith.note_opening("Risk analyst", COMPANY)
    eva = kith.meet(Person(name="Eva Lind"))
    kith.receive_referral(eva, role="risk analyst", company=COMPANY)
    [asked] = kith.opening(which).asked
    assert (asked.name, asked.status, asked.binds) == ("Eva Lind", "given", True)


# Today


def test_the_agenda_names_the_opening_until_its_deadline(kith: Kith, clock: Clock) -> None:
    ready(kith, clock)
    clock.forward(days=1)
    kith.touch(kith.find("Ana Silva"), Touch.message())
    assert earned(kith) == ["Ask Ana Silva for a referral, if there is an opening that fits."]
    last = clock().date() + timedelta(days=7)
    which = kith.note_opening("Risk analyst", COMPANY, deadline=last)
    assert earned(kith) == [f"Ask Ana Silva to refer you as Risk analyst, by {last.day} {last:%B %Y} at the latest."]
    clock.forward(days=8)
    assert earned(kith) == ["Ask Ana Silva for a referral, if there is an opening that fits."]
    kith.close_opening(which, "too late")
    assert kith.doctor() == []


def test_nobody_is_told_to_ask_for_what_somebody_else_was_asked(kith: Kith, clock: Clock) -> None:
    ana, tom = ready(kith, clock), ready(kith, clock, "Tom Reed")
    kith.note_opening("Risk analyst", COMPANY)
    kith.touch(ana, Touch.reply())
    for who in (ana, tom):
        kith.touch(who, Touch.message())
    assert [do.partition(" to refer")[0] for do in earned(kith)] == ["Ask Ana Silva", "Ask Tom Reed"]
    kith.ask(ana, referral_ask())
    assert earned(kith) == ["Ask Tom Reed for a referral, if there is an opening that fits."]
    assert kith.doctor() == []


def note(role: str) -> Move:
    return lambda kith, clock, _: kith.note_opening(role, COMPANY, deadline=clock().date() + timedelta(days=9))


def close(kith: Kith, _: Clock, __: UUID) -> None:
    for one in kith.openings()[:1]:
        kith.close_opening(one.opening.id)


def ask(kith: Kith, _: Clock, who: UUID) -> None:
    past = ("conversation-alive", "goodwill", "ask-cooldown", "thanked", "loop-closed")
    kith.ask(who, referral_ask(), override=dict.fromkeys(past, "they offered"))


def change_jobs(kith: Kith, _: Clock, who: UUID) -> None:
    kith.describe(who, company="Globex" if kith.relationship(who).person.company == COMPANY else COMPANY)


def wait(kith: Kith, clock: Clock, _: UUID) -> None:
    clock.forward(days=12)
    kith.sweep()


MOVES: dict[str, Move] = {
    "note": note("Risk analyst"), "note another": note("Data engineer"), "close": close, "ask": ask,
    "decline": lambda kith, _, who: kith.decline(who, AskKind.REFERRAL),
    "agree": lambda kith, _, who: kith.agree(who, AskKind.REFERRAL),
    "withdraw": lambda kith, _, who: kith.withdraw(who, AskKind.REFERRAL),
    "refer": lambda kith, _, who: kith.receive_referral(who, role="Risk analyst", company=COMPANY),
    "change jobs": change_jobs, "focus": lambda kith, _, who: kith.add_focus(who),
    "end focus": lambda kith, _, who: kith.remove_focus(who), "wait": wait,
}  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(sorted(MOVES))), max_size=14))
@settings(max_examples=40)
def test_the_tables_follow_whatever_happens_to_openings(moves: list[tuple[int, str]]) -> None:
    clock = Clock()
    with Kith.open(":memory:", clock=clock) as kith:
        kith.register("Mira Okafor")
        people = [ready(kith, clock), ready(kith, clock, "Tom Reed")]
        for who, what in moves:
            with suppress(KithError):
                MOVES[what](kith, clock, people[who])
        assert kith.doctor() == []


# Focus


def test_people_in_focus_come_first_among_the_equally_urgent(kith: Kith) -> None:
    names = ["Ana Silva", "Ben Cho", "Cem Aydin"]
    for name in names:
        kith.touch(kith.meet(Person(name=name)), Touch.reply())
    assert [one.name for one in kith.agenda().actions] == names
    kith.add_focus(kith.find("Cem Aydin"))
    assert [one.name for one in kith.agenda().actions] == ["Cem Aydin", "Ana Silva", "Ben Cho"]
    assert [one.name for one in kith.focus()] == ["Cem Aydin"]
    kith.remove_focus(kith.find("Cem Aydin"))
    assert [one.name for one in kith.agenda().actions] == names
    assert kith.doctor() == []


def test_the_focus_has_a_limit_and_who_is_gone_takes_up_no_room(kith: Kith) -> None:
    kith.adopt_policy(Policy(focus_people=1))
    ana, ben = (kith.meet(Person(name=name)) for name in ("Ana Silva", "Ben Cho"))
    kith.add_focus(ana)
    assert kith.add_focus(ana) == ()
    with pytest.raises(NotApplicable, match="1 is your limit"):
        kith.add_focus(ben)
    kith.undo(kith.timeline(ana)[0].id, "somebody else")
    assert kith.focus() == []
    kith.add_focus(ben)
    assert [one.name for one in kith.focus()] == ["Ben Cho"]


def test_nobody_who_is_not_on_record_comes_into_focus(kith: Kith) -> None:
    with pytest.raises(NotFound):
        kith.add_focus(uuid4())
