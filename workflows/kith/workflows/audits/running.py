"""What runs an audit: policies from wherever they are, what is wanted, and the audit itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from kith.domain.calendar import aware
from kith.domain.errors import InvalidInput
from kith.workflows.audits.auditing import Wanted, audit
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.compiling.compiler import compile_policies, compile_text
from kith.workflows.audits.report import Order
from kith.workflows.audits.shipped import shipped

__all__ = ["Wanted", "audit", "compile_policies", "compile_text", "policies", "shipped", "wanted"]


def policies(given: Iterable[Path | str | Compiled] | Path | str | None, since: date | None) -> tuple[Compiled, ...]:
    """The policies of files and folders, compiled ones as they are, or those that ship; raises FaultyPolicies.

    With ``since``, each is only judged from then on, or from the later day that it names itself.
    """
    told = [given] if isinstance(given, Path | str) else list(given) if given is not None else [shipped()]
    files = [one for one in told if not isinstance(one, Compiled)]
    found = (*(compile_policies(files) if files else ()), *(one for one in told if isinstance(one, Compiled)))
    return found if since is None else tuple(one._replace(since=max(since, one.since or since)) for one in found)


def wanted(
    as_of: datetime | None, now: datetime, order: Order | str, seeker: UUID | None, *, names: bool = True
) -> Wanted:
    """What an audit is to be like; raises InvalidInput for an order that there is not."""
    if order not in set(Order):
        raise InvalidInput(f"An audit goes by the order {' or '.join(Order)}; not {order!r}.")
    return Wanted(aware(as_of) if as_of else now, Order(order), as_of is not None, seeker, names)
