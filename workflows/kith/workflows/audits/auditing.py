"""An audit: one consistent look at the log, every policy put to it, and what was found as a report."""

from __future__ import annotations

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kith.workflows.audits.compiled import Compiled
from kith.workflows.audits.judging import Judging
from kith.workflows.audits.monitors.base import AnyMonitor
from kith.workflows.audits.reading.log import Log
from kith.workflows.audits.reading.plan import planned
from kith.workflows.audits.reading.reader import FOR_EVER, Progress, Reader
from kith.workflows.audits.reading.revisions import changes, remaining
from kith.workflows.audits.report import Audited, AuditReport, Order, Verdict
from kith.workflows.audits.selftest import check_examples
from kith.workflows.audits.telling import Teller, names_of
from kith.workflows.ports import Reading
from kith.workflows.readmodels.schema import micros


class Wanted(NamedTuple):
    """What an audit is to be like."""

    as_of: datetime
    order: Order = Order.HAPPENED
    then: bool = False
    """Whether ``as_of`` is another day than today, so that what was recorded later was not known."""
    seeker: UUID | None = None
    """Whose log it is; None for everybody's."""
    names: bool = True
    """Whether the report may name people."""


def audit(
    reading: Reading, policies: Sequence[Compiled], wanted: Wanted, progress: Progress | None = None
) -> AuditReport:
    """Put the policies to the log; raises FaultyPolicies if a worked example fails.

    Everything is read within one transaction, so others may write meanwhile.
    """
    check_examples(policies)
    with _undisturbed():
        log, judging = _judged(reading, policies, wanted, progress)
        teller = Teller(reading, log, wanted.order, judging.scopes)
        audited = tuple(_audited(monitor, teller) for monitor in judging.monitors)
        people = names_of(reading, audited) if wanted.names else {}
    return AuditReport(
        wanted.as_of, wanted.order, log.read, log.met, audited, tuple(log.corrupt), people,
        time_zone=log.calendar.zone_name,
    )  # fmt: skip


@contextmanager
def _undisturbed() -> Generator[None]:
    """Without the garbage collector: it would look through millions of objects that are no garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _judged(
    reading: Reading, policies: Sequence[Compiled], wanted: Wanted, progress: Progress | None
) -> tuple[Log, Judging]:
    happened = wanted.order is Order.HAPPENED
    as_of = micros(wanted.as_of)
    plan = planned(
        (pair for policy in policies for pair in policy.reads()),
        companies=any(policy.scope.by == "company" for policy in policies),
    )
    reader = Reader(
        plan, wanted.seeker, until=as_of if wanted.then and happened else FOR_EVER,
        recorded_until=as_of if wanted.then and not happened else None,
    )  # fmt: skip
    first, second = _halves(progress)
    log = reader.read(reading, first)
    revised = changes(reader, reading)
    if happened:
        for change in remaining(revised):
            log.change(*change)
        reader.as_it_happened()
    judging = Judging(policies, log, as_of=as_of, happened=happened)
    judging.run({} if happened else revised, second)
    return log, judging


def _halves(progress: Progress | None) -> tuple[Progress | None, Progress]:
    """Progress of reading and of judging, as the two halves of a hundred."""
    if progress is None:
        return None, lambda _, __: None
    return (
        lambda done, all_: progress(50 * done // max(all_, 1), 100),
        lambda done, all_: progress(50 + 50 * done // max(all_, 1), 100),
    )


def _audited(monitor: AnyMonitor, teller: Teller) -> Audited:
    violations = tuple(teller.violations(monitor))
    if violations:
        verdict = Verdict.VIOLATED
    elif monitor.pending:
        verdict = Verdict.PENDING
    else:
        verdict = Verdict.PASS if monitor.judged else Verdict.NOT_EXERCISED
    return Audited(monitor.policy.policy, verdict, monitor.judged, monitor.pending, violations)
