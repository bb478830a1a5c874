"""The asks: what one can want of another person, each with the fields that its guards judge."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from kith.domain.log import PersonalText, Text, Value
from kith.domain.people import company_key


class AskKind(StrEnum):
    """What the guards judge: the five asks, and the act of introducing two people."""

    FIRST_MESSAGE = "first message"
    CHAT = "chat"
    INTRO = "introduction"
    REFERRAL = "referral"
    NUDGE = "nudge"
    INTRODUCING = "making an introduction"


class Topic(StrEnum):
    """What the questions of a prepared coffee chat are about."""

    MOTIVATION = "motivation"
    WORK = "work"
    PROJECT = "project"
    ENTRY = "entry"

    @property
    def words(self) -> str:
        """The topic in a sentence."""
        return _TOPIC_WORDS[self]


_TOPIC_WORDS = {
    Topic.MOTIVATION: "career motivation",
    Topic.WORK: "current work",
    Topic.PROJECT: "role in the project",
    Topic.ENTRY: "tips for entering the field",
}


class Question(Value):
    """One question prepared for a coffee chat."""

    topic: Topic
    text: Annotated[PersonalText, Field(min_length=1)]


class FirstMessage(Value):
    """A first message to somebody who does not know you."""

    kind: ClassVar[AskKind] = AskKind.FIRST_MESSAGE
    type: Literal["first message"] = "first message"
    text: PersonalText
    detail: PersonalText = ""
    """A fact on record about this person, in the words that the text uses."""
    who_i_am: PersonalText = ""
    """Who you are, in the words that the text uses."""
    why: PersonalText = ""
    """Why you write to this person, in the words that the text uses."""

    def texts(self) -> tuple[str, ...]:
        """What the other person gets to read."""
        return (self.text,)


class ChatAsk(Value):
    """Asking for a coffee chat."""

    kind: ClassVar[AskKind] = AskKind.CHAT
    type: Literal["chat"] = "chat"
    minutes: int = 20
    questions: tuple[Question, ...] = ()
    """Questions prepared for it, beside those already prepared with ``kith chat prepare``."""
    text: PersonalText = ""

    def texts(self) -> tuple[str, ...]:
        """What the other person gets to read."""
        return (self.text, *(question.text for question in self.questions))


class IntroAsk(Value):
    """Asking for a warm introduction to a person or into a company."""

    kind: ClassVar[AskKind] = AskKind.INTRO
    type: Literal["introduction"] = "introduction"
    target: PersonalText = ""
    """The person to be introduced to, by name."""
    company: Text = ""
    """The company to be introduced into."""
    why: PersonalText = ""
    note: PersonalText = ""
    """A note that the connector can forward as it is."""
    text: PersonalText = ""
    compensation: PersonalText = ""

    def texts(self) -> tuple[str, ...]:
        """What the other person gets to read."""
        return (self.text, self.why, self.note)


class ReferralAsk(Value):
    """Asking for a referral for one opening."""

    kind: ClassVar[AskKind] = AskKind.REFERRAL
    type: Literal["referral"] = "referral"
    role: Text = ""
    company: Text = ""
    fit: PersonalText = ""
    """Why you fit the role."""
    help: PersonalText = ""
    """How exactly this person can help."""
    link: Text = ""
    """The opening's address."""
    no_opening: bool = False
    """States that there is no public opening."""
    seen: PersonalText = ""
    """What this person has seen of your work or character."""
    comfort_question: PersonalText = ""
    """Asks whether they would be comfortable to vouch."""
    text: PersonalText = ""
    """The message as sent; if it is left out, the fields above are what is sent."""
    compensation: PersonalText = ""

    @property
    def opening(self) -> str:
        """What makes two asks be about the same opening: company and role, folded; or the link where they lack."""
        return opening_key(self.role, self.company, self.link)

    def texts(self) -> tuple[str, ...]:
        """What the other person gets to read."""
        return (self.text or "\n".join(filter(None, (self.fit, self.help, self.seen, self.comfort_question))),)


class Nudge(Value):
    """A reminder about an ask that was not answered."""

    kind: ClassVar[AskKind] = AskKind.NUDGE
    type: Literal["nudge"] = "nudge"
    ask_id: UUID
    text: PersonalText = ""

    def texts(self) -> tuple[str, ...]:
        """What the other person gets to read."""
        return (self.text,)


class Introducing(Value):
    """Making an introduction: the one thing besides asks that needs the consent of others."""

    kind: ClassVar[AskKind] = AskKind.INTRODUCING
    type: Literal["making an introduction"] = "making an introduction"
    connector_agreed: bool = False
    target_agreed: bool = False

    def texts(self) -> tuple[str, ...]:
        """Nothing is written to anybody."""
        return ()


Ask = FirstMessage | ChatAsk | IntroAsk | ReferralAsk | Nudge | Introducing
OpenAsk = FirstMessage | ChatAsk | IntroAsk | ReferralAsk
"""The asks that stand open until they are settled."""


def opening_key(role: str, company: str, link: str = "") -> str:
    """The key of an opening: two asks with the same key are about the same job."""
    if role.strip() and company.strip():
        return f"{company_key(company)}/{' '.join(role.casefold().split())}"
    return link.strip().casefold()
