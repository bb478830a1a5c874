"""What the guards say: findings, the decision they add up to, and the plan that leads past a refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple


class Finding(NamedTuple):
    """What one guard found."""

    guard: str
    holds: bool
    why: str
    """One plain sentence for the seeker."""
    missing: str = ""
    """What would make it hold, as a phrase; empty when it holds."""
    evidence: tuple[int, ...] = ()
    """Versions of the relationship's events that the guard went by."""
    earliest: datetime | None = None
    """When it can hold, if only time is missing."""
    hard: bool = False
    """A hard guard can't be overridden."""
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan."""

    at: datetime
    """The earliest instant for it."""
    by: str
    """``you``, ``them`` (an answer that is needed) or ``time``."""
    what: str
    """The kind of step, such as ``gift``; see ``kith.domain.remedies``."""
    do: str
    """The step as a sentence."""
    subject: str = ""
    """What the step is about: a guard whose fields need work, an ask's id, the key of something owed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The cheapest known way to an accepted ask; or why there is none, and what to do instead."""

    steps: tuple[Step, ...] = ()
    earliest: datetime | None = None
    """The first instant at which the ask would be accepted, if all steps happen and nothing else does."""
    not_possible: str = ""
    """Why no plan leads there; empty when one does."""
    instead: str = ""
    """What to do instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an ask may be made now, with every finding."""

    kind: str
    at: datetime
    policy: str
    findings: tuple[Finding, ...]
    plan: Plan | None = None

    @property
    def allowed(self) -> bool:
        """Every guard holds or was overridden."""
        return not self.missing

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The findings that stand in the way."""
        return tuple(finding for finding in self.findings if not finding.holds and not finding.overridden)

    @property
    def earliest(self) -> datetime | None:
        """When the ask can be accepted if its plan is followed; ``at`` when it can be made now; None if never."""
        if self.allowed:
            return self.at
        return self.plan.earliest if self.plan else None

    def with_plan(self, plan: Plan) -> Decision:
        """The same decision with a way on."""
        return replace(self, plan=plan)
