"""The six stages of a professional relationship, in the order in which trust is built."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Stage(IntEnum):
    """How far a relationship has come. Higher stages include the lower ones."""

    MET = 1
    NURTURED = 2
    VALUE_GIVEN = 3
    COFFEE_CHAT = 4
    INTRO = 5
    REFERRAL = 6

    @property
    def words(self) -> str:
        """The stage in the words people use."""
        return self.name.lower().replace("_", " ")

    def below(self) -> tuple[Stage, ...]:
        """The stages that come before this one, lowest first."""
        return tuple(stage for stage in Stage if stage < self)


class Origin(StrEnum):
    """How the seeker and the person know each other."""

    FORMER_COLLEAGUE = "former colleague"
    CLASSMATE = "classmate"
    MENTOR = "mentor"
    FRIEND = "friend"
    FAMILY = "family"
    COMMUNITY = "community"
    EVENT = "event"
    INTRODUCED = "introduced"
    ONLINE = "online"
    UNKNOWN = "unknown"

    @property
    def knows_your_work(self) -> bool:
        """People who already know one's work have a head start: one exchange is enough to be nurtured."""
        return self in _HEAD_START

    @property
    def may_be_stranger(self) -> bool:
        """Whether someone of this origin is a stranger until they have answered once."""
        return self in _DISTANT


_HEAD_START = frozenset({Origin.FORMER_COLLEAGUE, Origin.CLASSMATE, Origin.MENTOR, Origin.FRIEND, Origin.FAMILY})
_DISTANT = frozenset({Origin.COMMUNITY, Origin.EVENT, Origin.ONLINE, Origin.UNKNOWN})


class Direction(StrEnum):
    """Who reached out to whom, seen from the seeker."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    MUTUAL = "mutual"
    """Both at once: a call, a meeting, a coffee chat."""


class Channel(StrEnum):
    """The form that an interaction took."""

    MESSAGE = "message"
    CALL = "call"
    MEETING = "meeting"
    REACTION = "reaction"
    ENDORSEMENT = "endorsement"
    RECOMMENDATION = "recommendation"
    INVITATION = "invitation"
    CHAT = "chat"
    GIFT = "gift"
    THANKS = "thanks"
    ASK = "ask"
    ANSWER = "answer"
    REPORT = "report"
