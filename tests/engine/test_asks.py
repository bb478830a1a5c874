"""Asks through the engine: earned or refused, over a whole story and against other writers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest

from kith.domain.asks import Ask, FirstMessage
from kith.domain.errors import InFuture, InvalidInput, NotApplicable
from kith.workflows import AskKind, AskRefused, Gift, IntroAsk, Kith, Origin, Person, ReferralAsk, Stage, Touch
from tests.kithtest import NOTE, Clock, chatted, intro_ask, introduced, nurture, referral_ask
from tests.stores import Stores


def missing(refusal: pytest.ExceptionInfo[AskRefused]) -> set[str]:
    """The guards that stood in the way."""
    return {finding.guard for finding in refusal.value.decision.missing}


def held_back(kith: Kith, who: UUID, ask: Ask, override: dict[str, str] | None = None) -> set[str]:
    """The guards that held an ask back; none if it was made."""
    try:
        kith.ask(who, ask, override=override)
    except AskRefused as refusal:
        return {finding.guard for finding in refusal.decision.missing}
    return set()


def test_a_relationship_goes_from_met_to_referral(kith: Kith, clock: Clock) -> None:
    who = introduced(kith, clock)
    kith.ask(who, referral_ask())
    kith.agree(who, AskKind.REFERRAL)
    kith.receive_referral(who)
    kith.thank(who, "referral")
    clock.forward(days=20)
    kith.learn_outcome(who, "hired")
    kith.report_outcome(who)

    state = kith.relationship(who)
    assert state.earned is Stage.REFERRAL
    assert [advance.stage for advance in state.advances] == list(Stage)[1:]
    assert kith.doctor() == []


def test_a_cold_referral_ask_is_refused_with_every_finding_and_a_plan(kith: Kith) -> None:
    jordan = kith.meet(Person(name="Jordan Blake", company="Northwind Analytics"))

    with pytest.raises(AskRefused) as refusal:
        kith.ask(jordan, referral_ask())
    assert missing(refusal) == {
        "no-cold-ask", "conversation-alive", "stage-reached", "value-first", "goodwill", "intro-before-referral",
    }  # fmt: skip
    plan = refusal.value.decision.plan
    assert plan is not None
    assert plan.earliest is not None
    assert plan.earliest > refusal.value.decision.at + timedelta(days=30)


def test_a_check_says_the_same_as_the_ask_and_writes_nothing(kith: Kith) -> None:
    jordan = kith.meet(Person(name="Jordan Blake"))
    decision = kith.check(jordan, referral_ask())
    with pytest.raises(AskRefused) as refusal:
        kith.ask(jordan, referral_ask())

    assert decision.findings == refusal.value.decision.findings
    assert [entry.what for entry in kith.timeline(jordan)] == ["met", "refused ask"]


def test_an_override_is_recorded_with_its_reason(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(
        who,
        referral_ask(),
        override={"intro-before-referral": "she offered", "ask-cooldown": "not needed", "goodwill": "she insists"},
    )

    told = [entry.text for entry in kith.timeline(who) if entry.what == "override"]
    assert "intro-before-referral: she offered" in told
    assert "stage-reached: she offered" in told


def test_a_hard_guard_cannot_be_overridden(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    paid = IntroAsk(target="Ben", company="Northwind", why="stress tests", note=NOTE, compensation="100 EUR")

    with pytest.raises(InvalidInput, match="can't be overridden"):
        kith.ask(who, paid, override={"no-payment": "please"})
    with pytest.raises(AskRefused) as refusal:
        kith.ask(who, paid)
    assert missing(refusal) == {"no-payment"}


def test_an_override_of_a_guard_that_does_not_exist_is_told(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    with pytest.raises(InvalidInput, match="no guard called"):
        kith.ask(who, intro_ask(), override={"be-nice": "please"})


def test_an_introduction_needs_the_yes_of_both(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    with pytest.raises(AskRefused) as refusal:
        kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=False)

    assert missing(refusal) == {"both-sides-agree"}
    assert len(kith.people()) == 1


def test_a_gift_of_a_connection_needs_the_yes_of_both(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    with pytest.raises(AskRefused):
        kith.give(who, Gift.connection("Tom Reed", "they work on the same thing", both_agreed=False))
    kith.give(who, Gift.connection("Tom Reed", "they work on the same thing", both_agreed=True))
    assert len(kith.relationship(who).gifts) == 2


def test_the_person_one_was_introduced_to_may_be_asked_for_a_chat_at_once(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    kith.make_introduction(who, to=Person(name="Ben Cho", email="ben@example.org"), both_agreed=True)
    ben = kith.find("Ben Cho")

    assert kith.relationship(ben).introduced_by == who
    assert kith.relationship(ben).origin is Origin.INTRODUCED
    decision = kith.check(ben, intro_ask())
    assert "no-cold-ask" not in {finding.guard for finding in decision.missing}


def test_an_introduction_nobody_asked_for_skips_stages(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.make_introduction(ana, to=Person(name="Ben Cho"), both_agreed=True)

    state = kith.relationship(ana)
    assert (state.stage, state.earned) == (Stage.INTRO, Stage.MET)
    assert state.advances[-1].skipped == (Stage.NURTURED, Stage.VALUE_GIVEN, Stage.COFFEE_CHAT)


def test_an_unanswered_ask_lapses_by_itself(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    asked = clock()
    clock.forward(days=40)
    kith.touch(who, Touch.message())

    lapses = [entry for entry in kith.timeline(who) if entry.what == "lapse"]
    clocks_went_forward = timedelta(hours=1)
    assert [entry.at for entry in lapses] == [asked + timedelta(days=21) - clocks_went_forward]
    assert kith.seeker().asks == ()
    assert kith.doctor() == []


def test_closing_takes_open_asks_back(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    kith.close_relationship(who, "moved away")

    assert kith.relationship(who).open_asks == ()
    assert kith.seeker().asks == ()
    with pytest.raises(AskRefused) as refusal:
        kith.ask(who, intro_ask())
    assert "relationship-open" in missing(refusal)


def test_one_more_first_message_than_the_week_allows_is_refused(kith: Kith) -> None:
    kith.update_profile(
        headline="Data analyst", intro="I turn messy payment data into reports that people trust.", picture=True
    )
    outcomes = []
    openers = ["Your talk", "That paper", "Last week's panel", "A thread of yours", "The workshop", "An old article"]
    for number, opener in enumerate(openers):
        who = kith.meet(Person(name=f"Stranger {number}", position=f"Head of topic {number}"))
        kith.note(who, f"spoke about topic {number}")
        text = f"{opener} about topic {number} stayed with me. I am an analyst from Lisbon, and write out of curiosity."
        message = FirstMessage(text=text, detail=f"topic {number}", who_i_am="an analyst from Lisbon", why="curiosity")
        outcomes.append(held_back(kith, who, message, {"genuine-first-message": "the texts of a test are much alike"}))
    assert outcomes == [set()] * 5 + [{"weekly-outreach-limit"}]


def test_no_race_gets_more_asks_open_than_the_limit(shared_stores: Stores, clock: Clock) -> None:
    path = shared_stores.new()
    with Kith.open(path, clock=clock) as kith:
        kith.register("Mira")
        people = [chatted(kith, clock, name) for name in ("Ana A", "Ben B", "Cem C", "Dua D", "Eva E", "Fay F")]
        for who in people:
            kith.touch(who, Touch.reply())
    engines = [Kith.open(path, clock=clock) for _ in people]

    def ask(engine: Kith, who: UUID) -> set[str]:
        return held_back(engine, who, intro_ask())

    with ThreadPoolExecutor(len(people)) as pool:
        outcomes = list(pool.map(ask, engines, people))
    for engine in engines:
        engine.close()
    assert sorted(outcomes, key=len) == [set()] * 3 + [{"open-ask-limit"}] * 3


def test_a_fact_of_tomorrow_is_not_recorded(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(InFuture):
        kith.touch(ana, Touch.message(at=clock() + timedelta(days=1)))


def test_a_nudge_without_an_open_ask_does_not_apply(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(NotApplicable, match="nothing to nudge"):
        kith.nudge(ana)


def test_a_referral_ask_without_company_or_role_is_refused_not_broken(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(AskRefused) as refusal:
        kith.ask(ana, ReferralAsk())
    assert {"specific-referral", "can-vouch"} <= missing(refusal)


def test_a_favour_after_the_lapse_was_asked_for(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    clock.forward(days=30)
    kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True)

    state = kith.relationship(who)
    assert [made.volunteered for made in state.introductions] == [False]
    assert state.earned is Stage.INTRO


def test_a_referral_for_another_opening_than_the_one_asked_for_is_volunteered(kith: Kith, clock: Clock) -> None:
    who = introduced(kith, clock)
    kith.ask(who, referral_ask())
    kith.receive_referral(who, role="Data lead", company="Globex")

    state = kith.relationship(who)
    assert [given.volunteered for given in state.referrals] == [True]
    assert len(state.open_asks) == 1


def test_thanks_go_to_what_happened_first(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.hold_chat(who, learnings="The second.", at=clock() - timedelta(days=1))
    kith.hold_chat(who, learnings="The first.", at=clock() - timedelta(days=3))
    kith.thank(who)

    first, second = sorted(kith.relationship(who).chats, key=lambda chat: chat.fact.at)
    assert set(kith.relationship(who).thanked) == {first.fact.version}
    kith.thank(who)
    assert set(kith.relationship(who).thanked) == {first.fact.version, second.fact.version}


def test_a_chat_is_held_once_and_what_else_is_said_of_it_is_not_lost(kith: Kith, clock: Clock) -> None:
    who = nurture(kith, clock)
    kith.hold_chat(who, learnings="How they plan.", minutes=20)
    assert kith.hold_chat(who) == kith.hold_chat(who, learnings="How they plan.") == ()
    with pytest.raises(NotApplicable, match="kith undo EVENT --set"):
        kith.hold_chat(who, learnings="How they plan.", follow_ups=["send the book"])
    assert len(kith.relationship(who).chats) == 1


def test_the_introduction_is_told_of_the_connector_also_for_somebody_new(kith: Kith, clock: Clock) -> None:
    who = chatted(kith, clock)
    kith.ask(who, intro_ask())
    written = kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True, command_id="made")

    assert {recorded.originator_id for recorded in written} == {who}
    assert kith.make_introduction(who, to=Person(name="Ben Cho"), both_agreed=True, command_id="made") == written
    assert kith.doctor() == []


def test_a_refusal_told_again_carries_a_plan(kith: Kith) -> None:
    jordan = kith.meet(Person(name="Jordan Blake"))
    for _ in range(2):
        with pytest.raises(AskRefused) as refusal:
            kith.ask(jordan, referral_ask(), command_id="cold")
        assert refusal.value.decision.plan is not None
        assert refusal.value.decision.plan.steps


def test_somebody_met_long_ago_is_on_the_board_of_then(kith: Kith, clock: Clock) -> None:
    ben = kith.meet(Person(name="Ben Stone", since=clock().date() - timedelta(days=400)))
    board = kith.board(as_of=clock() - timedelta(days=300))

    assert [one.name for one in board.stages[Stage.MET]] == ["Ben Stone"]
    assert kith.board(as_of=clock() - timedelta(days=300), by="recorded").stages[Stage.MET] == []
    assert kith.timeline(ben)[0].at < clock() - timedelta(days=399)


def test_registering_again_is_the_same_seeker(kith: Kith) -> None:
    me = kith.seeker().id
    assert kith.register("Mira Okafor") == me
    with pytest.raises(NotApplicable, match="Mira Okafor's"):
        kith.register("Robin")
    assert kith.register("Robin", another=True) != me


def test_a_name_in_the_place_of_an_id_is_told(kith: Kith) -> None:
    with pytest.raises(InvalidInput, match="named by its id"):
        kith.touch("Ana Silva", Touch.message())  # type: ignore[arg-type]


def test_an_introduction_to_nobody_is_told(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    with pytest.raises(InvalidInput, match="to whom"):
        kith.make_introduction(ana, both_agreed=True)


def test_who_wants_no_contact_is_not_reopened(kith: Kith) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.close_relationship(ana, refuses_contact=True)
    with pytest.raises(NotApplicable, match="wants no contact"):
        kith.reopen_relationship(ana)


def test_the_story_as_of_a_day_ends_on_that_day(kith: Kith, clock: Clock) -> None:
    ana = kith.meet(Person(name="Ana Silva"))
    kith.touch(ana, Touch.message())
    then = clock()
    clock.forward(days=10)
    kith.undo(kith.timeline(ana)[-1].id, "a mistake")
    assert [entry.what for entry in kith.timeline(ana, as_of=then)] == ["met", "touch"]
