"""Reads the dates of an export, LinkedIn's own and what spreadsheets make of them, and refuses to guess."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final, Literal, TypeAlias

Order: TypeAlias = Literal["day first", "month first"]

EARLIEST: Final = 2003  # LinkedIn opened in May 2003
LATEST: Final = 2099
_LONGEST: Final = 60
_NOON: Final = time(12)

# English, German, French, Spanish, Portuguese and Italian, by their first letters without accents.
_MONTHS: Final = {
    start: number
    for number, starts in enumerate(
        ("jan ene gen", "feb fev", "mar mrz maer", "apr avr abr", "may mai mag", "jun juin giu", "jul juil lug",
         "aug aou ago", "sep set", "oct okt out ott", "nov", "dec dez dic"), 1
    )
    for start in starts.split()
}  # fmt: skip
_ACCENTS: Final = str.maketrans("äáéèêûúóç", "aaeeeuuoc")

_DAY_MONTH_NAME: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:de\s+)?([^\W\d_]+)\.?[\s,\-/]*(?:de\s+)?(\d{4}|\d{2})"
)
_MONTH_NAME_DAY: Final = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_NAME_YEAR: Final = re.compile(r"(?:([^\W\d_]+)\.?[\s\-/]+(?:de\s+)?)?(\d{4}|(?<=-)\d{2})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_INSTANT: Final = re.compile(
    r"(.+?)(?:,?[\sT]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?(5)m)\.?\s*(UTC|GMT|Z)?)?", re.IGNORECASE
)


class Trouble(Enum):
    """Why a text is no date that can be relied on."""

    UNREADABLE = "cannot be read"
    AMBIGUOUS = "can mean two days, because day and month could stand either way round"


Instant: TypeAlias = tuple[datetime, bool, str]
"""An instant in UTC, whether the text told its zone, and how it is written in ids."""


class Dates(dict[str, "date | Trouble"]):
    """The days of one file, by text. Where day and month could change places, the others decide."""

    def __init__(self, texts: Callable[[], Iterable[str]] = tuple, usual: Order | None = None) -> None:
        super().__init__()
        self._texts = texts
        self._usual: Order | None = usual
        self._shown: set[Order] | None = None

    def __missing__(self, text: str) -> "date | Trouble":
        """Reads a text that was not met before."""
        parts = _INSTANT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        made = self[text] = _day(parts[1].strip(" ,") if parts else text, self._order)
        return made

    def _order(self) -> Order | None:
        """The order of day and month that all texts of the file show; the usual one where they show none."""
        if self._shown is None:
            self._shown = {order for text in set(self._texts()) if (order := _shown_order(text))}
        return next(iter(self._shown)) if len(self._shown) == 1 else None if self._shown else self._usual

    def instant(self, text: str) -> Instant | Trouble:
        """The instant that the text means; UTC where it gives no zone, and noon where it gives no time."""
        if len(text) == 23 and text.endswith(" UTC"):
            stamp = text[:19] if text[4] == "-" else text[:10].replace("/", "-") + text[10:19]
            try:
                at = datetime.fromisoformat(stamp + "+00:00")
            except ValueError:
                return Trouble.UNREADABLE
            return (at, True, stamp) if EARLIEST <= at.year <= LATEST else Trouble.UNREADABLE
        return self._odd_instant(text)

    def _odd_instant(self, text: str) -> Instant | Trouble:
        parts = _INSTANT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if parts is None:
            return Trouble.UNREADABLE
        day = self[parts[1].strip(" ,")]
        clock = _clock(parts[2], parts[3], parts[4], parts[5]) if parts[2] else _NOON
        if isinstance(day, Trouble) or clock is None:
            return day if isinstance(day, Trouble) else Trouble.UNREADABLE
        at = datetime.combine(day, clock, UTC)
        return at, parts[6] is not None, str(at)[:19]


def month(text: str) -> date | Trouble | None:
    """The first day of a month written like `Jan 2024` (or of January, for a year alone); None for a blank."""
    text = text.strip()
    if not text:
        return None
    parts = _MONTH_NAME_YEAR.fullmatch(text) if len(text) <= _LONGEST else None
    number = 1 if parts and not parts[1] else _month_number(parts[1]) if parts else None
    if parts is None or number is None:
        day = _day(text, lambda: None)
        return day if isinstance(day, Trouble) else day.replace(day=1)
    return _made(parts[2], number, 1, earliest=1900)


def _day(text: str, order: Callable[[], Order | None]) -> date | Trouble:
    text = text.strip()
    if len(text) > _LONGEST:
        return Trouble.UNREADABLE
    for pattern, read in _SHAPES:
        if parts := pattern.fullmatch(text):
            return read(parts, order)
    return Trouble.UNREADABLE


def _day_month_name(parts: re.Match[str], _: object) -> date | Trouble:
    return _made(parts[3], _month_number(parts[2]), int(parts[1]))


def _month_name_day(parts: re.Match[str], _: object) -> date | Trouble:
    return _made(parts[3], _month_number(parts[1]), int(parts[2]))


def _year_first(parts: re.Match[str], _: object) -> date | Trouble:
    return _made(parts[1], int(parts[3]), int(parts[4]))


def _numbers(parts: re.Match[str], order: Callable[[], Order | None]) -> date | Trouble:
    first, second = int(parts[1]), int(parts[3])
    shown = _order_of(first, second, parts[2]) or (order() if first != second else "day first")
    if shown is None:
        return Trouble.AMBIGUOUS
    day, number = (second, first) if shown == "month first" else (first, second)
    return _made(parts[4], number, day)


_Reading: TypeAlias = Callable[[re.Match[str], Callable[[], Order | None]], date | Trouble]
_SHAPES: Final[tuple[tuple[re.Pattern[str], _Reading], ...]] = (
    (_DAY_MONTH_NAME, _day_month_name),
    (_YEAR_FIRST, _year_first),
    (_NUMBERS, _numbers),
    (_MONTH_NAME_DAY, _month_name_day),
)


def _made(year: str, number: int | None, day: int, earliest: int = EARLIEST) -> date | Trouble:
    full = int(year) + (2000 if len(year) == 2 else 0)
    if number is None or not earliest <= full <= LATEST:
        return Trouble.UNREADABLE
    try:
        return date(full, number, day)
    except ValueError:
        return Trouble.UNREADABLE


def _month_number(name: str) -> int | None:
    start = name[:4].casefold().translate(_ACCENTS)
    return _MONTHS.get(start) or _MONTHS.get(start[:3])


def _order_of(first: int, second: int, mark: str) -> Order | None:
    """The order that the numbers themselves show; dots are only ever used with the day first."""
    if mark == "." or first > 12:
        return "day first"
    return "month first" if second > 12 else None


def _shown_order(text: str) -> Order | None:
    parts = _NUMBERS.match(text.strip()) if len(text) <= _LONGEST else None
    return _order_of(int(parts[1]), int(parts[3]), parts[2]) if parts else None


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "pP" else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        return None
