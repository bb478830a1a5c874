"""The attributes of events that policies speak of: what each means, which events have it, and where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final, NamedTuple

from pydantic import Field, TypeAdapter

from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain import wording
from kith.domain.asks import Ask
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.stages import Stage
from kith.workflows.audits.reading.said import Said, Value

ASKS: Final = (e.FirstMessageSent, e.ChatAsked, e.IntroAsked, e.ReferralAsked)
OF_AN_ASK: Final = (
    e.Nudged, e.GuardOverridden, e.AskAgreed, e.AskDeclined, e.AskWithdrawn, e.AskLapsed, e.ChatRescheduled,
    e.ChatCancelled, e.IntroductionReceived, e.IntroductionFailed, e.ReferralGiven, i.IntroductionAsked,
)  # fmt: skip
"""Events that name the ask they belong to, and so have its attributes too."""
ANSWERS: Final = (e.Touched, e.ChatHeld, e.IntroductionAgreed)
"""Words from them that name no ask, and may answer one."""
FAVOURS: Final = (e.ChatHeld, e.IntroductionReceived, e.ReferralGiven)
OF_THE_INTRODUCTION: Final = (
    i.IntroductionAsked, i.ConsentGiven, i.ConsentRefused, i.IntroductionMade, i.IntroductionThanked,
    i.ConnectorTold, i.DidNotWorkOut, i.IntroductionWithdrawn, i.IntroductionReopened,
)  # fmt: skip

TIMER: Final = ("kind", "subject", "due")
"""What tells one firing from another."""

Read = Callable[[Said], Value]


class Attribute(NamedTuple):
    """Something that can be said of an event."""

    name: str
    kind: str
    """word, number, yes or no, list, id, or filled: whether there is such a text, which is not kept."""
    meaning: str
    on: Mapping[str, Read]
    """How it is read, by the topic of the events that have it."""
    of_ask: bool = False
    """Whether the events that belong to an ask have it from the ask."""

    def topics(self) -> frozenset[str]:
        """The topics of the events that have it."""
        belonging = {kind.TOPIC for kind in (*OF_AN_ASK, *ANSWERS)} if self.of_ask else set[str]()
        return frozenset({*self.on, *belonging})

    def read(self, said: Said) -> Value:
        """Its value for an event; None if it has none."""
        found = self.on.get(said.topic)
        if found is not None:
            return found(said)
        asked = said.memory.ask_of(said)
        return asked.values.get(self.name) if asked else None


def _of(kinds: Iterable[type[Event]], read: Read) -> dict[str, Read]:
    return {kind.TOPIC: read for kind in kinds}


def word(value: Any) -> Value:
    """A short text as it is compared: without case, accents and extra white space; None if it is empty."""
    return wording.folded(value) or None if isinstance(value, str) else value


def _field(name: str) -> Read:
    return lambda said: word(said.fields.get(name))


def _flag(name: str) -> Read:
    return lambda said: bool(said.fields.get(name))


def _filled(name: str) -> Read:
    return lambda said: _there(said.fields.get(name))


def _there(text: Any) -> Value:
    return True if (text.strip() if isinstance(text, str) else text) else None


def _ask(name: str) -> Read:
    return lambda said: word(said.ask.get(name))


def _ask_filled(*names: str) -> Read:
    return lambda said: True if any(_there(said.ask.get(name)) for name in names) else None


def _list(name: str) -> Read:
    return lambda said: tuple(map(str, said.fields.get(name) or ())) or None


_ASK: TypeAdapter[Ask] = TypeAdapter(Annotated[Ask, Field(discriminator="type")])


def _texts(said: Said) -> tuple[str, ...]:
    return _ASK.validate_python(said.ask).texts()


def _unsaid(**fields: str) -> Read:
    def read(said: Said) -> Value:
        text = "\n".join(_texts(said))
        names = [told for told, field in fields.items() if not wording.contains(text, said.ask.get(field) or "")]
        return tuple(name.replace("_", " ") for name in names) or None

    return read


def _one_of_version(said: Said, version: Any) -> Value:
    """An event of the same relationship, named so that those of two relationships are not taken for each other."""
    return f"{said.relationship}.{version}" if version is not None else None


def _debt(*kinds: str) -> Read:
    def read(said: Said) -> Value:
        kind, _, version = str(said.fields.get("debt", "")).partition(":")
        return _one_of_version(said, version) if kind in kinds else None

    return read


def _stage(said: Said) -> Value:
    value = said.fields.get("stage")
    return Stage(value).words if value else None


def _own(said: Said) -> Value:
    return _one_of_version(said, said.version)


_EVERY = tuple(
    kind for kind in (*vars(e).values(), *vars(i).values())
    if isinstance(kind, type) and issubclass(kind, Event) and "TOPIC" in vars(kind)
)  # fmt: skip
_OF_COURSE = (e.StageAdvanced, e.StageCorrected)

ATTRIBUTES: Final[tuple[Attribute, ...]] = (
    Attribute("ask", "id", "the ask that it is, or belongs to; of a word from them, the ask that it answers",
              {**_of((*ASKS, *OF_AN_ASK, e.Nudged), lambda said: said.fields.get("ask_id")),
               **_of(ANSWERS, lambda said: said.memory.answered(said))}),
    Attribute("ask kind", "word", "what the ask wants: first message, chat, introduction, referral or nudge",
              {**_of((*ASKS, e.Nudged), _ask("type")), e.AskRefused.TOPIC: _field("kind")}, of_ask=True),
    Attribute("opening", "id", "the opening that a referral is for: company and role, or the link",
              _of((e.ReferralAsked, e.ReferralGiven), _field("opening")), of_ask=True),
    Attribute("role", "word", "the role that a referral is for",
              {e.ReferralAsked.TOPIC: _ask("role"), e.ReferralGiven.TOPIC: _field("role")}, of_ask=True),
    Attribute("company", "word", "the company that an ask or referral is about; of the person, where they work",
              {**_of((e.IntroAsked, e.ReferralAsked), _ask("company")),
               **_of((e.ReferralGiven, i.IntroductionAsked, e.RelationshipOpened, e.PersonDescribed),
                     _field("company"))}, of_ask=True),
    Attribute("overridden guard", "list", "the guards that were overridden for the ask",
              {**_of((*ASKS, e.Nudged), _list("overridden")), e.GuardOverridden.TOPIC: _field("guard")}),
    Attribute("failed guard", "list", "the guards that held an ask back", {e.AskRefused.TOPIC: _list("guards")}),
    Attribute("stranger", "yes or no", "whether a first message went to a stranger",
              {e.FirstMessageSent.TOPIC: _flag("stranger")}),
    Attribute("words", "number", "the words of the ask's text",
              _of((*ASKS, e.Nudged), lambda said: len(wording.words(said.ask.get("text") or "")))),
    Attribute("questions", "number", "the questions that are ready for a chat, asked with it or prepared before",
              {e.ChatAsked.TOPIC: lambda said: len(said.memory.questions(said))}),
    Attribute("topics", "number", "how many topics these questions are on",
              {e.ChatAsked.TOPIC: lambda said: len({topic for topic, _ in said.memory.questions(said)})}),
    Attribute("minutes", "number", "how long a chat is asked for, or was",
              {e.ChatAsked.TOPIC: _ask("minutes"), e.ChatHeld.TOPIC: _field("minutes")}),
    Attribute("destination", "filled", "the person or the company that an introduction is to lead to",
              {e.IntroAsked.TOPIC: _ask_filled("target", "company")}, of_ask=True),
    Attribute("why", "filled", "why the seeker writes, or wants to be introduced",
              _of((e.FirstMessageSent, e.IntroAsked), _ask_filled("why"))),
    Attribute("note words", "number", "the words of the note to forward",
              {e.IntroAsked.TOPIC: lambda said: len(wording.words(said.ask.get("note") or ""))}),
    Attribute("note questions", "number", "the questions in the note to forward",
              {e.IntroAsked.TOPIC: lambda said: wording.questions(said.ask.get("note") or "")}),
    Attribute("detail", "filled", "what the first message says that is particular to this person",
              {e.FirstMessageSent.TOPIC: _ask_filled("detail")}),
    Attribute("who I am", "filled", "who the seeker is, in the first message",
              {e.FirstMessageSent.TOPIC: _ask_filled("who_i_am")}),
    Attribute("fit", "filled", "why the seeker fits the role", {e.ReferralAsked.TOPIC: _ask_filled("fit")}),
    Attribute("help", "filled", "how the person can help", {e.ReferralAsked.TOPIC: _ask_filled("help")}),
    Attribute("link", "filled", "the link to the opening, or the statement that there is none",
              {e.ReferralAsked.TOPIC: _ask_filled("link", "no_opening")}),
    Attribute("seen", "filled", "what the person has seen of the seeker's work or character",
              {e.ReferralAsked.TOPIC: _ask_filled("seen")}),
    Attribute("comfort question", "filled", "the question whether they would be comfortable to vouch",
              {e.ReferralAsked.TOPIC: _ask_filled("comfort_question")}),
    Attribute("unsaid", "list", "fields of the ask that are not found in what the person gets to read",
              {e.FirstMessageSent.TOPIC: _unsaid(detail="detail", who_I_am="who_i_am", why="why"),
               e.ReferralAsked.TOPIC: _unsaid(seen="seen", comfort_question="comfort_question")}),
    Attribute("compensation", "filled", "what the ask offers in return",
              _of((e.IntroAsked, e.ReferralAsked), _ask_filled("compensation"))),
    Attribute("payment offer", "yes or no", "whether a sentence of the ask seems to offer money or a reward",
              _of((*ASKS, e.Nudged), lambda said: any(map(wording.payment_offer, _texts(said))))),
    Attribute("job request", "yes or no", "whether a first message asks for a job or a referral",
              {e.FirstMessageSent.TOPIC: lambda said: wording.job_request(said.ask.get("text") or "") is not None}),
    Attribute("copy", "yes or no", "whether a first message is eight tenths the same as one of the fifty before it",
              {e.FirstMessageSent.TOPIC: lambda said: said.memory.is_copy(said)}),
    Attribute("direction", "word", "who reached out: outbound (the seeker), inbound (they) or mutual",
              {e.Touched.TOPIC: _field("direction")}),
    Attribute("channel", "word", "the form of a touch: message, call, meeting, reaction, endorsement, …",
              {e.Touched.TOPIC: lambda said: said.fields.get("channel", "message")}),
    Attribute("gift kind", "word", "article, feedback, connection, help, recommendation or endorsement",
              {e.GiftGiven.TOPIC: _field("gift")}),
    Attribute("because", "filled", "why a gift is of use to them", {e.GiftGiven.TOPIC: _filled("because")}),
    Attribute("learnings", "filled", "what was learned in a coffee chat", {e.ChatHeld.TOPIC: _filled("learnings")}),
    Attribute("occasion", "id", "the chat, introduction or referral that thanks are for",
              {**_of(FAVOURS, _own),
               e.ThanksSent.TOPIC: lambda said: _one_of_version(said, said.fields.get("thanks_for")),
               e.DebtSettled.TOPIC: _debt("thanks")}),
    Attribute("referral", "id", "the referral that an outcome or its report is about",
              {e.ReferralGiven.TOPIC: _own,
               **_of((e.OutcomeLearned, e.OutcomeReported),
                     lambda said: _one_of_version(said, said.fields.get("referral"))),
               e.DebtSettled.TOPIC: _debt("outcome")}),
    Attribute("warm introduction", "id", "the introduction that the report to the connector is about",
              {e.IntroductionReceived.TOPIC: _own,
               e.IntroductionReported.TOPIC: lambda said: _one_of_version(said, said.fields.get("introduction")),
               e.DebtSettled.TOPIC: _debt("report")}),
    Attribute("volunteered", "yes or no", "whether nobody had asked for it",
              _of((e.IntroductionReceived, e.ReferralGiven, e.StageAdvanced), _flag("volunteered"))),
    Attribute("stage", "word", "the stage that was reached; of other events, the one that had been reached by then",
              {**_of(_OF_COURSE, _stage),
               **_of([kind for kind in _EVERY if kind not in _OF_COURSE], lambda said: said.memory.stage(said))}),
    Attribute("skipped", "yes or no", "whether an advance passed over stages",
              {e.StageAdvanced.TOPIC: _flag("skipped")}),
    Attribute("origin", "word", "how the two know each other, as was on record then",
              _of(_EVERY, lambda said: said.memory.origin(said))),
    Attribute("introduced", "yes or no", "whether the two met through somebody who introduced them",
              {e.RelationshipOpened.TOPIC: lambda said: said.fields.get("origin") == "introduced"
               and said.fields.get("introduced_by") is not None}),
    Attribute("introduction", "id", "the introduction that it is part of",
              {**_of(OF_THE_INTRODUCTION, lambda said: said.originator),
               **_of((e.IntroAsked, e.IntroductionReceived, e.IntroductionAgreed),
                     lambda said: (said.fields.get("introduction_id") or "").replace("-", "") or None)}, of_ask=True),
    Attribute("party", "word", "whose answer it is: connector or target",
              _of((i.ConsentGiven, i.ConsentRefused), _field("party"))),
    Attribute("attested", "yes or no", "whether the seeker vouches for it, and no connector or coach recorded it",
              {i.ConsentGiven.TOPIC: _flag("attested"),
               i.IntroductionMade.TOPIC: lambda said: said.originator not in said.memory.under_a_role}),
    Attribute("promised before", "yes or no", "whether it answers an ask that had been agreed to before",
              _of((e.IntroductionReceived, e.ReferralGiven), lambda said: said.memory.was_promised(said))),
    Attribute("recorded late", "yes or no", "whether it was recorded more than 14 days after it happened",
              _of(_EVERY, lambda said: said.is_past)),
    Attribute("source", "word", "how it came to be recorded: manual, import or flow",
              _of(_EVERY, lambda said: said.source)),
    Attribute("reminder kind", "word", "what became due: nudge, promise, thanks, answer, outcome, …",
              {e.TimerFired.TOPIC: _field("kind")}),
    Attribute("timer", "id", "the timer that fired: its kind, what armed it, and when it was due",
              {e.TimerFired.TOPIC: lambda said: ":".join(str(said.fields.get(part)) for part in TIMER)}),
    Attribute("debt kind", "word", "what was owed: thanks, answer, outcome, report or follow-up",
              {e.DebtSettled.TOPIC: lambda said: str(said.fields.get("debt", "")).partition(":")[0] or None}),
    Attribute("settled how", "word", "done elsewhere or not needed", {e.DebtSettled.TOPIC: _field("how")}),
    Attribute("tier", "number", "how often to keep in touch, from 1 to 4", {e.TierSet.TOPIC: _field("tier")}),
    Attribute("outcome", "filled", "what a referral led to", {e.OutcomeLearned.TOPIC: _filled("outcome")}),
    Attribute("reason", "filled", "the reason that was given",
              _of((e.GuardOverridden, e.Closed, e.FactsRetracted, e.FactCorrected), _filled("reason"))),
    Attribute("picture", "yes or no", "whether the profile was given a picture",
              {s.ProfileUpdated.TOPIC: _flag("picture")}),
    Attribute("headline", "filled", "the headline that the profile was given",
              {s.ProfileUpdated.TOPIC: _filled("headline")}),
    Attribute("introduces", "yes or no", "whether the profile was given an intro that says who the seeker is",
              {s.ProfileUpdated.TOPIC: lambda said: wording.says_who_you_are(said.fields.get("intro") or "")}),
    Attribute("relationship", "id", "the relationship itself",
              _of(_EVERY, lambda said: said.relationship)),
)  # fmt: skip
"""Each listed once. Those whose texts are personal are only known as filled or not."""

BY_NAME: Final[Mapping[str, Attribute]] = {attribute.name.casefold(): attribute for attribute in ATTRIBUTES}
