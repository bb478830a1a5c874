"""What can go wrong with a delivery, beside the domain's errors.

KithError (kith.domain.errors)
└── NotDelivered          it did not reach the seeker
    └── TryLater          nothing was handed over, and what stood in the way passes by itself
"""

from __future__ import annotations

from kith.domain.errors import KithError


class NotDelivered(KithError):
    """The digest could not be delivered."""


class TryLater(NotDelivered):
    """The mail server can't be reached now; nothing was sent."""
