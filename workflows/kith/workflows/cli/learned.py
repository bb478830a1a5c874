"""What the log teaches, to read."""

from __future__ import annotations

from collections.abc import Iterator

from kith.domain.calendar import Calendar
from kith.domain.insights import Insights
from kith.domain.insights.asked import EARNING, WORKED
from kith.domain.insights.durations import Time
from kith.domain.insights.literature import Study
from kith.domain.insights.proportions import LEAST, Difference, Rate
from kith.domain.insights.rates import Rates
from kith.workflows.cli import output, times

NOTHING = "Nothing can be told yet: you have been in touch with nobody on record. kith today says where to begin."
COLD = (
    "Cold is a first message to a stranger, or an ask past a guard that a relationship earns "
    f"({', '.join(sorted(EARNING))}); all others are earned."
)
ENOUGH = (
    f"A rate is told from {LEAST} settled asks on: with fewer, its 95% interval is wider than half of all there is, "
    "and only the count is given. Asks that are open count neither way, nor do those that you took back."
)
ACCOUNTS = (
    "A favour is an introduction or a referral. The ledger says where you may ask next, and nothing of what anybody is "
    "worth."
)
OVER = (
    "Over {} you have been in touch with, also those who are not there yet (Kaplan and Meier): to count only those "
    "who are would make every way look quicker than it is."
)


def text(told: Insights, calendar: Calendar) -> str:
    """All of it to read."""
    heading = output.bold(f"Insights on {times.weekday(told.at, calendar)}")
    if not told.people and not told.unread:
        return f"{heading}\n\n{output.wrap(NOTHING)}"
    parts = (_asks, _overrides, _times, _goodwill, _referrals, _others)
    blocks = ["\n".join(lines) for part in parts if (lines := list(part(told)))]
    return "\n\n".join([heading, *blocks, *_unread(told)])


def _asks(told: Insights) -> Iterator[str]:
    yield output.bold("What came of your asks")
    for kind, rates in told.rates.items():
        little = ", too little data for a rate" if 0 < rates.all.settled < LEAST else ""
        yield output.wrap(f"{_counted(WORKED[kind])}: {_rate(rates.all)}{little}", 4, "  ")
        if _any(rates.all):
            yield from _groups(rates)
    yield output.wrap(COLD, 2)
    yield output.wrap(ENOUGH, 2)


def _counted(worked: str) -> str:
    return worked[0].upper() + worked[1:]


def _groups(rates: Rates) -> Iterator[str]:
    yield output.wrap(f"earned {_rate(rates.earned)}; cold {_rate(rates.cold)}", 6, "    ")
    if rates.earned_above_cold is not None:
        yield output.wrap(_difference(rates.earned_above_cold, "Earned asks", "cold ones"), 6, "    ")
    stages = "; ".join(f"{stage.words} {_rate(rate)}" for stage, rate in rates.by_stage.items())
    origins = "; ".join(f"{origin.value} {_rate(rate)}" for origin, rate in rates.by_origin.items())
    yield output.wrap(f"by stage at the time: {stages}", 6, "    ")
    yield output.wrap(f"by origin: {origins}", 6, "    ")


def _any(rate: Rate) -> bool:
    return bool(rate.settled or rate.open or rate.withdrawn)


def _rate(rate: Rate) -> str:
    if not _any(rate):
        return "none"
    known = f"{rate.worked} of {rate.settled}" if rate.settled else "none settled yet"
    low, high = rate.interval
    if rate.share is not None and rate.is_enough:
        known += f", {rate.share:.0%}"
    aside = [f"95%: {low:.0%} to {high:.0%}"] * rate.is_enough
    aside += [f"{rate.open} open"] * bool(rate.open) + [f"{rate.withdrawn} taken back"] * bool(rate.withdrawn)
    return f"{known} ({'; '.join(aside)})" if aside else known


def _difference(found: Difference, one: str, other: str) -> str:
    low, high = (round(100 * end) for end in found.interval)
    if not found.is_clear:
        return f"Whether {one.lower()} work more often than {other} can't be told yet (95%: {low} to {high} points)."
    more, ends = ("more", (low, high)) if found.by > 0 else ("less", (-high, -low))
    by = abs(round(100 * found.by))
    return f"{one} worked {more} often than {other}, by {by} points (95%: {ends[0]} to {ends[1]})."


def _overrides(told: Insights) -> Iterator[str]:
    found = told.overrides
    if not _any(found.overridden):
        return
    yield output.bold("What overrides led to")
    yield output.wrap(f"every guard held: {_rate(found.guarded)}; past a guard: {_rate(found.overridden)}", 4, "  ")
    if found.guarded_above_overridden is not None:
        yield output.wrap(_difference(found.guarded_above_overridden, "Guarded asks", "overridden ones"), 4, "  ")
    for guard, rate in found.by_guard.items():
        yield output.wrap(f"{guard}: {_rate(rate)}", 6, "    ")


def _times(told: Insights) -> Iterator[str]:
    yield output.bold("How long it takes from met")
    for stage, time in told.times.items():
        yield output.wrap(f"{stage.words}: {_time(time)}", 4, "  ")
    yield output.wrap(OVER.format(output.count(told.people, "person", "people")), 2)


def _time(time: Time) -> str:
    reached = f"reached with {time.reached} of {time.people}"
    if not time.reached:
        return "not reached yet"
    quarters = [("a quarter", time.quarter), ("half", time.half), ("three quarters", time.three_quarters)]
    within = ", ".join(f"{share} {_within(days)}" for share, days in quarters if days is not None)
    little = "" if time.people >= LEAST else "; too little data to rely on"
    return f"{reached}; {within or 'less than a quarter so far'}{little}"


def _within(days: int) -> str:
    return f"within {output.count(days, 'day')}" if days else "on the same day"


def _goodwill(told: Insights) -> Iterator[str]:
    ledger = told.goodwill
    yield output.bold("Goodwill")
    if not ledger.accounts:
        yield "  Nothing was given or asked for yet."
        return
    rows = [
        (one.name, str(one.gifts), str(one.favours_asked), str(one.favours_received)) for one in ledger.accounts
    ]  # fmt: skip
    rows.append(("Together", str(ledger.gifts), str(ledger.favours_asked), str(ledger.favours_received)))
    yield output.table(
        ("  Name", "Given", "Favours asked", "Favours received"), [(f"  {r[0]}", *r[1:]) for r in rows], 1
    )
    yield output.wrap(ACCOUNTS, 2)


def _referrals(told: Insights) -> Iterator[str]:
    found = told.referrals
    if not found.given:
        return
    yield output.bold("What referrals led to")
    led = ", ".join(f"{count} {led.value}" for led, count in found.led_to.items() if count)
    yield output.wrap(
        f"{output.count(found.given, 'referral')}, {found.volunteered} of them volunteered; outcome known of "
        f"{found.known}{f' ({led})' if led else ''}, told to the referrer of {found.reported}.",
        2,
    )
    yield output.wrap(f"Offers among those that are over: {_rate(found.offers)}.", 2)


def _others(told: Insights) -> Iterator[str]:
    yield output.bold("What others found")
    for study in told.studies:
        yield output.wrap(f"{study.found} {study.source}: {study.solid}.{_beside(study, told)}", 4, "  ")


def _beside(study: Study, told: Insights) -> str:
    """One's own number beside a share that others found."""
    if study.share is None or study.about != "offer" or not told.referrals.offers.is_enough:
        return ""
    low, high = told.referrals.offers.interval
    where = "within" if low <= study.share <= high else "above" if study.share > high else "below"
    return f" That is {where} the interval of your own."


def _unread(told: Insights) -> list[str]:
    if not told.unread:
        return []
    return [output.wrap(f"{told.unread} left out: a row can't be read. kith doctor names it.")]
