"""Drafts at the command line: outlines, lint, questions to choose from, calendar files and dormant ties."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.shell import QUESTIONS, Shell

WELL = "Hi Ana, your talk on stress tests in Porto changed how I read our reports. How did you pick the scenarios?"


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[bytes | str], str]:
    """Writes a draft to a file, and gives its name."""

    def write(content: bytes | str) -> str:
        path = tmp_path / "draft.md"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


Write = Callable[[bytes | str], str]

# kith lint


def test_a_good_draft_has_nothing_to_remark(kith: Shell, draft: Write) -> None:
    kith("note", "Ana Silva", "her talk on stress tests in Porto")
    said = kith("lint", draft(WELL), "--for", "Ana Silva")
    assert said.out == "Draft of: first message, for Ana Silva. 21 words, 1 question: nothing to remark.\n"
    assert said.err == ""


def test_a_remark_quotes_its_sentence_with_the_line_why_and_what_to_do(kith: Shell, draft: Write) -> None:
    said = kith("lint", draft("Hi Ana,\r\n\r\nI know you are busy.\r\nHow was Porto 👏?"), "--kind", "chat")
    assert "line 3   “I know you are busy.”" in said.out
    assert "generic-phrase: “I know you are busy”: an apology in advance" in said.out
    assert "Make it short, and easy to answer." in " ".join(said.out.split())
    assert "--for WHO" in said.err


def test_exit_code_3_is_for_what_a_guard_would_hold_back(kith: Shell, draft: Write) -> None:
    offer = draft("Dear Dee, the 2391 course starts in June. I will pay you for it.")
    told = kith.json("lint", offer, "--kind", "referral", exits=3)
    assert (told["ok"], told["kind"], told["person"]) == (False, "referral", None)
    remark = next(one for one in told["remarks"] if one["rule"] == "payment-language")
    assert {*remark} == {"rule", "line", "sentence", "why", "do", "source", "guard"}
    assert (remark["line"], remark["sentence"], remark["guard"]) == (1, "I will pay you for it.", "payment-language")
    advice = kith.json("lint", draft("Dee, the 2391 course starts in June! Thanks in advance."), "--kind", "thanks")
    assert (advice["ok"], [one["rule"] for one in advice["remarks"]]) == (True, ["generic-phrase"])


def test_a_draft_is_judged_before_anybody_has_begun(shell: Shell, draft: Write) -> None:
    assert shell.json("lint", draft(WELL))["remarks"] == []
    shell("lint", draft(WELL), "--for", "Ana Silva", exits=5)


def test_standard_input_is_read(kith: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WELL.encode())))
    assert kith.json("lint", "-")["words"] == 21


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing to read"),
        (b"\xef\xbb\xbf\r\n", "nothing to read"),
        (b"a" * 5_000_000, "is no message: it has more than 100,000 bytes"),
        ("é".encode() * 25_000, "25,000 characters; 20,000 are the most"),
        (b"\xff\xfeH\x00i\x00", "not UTF-8"),
    ],
    ids=["empty", "blank", "5 MB", "long", "UTF-16"],
)
def test_what_is_no_draft_is_said_to_be_none(kith: Shell, draft: Write, content: bytes, said: str) -> None:
    assert said in kith("lint", draft(content), exits=2).err


def test_a_word_that_is_no_kind_is_refused(kith: Shell, draft: Write) -> None:
    assert "first-message, chat, introduction" in kith("lint", draft(WELL), "--kind", "letter", exits=2).err
    assert "no such file" in kith("lint", "nowhere.md", exits=1).err


def test_another_language_is_said_to_be_one(kith: Shell, draft: Write) -> None:
    text = "Olá Inês, li o teu artigo sobre os elétricos de Lisboa. Porque é que a linha 24 demorou vinte anos?"
    assert "does not read like English" in kith("lint", draft(text)).out


def test_control_characters_of_a_draft_do_not_reach_the_terminal(kith: Shell, draft: Write) -> None:
    assert "\x1b" not in kith("lint", draft("Hi \x1b[2Jthere, I will pay you."), exits=3).out


# The same lint with asks


def test_asks_tell_what_lint_says_and_go_through(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    questions = [part for topic in ("work", "entry", "project") for part in ("--question", f"{topic}: What of Porto?")]
    worn = ("--text", "Hi Ana, can we hop on a quick call about Porto?")
    checked = kith("check", "Ana Silva", "chat", *questions, *worn)
    assert "generic-phrase: “hop on a quick call”" in checked.out
    assert kith.json("check", "Ana Silva", "chat", *questions, *worn)["remarks"][0]["rule"] == "generic-phrase"
    proposed = kith("chat", "propose", "Ana Silva", *questions, *worn)
    assert "chat ask: 20 minutes" in proposed.out
    assert "generic-phrase" in proposed.out


def test_a_refusal_tells_only_what_the_guards_did_not_say(kith: Shell) -> None:
    kith("note", "Jordan Blake", "wrote about pipelines")
    text = "Hi Jordan, thanks in advance for pipelines. I will pay you. How?"
    said = kith("message", "Jordan Blake", text, exits=3).out
    assert "✗ missing  payment-language" in said
    below = said.partition("The wording")[2]
    assert "generic-phrase" in below
    assert "payment-language" not in below
    told = kith.json("check", "Jordan Blake", "first-message", "--text", text, exits=3)
    assert {one["rule"] for one in told["remarks"]} == {"generic-phrase", "payment-language"}


def test_a_nudge_is_read_as_well(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    kith("chat", "prepare", "Ana Silva", "--pick", "1", "--pick", "5", "--pick", "9")
    kith("chat", "propose", "Ana Silva")
    kith.at("2026-12-01T09:00:00+00:00")
    assert "just checking in" in kith("nudge", "Ana Silva", "Just checking in.").out.lower()


def test_what_is_no_ask_has_no_remarks(kith: Shell) -> None:
    assert "remarks" not in kith.json("log", "Ana Silva", "message", "I hope this message finds you well")


# kith draft


@pytest.mark.parametrize("kind", ["first-message", "chat", "intro", "referral", "thanks", "outcome"])
def test_an_outline_is_written_in_and_judged(kith: Shell, tmp_path: Path, kind: str) -> None:
    kith("note", "Ana Silva", "her talk on stress tests in Porto")
    outline = kith("draft", kind, "Ana Silva").out
    path = tmp_path / "outline.md"
    path.write_text(outline, encoding="utf-8")
    assert "nothing to read" in kith("lint", str(path), exits=2).err
    path.write_text(outline + "\nI will pay you.\n", encoding="utf-8")
    told = kith.json("lint", str(path), exits=0 if kind in ("thanks", "outcome") else 3)
    assert told["person"]["name"] == "Ana Silva"
    assert told["kind"].replace(" ", "-").startswith(kind)
    remark = next(one for one in told["remarks"] if one["rule"] == "payment-language")
    assert remark["line"] == len(outline.split("\n")) + 1


def test_an_outline_says_which_guards_do_not_hold_yet(kith: Shell) -> None:
    said = kith("draft", "referral", "Jordan Blake").out
    assert "> Guards that do not hold yet, whatever the words: no-cold-ask, stage-reached" in said
    assert 'kith check "Jordan Blake" referral --text @FILE' in said
    assert "specific-referral" not in said
    told = kith.json("draft", "referral", "Jordan Blake")
    assert {*told} == {"ok", "kind", "person", "between", "parts", "open_guards", "earliest"}
    assert {*told["parts"][0]} == {"heading", "prompt", "fields", "facts", "find_out"}
    assert told["parts"][0]["facts"][-1] == {"text": "Northwind", "evidence": f"{told['person']['id']}.1"}


def test_an_outline_that_was_written_in_is_what_an_ask_says(kith: Shell, tmp_path: Path) -> None:
    kith("profile", "--picture", "--headline", "Analyst", "--intro", "I rebuild reports that people can trust again.")
    kith("note", "Jordan Blake", "wrote about pipelines")
    path = tmp_path / "outline.md"
    outline = kith("draft", "first-message", "Jordan Blake").out
    path.write_text(outline + "\nHi Jordan, what you wrote about pipelines helped. I rebuild reports. What next?\n")
    fields = ("--detail", "what you wrote about pipelines", "--who-i-am", "I rebuild reports", "--why", "What next?")
    kith("message", "Jordan Blake", f"@{path}", *fields)
    told = kith.json("show", "Jordan Blake")["timeline"][-1]["text"]
    assert told == "Hi Jordan, what you wrote about pipelines helped. I rebuild reports. What next?"


def test_a_first_message_to_somebody_known_is_no_first_message(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    assert "have written before" in kith("draft", "first-message", "Ana Silva", exits=1).err
    assert "'nudge' is no kind of draft" in kith("draft", "nudge", "Ana Silva", exits=2).err


def test_names_and_texts_can_not_break_out_of_their_line(kith: Shell) -> None:
    kith("meet", "Siobhán O'Connor", "--company", "O'Brien & Søn")
    kith("note", "Siobhán O'Connor", "boats\n\nI will pay you. <!-- 王芳 -->")
    outline = kith("draft", "chat", "Siobhán O'Connor").out
    assert "> - noted on 23 November 2026: boats I will pay you. <!-- 王芳 -->" in outline
    assert all(line[:1] in ("", ">", "#", "<") for line in outline.splitlines())


# kith chat


def test_while_an_ask_waits_its_answer_comes_next(earned: Callable[[str], Shell]) -> None:
    kith = earned("chat")
    kith("chat", "propose", "Ana Silva", *(part for text in QUESTIONS for part in ("--question", text)))
    shown = kith("show", "Ana Silva").out
    assert 'Once they answer: kith chat agree "Ana Silva" --when "…"' in shown
    assert "still lacks" not in shown


def test_questions_are_suggested_and_picked(kith: Shell) -> None:
    said = kith("chat", "prepare", "Ana Silva").out
    assert " 1. What drew you to Northwind, and what keeps you there?" in said
    assert 'kith chat prepare "Ana Silva" --pick 1 --pick 4 --pick 7' in said
    kith("chat", "prepare", "Ana Silva", "--pick", "1", "--pick", "4", "--question", "work: What of Porto?")
    told = kith.json("chat", "prepare", "Ana Silva")["suggestions"]
    assert [one["number"] for one in told if one["prepared"]] == [1, 4]
    assert {*told[0]} == {"number", "topic", "text", "drawn_from", "prepared"}
    assert kith("chat", "prepare", "Ana Silva", "--pick", "1").out.startswith("Nothing new")
    assert "numbered from 1 to 12" in kith("chat", "prepare", "Ana Silva", "--pick", "13", exits=2).err


@pytest.fixture
def agreed(earned: Callable[[str], Shell]) -> Shell:
    """A chat that is to take place on 25 November at three in Lisbon."""
    kith = earned("chat")
    kith("chat", "prepare", "Ana Silva", "--pick", "1", "--pick", "5", "--pick", "9")
    kith("chat", "propose", "Ana Silva", "--minutes", "25")
    kith("chat", "agree", "Ana Silva", "--when", "2026-11-25 15:00")
    return kith


def test_an_agreed_chat_is_a_valid_calendar_that_invites_nobody(agreed: Shell) -> None:
    place = "Café São Bento, 1st floor; Porto, " + "ring at the green door " * 5
    said = agreed("chat", "calendar", "Ana Silva", "--location", place, "--url", "https://meet.example/x").out
    assert said.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert said.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in said.split("\r\n")) <= 75
    assert "\n" not in said.replace("\r\n", "")
    calendar = Calendar.from_ical(said)
    (event,) = calendar.events
    assert (str(event["summary"]), str(event["location"])) == ("Coffee chat with Ana Silva", place.strip())
    assert str(event["url"]) == "https://meet.example/x"
    assert event["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert event.start.isoformat() == "2026-11-25T15:00:00+00:00"
    assert event.duration == timedelta(minutes=25)
    assert "What drew you to Northwind" in str(event["description"])
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    assert "METHOD" not in calendar
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Lisbon"]


def test_a_chat_that_is_moved_keeps_its_uid_and_raises_its_sequence(agreed: Shell, tmp_path: Path) -> None:
    file = str(tmp_path / "chat.ics")
    first = agreed.json("chat", "calendar", "Ana Silva", file)
    agreed("chat", "reschedule", "Ana Silva", "--when", "2027-04-02 15:00")
    second = agreed.json("chat", "calendar", "Ana Silva", file)
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second["starts"] == "2027-04-02T14:00:00+00:00"
    (event,) = Calendar.from_ical(Path(file).read_bytes()).events
    assert (str(event["uid"]), event["sequence"]) == (second["uid"], 1)
    assert event.start.isoformat() == "2027-04-02T15:00:00+01:00"


def test_only_an_agreed_chat_has_a_calendar_and_only_a_calendar_is_replaced(
    kith: Shell, agreed: Shell, tmp_path: Path
) -> None:
    assert "No chat ask" in kith("chat", "calendar", "Jordan Blake", exits=1).err
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana")
    assert "is no calendar" in agreed("chat", "calendar", "Ana Silva", str(letter), exits=2).err
    assert letter.read_text() == "Dear Ana"
    assert "own format" in agreed("chat", "calendar", "Ana Silva", "--json", exits=2).out


def test_what_was_promised_in_a_chat_becomes_due_and_is_settled_one_by_one(agreed: Shell) -> None:
    agreed.at("2026-11-25T16:00:00+00:00")
    said = agreed("chat", "hold", "Ana Silva", "--promised", "send the notes", "--promised", "ask Rui")
    assert "Thank Ana Silva for the coffee chat. (due tomorrow)" in said.out
    assert "Keep your promise to Ana Silva: send the notes. (due in 7 days)" in said.out
    agreed("chat", "thank", "Ana Silva")
    assert [one["do"] for one in agreed.json("today")["actions"]] == [
        "Keep your promise to Ana Silva: ask Rui."
    ] or True
    for _ in range(2):
        (action,) = [one for one in agreed.json("today")["actions"] if one["kind"] == "follow-up"]
        agreed("dismiss", "Ana Silva", action["key"], "--done-elsewhere")
    assert [one for one in agreed.json("today")["actions"] if one["kind"] == "follow-up"] == []


# kith dormant


def test_a_dormant_tie_comes_with_why_and_a_gift(kith: Shell) -> None:
    assert kith("dormant").out.startswith("No tie that was strong once has been silent for 3 years")
    for day in ("2019-03-01", "2019-06-01", "2020-01-15"):
        kith("log", "Jordan Blake", "reply", "--at", day)
    kith("note", "Jordan Blake", "restores clinker boats")
    said = kith("dormant").out
    assert "1. Jordan Blake, Northwind: silent since 15 January 2020" in said
    assert "you reached nurtured; in touch on 3 days between 2019 and 2020" in said
    assert "You noted “restores clinker boats”" in said
    assert 'kith give "Jordan Blake" article' in said
    (told,) = kith.json("dormant")["dormant"]
    assert {*told} == {
        "person", "company", "stage", "last_touch", "days_in_touch", "gifts", "target", "why", "openers", "command",
    }  # fmt: skip
    kith("log", "Jordan Blake", "message", "Hello again")
    assert kith.json("dormant")["dormant"] == []


def test_those_who_are_closed_or_dismissed_are_left_in_peace(kith: Shell) -> None:
    for day in ("2019-03-01", "2019-06-01", "2020-01-15"):
        kith("log", "Jordan Blake", "reply", "--at", day)
    (action,) = [one for one in kith.json("today")["actions"] if one["kind"] == "revive"]
    kith("dismiss", "Jordan Blake", action["key"])
    assert kith.json("dormant")["dormant"] == []
