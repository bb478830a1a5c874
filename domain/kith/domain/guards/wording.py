"""Guards over the ask itself: what it offers, says and names."""

from __future__ import annotations

from kith.domain import wording
from kith.domain.asks import AskKind, ChatAsk, FirstMessage, IntroAsk, Question, ReferralAsk
from kith.domain.guards.registry import ANY_ASK, FAVOURS, Situation, Verdict, guard, no, plural, yes
from kith.domain.lint.limits import first_message_words, note_questions, note_words
from kith.domain.lint.remarks import remembered
from kith.domain.record import facts

FIRST = frozenset({AskKind.FIRST_MESSAGE})


@guard("no-payment", FAVOURS, "“Asking me to give a price to refer him”; Bond 2018 (analogous).",
       hard=True, about_wording=True)  # fmt: skip
def no_payment(s: Situation) -> Verdict:
    """The ask offers no money or reward: its compensation field is empty."""
    assert isinstance(s.ask, IntroAsk | ReferralAsk)
    if s.ask.compensation.strip():
        return no("The ask offers something in return for a favour.", "an empty compensation field")
    return yes("Nothing is offered in return.")


@guard("payment-language", ANY_ASK, "“Asking me to give a price to refer him”.", about_wording=True)
def payment_language(s: Situation) -> Verdict:
    """No sentence seems to offer money or a reward."""
    for text in s.ask.texts():
        offer = wording.payment_offer(text)
        if offer:
            return no(f"This seems to offer money or a reward: “{offer}”", "that sentence put differently or left out")
    return yes("No sentence offers money or a reward.")


@guard("genuine-first-message", FIRST,
       "Article: “stop using a script”; Simon Fraser (≤ 100 words, practitioner); LinkedIn InMail (vendor).",
       about_wording=True)  # fmt: skip
def genuine_first_message(s: Situation) -> Verdict:
    """At most 100 words; detail, who_i_am and why filled and found in the text; no job request; not a copy."""
    assert isinstance(s.ask, FirstMessage)
    lacks = [*_length(s, s.ask), *_personal(s, s.ask), *_asks_for_a_job(s.ask), *_copied(s, s.ask)]
    if lacks:
        return no(f"The message {'; it '.join(why for why, _ in lacks)}.", "; ".join(missing for _, missing in lacks))
    return yes("The message is short, personal and your own.")


def _length(s: Situation, ask: FirstMessage) -> list[tuple[str, str]]:
    count, most = len(wording.words(ask.text)), first_message_words(s.policy).most
    return [(f"has {count} words", f"at most {most} words")] if count > most else []


def _personal(s: Situation, ask: FirstMessage) -> list[tuple[str, str]]:
    lacks = [
        (f"does not say {told}", f"{field} filled in and said in the text")
        for field, value, told in (
            ("detail", ask.detail, f"anything particular to {s.name}"),
            ("who_i_am", ask.who_i_am, "who you are"),
            ("why", ask.why, f"why you write to {s.name}"),
        )
        if not wording.contains(ask.text, value)
    ]
    if ask.detail and not wording.on_record(ask.detail, facts(s.relationship)):
        lacks.append(("speaks of a detail that is not on record", f"a note about {s.name} that backs the detail"))
    return lacks


def _asks_for_a_job(ask: FirstMessage) -> list[tuple[str, str]]:
    request = wording.job_request(ask.text)
    return [(f"asks for a job or a referral (“{request}”)", "no such request in a first message")] if request else []


def _copied(s: Situation, ask: FirstMessage) -> list[tuple[str, str]]:
    closest = wording.closest(ask.text, remembered(s.seeker, s.policy, s.relationship.id))
    if closest < s.policy.first_message_similarity:
        return []
    return [(f"is {closest:.0%} the same as one you sent before", "words of its own for this person")]


@guard("questions-prepared", frozenset({AskKind.CHAT}),
       "Article: “ask meaningful questions”; Huang 2017 (more questions, more liking: strong).",
       about_wording=True)  # fmt: skip
def questions_prepared(s: Situation) -> Verdict:
    """At least 3 prepared questions, on at least 2 of the four topics."""
    assert isinstance(s.ask, ChatAsk)
    prepared = s.relationship.prepared
    questions: list[Question] = [question for _, question in prepared]
    questions += [question for question in s.ask.questions if question not in questions]
    topics = {question.topic for question in questions}
    if len(questions) >= s.policy.chat_questions and len(topics) >= s.policy.chat_topics:
        versions = {version for version, _ in prepared}
        return yes(
            f"{plural(len(questions), 'question')} prepared, on {plural(len(topics), 'topic')}.", *sorted(versions)
        )
    return no(
        f"{plural(len(questions), 'question')} prepared, on {plural(len(topics), 'topic')}.",
        f"{s.policy.chat_questions} questions on {s.policy.chat_topics} topics (motivation, work, project, entry)",
    )


@guard("chat-length", frozenset({AskKind.CHAT}), "Article: “15–30 minutes”; Texas A&M (15, norm).", about_wording=True)
def chat_length(s: Situation) -> Verdict:
    """15 to 30 minutes."""
    assert isinstance(s.ask, ChatAsk)
    least, most = s.policy.chat_minutes_min, s.policy.chat_minutes_max
    if least <= s.ask.minutes <= most:
        return yes(f"{s.ask.minutes} minutes.")
    side, limit = ("less", least) if s.ask.minutes < least else ("more", most)
    return no(
        f"{plural(s.ask.minutes, 'minute')} is {side} than the {limit} that your policy asks of a busy person.",
        f"{least} minutes" if least == most else f"{least} to {most} minutes",
    )


@guard("specific-intro", frozenset({AskKind.INTRO}),
       "Article: “be specific”; Boomerang (vendor, correlational); Marin 2012 (qualitative).",
       about_wording=True)  # fmt: skip
def specific_intro(s: Situation) -> Verdict:
    """Names the target, says why, and carries a forwardable note of 50–125 words with 1–3 questions."""
    assert isinstance(s.ask, IntroAsk)
    count, asked = len(wording.words(s.ask.note)), wording.questions(s.ask.note)
    length, inquiry = note_words(s.policy), note_questions(s.policy)
    checks = (
        (bool(s.ask.target or s.ask.company), "names nobody", "a person or a company to be introduced to"),
        (bool(s.ask.why), "does not say why", "why you want to meet them"),
        (length.hold(count), f"has a note of {plural(count, 'word')}",
         f"a note to forward of {length.least} to {length.most} words"),
        (inquiry.hold(asked), f"asks {plural(asked, 'question')} in the note",
         f"{inquiry.least} to {inquiry.most} questions in the note"),
    )  # fmt: skip
    return _all(checks, "It names the target, says why, and has a note to forward.")


def _all(checks: tuple[tuple[bool, str, str], ...], well: str) -> Verdict:
    lacks = [(why, missing) for holds, why, missing in checks if not holds]
    if lacks:
        return no(f"The ask {', '.join(why for why, _ in lacks)}.", "; ".join(missing for _, missing in lacks))
    return yes(well)


@guard("specific-referral", frozenset({AskKind.REFERRAL}), "Article: “be specific in your ask”.", about_wording=True)
def specific_referral(s: Situation) -> Verdict:
    """Names role, company, why you fit and how they can help; a link to the opening or a statement of none."""
    assert isinstance(s.ask, ReferralAsk)
    checks = (
        (bool(s.ask.role), "names no role", "the role"),
        (bool(s.ask.company), "names no company", "the company"),
        (bool(s.ask.fit), "does not say why you fit", "why you fit"),
        (bool(s.ask.help), "does not say how they can help", "how they can help"),
        (bool(s.ask.link) or s.ask.no_opening, "has no link to the opening", "the link, or that there is no opening"),
    )
    return _all(checks, "It names the role, the company, why you fit and how they can help.")


@guard("can-vouch", frozenset({AskKind.REFERRAL}), "Article: “staking reputation”.", about_wording=True)
def can_vouch(s: Situation) -> Verdict:
    """What this person has seen of you, and whether they would be comfortable, are filled and found in the text."""
    assert isinstance(s.ask, ReferralAsk)
    text = "\n".join(s.ask.texts())
    checks = (
        (wording.contains(text, s.ask.seen), "does not say what they have seen of your work", "what they have seen"),
        (wording.contains(text, s.ask.comfort_question), "does not ask whether they are comfortable with it",
         "the question whether they would be comfortable"),
    )  # fmt: skip
    return _all(checks, "It says what they have seen of you and asks whether they are comfortable.")
