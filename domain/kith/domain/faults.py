"""What is wrong with a value, in plain words: pydantic's own speak of strings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tomllib

SHOWN = 60
"""Characters of a value that are shown: enough to find it again in its file."""
_PLACE = re.compile(r"at line (\d+), ")


def fault(problem: Mapping[str, Any]) -> str:
    """What one of a validation's errors says, without the value: it may be personal."""
    match problem["type"], problem.get("ctx", {}):
        case "string_too_short", _:
            return "there is nothing in it"
        case "string_too_long", {"max_length": most}:
            return f"it has more than {most:,} characters"
        case "int_type" | "int_parsing" | "int_from_float", _:
            return "a whole number is wanted"
        case "float_type" | "float_parsing", _:
            return "a number is wanted"
        case "greater_than_equal", {"ge": int() | float() as least}:
            return f"at least {_number(least)} is wanted"
        case "less_than_equal", {"le": int() | float() as most}:
            return f"at most {_number(most)} is wanted"
        case _:
            text: str = problem["msg"].removeprefix("Value error, ")
            return f"{text[:1].lower()}{text[1:]}"


def toml_fault(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """In which line a text is no TOML, and why, in the parser's words."""
    reason = str(error)
    place = _PLACE.search(reason)
    reason = _PLACE.sub("", f"{reason[:1].lower()}{reason[1:]}")
    return int(place[1]) if place else max(1, len(text.splitlines())), f"That is no TOML: {reason}."


def _number(limit: float) -> str:
    return f"{limit:,}".removesuffix(".0")


def shown(value: Any) -> str:
    """A value as a TOML file has it, cut where it is long. For what is not personal alone."""
    match value:
        case str() | bool():
            text = json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            text = f"[{', '.join(map(shown, value))}]"
        case Mapping():
            text = "a section"
        case _:
            text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
