"""The parts of each kind of message, in the order in which they are read."""

from __future__ import annotations

from typing import Final, NamedTuple

from kith.domain.lint.draft import NOTE_HEADING, DraftKind
from kith.domain.outlines import facts as f


class Spec(NamedTuple):
    """A part, before it is filled; its texts may speak of ``{name}`` and of a number of the ``{policy}``."""

    heading: str
    prompt: str
    fields: tuple[str, ...] = ()
    facts: f.Facts = f.nothing
    find_out: str = ""
    only_if_known: bool = False
    """Whether it is left out where nothing is on record for it."""


BETWEEN: Final = f.chain(f.origin, f.standing_now, f.owed, f.given)
"""What is worth knowing before one writes anything."""

_PROFILE = "Your profile says nothing of you yet: kith profile --headline “…” --intro “…”."

PARTS: Final[dict[DraftKind, tuple[Spec, ...]]] = {
    DraftKind.FIRST_MESSAGE: (
        Spec(
            "What is particular to {name}", "One thing that they did, said or made, and what you made of it.",
            ("detail",), f.chain(f.noted, f.exchanged, f.position),
            "Nothing is on record. Read what they wrote or made, and keep it: kith note.",
        ),
        Spec("Who you are", "One sentence, and only what matters to them.", ("who_i_am",), f.oneself, _PROFILE),
        Spec(
            "Why you write to {name}", "Why this person, and nobody else.", ("why",), f.chain(f.origin, f.goals),
            "Nothing on record says why. Find out what they know that few others do; if there is nothing, write to "
            "somebody else.",
        ),
        Spec(
            "One question",
            "One that takes them a minute, about their work; no job, no referral. "
            "The whole message: at most {policy.first_message_words} words.",
        ),
    ),
    DraftKind.CHAT: (
        Spec(
            "Where you left off", "Take up what the two of you last spoke of.", ("text",),
            f.chain(f.learned, f.exchanged), "Nothing is noted of what you wrote. Look it up before you write.",
        ),
        Spec(
            "What you want to learn, and why from {name}", "What they know that you can't read anywhere.", ("text",),
            f.chain(f.noted, f.position, f.goals), "Nothing is on record of their work. Find it out: kith note.",
        ),
        Spec(
            "Your questions",
            "At least {policy.chat_questions}, on {policy.chat_topics} of the four topics. Name one of them here.",
            ("questions",), f.prepared, "None is prepared yet: kith chat prepare suggests some.",
        ),
        Spec(
            "How long, and when",
            "{policy.chat_minutes_min} to {policy.chat_minutes_max} minutes, two times to choose from; no is fine.",
            ("minutes",),
        ),
    ),
    DraftKind.INTRODUCTION: (
        Spec(
            "To {name}: why you ask them", "What they told you that leads to this; no is fine.", ("text",),
            f.chain(f.learned, f.introduced_to, f.exchanged), "Nothing is noted of your talks. Look it up first.",
        ),
        Spec(
            "Whom you want to meet, and why", "One person, or one company; and what you want to learn there.",
            ("target", "company", "why"), f.companies,
            "Your goals name no company yet: kith profile --target-company “…”. Find one person there by name.",
        ),
        Spec(
            NOTE_HEADING,
            "{policy.note_words_min} to {policy.note_words_max} words that {name} can pass on as they are: who you are,"
            " what you want to learn, {policy.note_questions_min} to {policy.note_questions_max} questions.",
            ("note",), f.oneself, _PROFILE,
        ),
    ),
    DraftKind.REFERRAL: (
        Spec(
            "The opening", "Role, company and link; or that there is no public opening.", ("role", "company", "link"),
            f.chain(f.opening, f.goals, f.position),
            "No role is among your goals yet. Find the opening first: kith opening add.",
        ),
        Spec("Why you fit", "One thing that you did, and its number.", ("fit",), f.oneself, _PROFILE),
        Spec(
            "What {name} has seen of your work", "What they can vouch for because they saw it.", ("seen",),
            f.chain(f.seen, f.learned, f.given),
            "Nothing on record says that they saw you work. Show them something first; one can't vouch for hearsay.",
        ),
        Spec("How exactly {name} can help", "One small thing: a word to whom, by when.", ("help",)),
        Spec("Whether {name} would be comfortable", "So that no is easy.", ("comfort_question",), f.asked_before),
    ),
    DraftKind.THANKS: (
        Spec(
            "What {name} did", "Name it, with its day.", (), f.received,
            "Nothing is on record to thank for. Record it first: kith chat hold, kith intro make, kith refer given.",
        ),
        Spec(
            "What it changed", "What you learned, and did with it since.", (), f.chain(f.learned, f.introduced_to),
            "Nothing is noted of what you learned. Say what you have done since because of it.",
        ),
        Spec("What you promised", "Say when they will have it.", (), f.promised, only_if_known=True),
    ),
    DraftKind.OUTCOME: (
        Spec(
            "What {name} spoke up for", "The role and company, or whom you met through them.", (),
            f.chain(f.referred, f.introduced_to),
            "No referral or introduction of theirs is on record. Record it first: kith refer given, kith intro make.",
        ),
        Spec(
            "What came of it", "The news first, good or bad.", (), f.chain(f.outcomes, f.told_of),
            "No outcome is on record. Record it first: kith refer outcome.",
        ),
        Spec("What their word did", "What you would not have had without them; thank them, and ask for nothing."),
    ),
}  # fmt: skip
