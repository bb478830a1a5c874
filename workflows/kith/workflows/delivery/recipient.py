"""Whose address it is: a digest goes to its seeker and never to somebody whom it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import UUID

from kith.domain.errors import NotFound
from kith.workflows.delivery.errors import NotDelivered

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def own(target: str, find: Callable[[str], UUID]) -> str:
    """The target itself; raises NotDelivered for one with the address of somebody on record."""
    for address in addresses(target):
        if _is_on_record(address, find):
            raise NotDelivered(
                "KITH_DIGEST_TO is the address of somebody on record, and digests go to the seeker alone."
            )
    return target


def addresses(target: str) -> list[str]:
    """Every e-mail address in a target, also within a URL."""
    return _ADDRESS.findall(unquote(target))


def _is_on_record(address: str, find: Callable[[str], UUID]) -> bool:
    try:
        find(address)
    except NotFound as error:
        return hasattr(error, "candidates")  # several answer to it
    return True
