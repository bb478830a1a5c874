"""The names of events: the speaking name of every class, kinds within a class, and groups of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kith.domain import introduction as i
from kith.domain import seeker as s
from kith.domain.log import Event
from kith.domain.relationship import events as e
from kith.domain.speaking import SPEAKING
from kith.domain.stages import Stage
from kith.workflows.audits.reading.said import Value
from kith.workflows.audits.vocabulary.attributes import ASKS

NOTHING: Final = "nothing"


class Kind(NamedTuple):
    """Events of one class, perhaps only some of them."""

    topic: str
    needs: tuple[tuple[str, frozenset[Value] | None], ...] = ()
    """Attributes with the values that they must have one of; None means any value but none."""


class Name(NamedTuple):
    """What events are called in policies."""

    words: str
    meaning: str
    kinds: tuple[Kind, ...]
    plain: bool = False
    """Whether it is the speaking name of a class."""

    @property
    def topics(self) -> frozenset[str]:
        """The topics of the events that it may stand for."""
        return frozenset(kind.topic for kind in self.kinds)

    @property
    def needs(self) -> frozenset[str]:
        """The attributes by which they are told from others."""
        return frozenset(attribute for kind in self.kinds for attribute, _ in kind.needs)


def _only(event: type[Event], **needs: Value | frozenset[Value]) -> Kind:
    told = ((name.replace("_", " "), _values(value)) for name, value in needs.items())
    return Kind(event.TOPIC, tuple(told))


def _values(value: Value | frozenset[Value]) -> frozenset[Value] | None:
    if value == "*":
        return None
    return value if isinstance(value, frozenset) else frozenset({value})


def _all(*events: type[Event]) -> tuple[Kind, ...]:
    return tuple(Kind(event.TOPIC) for event in events)


def _classes() -> Iterable[Name]:
    for event, words in SPEAKING.items():
        told = " ".join((event.__doc__ or "").split("\n\n")[0].split())
        yield Name(words, told, _all(event), plain=True)


_BACK = frozenset[Value]({"inbound", "mutual"})
_OUT = frozenset[Value]({"outbound", "mutual"})
_INBOUND = (
    _only(e.Touched, direction=_BACK),
    *_all(e.ChatHeld, e.IntroductionReceived, e.IntroductionAgreed, e.ReferralGiven, e.AskAgreed, e.AskDeclined),
)
_OUTBOUND = (
    _only(e.Touched, direction=_OUT),
    *_all(e.ChatHeld, e.GiftGiven, e.ThanksSent, e.OutcomeReported, e.IntroductionReported, *ASKS, e.Nudged),
)
_ENDS = _all(e.AskAgreed, e.AskDeclined, e.AskWithdrawn, e.AskLapsed, e.IntroductionFailed)
_FAVOUR = frozenset[Value]({"introduction", "referral"})
_BY_THEMSELVES = {
    e.PersonDescribed, e.FactNoted, e.TierSet, e.AskRefused, e.GuardOverridden, e.StageAdvanced, e.StageCorrected,
    e.Snoozed, e.WentDormant, e.TimerFired, e.DebtSettled, e.FactsRetracted, e.FactCorrected,
}  # fmt: skip
"""What Kith writes of its own accord, or the seeker only notes."""
_HAPPENINGS = tuple(
    event for event in SPEAKING if event.TOPIC.startswith("relationship.") and event not in _BY_THEMSELVES
)


def _arrivals() -> Iterable[Name]:
    yield Name("arrival at met", "The relationship began.", _all(e.RelationshipOpened))
    for stage in list(Stage)[1:]:
        kind = _only(e.StageAdvanced, stage=stage.words, skipped=False)
        yield Name(
            f"arrival at {stage.words}", f"The stage {stage.words} was reached, none before it skipped.", (kind,)
        )


GIFTS = ("article", "feedback", "connection", "help", "recommendation", "endorsement")

NAMES: Final[tuple[Name, ...]] = (
    *_classes(),
    Name("event", "Anything that passed between the two, or an ask and what became of it; nothing that is only noted, "
         "and nothing that Kith writes of its own accord.", _all(*_HAPPENINGS)),
    Name("inbound touch", "They reached out.", (_only(e.Touched, direction="inbound"),)),
    Name("outbound touch", "The seeker reached out.", (_only(e.Touched, direction="outbound"),)),
    Name("mutual touch", "Both at once: a call, a meeting.", (_only(e.Touched, direction="mutual"),)),
    Name("reply", "An inbound or mutual touch.", (_only(e.Touched, direction=_BACK),)),
    Name("message from them", "An inbound message, which waits for an answer.",
         (_only(e.Touched, direction="inbound", channel="message"),)),
    Name("word from them", "Whatever counts as an inbound touch: a reply, an answer, a chat, a favour.", _INBOUND),
    Name("word to them", "Whatever counts as an outbound touch: a message, an ask, a gift, thanks, a chat.", _OUTBOUND),
    *(Name(f"{gift} gift", f"A gift of the kind {gift}.", (_only(e.GiftGiven, gift_kind=gift),)) for gift in GIFTS),
    Name("contact refusal", "They said that they want no contact.", _all(e.ContactRefused)),
    Name("ask", "A first message, chat ask, intro ask, referral ask or nudge.", _all(*ASKS, e.Nudged)),
    Name("new ask", "An ask that is no nudge.", _all(*ASKS)),
    Name("earned ask", "A chat ask, intro ask or referral ask: one that a relationship has to carry.",
         _all(e.ChatAsked, e.IntroAsked, e.ReferralAsked)),
    Name("favour ask", "An intro ask or referral ask.", _all(e.IntroAsked, e.ReferralAsked)),
    Name("settlement", "The end of an ask's waiting: agreed, declined, withdrawn, lapsed, answered, or done.",
         (*_ENDS, *(_only(event, ask="*") for event in (e.IntroductionReceived, e.ReferralGiven, e.ChatHeld,
                                                        e.IntroductionAgreed)),
          _only(e.Touched, direction=_BACK, ask="*"))),
    Name("end of a favour ask", "A favour ask was agreed, declined, withdrawn, lapsed, failed, or done unpromised.",
         (*(Kind(kind.topic, (("ask kind", _FAVOUR),)) for kind in _ENDS),
          *(_only(event, ask="*", promised_before=False) for event in (e.IntroductionReceived, e.ReferralGiven)))),
    Name("ask that came to nothing", "An ask was declined, withdrawn, lapsed, or did not work out.",
         _all(e.AskDeclined, e.AskWithdrawn, e.AskLapsed, e.IntroductionFailed)),
    Name("debt of thanks", "A chat, introduction or referral, unless it was recorded more than 14 days later.",
         tuple(_only(event, recorded_late=False) for event in (e.ChatHeld, e.IntroductionReceived, e.ReferralGiven))),
    Name("debt of an outcome", "An outcome became known, and was recorded within 14 days.",
         (_only(e.OutcomeLearned, recorded_late=False),)),
    Name("debt of news", "An introduction, unless it was recorded more than 14 days later.",
         (_only(e.IntroductionReceived, recorded_late=False),)),
    Name("warm introduction", "They introduced, were met through one, or were asked for one that did not come about.",
         (*_all(e.IntroductionReceived, e.IntroductionAgreed, e.IntroductionFailed),
          *(_only(event, ask_kind="introduction") for event in (e.AskDeclined, e.AskLapsed)),
          _only(e.RelationshipOpened, introduced=True))),
    *_arrivals(),
    Name("connector consent", "The connector said yes.", (_only(i.ConsentGiven, party="connector"),)),
    Name("target consent", "The target said yes.", (_only(i.ConsentGiven, party="target"),)),
    Name("profile picture", "The profile was given a picture.", (_only(s.ProfileUpdated, picture=True),)),
    Name("profile headline", "The profile was given a headline.", (_only(s.ProfileUpdated, headline="*"),)),
    Name("profile intro", "The profile was given an intro that says who the seeker is.",
         (_only(s.ProfileUpdated, introduces=True),)),
)  # fmt: skip
"""Each listed once; a test holds the plain ones equal to the event classes."""

BY_WORDS: Final[Mapping[str, Name]] = {name.words.casefold(): name for name in NAMES}


def named(words: str) -> Name | None:
    """The events of that name, or of its plural; None if there are none."""
    told = words.strip().casefold()
    return BY_WORDS.get(told) or BY_WORDS.get(told.removesuffix("s"))
