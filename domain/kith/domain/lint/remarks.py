"""What lint is made of: a rule, what it goes by, and what it remarks about a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self
from uuid import UUID

from kith.domain import record
from kith.domain.lint.draft import Draft, DraftKind
from kith.domain.policy import PRESETS, Policy
from kith.domain.relationship.state import Relationship
from kith.domain.seeker import Seeker
from kith.domain.sentences import Sentence


@dataclass(frozen=True)
class Background:
    """What a draft is held against."""

    policy: Policy = PRESETS["default"]
    earlier: tuple[tuple[int, ...], ...] = ()
    """Fingerprints of the first messages still remembered."""
    name: str = ""
    """The person's name; empty if it was not said for whom the draft is."""
    facts: tuple[str, ...] = ()
    """Who they are and what was noted about them."""
    record: tuple[str, ...] = ()
    """Those, and everything else on record about them."""

    @classmethod
    def of(cls, seeker: Seeker, state: Relationship | None = None) -> Self:
        """What is known of the seeker, and of the person whom the draft is for."""
        policy = seeker.policy
        if state is None:
            return cls(policy, remembered(seeker, policy))
        earlier = remembered(seeker, policy, but=state.id)
        facts, everything = tuple(record.facts(state)), tuple(record.everything(state))
        return cls(policy, earlier, state.person.name, facts, everything)


def remembered(seeker: Seeker, policy: Policy, but: UUID | None = None) -> tuple[tuple[int, ...], ...]:
    """The fingerprints of the first messages that a new one is compared with; not the one to that person themselves."""
    memory = policy.first_message_memory
    sent = [one for one in seeker.first_messages() if one.relationship_id != but]
    return tuple(one.fingerprint for one in sent[-memory:]) if memory else ()


class Remark(NamedTuple):
    """What a rule has to say about a draft."""

    rule: str
    why: str
    """What is the matter, in one sentence."""
    do: str
    """What to do about it."""
    sentence: str = ""
    """The sentence that it is about; empty if it is about the whole draft."""
    line: int | None = None
    """Where that sentence begins, counted from 1."""
    source: str = ""
    """Where the rule comes from; empty for a value choice."""
    guard: str = ""
    """The guard that would hold the ask back for the same reason; empty if none would."""


def about(sentence: Sentence | None, why: str, do: str) -> Remark:
    """A remark about a sentence, or about the whole draft; the rule adds its name, source and guard."""
    return Remark("", why, do, sentence.text if sentence else "", sentence.line if sentence else None)


Check = Callable[[Draft, Background], Iterable[Remark]]


@dataclass(frozen=True)
class Rule:
    """A rule with its name, the drafts that it is on, and where it comes from."""

    name: str
    on: frozenset[DraftKind]
    check: Check
    source: str = ""
    guards: tuple[tuple[DraftKind, str], ...] = ()
    """The guard that goes by the same rule, for each kind of draft that has one; a remark may name another."""
    english: bool = False
    """Whether it remarks what is missing, which it can only tell of English."""

    @property
    def told(self) -> str:
        """What it asks for, in one sentence."""
        return (self.check.__doc__ or "").strip()

    def remarks(self, draft: Draft, background: Background) -> list[Remark]:
        """What it has to say about a draft."""
        guard = dict(self.guards).get(draft.kind, "")
        found = self.check(draft, background)
        return [one._replace(rule=self.name, source=self.source, guard=one.guard or guard) for one in found]


ANY = frozenset(DraftKind)
PERSONAL = ANY - {DraftKind.NUDGE}


def rule(
    name: str,
    on: Iterable[DraftKind] = ANY,
    source: str = "",
    guard: str | dict[DraftKind, str] = "",
    *,
    english: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; ``guard`` names the guard that goes by the same rule."""
    kinds = frozenset(on)
    guards = guard if isinstance(guard, dict) else {kind: guard for kind in kinds if guard and kind.ask}
    return lambda check: Rule(name, kinds, check, source, tuple(guards.items()), english)
