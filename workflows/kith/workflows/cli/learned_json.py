"""What the log teaches, as JSON."""

from __future__ import annotations

from typing import Any

from kith.domain.insights import Insights
from kith.domain.insights.asked import WORKED
from kith.domain.insights.proportions import LEAST, Difference, Rate
from kith.domain.insights.rates import Rates
from kith.workflows.cli import shapes


def shape(told: Insights) -> dict[str, Any]:
    """All of it as JSON."""
    return {
        "at": shapes.iso(told.at), "people": told.people, "least": LEAST,
        "asks": [_rates_shape(rates) for rates in told.rates.values()],
        "overrides": {
            "guarded": _rate_shape(told.overrides.guarded), "overridden": _rate_shape(told.overrides.overridden),
            "guarded_above_overridden": _difference_shape(told.overrides.guarded_above_overridden),
            "by_guard": {guard: _rate_shape(rate) for guard, rate in told.overrides.by_guard.items()},
        },
        "times": {stage.words: time._asdict() for stage, time in told.times.items()},
        "goodwill": {
            "people": [
                {"id": str(one.relationship_id), "name": one.name, **_sums(one)} for one in told.goodwill.accounts
            ],
            **_sums(told.goodwill),
        },
        "referrals": {
            "given": told.referrals.given, "volunteered": told.referrals.volunteered, "known": told.referrals.known,
            "reported": told.referrals.reported,
            "led_to": {led.value: count for led, count in told.referrals.led_to.items()},
            "offers": _rate_shape(told.referrals.offers),
        },
        "studies": [study._asdict() for study in told.studies],
        "unreadable": told.unread,
    }  # fmt: skip


def _sums(told: Any) -> dict[str, int]:
    return {name: getattr(told, name) for name in ("gifts", "favours_asked", "favours_received")}


def _rates_shape(rates: Rates) -> dict[str, Any]:
    return {
        "kind": rates.kind.value, "worked_means": WORKED[rates.kind], "all": _rate_shape(rates.all),
        "earned": _rate_shape(rates.earned), "cold": _rate_shape(rates.cold),
        "earned_above_cold": _difference_shape(rates.earned_above_cold),
        "by_stage": {stage.words: _rate_shape(rate) for stage, rate in rates.by_stage.items()},
        "by_origin": {origin.value: _rate_shape(rate) for origin, rate in rates.by_origin.items()},
    }  # fmt: skip


def _rate_shape(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "worked": rate.worked, "settled": rate.settled, "open": rate.open, "withdrawn": rate.withdrawn,
        "share": rate.share, "low": low, "high": high, "enough": rate.is_enough,
    }  # fmt: skip


def _difference_shape(found: Difference | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"by": found.by, "low": found.interval.low, "high": found.interval.high, "clear": found.is_clear}
