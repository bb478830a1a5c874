"""What an audit remembers of the log while it reads on: asks by id, who answered what, stages and preparations."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from kith.domain import introduction as i
from kith.domain import wording
from kith.domain.relationship import events as e
from kith.domain.seeker import REMEMBERED_FIRST_MESSAGES
from kith.workflows.audits.reading.stages import STAGE, TOLD_BY, Stages
from kith.workflows.readmodels.schema import micros

if TYPE_CHECKING:
    from kith.workflows.audits.reading.said import Said, Value

COPY = 0.8
"""From here on a first message counts as a copy; see ``Policy.first_message_similarity``."""
Asked = tuple[str, str]
"""Topic and text of a prepared question."""


class Prepared(NamedTuple):
    """An event that prepared a chat, or a chat that was held."""

    version: int
    at: int
    asked: tuple[Asked, ...]
    held: bool = False

    def corrected(self, changes: Mapping[str, Any]) -> Prepared:
        """How it reads with some of its fields changed."""
        at = micros(datetime.fromisoformat(changes["at"])) if "at" in changes else self.at
        return self._replace(at=at, asked=tuple(_questions(changes)) if "questions" in changes else self.asked)


class Revision(NamedTuple):
    """An event that changes how earlier ones are read."""

    version: int
    gone: frozenset[int] = frozenset()
    """The versions that it takes back."""
    corrects: int = 0
    """The version that it corrects, and how that reads now."""
    changes: Mapping[str, Any] = {}


class KnownAsk(NamedTuple):
    """An ask, and what the policies want to know of it."""

    values: Mapping[str, Value]


class Waiting(NamedTuple):
    """An ask that a word from them may answer."""

    ask_id: str
    at: int


ASKED: Final = (e.FirstMessageSent, e.ChatAsked, e.IntroAsked, e.ReferralAsked)


class Memory:
    """What was said so far. It learns in the order of the log, whatever the order of the audit: ids come first."""

    def __init__(self, of_ask: Iterable[tuple[str, Callable[[Said], Value]]] = (), *, copies: bool = False) -> None:
        self._of_ask, self._copies = tuple(of_ask), copies
        self._asks: dict[str, KnownAsk] = {}
        self._waiting: dict[tuple[str | None, str], Waiting] = {}
        self._promised: set[str] = set()
        self.stages = Stages()
        self._origins: dict[str | None, str] = {}
        self._prepared: defaultdict[str | None, list[Prepared]] = defaultdict(list)
        self._revisions: defaultdict[str | None, list[Revision]] = defaultdict(list)
        self._messages: defaultdict[str | None, deque[tuple[int, ...]]] = defaultdict(
            lambda: deque(maxlen=REMEMBERED_FIRST_MESSAGES)
        )
        self.under_a_role: set[str] = set()
        """Introductions whose answers somebody else than the seeker records."""

    # What attributes ask

    def ask_of(self, said: Said) -> KnownAsk | None:
        """The ask that an event belongs to, or answers."""
        ask_id = said.fields.get("ask_id") if said.topic not in _ANSWERING else self.answered(said)
        return self._asks.get(ask_id) if ask_id else None

    def answered(self, said: Said) -> str | None:
        """The ask that a word from them answers: a first message, or the chat ask of a chat that was held."""
        if said.topic == e.Touched.TOPIC and said.fields.get("direction") == "outbound":
            return None
        kinds = _ANSWERING[said.topic]
        found = [known for kind in kinds if (known := self._waiting.get((said.relationship, kind)))]
        return next((w.ask_id for w in found if w.at <= said.at), None)

    def was_promised(self, said: Said) -> bool:
        """Whether the ask that it answers had been agreed to."""
        return said.fields.get("ask_id") in self._promised

    def stage(self, said: Said) -> str:
        """The stage that was on record then."""
        return self.stages.on_record(said)

    def origin(self, said: Said) -> str | None:
        """How the two know each other."""
        if said.topic == e.RelationshipOpened.TOPIC:
            return str(said.fields.get("origin", "unknown"))
        return self._origins.get(said.relationship)

    def questions(self, said: Said) -> list[Asked]:
        """The questions that are ready for a chat: those prepared after the last one, and those asked with it."""
        stands = self._stands(said.relationship)
        last = max((one.at for one in stands if one.held), default=None)
        ready = [asked for one in stands if last is None or one.at > last for asked in one.asked]
        return [*ready, *(asked for asked in _questions(said.ask) if asked not in ready)]

    def _stands(self, relationship: str | None) -> list[Prepared]:
        """What was prepared and held, as it reads now; the newest revision counts first, for it may undo another."""
        gone, latest = set[int](), list[Revision]()
        for revision in reversed(self._revisions.get(relationship, ())):
            if revision.version not in gone:
                gone |= revision.gone
                latest.insert(0, revision)
        stands = {one.version: one for one in self._prepared.get(relationship, ()) if one.version not in gone}
        for revision in latest:
            if revision.corrects in stands:
                stands[revision.corrects] = stands[revision.corrects].corrected(revision.changes)
        return list(stands.values())

    def is_copy(self, said: Said) -> bool:
        """Whether a first message is much the same as one of those before it."""
        mine = wording.fingerprint(said.ask.get("text") or "")
        return any(wording.similarity(mine, other) >= COPY for other in self._messages[said.seeker])

    # What it learns

    def learn(self, said: Said) -> None:
        """Remember what an event says."""
        self._learning[said.topic](self, said)

    def _asked(self, said: Said) -> None:
        id_, topic = said.fields["ask_id"], said.topic
        self._asks[id_] = KnownAsk({name: read(said) for name, read in self._of_ask})
        self._waiting[said.relationship, topic] = Waiting(id_, said.at)
        self._noted_down(said, said.ask)
        if self._copies and topic == e.FirstMessageSent.TOPIC:
            self._messages[said.seeker].append(wording.fingerprint(said.ask.get("text") or ""))

    def _noted_down(self, said: Said, told: Mapping[str, Any]) -> None:
        self._prepared[said.relationship].append(Prepared(said.version, said.at, tuple(_questions(told))))

    def _held(self, said: Said) -> None:
        self._prepared[said.relationship].append(Prepared(said.version, said.at, (), held=True))

    def _retracted(self, said: Said) -> None:
        gone = frozenset[int](said.fields["versions"])
        self._revisions[said.relationship].append(Revision(said.version, gone))

    def _corrected(self, said: Said) -> None:
        corrects, told = said.fields["version"], said.fields["changes"]
        self._revisions[said.relationship].append(Revision(said.version, corrects=corrects, changes=told))

    def _stage(self, said: Said) -> None:
        self.stages.learn(said)

    def _described(self, said: Said) -> None:
        told = said.fields.get("origin") or ("unknown" if said.topic == e.RelationshipOpened.TOPIC else None)
        if told:
            self._origins[said.relationship] = told

    def _consented(self, said: Said) -> None:
        if said.fields.get("role"):
            self.under_a_role.add(said.originator)

    def _agreed(self, said: Said) -> None:
        self._promised.add(said.fields["ask_id"])

    def _prepared_for(self, said: Said) -> None:
        self._noted_down(said, said.fields)

    _learning: ClassVar[Mapping[str, Callable[..., None]]] = {
        **dict.fromkeys([kind.TOPIC for kind in ASKED], _asked),
        e.ChatPrepared.TOPIC: _prepared_for,
        e.ChatHeld.TOPIC: _held,
        e.FactsRetracted.TOPIC: _retracted,
        e.FactCorrected.TOPIC: _corrected,
        e.StageAdvanced.TOPIC: _stage,
        e.StageCorrected.TOPIC: _stage,
        e.RelationshipOpened.TOPIC: _described,
        e.PersonDescribed.TOPIC: _described,
        i.ConsentGiven.TOPIC: _consented,
        i.ConsentRefused.TOPIC: _consented,
        e.AskAgreed.TOPIC: _agreed,
    }


_ANSWERING: Final[Mapping[str, tuple[str, ...]]] = {
    e.Touched.TOPIC: (e.FirstMessageSent.TOPIC,),
    e.IntroductionAgreed.TOPIC: (e.FirstMessageSent.TOPIC,),
    e.ChatHeld.TOPIC: (e.ChatAsked.TOPIC, e.FirstMessageSent.TOPIC),
}
"""Which asks a word from them may answer, the likelier first."""
LEARNED_FROM: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(kind.TOPIC for kind in kinds)
    for name, kinds in {
        "ask": (e.FirstMessageSent, e.ChatAsked),
        "questions": (e.ChatPrepared, e.ChatHeld, e.ChatAsked, e.FactsRetracted, e.FactCorrected),
        "topics": (e.ChatPrepared, e.ChatHeld, e.ChatAsked, e.FactsRetracted, e.FactCorrected),
        "copy": (e.FirstMessageSent,),
        "origin": (e.RelationshipOpened, e.PersonDescribed),
        "attested": (i.ConsentGiven, i.ConsentRefused),
        "promised before": (e.AskAgreed,),
    }.items()
} | {STAGE: TOLD_BY}
"""By attribute, the events from which it is learned."""
SAID_BY: Final[Mapping[str, frozenset[str]]] = {STAGE: TOLD_BY | {e.RelationshipOpened.TOPIC}}
"""By attribute, the events for which nothing has to be learned: they say it themselves, or nothing came before."""


def _questions(told: Mapping[str, Any]) -> list[Asked]:
    return [(question["topic"], question["text"]) for question in told.get("questions") or ()]
