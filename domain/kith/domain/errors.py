"""The errors of the domain, one small tree; a class's docstring is its default message.

KithError
├── InvalidInput          what was said makes no sense on its own
│   └── InFuture          a fact can't have happened yet
├── NotApplicable         it makes sense, but not in this state; the message says what does
├── NotFound              nothing on record answers to that
│   └── Ambiguous         several do, and nobody is picked on a guess
└── Conflict              somebody else was faster

A refused ask is no error here: guards return findings, and only the API raises ``AskRefused``.
"""

from __future__ import annotations

from collections.abc import Sequence


class KithError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


class InvalidInput(KithError):
    """That can't be recorded as it is."""


class InFuture(InvalidInput):
    """That has not happened yet: only what happened can be recorded."""


class NotApplicable(KithError):
    """That does not apply now."""


class NotFound(KithError):
    """Nothing on record answers to that."""


class Ambiguous(NotFound):
    """Several answer to that: say which one."""

    def __init__(self, message: str | None = None, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class Conflict(KithError):
    """Somebody else changed this at the same moment; try again."""
