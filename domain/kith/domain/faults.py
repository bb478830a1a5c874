"""What is wrong with a value, in plain words: pydantic's own speak of strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def fault(problem: Mapping[str, Any]) -> str:
    """What one of a validation's errors says, without the value: it may be personal."""
    match problem["type"], problem.get("ctx", {}):
        case "string_too_short", _:
            return "there is nothing in it"
        case "string_too_long", {"max_length": most}:
            return f"it has more than {most:,} characters"
        case _:
            text: str = problem["msg"].removeprefix("Value error, ")
            return f"{text[:1].lower()}{text[1:]}"
