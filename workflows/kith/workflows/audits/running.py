"""What runs an audit: policies from wherever they are, what is wanted, and the audit itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from kith.domain.calendar import aware
from kith.domain.errors import InvalidInput
from kith.workflows import settings
from kith.workflows.audits.auditing import Wanted, audit
from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.compiling.compiler import compile_policies, compile_text
from kith.workflows.audits.compiling.problems import FaultyPolicies
from kith.workflows.audits.report import AuditReport, Order, Waiver
from kith.workflows.audits.reports.grouping import without_names
from kith.workflows.audits.selftest import check_examples
from kith.workflows.audits.shipped import shipped
from kith.workflows.audits.waivers import beside, idle, waive, waivers_of

__all__ = [
    "Wanted", "audit", "compile_policies", "compile_text", "policies", "shipped", "understood", "waived", "wanted",
]  # fmt: skip


Given = Sequence[Path | str | Compiled] | Path | str | None


def policies(given: Given, since: date | None) -> tuple[Compiled, ...]:
    """The policies of files and folders, compiled ones as they are, or those that ship; raises FaultyPolicies.

    With ``since``, each is only judged from then on, or from the later day that it names itself.
    """
    told = [given] if isinstance(given, Path | str) else list(given) if given is not None else [shipped()]
    files = [one for one in told if not isinstance(one, Compiled)]
    found = (*(compile_policies(files) if files else ()), *(one for one in told if isinstance(one, Compiled)))
    return found if since is None else tuple(one._replace(since=max(since, one.since or since)) for one in found)


def understood(
    given: Given, since: date | None, waivers: Path | str | None, today: date
) -> tuple[tuple[Compiled, ...], tuple[Waiver, ...]]:
    """The policies, and the waivers of a file or of those beside them; raises FaultyPolicies with all their problems.

    The waivers of the policies that ship stand in Kith's own folder.
    """
    read = waivers_of(_files(given, waivers), today)
    try:
        found = policies(given, since)
        check_examples(found)
    except FaultyPolicies as faulty:
        raise FaultyPolicies([*faulty.problems, *read.problems]) from None
    if read.problems:
        raise FaultyPolicies(read.problems)
    return found, read.waivers


def _files(given: Given, waivers: Path | str | None) -> list[Path]:
    if waivers is not None:
        return [Path(waivers).expanduser()]
    told = [settings.home()] if given is None else [given] if isinstance(given, Path | str) else given
    return beside(Path(one) for one in told if isinstance(one, Path | str))


def waived(report: AuditReport, waivers: Sequence[Waiver], *, names: bool) -> AuditReport:
    """The report with the waivers at what they are about, and those that change nothing."""
    found = waive(report, waivers)._replace(idle=tuple(map(str, idle(report, waivers))))
    return found if names else without_names(found)


def wanted(
    as_of: datetime | None, now: datetime, order: Order | str, seeker: UUID | None, *, names: bool = True
) -> Wanted:
    """What an audit is to be like; raises InvalidInput for an order that there is not."""
    if order not in set(Order):
        raise InvalidInput(f"An audit goes by the order {' or '.join(Order)}; not {order!r}.")
    return Wanted(aware(as_of) if as_of else now, Order(order), as_of is not None, seeker, names)
