"""The journeys of what one writes, prepares and revives."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import parsers, scenarios, step, then, when

from kith.workflows import AskKind, ChatAsk, DraftKind, FirstMessage
from tests.features.walk import Walk, a_date
from tests.kithtest import questions

scenarios("journeys/drafts.feature", "journeys/chat_kit.feature", "journeys/dormant_ties.feature")

Table = list[list[str]]

# Drafts


@step(parsers.parse('the seeker notes "{text}" of "{name}"'))
def note(walk: Walk, text: str, name: str) -> None:
    walk.kith.note(walk.who(name), text)


@when(parsers.parse('the seeker begins a first message to "{name}"'))
def begin(walk: Walk, name: str) -> None:
    walk.outline = walk.kith.draft(DraftKind.FIRST_MESSAGE, walk.who(name))


@when(parsers.parse('the seeker drafts a first message to "{name}"'))
def write_draft(walk: Walk, name: str, docstring: str) -> None:
    walk.draft = docstring
    walk.judged = walk.kith.lint(docstring, who=walk.who(name))


@when(parsers.parse('the seeker sends that first message to "{name}" all the same'))
def send(walk: Walk, name: str) -> None:
    reasons = {"genuine-first-message": "its fields are left out here", "profile-ready": "likewise"}
    walk.kith.ask(walk.who(name), FirstMessage(text=walk.draft), override=reasons)


@then(parsers.parse('the outline has "{text}" under "{heading}"'))
def outline_has(walk: Walk, text: str, heading: str) -> None:
    assert walk.outline is not None
    (part,) = [part for part in walk.outline.parts if part.heading == heading]
    assert any(text in fact.text for fact in part.facts), part.facts


@then(parsers.parse('the outline says to find out "{text}" under "{heading}"'))
def outline_asks(walk: Walk, text: str, heading: str) -> None:
    assert walk.outline is not None
    (part,) = [part for part in walk.outline.parts if part.heading == heading]
    assert text in part.find_out


@then(parsers.parse('the outline names the guard "{guard}" as open'))
def outline_names(walk: Walk, guard: str) -> None:
    assert walk.outline is not None
    assert guard in walk.outline.open_guards


@then("lint remarks nothing")
def nothing_to_remark(walk: Walk) -> None:
    assert walk.judged is not None
    assert walk.judged.remarks == ()


@then("lint remarks")
def remarks(walk: Walk, datatable: Table) -> None:
    assert walk.judged is not None
    told = [[one.rule, str(one.line or ""), one.sentence] for one in walk.judged.remarks]
    assert told == datatable[1:]


# Coffee chats


@then(parsers.parse('a question about "{text}" is suggested for "{name}"'))
def suggested(walk: Walk, text: str, name: str) -> None:
    assert any(text in one.question.text for one in walk.kith.chat_suggestions(walk.who(name)))


@when(parsers.parse('the seeker picks the suggestions {one:d}, {two:d} and {three:d} for "{name}"'))
def pick(walk: Walk, one: int, two: int, three: int, name: str) -> None:
    found = walk.kith.chat_suggestions(walk.who(name))
    walk.kith.prepare_chat(walk.who(name), [found[number - 1].question for number in (one, two, three)])


@then(parsers.parse('a chat of {minutes:d} minutes with "{name}" may be asked for'))
def may_be_asked(walk: Walk, minutes: int, name: str) -> None:
    assert walk.kith.check(walk.who(name), ChatAsk(minutes=minutes)).allowed


@when(parsers.parse('the seeker agrees on a chat with "{name}" in {days:d} days'))
def agree(walk: Walk, name: str, days: int) -> None:
    walk.kith.ask(walk.who(name), ChatAsk(questions=tuple(questions())))
    walk.kith.agree(walk.who(name), AskKind.CHAT, due=walk.clock() + timedelta(days=days))


@when(parsers.parse('the chat with "{name}" is moved by {days:d} days'))
def move(walk: Walk, name: str, days: int) -> None:
    due = walk.kith.appointment(walk.who(name)).starts
    walk.kith.reschedule_chat(walk.who(name), due + timedelta(days=days))


@then(parsers.parse('the calendar has a chat with "{name}" on {day}, changed {times:d} times'))
def in_the_calendar(walk: Walk, name: str, day: str, times: int) -> None:
    found = walk.kith.appointment(walk.who(name))
    assert (found.starts.date(), found.changes) == (a_date(day), times)


@when(parsers.parse('the seeker holds the chat with "{name}" and promises "{one}" and "{two}"'))
def hold(walk: Walk, name: str, one: str, two: str) -> None:
    walk.kith.hold_chat(walk.who(name), learnings="How scenarios are chosen.", follow_ups=(one, two))


@when(parsers.parse('the seeker has done "{what}" for "{name}"'))
def done(walk: Walk, what: str, name: str) -> None:
    (action,) = [one for one in walk.kith.owed(walk.who(name)) if what in one.do]
    walk.kith.dismiss(walk.who(name), action.key, done_elsewhere=True)


@then(parsers.parse('the seeker owes "{name}"'))
def owes(walk: Walk, name: str, datatable: Table) -> None:
    found = walk.kith.owed(walk.who(name))
    assert [(one.do, one.due and one.due.date()) for one in found] == [(do, a_date(by)) for do, by in datatable[1:]]


# Dormant ties


@then("nobody is worth reviving")
def nobody(walk: Walk) -> None:
    assert walk.kith.dormant() == []


@then(parsers.parse('"{name}" is worth reviving, because'))
def worth_reviving(walk: Walk, name: str, datatable: Table) -> None:
    (tie,) = walk.kith.dormant()
    assert tie.name == name
    assert {row[0] for row in datatable[1:]} <= set(tie.why)


@then(parsers.parse('one begins with "{name}" by "{gift}"'))
def opener(walk: Walk, name: str, gift: str) -> None:
    (tie,) = [one for one in walk.kith.dormant() if one.name == name]
    assert any(gift in opener for opener in tie.openers)
