"""Every error as one plain sentence and an exit code; the only place of the command line that knows error classes."""

from __future__ import annotations

import os
import sys
from typing import Any

from kith.domain.faults import fault
from kith.workflows.cli import output
from kith.workflows.cli.session import session

INTERRUPTED = 130
STOPPED = "Stopped. What was recorded before stays."
EXITS: dict[str, tuple[int, str]] = {
    "AskRefused": (3, "refused"),
    "Conflict": (4, "conflict"),
    "NotFound": (5, "not_found"),
    "FaultyPolicies": (2, "policies"),
    "InvalidInput": (2, "usage"),
    "UsageError": (2, "usage"),
    "ValidationError": (2, "usage"),
    "UnicodeError": (2, "usage"),
    "OverflowError": (2, "usage"),
    "NotApplicable": (1, "not_applicable"),
    "KithError": (1, "error"),
    "ImportRefused": (1, "import_refused"),
    "ClickException": (1, "error"),
    "Abort": (1, "stopped"),
    "KeyboardInterrupt": (INTERRUPTED, "stopped"),
    "BrokenPipeError": (1, "stopped"),
    "OSError": (1, "file"),
    "Error": (1, "store"),
}
"""Exit codes and the words of JSON by class of error, the nearest base first. By name, for importing pydantic or the
importers would take too long; ``Error`` is SQLite's own. Whatever is not here is a bug, and is told as one."""

BUG = (1, "bug")


def tell(error: BaseException, *, asked_json: bool) -> int:
    """Say what went wrong, and return the exit code."""
    names = [base.__name__ for base in type(error).__mro__]
    code, word = next((EXITS[name] for name in names if name in EXITS), BUG)
    if isinstance(error, SystemExit | GeneratorExit):
        return int(getattr(error, "code", None) or 0)
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    elif word == "refused":
        _refuse(error)
    elif asked_json or session().json:
        _as_json(error, word)
    else:
        _as_text(error, names, word)
    return code


def _refuse(error: Any) -> None:
    from kith.workflows.cli.asks import tell_refusal  # noqa: PLC0415 - needs the models

    tell_refusal(error.decision, recorded=True)


def _as_json(error: BaseException, word: str) -> None:
    told: dict[str, Any] = {"code": word, "message": _sentence(error, word)}
    candidates = getattr(error, "candidates", None)
    if candidates is not None:
        told["code"] = "ambiguous"
        told["candidates"] = list(candidates)
    if word == "policies":
        told["problems"] = [
            {"file": one.place.file, "line": one.place.line, "what": one.what, "hint": one.hint or None}
            for one in getattr(error, "problems", ())
        ]
    output.write_json({"ok": False, "error": told})


def _as_text(error: BaseException, names: list[str], word: str) -> None:
    output.message(_sentence(error, word))
    for candidate in getattr(error, "candidates", ()):
        output.message(f"  {candidate}")
    if any(one.about_steps for one in getattr(error, "problems", ())):
        output.message("kith policy steps lists every step, event and attribute.")
    if "UsageError" in names and "NoArgsIsHelpError" not in names:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "kith"
        output.message(f"{path} --help tells how it is written.")


def _sentence(error: BaseException, word: str) -> str:
    names = [base.__name__ for base in type(error).__mro__]
    match word:
        case "bug":
            if os.environ.get("KITH_DEBUG"):
                raise error
            return (
                f"Something went wrong inside Kith ({type(error).__name__}: {error}). Nothing was half written. "
                "Please report it; KITH_DEBUG=1 shows where it happened."
            )
        case "stopped":
            return STOPPED
        case "file" if isinstance(error, OSError):
            return _file(error)
        case "store":
            return f"The store could not be used: {error}. kith doctor looks for damage."
        case "usage" if "ValidationError" in names:
            return _fields(error)
        case "usage" if "UnicodeError" in names:
            return "Some of that text is not UTF-8; save or type it as UTF-8 and try again."
        case "usage" if "OverflowError" in names:
            return "That date or number is too far away to count with."
        case _:
            return str(getattr(error, "format_message", error.__str__)())


def _file(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    if isinstance(error, FileExistsError):
        return f"{where}it exists already, and nothing is written over it. Name another file."
    return f"{where}{(error.strerror or str(error)).lower()}. Check the path and its permissions, and try again."


def _fields(error: Any) -> str:
    told = [(" ".join(str(part) for part in one["loc"] if isinstance(part, str)), one) for one in error.errors()]
    texts = [f"{field.replace('_', ' ') or 'value'}: {fault(one)}" for field, one in told]
    return f"That can't be recorded as it is ({'; '.join(texts)})."
