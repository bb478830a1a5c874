"""Durations, numbers, days and times as policies write them, and how they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple, TypeVar

from kith.workflows.audits.vocabulary.likeness import nearest

S = TypeVar("S")
T = TypeVar("T")

MICROSECONDS: Final = {"minute": 60_000_000, "hour": 3_600_000_000}
DAYS: Final = {"day": 1, "week": 7}
UNITS: Final = "there are minutes, hours, days and weeks; write it like 7 days, 2 weeks, 24 hours or 30 minutes"
_SPAN = re.compile(r"(\d+|[a-z]+) (minute|hour|day|week)s?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_WORDS = {
    "any day": range(7),
    "every day": range(7),
    "working days": range(5),
    "weekdays": range(5),
    "weekends": range(5, 7),
}


class Span(NamedTuple):
    """A duration: days by the seeker's own calendar, or exact hours and minutes."""

    words: str
    days: int = 0
    micros: int = 0


class Bad(ValueError):
    """Something is written in a way that can't be read; the message says how it could be."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint
        """What was perhaps meant; empty if nothing is near."""

    def each(self) -> tuple[Bad, ...]:
        """All that is wrong, one by one."""
        return (self,)


class Several(Bad):
    """More than one thing can't be read."""

    def __init__(self, bads: Iterable[Bad]) -> None:
        self.bads = tuple(bads)
        super().__init__(" ".join(map(str, self.bads)))

    def each(self) -> tuple[Bad, ...]:
        """All that is wrong, one by one."""
        return self.bads


def every(read: Callable[[S], T], parts: Iterable[S]) -> tuple[T, ...]:
    """What each part says; raises Several with all that can't be read."""
    found, wrong = list[T](), list[Bad]()
    for part in parts:
        try:
            found.append(read(part))
        except Bad as bad:
            wrong += bad.each()
    if wrong:
        raise Several(wrong)
    return tuple(found)


def number(text: str) -> int:
    """A whole number, in digits or as a word up to twelve; raises Bad."""
    if text.isdecimal():
        return int(text)
    if text.lower() in _NUMBERS:
        return _NUMBERS.index(text.lower())
    raise Bad(f"“{text}” is no whole number; write 3 or three.")


def span(text: str) -> Span:
    """A duration such as ``7 days``, ``24 hours``, ``one week`` or ``a week``; raises Bad."""
    words = re.sub(r"^an? ", "one ", text.strip(), flags=re.IGNORECASE)
    found = _SPAN.fullmatch(words.lower())
    if not found:
        raise _no_span(text.strip())
    count, unit = number(found[1]), found[2]
    if count == 0:
        raise Bad(f"“{text}” is no time at all; the shortest is 1 minute.")
    if count * (DAYS.get(unit) or 1) > 36_500:
        raise Bad(f"“{text}” is longer than anybody's log.")
    return Span(words, count * DAYS.get(unit, 0), count * MICROSECONDS.get(unit, 0))


def _no_span(text: str) -> Bad:
    if text.endswith("."):
        return Bad(f"“{text}” ends with a full stop, and no step does.", text.rstrip("."))
    days = "" if "working" not in text.lower() else " Days are all those of the calendar, working or not."
    return Bad(f"“{text}” is no duration: {UNITS}.{days}")


def day(text: str) -> date:
    """A date such as ``2026-03-02`` or ``2 March 2026``; raises Bad."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise Bad(f"“{text}” is no date; write it like 2026-03-02 or 2 March 2026.")


def instant(text: str) -> datetime:
    """A date, or a date and a time of the day, in UTC unless it says another zone; raises Bad."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Bad(f"“{text.strip()}” is no time; write it like 2026-03-02 or 2026-03-02 14:30.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def weekdays(text: str) -> frozenset[int]:
    """Days of the week, Monday being 0: ``working days``, ``Monday to Friday``, ``Monday and Thursday``; raises Bad."""
    if text.lower() in _DAY_WORDS:
        return frozenset(_DAY_WORDS[text.lower()])
    first, through, last = text.partition(" to ")
    if through:
        start, end = _weekday(first), _weekday(last)
        return frozenset((start + n) % 7 for n in range((end - start) % 7 + 1))
    return frozenset(every(_weekday, re.split(r",\s*(?:and )?| and ", text)))


def _weekday(text: str) -> int:
    name = text.strip().title().removesuffix("s") if text.strip().lower().endswith("days") else text.strip().title()
    if name not in WEEKDAYS:
        raise Bad(
            f"“{text.strip()}” is no day of the week; write working days, Monday to Friday, or Monday and Thursday.",
            next((day for day in WEEKDAYS if len(name) > 1 and day.startswith(name)), nearest(name, WEEKDAYS)),
        )
    return WEEKDAYS.index(name)


def clock(text: str) -> time:
    """A time of the day such as ``9:00`` or ``18:30``; raises Bad."""
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Bad(f"“{text}” is no time of the day; write it like 9:00 or 18:30.")
    return time(int(found[1]), int(found[2]))


def listed(text: str) -> tuple[str, ...]:
    """The parts of ``role, company and fit``."""
    return tuple(part.strip() for part in re.split(r",\s*(?:and )?| and ", text) if part.strip())


def bare(text: str) -> str:
    """A name without the article before it."""
    return re.sub(r"^(?:an?|the|its)\s+", "", text.strip(), flags=re.IGNORECASE)


def an(words: str) -> str:
    """The name with its indefinite article: ``an intro ask``, ``a gift or an outcome report``."""
    return " or ".join(f"{'an' if part[:1].lower() in 'aeiou' else 'a'} {part}" for part in words.split(" or "))


def times(count: int, words: str) -> str:
    """So many of something: ``no gift``, ``1 gift``, ``3 gifts``."""
    if not count:
        return f"no {words}"
    return f"{count} {words}" if count == 1 or " or " in words else f"{count} {words}s"
