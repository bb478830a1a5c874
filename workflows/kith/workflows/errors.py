"""The errors of the engine, beside the domain's: one small tree; a class's docstring is its default message.

KithError (kith.domain.errors)
├── InvalidInput
│   └── FaultyPolicies    policies that can't be run (kith.workflows.audits.compiling.problems)
├── NotApplicable
│   └── SeveralSeekers    a store of several, and nobody said whose relationships are meant
├── AskRefused            the guards held an ask back; carries the decision
└── StoreError            the store can't be used as it is
    ├── StoreTooNew       written by a newer Kith
    ├── NotMigrated       a PostgreSQL database whose tables are missing or old
    ├── NotAStore         some other file
    ├── StoreBusy         another process kept it locked
    ├── StoreInterrupted  the connection to the server was lost
    └── CorruptEvent      a row whose bytes are not understood
"""

from __future__ import annotations

from uuid import UUID

from kith.domain.decision import Decision
from kith.domain.errors import KithError, NotApplicable


class SeveralSeekers(NotApplicable):
    """This store holds several seekers; say which one with --seeker or KITH_SEEKER. kith seekers lists them."""


class AskRefused(KithError):
    """The ask is not earned yet."""

    def __init__(self, decision: Decision) -> None:
        guards = ", ".join(finding.guard for finding in decision.missing)
        super().__init__(f"The {decision.kind} ask is not earned yet: {guards}.")
        self.decision = decision


class StoreError(KithError):
    """The store can't be used as it is."""


class StoreTooNew(StoreError):
    """The store was written by a newer Kith; nothing was touched. Upgrade Kith to open it."""


class NotMigrated(StoreError):
    """The store's tables are missing or older than this Kith; run kith store migrate."""


class NotAStore(StoreError):
    """That file is no Kith store; nothing was touched."""


class StoreBusy(StoreError):
    """Another process kept the store locked for too long; nothing was written. Try again."""


class StoreInterrupted(StoreError):
    """The connection to the store was lost. Nothing is half written; the same command id tells if it was done."""


class CorruptEvent(StoreError):
    """A row of the log is not understood."""

    def __init__(self, originator: UUID, version: int, topic: str) -> None:
        super().__init__(
            f"Event {originator}.{version} ({topic}) can't be read: its bytes are damaged or its kind is unknown. "
            "Everything else still works; kith doctor lists such rows."
        )
        self.originator, self.version, self.topic = originator, version, topic
