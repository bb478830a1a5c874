"""The policy: every number that the guards, stages and timers go by, as one frozen value with a hash."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, Self, cast

from pydantic import ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from kith.domain.errors import InvalidInput
from kith.domain.faults import fault, shown, toml_fault
from kith.domain.log import Value
from kith.domain.spelling import meant

Days = Annotated[int, Field(ge=0, le=3650)]
Count = Annotated[int, Field(ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


def _usual(default: int) -> Callable[[int], bool]:
    """Leaves a setting that came later out of the stored form while it has its default: earlier hashes stay true."""
    return lambda value: value == default


class Policy(Value):
    """What a seeker holds themselves to. The defaults and their sources stand in the documentation of the guards."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    nurtured_touches: Count = 3
    """Touches on as many different days that make a relationship nurtured."""
    nurtured_spread_days: Days = 14
    """Days from the first of those touches to the last."""
    head_start_days: Days = 180
    """Days within which one exchange nurtures a tie to somebody who already knows one's work."""

    first_message_words: Count = 100
    """Most words in a first message (Simon Fraser University career services)."""
    first_message_similarity: Share = 0.8
    """From here on a first message counts as a copy of an earlier one."""
    first_message_memory: Annotated[int, Field(ge=0, le=50)] = 50
    """How many earlier first messages are compared."""
    weekly_first_messages: Annotated[int, Field(ge=0, le=50)] = 5
    """First messages to strangers in any 7 days."""
    conversation_days: Days = 60
    """Days for which a conversation counts as alive after their last word."""

    chat_questions: Count = 3
    """Questions prepared for a coffee chat."""
    chat_topics: Annotated[int, Field(ge=0, le=4)] = 2
    """Topics that those questions cover at least."""
    chat_minutes_min: Annotated[int, Field(ge=5, le=240)] = 15
    """Shortest coffee chat to ask for."""
    chat_minutes_max: Annotated[int, Field(ge=5, le=240)] = 30
    """Longest coffee chat to ask for."""
    gifts_before_ask: Count = 1
    """Gifts on record before the first ask."""

    note_words_min: Count = 50
    """Fewest words of a forwardable note."""
    note_words_max: Count = 125
    """Most words of a forwardable note (Boomerang)."""
    note_questions_min: Count = 1
    """Fewest questions in a forwardable note."""
    note_questions_max: Count = 3
    """Most questions in a forwardable note."""

    ask_cooldown_days: Days = 30
    """Days between the end of one introduction or referral ask to a person and the next."""
    open_asks: Annotated[int, Field(ge=1, le=1000)] = 3
    """Introduction and referral asks open at once, over the whole network."""
    connector_open: Annotated[int, Field(ge=1, le=1000)] = 1
    """Open introduction asks that one connector carries, over all seekers."""
    connector_asks: Annotated[int, Field(ge=1, le=1000)] = 3
    """Introduction asks that one connector gets within ``connector_days``, over all seekers."""
    connector_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """The window of ``connector_asks``."""
    loop_days: Days = 7
    """Days in which a known outcome is reported to its referrer."""

    nudge_after_days: Days = 7
    """Days between an ask and a nudge about it."""
    nudges: Annotated[int, Field(ge=0, le=2)] = 1
    """Nudges about one ask; 2 is the hard cap whatever the policy says."""

    ask_lapse_days: Annotated[int, Field(ge=1, le=3650)] = 21
    """Days after which an unanswered ask lapses."""
    promise_days: Annotated[int, Field(ge=1, le=3650)] = 14
    """Days after which a promised introduction or referral is looked at again."""
    answer_days: Days = 2
    """Days in which their message is answered."""
    thanks_hours: Annotated[int, Field(ge=0, le=8760)] = 24
    """Hours in which thanks are due (Yale)."""
    thanks_late_hours: Annotated[int, Field(ge=0, le=8760)] = 72
    """Hours after which thanks are late (Hampshire)."""
    tier_days: Annotated[tuple[Days, Days, Days, Days], Field(strict=False)] = (21, 60, 180, 365)
    """Days between touches for the tiers 1 to 4."""
    dormant_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """Days without a touch after which a relationship is dormant."""
    past_days: Days = 14
    """A fact recorded this many days after it happened makes no debts."""
    revive_years: Annotated[int, Field(ge=1, le=50)] = 3
    """Years of silence after which a tie that was strong is worth reviving (Levin, Walter & Murnighan 2011)."""
    agenda_size: Annotated[int, Field(ge=1, le=50)] = 5
    """Most actions a day."""
    focus_people: Annotated[int, Field(ge=1, le=150, exclude_if=_usual(15))] = 15
    """Most people in focus: a value choice, of the size of a sympathy group (Zhou, Sornette, Hill & Dunbar 2005)."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Every number by its name, also those that the stored form leaves out."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change with any of the numbers; every decision records them."""
        return _hash(cast("Hashable", self))

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        crossed = list(_crossed(self.settings))
        if crossed:
            raise ValueError("; ".join(crossed))
        return self

    def tier(self, tier: int) -> int:
        """Days between touches for a tier from 1 to 4."""
        return self.tier_days[tier - 1]


_RANGES = (
    ("chat_minutes_min", "chat_minutes_max"),
    ("note_words_min", "note_words_max"),
    ("note_questions_min", "note_questions_max"),
    ("thanks_hours", "thanks_late_hours"),
)


def _crossed(settings: Mapping[str, Any]) -> Iterator[str]:
    for least, most in _RANGES:
        if least in settings and most in settings and settings[least] > settings[most]:
            yield f"{least}: {settings[least]} is more than {most}, which is {settings[most]}"


@lru_cache
def _hash(policy: Hashable) -> str:
    assert isinstance(policy, Policy)
    return hashlib.sha256(policy.model_dump_json().encode()).hexdigest()[:12]


Preset = Literal["default", "careful", "brisk"]

PRESETS: Final[Mapping[str, Policy]] = {
    "default": Policy(),
    "careful": Policy(
        nurtured_touches=4, nurtured_spread_days=30, weekly_first_messages=3, ask_cooldown_days=60, open_asks=2
    ),
    "brisk": Policy(nurtured_spread_days=7, ask_cooldown_days=21, weekly_first_messages=8, connector_days=60),
}
"""Ready-made policies; ``default`` is the one the documentation explains."""


def policy_from_toml(text: str, file: str = "policy.toml") -> Policy:
    """The policy of a TOML text: an optional ``preset`` and the numbers that differ from it.

    Raises InvalidInput naming the file and, one a line, every setting that is unknown or has an unsuitable value.
    """
    told = _parsed(text, file)
    preset = told.pop("preset", "default")
    known = isinstance(preset, str) and preset in PRESETS
    settings = {**PRESETS[preset if known else "default"].settings, **told}
    faults = [*([] if known else [_no_preset(preset)]), *_faults(settings)]
    if faults:
        raise InvalidInput("\n".join(f"{file}: {sentence}" for sentence in faults))
    return Policy.model_validate(settings)


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, what = toml_fault(error, text)
        raise InvalidInput(f"{file}:{line}: {what}") from error


def _no_preset(preset: Any) -> str:
    *names, last = PRESETS
    near = meant(preset, PRESETS) if isinstance(preset, str) else ""
    return f"preset: {', '.join(names)} or {last} is wanted; not {shown(preset)}.{near}"


def _faults(settings: Mapping[str, Any]) -> Iterator[str]:
    errors = _errors(settings)
    yield from dict.fromkeys(_sentence(error, settings) for error in errors)
    wrong = {error["loc"][0] for error in errors}
    sound = {name: value for name, value in settings.items() if name not in wrong}
    yield from (f"{crossed}." for crossed in _crossed(sound))
    # Only here: logs hold policies that were adopted before the tiers had to rise.
    if "tier_days" in sound and list(sound["tier_days"]) != sorted(sound["tier_days"]):
        yield _wanted("tier_days", "a list of rising whole numbers is wanted", settings)


def _errors(settings: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        Policy.model_validate(settings)
    except ValidationError as error:
        return [one for one in error.errors() if one["loc"]]
    return []


def _sentence(error: ErrorDetails, settings: Mapping[str, Any]) -> str:
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return _unknown(name, settings[name])
    return _wanted(name, _of_tiers(error) if name == "tier_days" else fault(error), settings)


def _of_tiers(error: ErrorDetails) -> str:
    match error["type"]:
        case "tuple_type":
            return "a list of whole numbers is wanted"
        case "missing" | "too_long" | "int_type":
            return "a list of 4 whole numbers is wanted"
        case _:
            return f"{fault(error)} throughout"


def _wanted(name: str, wanted: str, settings: Mapping[str, Any]) -> str:
    return f"{name}: {wanted}, such as {shown(PRESETS['default'].settings[name])}; not {shown(settings[name])}."


def _unknown(name: str, value: Any) -> str:
    if isinstance(value, dict) or (isinstance(value, list) and value and all(isinstance(one, dict) for one in value)):
        return f"{name}: there is no such setting; the settings stand at the top of the file, without a section."
    return f"{name}: there is no such setting.{meant(name, Policy.model_fields)}"
