"""Given events, when an ask, then findings and events: a relationship that is told event by event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kith.domain import seeker as s
from kith.domain.asks import Ask, AskKind, ChatAsk, FirstMessage, IntroAsk, ReferralAsk
from kith.domain.calendar import Calendar
from kith.domain.case import Case, Stamp, enact
from kith.domain.connector_load import ConnectorLoad, load_id
from kith.domain.decision import Decision, Finding, Plan
from kith.domain.guards import decide, findings
from kith.domain.guards.registry import Situation
from kith.domain.log import Event, Recorded
from kith.domain.plans import plan
from kith.domain.policy import Policy
from kith.domain.relationship import events as e
from kith.domain.relationship.evolve import evolve
from kith.domain.relationship.state import MadeAsk, Relationship
from kith.domain.stages import Channel, Direction, Origin, Stage
from kith.domain.timers import Timer, timers

SEEKER, ANA, PERSON = UUID(int=1), UUID(int=2), UUID(int=3)
LISBON = "Europe/Lisbon"


def day(number: float, hour: int = 12, minute: int = 0) -> datetime:
    """An instant so many days after Monday, 5 January 2026."""
    return datetime(2026, 1, 5, hour, minute, tzinfo=UTC) + timedelta(days=number)


class Story:
    """One relationship, its seeker and everything around it."""

    def __init__(
        self, origin: Origin = Origin.ONLINE, zone: str = "UTC", policy: Policy | None = None,
        opened: e.RelationshipOpened | None = None,
    ) -> None:  # fmt: skip
        told: list[Event] = [s.SeekerRegistered(at=day(-900), name="Maria", time_zone=zone)]
        told += [s.PolicyAdopted(at=day(-900), policy=policy, hash=policy.hash)] if policy else []
        stamp = Stamp(day(-900), "beginning")
        seeker = s.fold(stamp.place(event, SEEKER, version) for version, event in enumerate(told, 1))
        opened = opened or e.RelationshipOpened(
            at=day(-800), seeker_id=SEEKER, person_id=PERSON, name="Ana Silva", origin=origin
        )
        assert seeker is not None
        self.recorded = [stamp.place(opened, ANA, 1)]
        self.case = Case(evolve(None, self.recorded[0]), seeker, ConnectorLoad(load_id(PERSON)))
        self._ids = 100

    # given

    def given(self, *events: Event, recorded: datetime | None = None) -> Story:
        """These events happened, each recorded when it happened unless ``recorded`` says when."""
        for event in events:
            self.case, written = enact(self.case, [event], Stamp(recorded or event.at, f"c{len(self.recorded)}"))
            self.recorded += written
        return self

    def seeker_told(self, *events: Event) -> Story:
        """These events happened to the seeker."""
        for event in events:
            seeker = self.case.seeker
            recorded = Stamp(event.at, "told").place(event, SEEKER, seeker.version + 1)
            self.case = self.case._replace(seeker=s.evolve(seeker, recorded))
        return self

    def asked(self, ask: FirstMessage | ChatAsk | IntroAsk | ReferralAsk, at: datetime) -> MadeAsk:
        """That ask was made, whatever the guards say; it is on record from now on."""
        self._ids += 2
        id_, policy = UUID(int=self._ids), self.case.policy.hash
        match ask:
            case FirstMessage():
                stranger = self.state.is_stranger
                self.given(e.FirstMessageSent(at=at, ask_id=id_, policy=policy, ask=ask, stranger=stranger))
            case ChatAsk():
                self.given(e.ChatAsked(at=at, ask_id=id_, policy=policy, ask=ask))
            case IntroAsk():
                self.given(
                    e.IntroAsked(at=at, ask_id=id_, policy=policy, ask=ask, introduction_id=UUID(int=self._ids + 1))
                )
            case ReferralAsk():
                self.given(e.ReferralAsked(at=at, ask_id=id_, policy=policy, ask=ask, opening=ask.opening))
        return self.state.asks[-1]

    # when

    def when(self, ask: Ask, at: datetime, override: Mapping[str, str] | None = None) -> Decision:
        """The decision on an ask at an instant."""
        return decide(self._situation(ask, at), override)

    def finding(self, guard: str, ask: Ask, at: datetime) -> Finding:
        """What one guard finds."""
        return next(found for found in findings(self._situation(ask, at)) if found.guard == guard)

    def holds(self, guard: str, ask: Ask, at: datetime) -> bool:
        """Whether one guard holds."""
        return self.finding(guard, ask, at).holds

    def plan(self, ask: Ask, at: datetime) -> Plan:
        """The way past a refusal."""
        return plan(self.case, ask, at)

    def _situation(self, ask: Ask, at: datetime) -> Situation:
        case = self.case
        return Situation(case.relationship, case.seeker, case.load, ask, case.policy, at)

    # then

    @property
    def state(self) -> Relationship:
        """The relationship as it stands."""
        return self.case.relationship

    @property
    def calendar(self) -> Calendar:
        """The seeker's days."""
        return self.case.seeker.calendar

    @property
    def last(self) -> int:
        """The version of the last fact (not of the stages that follow from facts)."""
        facts = (r for r in reversed(self.state.events) if not isinstance(r.event, e.StageAdvanced | e.StageCorrected))
        return next(facts).originator_version

    @property
    def stages(self) -> dict[Stage, datetime]:
        """When each stage was reached without skipping."""
        return {advance.stage: advance.at for advance in self.state.advances if not advance.skipped}

    def written(self, kind: type[Event]) -> list[Recorded]:
        """The events of that kind, wherever they stand."""
        return [recorded for recorded in self.recorded if isinstance(recorded.event, kind)]

    def timers(self, kind: str) -> list[Timer]:
        """The timers of that kind."""
        return [timer for timer in timers(self.state, self.case.policy, self.calendar) if timer.kind == kind]

    def ask(self, kind: AskKind) -> MadeAsk:
        """The last ask of that kind."""
        return [ask for ask in self.state.asks if ask.kind is kind][-1]


# Facts in the words of a story


def wrote(at: datetime, channel: Channel = Channel.MESSAGE) -> e.Touched:
    """The seeker wrote."""
    return e.Touched(at=at, direction=Direction.OUTBOUND, channel=channel)


def replied(at: datetime, channel: Channel = Channel.MESSAGE) -> e.Touched:
    """They wrote."""
    return e.Touched(at=at, direction=Direction.INBOUND, channel=channel)


def met(at: datetime) -> e.Touched:
    """The two met."""
    return e.Touched(at=at, direction=Direction.MUTUAL, channel=Channel.MEETING)


def gave(at: datetime) -> e.GiftGiven:
    """The seeker gave an article."""
    return e.GiftGiven(at=at, gift="article", what="https://example.org", because="she writes about stress tests")


def held(at: datetime, learnings: str = "They model demand by street.") -> e.ChatHeld:
    """A coffee chat took place."""
    return e.ChatHeld(at=at, minutes=20, learnings=learnings)


def thanked(version: int, at: datetime) -> e.ThanksSent:
    """The seeker said thank you."""
    return e.ThanksSent(at=at, thanks_for=version)


NURTURED = (wrote(day(0)), replied(day(1)), wrote(day(14)))
"""Three touches on three days over fourteen, one of them inbound."""


def nurtured(**options: object) -> Story:
    """A story that has come to the stage nurtured, on day 14."""
    return Story(**options).given(*NURTURED)  # type: ignore[arg-type]


def value_given(**options: object) -> Story:
    """One that has come to value given, on day 15."""
    return nurtured(**options).given(gave(day(15)))


def chatted(**options: object) -> Story:
    """One that has come to coffee chat, on day 21."""
    story = value_given(**options).given(held(day(20)))
    return story.given(thanked(story.last, day(21)))


def told(story: Story, at: datetime) -> e.IntroductionReported:
    """The connector heard what came of the latest introduction."""
    return e.IntroductionReported(at=at, introduction=story.state.introductions[-1].fact.version)


def introduced(**options: object) -> Story:
    """One that has come to intro, on day 30, by an introduction that was asked for; thanked for on day 31."""
    story = chatted(**options)
    ask = story.asked(IntroAsk(target="Rui"), day(22))
    story.given(e.IntroductionReceived(at=day(30), ask_id=ask.id))
    return story.given(thanked(story.last, day(31)), gave(day(32)))


def referred(**options: object) -> Story:
    """One that has come to referral, on day 70; thanked for on day 71."""
    story = introduced(**options).given(replied(day(60)), wrote(day(60, 13)))
    ask = story.asked(ReferralAsk(role="Analyst", company="Acme"), day(62))
    story.given(e.ReferralGiven(at=day(70), opening=ask.ask.opening, role="Analyst", company="Acme", ask_id=ask.id))  # type: ignore[union-attr]
    return story.given(thanked(story.last, day(71)))
