"""The draft desk: outlines to write from, lint, questions for a chat, its appointment, and ties worth reviving."""

from __future__ import annotations

from uuid import UUID

from kith.domain import dormant
from kith.domain.actions import actions
from kith.domain.agenda import Action, Urgency
from kith.domain.appointments import Appointment, appointment
from kith.domain.asks import Ask
from kith.domain.dormant import DormantTie
from kith.domain.errors import InvalidInput
from kith.domain.guards import GUARDS
from kith.domain.lint import Judged, lint
from kith.domain.lint.draft import DraftKind, of_ask, read
from kith.domain.lint.remarks import Background
from kith.domain.outlines import ASKS, Outline, outline
from kith.domain.outlines.facts import Subject
from kith.domain.outlines.parts import PARTS
from kith.domain.relationship import events as e
from kith.domain.relationship.state import Relationship
from kith.domain.suggestions import Suggestion, suggestions
from kith.workflows.application import judging
from kith.workflows.application.desk import Desk
from kith.workflows.application.work import Work
from kith.workflows.readmodels.agenda import reviving

ABOUT_WORDING = frozenset(guard.name for guard in GUARDS if guard.about_wording)


class Drafting:
    """Questions about what to write, and to whom. Nothing is written down, and nothing is sent."""

    _desk: Desk

    def lint(self, draft: str | Ask, kind: DraftKind = DraftKind.FIRST_MESSAGE, *, who: UUID | None = None) -> Judged:
        """What is to be said about a draft: a text of that kind, or the words of an ask.

        With ``who`` it is also held against what is on record about that person. Raises InvalidInput for a text in
        which there is nothing to read, or far too much.
        """
        told = read(draft, kind) if isinstance(draft, str) else of_ask(draft)
        return self._desk.look_ahead(lambda work: lint(told, _background(work, who)))

    def draft(self, kind: DraftKind, who: UUID) -> Outline:
        """An outline to write from: what is on record, what to find out, and which guards do not hold yet.

        Raises NotApplicable for a first message to somebody one has exchanged words with, and InvalidInput for a
        nudge, which has no outline.
        """
        if kind not in PARTS:
            raise InvalidInput(f"There is no outline for a {kind}: say in a sentence or two what is new.")
        found = self._desk.look_ahead(lambda work: outline(kind, _subject(work, who)))
        if kind not in ASKS:
            return found
        decision = judging.check(self._desk, who, ASKS[kind], {})
        guards = tuple(one.guard for one in decision.missing if one.guard not in ABOUT_WORDING)
        return found._replace(open_guards=guards, earliest=decision.earliest)

    def chat_suggestions(self, who: UUID) -> list[Suggestion]:
        """Questions for a coffee chat to choose from, over the four topics, drawn from what is on record."""
        return self._desk.look_ahead(lambda work: suggestions(_subject(work, who)))

    def appointment(self, who: UUID) -> Appointment:
        """The coffee chat that was agreed on; raises NotApplicable if there is none, or no time for it."""
        return appointment(self._desk.relationship(who))

    def owed(self, who: UUID) -> list[Action]:
        """What is owed to that person, the most pressing first: thanks, an answer, an outcome, what was promised."""

        def question(work: Work) -> list[Action]:
            found = actions(work.relationship(who), work.seeker)
            owed = [one for one in found if one.urgency is Urgency.OWED and one.start <= work.now]
            return sorted(owed, key=lambda one: (one.due or one.start, one.key))

        return self._desk.look_ahead(question)

    def dormant(self, limit: int = 5) -> list[DormantTie]:
        """Ties that were strong once and have been silent for years, those first that are worth most to the seeker.

        They are those whom the agenda would have revived; each with what the tie was made of, and gifts to begin with.
        """

        def question(work: Work) -> list[DormantTie]:
            ids = reviving(work.transaction.query, work.seeker.id.hex, work.now)
            work.prepare(ids)
            return dormant.ranked([dormant.tie(work.relationship(id_), work.seeker, work.now) for id_ in ids])

        return self._desk.look_ahead(question)[:limit]


def _background(work: Work, who: UUID | None) -> Background:
    return Background.of(work.seeker, None if who is None else work.relationship(who))


def _subject(work: Work, who: UUID) -> Subject:
    state = work.relationship(who)
    return Subject(state, work.seeker, {id_: work.relationship(id_).person.name for id_ in _others(work, state)})


def _others(work: Work, state: Relationship) -> list[UUID]:
    """Those on record whom the events speak of."""
    introduced = (r.event.introduced for r in state.events if isinstance(r.event, e.IntroductionReceived))
    ids = [id_ for id_ in (state.introduced_by, *introduced) if id_ is not None]
    known = "SELECT 1 FROM relationships WHERE seeker_id = ? AND id = ?"
    return [id_ for id_ in ids if work.transaction.query(known, (work.seeker.id.hex, id_.hex))]
