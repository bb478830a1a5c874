"""Writes the generated pages of the reference from the code.

``python docs/reference/generate.py`` writes them; with ``--check`` it only says which are out of date.
"""

from __future__ import annotations

import ast
import enum
import inspect
import re
import runpy
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import click
import typer
from pydantic import BaseModel
from typer.utils import get_params_from_function

from kith.domain.decision import Finding
from kith.domain.guards import GUARDS
from kith.domain.guards.registry import Guard, Situation
from kith.domain.log import EVENTS, Event, personal_fields
from kith.domain.policy import PRESETS, Policy
from kith.domain.speaking import SPEAKING
from kith.workflows.cli.failing import BUG, EXITS
from kith.workflows.cli.main import COMMANDS, app

HERE = Path(__file__).resolve().parent
GENERATED = "<!-- Written by docs/reference/generate.py: change the code it reads, then run it again. -->"


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` say which are out of date; 1 if any is."""
    stale = [name for name, text in pages().items() if _text_of(HERE / name) != text]
    if "--check" in arguments:
        sys.stdout.writelines(f"Out of date: docs/reference/{name}\n" for name in stale)
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(pages()[name], encoding="utf-8")
        sys.stdout.write(f"Written: docs/reference/{name}\n")
    return 0


def _text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


@cache
def pages() -> Mapping[str, str]:
    """Every generated page by its file name."""
    makers: dict[str, Callable[[], Iterable[str]]] = {
        "commands.md": commands, "guards.md": guards, "policy.md": policy, "events.md": events,
        "flows.md": flows, "lint.md": lint, "vocabulary.md": vocabulary,
        "policies.md": shipped_policies,
    }  # fmt: skip
    return {name: "\n".join(make()).rstrip() + "\n" for name, make in makers.items()}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    lines = [_row(heads), _row(["---"] * len(heads))]
    return [*lines, *(_row([cell.replace("|", "\\|").replace("\n", " ") for cell in row]) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 110, break_long_words=False, break_on_hyphens=False)


# Commands


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    yield from ("# Commands", "", GENERATED, "")
    yield "Every command has `--help`, and `--json` prints its result for a program ([shapes](json.md))."
    yield "`WHO` is a name, an e-mail address, a LinkedIn address, or the start of an id. `TIME` is a day or an instant"
    yield 'as people write it: `2026-11-23`, `"2026-11-23 14:30"`, `yesterday`, `"3 days ago"`. The store and the clock'
    yield "come from the [settings](settings.md). `--command-id` makes a repetition harmless: the same id again changes"
    yield "nothing and tells the same."
    root = typer.main.get_command(app)
    with click.Context(root, info_name="kith") as context:
        yield from ("", "## `kith`", "", *_parameters(root, context))
        for title, section in COMMANDS.items():
            yield from ("", f"## {title}", "", *_contents(section))
            for name in section:
                yield from _command(_loaded(root, context, name), f"kith {name}", context)
    yield from ("", "## Exit codes", "", *_exit_codes())


def _contents(section: Mapping[str, tuple[str, str]]) -> list[str]:
    return table(
        ("Command", "What it does"), ((f"[`kith {name}`](#kith-{name})", told) for name, (_, told) in section.items())
    )


def _loaded(root: click.Command, context: click.Context, name: str) -> click.Command:
    assert isinstance(root, click.Group)
    command = root.get_command(context, name)
    assert command is not None, f"kith {name} can be loaded"
    return command


def _command(command: click.Command, path: str, parent: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=path.rpartition(" ")[2], parent=parent) as context:
        shown = [p for p in command.params if not getattr(p, "hidden", False)]
        written = [_placed(p, context) for p in shown if isinstance(p, click.Argument)]
        options = "[OPTIONS]" if any(isinstance(p, click.Option) for p in shown) else ""
        words = [path, *written, options, "COMMAND" if isinstance(command, click.Group) else ""]
        yield from ("", f"### `{path}`", "", _told(command), "", "```text", " ".join(filter(None, words)), "```")
        yield from ("", *_parameters(command, context))
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                yield from _command(_loaded(command, context, name), f"{path} {name}", context)


def _told(command: click.Command) -> str:
    return " ".join((command.help or "").split())


def _placed(argument: click.Argument, context: click.Context) -> str:
    name = argument.make_metavar(context).strip("[]")
    return name if argument.required else f"[{name}]"


def _parameters(command: click.Command, context: click.Context) -> list[str]:
    rows = [_parameter(p, context) for p in command.params if not getattr(p, "hidden", False)]
    return table(("Argument or option", "Meaning"), rows) if rows else []


def _parameter(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    told: str = getattr(parameter, "help", None) or ""
    if isinstance(parameter, click.Argument):
        return f"`{_placed(parameter, context)}`", told or _declared(context.command)[parameter.name or ""]
    assert isinstance(parameter, click.Option)
    flag = parameter.is_flag or parameter.count
    written = ", ".join(parameter.opts) + ("" if flag else f" {parameter.make_metavar(context)}")
    default = parameter.get_default(context)
    known = not flag and isinstance(default, str | int) and default not in ("", 1_000_000)
    return f"`{written}`", f"{told} Default: `{default}`." if known else told


def _declared(command: click.Command) -> dict[str, str]:
    """The help of each argument as its function declares it: Click 8.5 drops what Typer 0.24 was told."""
    assert command.callback is not None
    declared = get_params_from_function(inspect.unwrap(command.callback))
    return {name: getattr(parameter.default, "help", None) or "" for name, parameter in declared.items()}


_EXIT_WORDS = {
    0: "done",
    1: "it could not be done: not now, not readable, or the store has a problem",
    2: "it was typed wrongly, or says something that can't be",
    3: "the guards hold the ask back, or one with these words (`kith lint`), or an audit found a violation",
    4: "somebody else changed the same thing at the same moment: try again",
    5: "nobody and nothing on record answers to that, or several do",
    130: "stopped from the keyboard",
}


def _exit_codes() -> list[str]:
    words: dict[int, list[str]] = {code: [] for code in _EXIT_WORDS}
    for code, word in (*EXITS.values(), BUG):
        words[code] += [word] if word not in words[code] else []
    words[5].append("ambiguous")
    rows = [(f"`{code}`", told, ", ".join(f"`{word}`" for word in words[code])) for code, told in _EXIT_WORDS.items()]
    return table(("Code", "Meaning", "`error.code` of `--json`"), rows)


# Guards

SOLID = (
    ("GDPR", "law"),
    ("(more questions, more liking: strong)", "strong evidence"),
    ("Grant & Gino", "a study; the hours are norms"),
    ("correlational", "correlational"),
    ("analogous", "evidence by analogy"),
    ("qualitative", "qualitative"),
    ("vendor", "a vendor's numbers"),
    ("practitioner", "practitioners' advice"),
    ("consensus", "consensus, no trial"),
    (", norm)", "a norm"),
    ("capped", "a platform's rule"),
    ("rticle", "advice"),
    ("Asking me to give a price", "advice"),
    ("Quality over quantity", "a value choice"),
    ("value choice", "a value choice"),
    ("order of the stages", "a value choice"),
    ("Decency", "a value choice"),
    ("Not just taking", "a value choice"),
)
"""What a source's words say of how solid it is. Guards whose source says nothing of the kind would have none."""


def solid(guard: Guard) -> str:
    """How solid the ground is that a guard stands on."""
    return "; ".join(dict.fromkeys(told for words, told in SOLID if words in guard.source))


def settings_of(guard: Guard) -> list[str]:
    """The settings of the policy that a guard goes by, in the policy's order: those that its function reads."""
    found = _read_by(guard.check.__code__, guard.check, set())
    return [name for name in Policy.model_fields if name in found]


def _read_by(code: CodeType, function: Any, seen: set[CodeType]) -> set[str]:
    if code in seen:
        return set()
    seen.add(code)
    found = {name for name in code.co_names if name in Policy.model_fields}
    for name in code.co_names:
        used = function.__globals__.get(name) or getattr(Situation, name, None)
        if isinstance(used, FunctionType) and used.__module__.startswith("kith.domain"):
            found |= _read_by(used.__code__, used, seen)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _read_by(constant, function, seen)
    return found


def guards() -> Iterator[str]:
    """Every guard: when it holds, on which asks, and where the rule comes from."""
    yield from ("# Guards", "", GENERATED, "")
    yield from _wrapped(
        f"A guard is one named rule about an ask. There are {len(GUARDS)}, and an ask is accepted when every guard on "
        "it holds. Each one says why in a sentence, what is missing, and the earliest day if only time is missing. "
        "A **hard** guard can't be overridden; past any other one goes with a reason, which stays on record. "
        "The numbers are those of the default policy; the settings change them. `kith guards` prints this list. "
        "[How asks are earned](../explanation/how-asks-are-earned.md) explains the order and names the sources.",
    )
    yield ""
    rows = [(f"[`{g.name}`](#{g.name})", _on(g), "hard" if g.hard else "", solid(g)) for g in GUARDS]
    yield from table(("Guard", "On", "", "How solid"), rows)
    for guard in GUARDS:
        yield from ("", f"## {guard.name}", "", f"Holds when: {guard.rule}", "")
        yield from _about(guard)


def _on(guard: Guard) -> str:
    order = [kind for kind in type(next(iter(guard.on))) if kind in guard.on]
    return ", ".join(kind.value for kind in order)


def _about(guard: Guard) -> Iterator[str]:
    yield f"- On: {_on(guard)}"
    yield f"- Override: {'none, it is hard' if guard.hard else _override(guard)}"
    names = settings_of(guard)
    defaults = (f"[`{name}`](policy.md#{name}) = {_plain(getattr(Policy(), name))}" for name in names)
    yield f"- Settings: {', '.join(defaults) if names else 'none'}"
    yield f"- From: {guard.source}"
    yield f"- How solid: {solid(guard)}"


def _override(guard: Guard) -> str:
    also = " (which satisfies `stage-reached` for this ask too)" if guard.name == "intro-before-referral" else ""
    until = ", until two nudges were sent" if guard.name == "nudge-limit" else ""
    return f"with a reason{also}{until}"


# Policy


def policy() -> Iterator[str]:
    """Every setting of the policy."""
    yield from ("# Policy settings", "", GENERATED, "")
    yield from _wrapped(
        "The policy is a set of numbers. To change some, write them into a TOML file and adopt it: "
        "`kith policy adopt my-policy.toml`, or `policy_from_toml` and `Kith.adopt_policy` in a program. "
        "What the file leaves out keeps its default; `preset` at the top begins from another set. "
        "A setting that is unknown or out of range is refused with its name. Every decision records the hash of the "
        "policy it was made under, and a changed policy never takes a stage away.",
    )
    yield ""
    used = {name: [g.name for g in GUARDS if name in settings_of(g)] for name in Policy.model_fields}
    for name, field in Policy.model_fields.items():
        told = documented(Policy)[name]
        yield from ("", f"### {name}", "", told, "")
        yield f"- Default: `{_plain(field.default)}`"
        yield f"- Takes: {_range(field.annotation, field.metadata)}"
        if used[name]:
            yield f"- Guards: {', '.join(f'[`{guard}`](guards.md#{guard})' for guard in used[name])}"
    yield from ("", "## Presets", "", '`preset = "careful"` begins from that set.', "")
    usual = PRESETS["default"].settings
    for name, preset in PRESETS.items():
        differs = [f"`{key}` {_plain(value)}" for key, value in preset.settings.items() if value != usual[key]]
        yield f"- `{name}`: {', '.join(differs) or 'the defaults above'}"


def _range(annotation: Any, metadata: Sequence[Any]) -> str:
    if get_origin(annotation) is tuple:
        parts = get_args(annotation)
        kind, *more = get_args(parts[0])
        return f"{len(parts)} numbers, each {_range(kind, _limits(more))}"
    whole = "a whole number" if annotation is int else "a number"
    limits = {type(limit).__name__: limit for limit in _limits(metadata)}
    return f"{whole} from {limits['Ge'].ge} to {limits['Le'].le}"


def _limits(metadata: Sequence[Any]) -> list[Any]:
    return [limit for entry in metadata for limit in getattr(entry, "metadata", [entry])]


def _plain(value: Any) -> str:
    return str(list(value)) if isinstance(value, tuple) else str(value)


# Events

AGGREGATES = {
    "relationship": ("A relationship", "One seeker and one person."),
    "seeker": (
        "The seeker",
        "Profile, goals, the policy in force, and the book of asks that bind across relationships.",
    ),
    "introduction": ("An introduction", "One introduction ask, from asking to thanks."),
    "connector-load": (
        "A connector's load",
        "What one person is asked to connect, over all seekers: ids and dates only.",
    ),
}


def events() -> Iterator[str]:
    """Every event: topic, speaking name, meaning, fields, and which of them are personal."""
    yield from ("# Events", "", GENERATED, "")
    yield from _wrapped(
        f"An event is something that happened. There are {len(EVENTS)} kinds. The topic is what the log stores; it "
        "never changes and is never used again. The speaking name is what timelines and policies say. Every event has "
        "`at`, the instant when it happened, beside the fields listed here, and the log stores with it when it was "
        "recorded, by which command, from which source, and what caused it "
        "([the log and the store](../explanation/log-and-store.md)). "
        "Fields marked *personal* hold data about a person.",
    )
    values: dict[str, type[Any]] = {}
    for prefix, (title, told) in AGGREGATES.items():
        yield from ("", f"## {title}", "", told)
        for kind in SPEAKING:
            if kind.TOPIC.startswith(f"{prefix}."):
                yield from _event(kind, values)
    yield from ("", "## Values inside events", "")
    listed: set[str] = set()
    while set(values) - listed:
        for name in sorted(set(values) - listed):
            listed.add(name)
            yield from ("", f"### {name}", "", _meaning(values[name]), "", *_fields(values[name], values))


def _event(kind: type[Event], values: dict[str, type[Any]]) -> Iterator[str]:
    yield from ("", f"### {kind.__name__}", "", _meaning(kind), "")
    yield f"- Topic: `{kind.TOPIC}`"
    yield f"- Speaking name: {SPEAKING[kind]}"
    fields = _fields(kind, values)
    yield from ("", *fields) if fields else ()


def _meaning(kind: type[Any]) -> str:
    return " ".join((inspect.getdoc(kind) or "").split())


def _fields(kind: type[Any], values: dict[str, type[Any]]) -> list[str]:
    hints = get_type_hints(kind, include_extras=True)
    names = kind.model_fields if issubclass(kind, BaseModel) else kind._fields
    personal = personal_fields(kind) if issubclass(kind, BaseModel) else frozenset[str]()
    told = documented(kind)
    rows = [
        (f"`{name}`", _type(hints[name], values), "personal" if name in personal else "", told.get(name, ""))
        for name in names if name not in ("at", "type")
    ]  # fmt: skip
    return table(("Field", "Type", "", "Meaning"), rows) if rows else []


_WORDS = {
    UUID: "id", str: "text", int: "whole number", float: "number", bool: "yes or no", datetime: "instant", date: "date",
    time: "time of day", NoneType: "none", dict: "fields and values",
}  # fmt: skip


def _type(annotation: Any, values: dict[str, type[Any]]) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0], values)
    if origin in (Union, UnionType):
        kinds = [_type(part, values) for part in parts if part is not NoneType]
        return " or ".join(kinds)
    if origin is tuple:
        return f"list of {_type(parts[0], values)}"
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin in _WORDS:
        return _WORDS[origin]
    return _named(annotation, values)


def _named(kind: Any, values: dict[str, type[Any]]) -> str:
    if not isinstance(kind, type):
        return str(kind)
    if issubclass(kind, enum.Enum):
        return ", ".join(f"`{member.value}`" for member in kind) if issubclass(kind, str) else _ordered(kind)
    if kind is Policy:
        return "[the settings](policy.md)"
    if issubclass(kind, BaseModel) or kind is Finding:
        values[kind.__name__] = kind
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return _WORDS.get(kind, kind.__name__)


def _ordered(kind: type[enum.Enum]) -> str:
    return ", ".join(f"`{member.value}` {getattr(member, 'words', member.name.lower())}" for member in kind)


# Flows


def lint() -> Iterator[str]:
    """Every rule of lint, its numbers and the phrases that it knows."""
    page = runpy.run_path(str(HERE / "lintpage.py"))
    yield from ("# Lint", "", GENERATED, "")
    yield from _wrapped(
        "`kith lint` says of a draft what could be better, each remark with its sentence, why, and what to do. It "
        "refuses nothing; where a guard goes by the same rule, the guard holds the ask back, and lint says so. "
        "[Write a message](../how-to/write-a-message.md) shows it at work.",
    )
    yield from ("", "## Rules", "", *page["rules"](table))
    yield from ("", "## Numbers", "")
    yield from _wrapped(
        "Of an introduction the note to forward is counted. The numbers of first messages and notes are the "
        "[policy](policy.md)'s; the others are value choices.",
    )
    yield from ("", *page["numbers"](table))
    yield from ("", "## Phrases", "", *page["phrases"](table))


def flows() -> Iterator[str]:
    """Every flow with its schedules, parameters and reports, and every timer that a sweep fires."""
    page = runpy.run_path(str(HERE / "flowpage.py"))
    yield from ("# Flows and timers", "", GENERATED, "")
    yield from _wrapped(
        "A flow is a run that somebody wants to see, schedule, retry or share out. `kith serve` runs the flows of one "
        "machine, `kith flows run NAME --param …` runs one once, and an organisation deploys them with "
        "[prefect.yaml](../how-to/prefect.yaml). All of them do what they do through `Kith`, so its guards hold for "
        "them too. Parameters hold ids and numbers, and so do reports: no names.",
    )
    yield ""
    yield from _wrapped(
        "Of one seeker's machine, `seeker` may be left out; in a store of several it says for whom. What fails for a "
        "reason that passes by itself (the store is busy, a mail server is away) is tried three times more. A guard "
        "that does not hold is no failure: the run ends *Completed* and its report says what is missing.",
    )
    yield from ("", "## Flows", *page["flow_sections"]())
    yield from ("", "## Timers", "")
    yield from _wrapped(
        "What becomes due by time alone, each fired once by a sweep ([exactly once](../explanation/exactly-once.md)). "
        "When each is due follows from the [policy](policy.md) and the seeker's working hours.",
    )
    yield from ("", *table(("Timer", "What it is about"), page["timer_rows"]()))


# The vocabulary of policies


def shipped_policies() -> Iterator[str]:
    """Every policy that ships, word by word."""
    page = runpy.run_path(str(HERE / "policypage.py"))
    features = dict(page["shipped"]())
    yield from ("# The policies that ship", "", GENERATED, "")
    yield from _wrapped(
        f"`kith audit` judges by these {sum(map(len, features.values()))} policies unless it is given others. Most "
        "mirror a guard: the guard decides before an ask, the policy proves afterwards from the log "
        "([why both](../explanation/guards-and-audits.md)). The rest hold what the timers promise. They are written "
        "in the [vocabulary](vocabulary.md) that is open to your own; their worked examples stand in "
        "`features/policies/`.",
    )
    for feature, policies in features.items():
        yield from ("", f"## {feature}", "")
        yield from (line for policy in policies for line in page["one"](policy))


def vocabulary() -> Iterator[str]:
    """Every sentence that a policy can be written with, and every event and attribute that it can name."""
    page = runpy.run_path(str(HERE / "vocabularypage.py"))
    yield from ("# The vocabulary of policies", "", GENERATED, "")
    yield from _wrapped(
        "A policy is a scenario with the tag `@policy` in a `.feature` file: whose events are judged together (Given), "
        "what it is about (When), and what must be so (Then). "
        "[Write a policy of your own](../how-to/write-a-policy.md) shows how; `kith policy steps` prints this list. "
        "What stands in braces is yours to fill in, what stands in brackets may be left out.",
    )
    yield from ("", "## Given and When", "", *table(("Step", "Meaning", "Example"), page["before_rows"]()))
    yield from ("", "## Then", *page["then_sections"]())
    yield from ("", "## Worked examples", *page["example_sections"]())
    yield from ("", "## What stands in braces", "", *table(("Part", "What it may be"), page["part_rows"]()))
    yield from ("", "## Events", "", *table(("Name", "Meaning"), page["event_rows"]()))
    yield from ("", "## Attributes", "", *table(("Name", "Kind", "Meaning", "Of"), page["attribute_rows"]()))


@cache
def documented(kind: type[Any]) -> Mapping[str, str]:
    """The docstring of each field of a class: the text that stands under it, its parents' included."""
    found: dict[str, str] = {}
    for ancestor in reversed(kind.__mro__):
        if ancestor.__module__.startswith("kith."):
            found |= _under_fields(ancestor)
    return found


def _under_fields(kind: type[Any]) -> dict[str, str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        text = after.value if isinstance(after, ast.Expr) else None
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Constant):
            found[field.target.id] = re.sub(r"``", "`", " ".join(str(text.value).split()))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
