"""``kith policy`` and ``kith guards``: the rules you go by, and where they come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.asks import AskKind
from kith.domain.errors import InvalidInput
from kith.workflows.cli import output, own_policies, vocabulary
from kith.workflows.cli.commands import Reading, ReadingGroup, Writing, words
from kith.workflows.cli.engine import engine, named

if TYPE_CHECKING:
    from kith.domain.policy import Policy

app = words()
policy = words(cls=ReadingGroup, invoke_without_command=True)
app.add_typer(policy, name="policy")
policy.command("new", cls=Reading)(own_policies.new)
policy.command("check", cls=Reading)(own_policies.check)
policy.command("steps", cls=Reading)(vocabulary.steps)


@policy.callback()
def show(context: typer.Context) -> None:
    """The policy in force, and how it differs from the default; adopt goes by another one.

    Policies that an audit judges by are something else: sentences in a file. new, check and steps are about those.
    """
    if context.invoked_subcommand is None:
        with engine() as kith:
            current = kith.seeker().policy
        output.say(_text(current), _shape(current))


@policy.command("adopt", cls=Writing)
def adopt(
    which: Annotated[str, typer.Argument(metavar="PRESET|FILE", help="default, careful, brisk, or a TOML file.")],
) -> None:
    """Go by another policy from here on. Stages that were reached stay reached."""
    from kith.workflows.cli.written import tell_written  # noqa: PLC0415 - needs the models

    chosen = read_policy(which)
    with engine() as kith:
        by = named()
        kith.adopt_policy(chosen, **by)
        name = preset(chosen) or Path(which).name
        tell_written(
            kith, by, told=f"You go by {name} now (policy {chosen.hash}). kith policy shows it.", **_shape(chosen)
        )


def read_policy(which: str) -> Policy:
    """The policy that a preset's name or a TOML file stands for."""
    from kith.domain.policy import PRESETS, policy_from_toml  # noqa: PLC0415 - needs the models

    if which in PRESETS:
        return PRESETS[which]
    file = Path(which).expanduser()
    if not file.exists():
        raise InvalidInput(_absent(which, file.suffix))
    if file.suffix == ".feature":
        raise InvalidInput(
            f"{which} is a policy for audits: kith audit {which} puts it to the log. This takes a TOML file."
        )
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file.name} is not written in UTF-8; save it as UTF-8.") from error
    return policy_from_toml(text, file.name)


def _absent(which: str, suffix: str) -> str:
    from kith.domain.policy import PRESETS  # noqa: PLC0415 - needs the models
    from kith.domain.spelling import meant  # noqa: PLC0415 - only here

    presets = ", ".join(PRESETS)
    if suffix == ".toml":
        return f"There is no file {which}. A preset can be named too: {presets}."
    return f"There is no preset and no file called {which!r}; the presets are {presets}.{meant(which, PRESETS)}"


def _differences(current: Policy) -> dict[str, tuple[Any, Any]]:
    from kith.domain.policy import PRESETS  # noqa: PLC0415 - needs the models

    usual = PRESETS["default"].settings
    return {name: (value, usual[name]) for name, value in current.settings.items() if value != usual[name]}


def preset(current: Policy) -> str | None:
    """The name of the preset that a policy is; None if it is none."""
    from kith.domain.policy import PRESETS  # noqa: PLC0415 - needs the models

    return next((name for name, known in PRESETS.items() if known == current), None)


def _shape(current: Policy) -> dict[str, Any]:
    differs = {name: {"value": value, "default": usual} for name, (value, usual) in _differences(current).items()}
    return {
        "policy": current.hash,
        "preset": preset(current),
        "settings": dict(current.settings),
        "differs": differs,
    }


def _text(current: Policy) -> str:
    differs = _differences(current)
    name = preset(current)
    lines = [output.bold(f"Policy {current.hash}{f', the preset {name}' if name else ', of your own'}"), ""]
    for setting, value in current.settings.items():
        usual = f" (default: {_plain(differs[setting][1])})" if setting in differs else ""
        lines.append(f"  {setting:<26} {_plain(value)}{usual}")
    told = f"{output.count(len(differs), 'number')} other than the default." if differs else "It is the default."
    told += " kith policy adopt PRESET, or FILE.toml, goes by another one."
    return "\n".join([*lines, "", output.wrap(told)])


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


@app.command("guards", cls=Reading)
def guards() -> None:
    """Every guard: its name, which asks it is on, its rule, where the rule comes from, and whether it is hard."""
    from kith.domain.guards import GUARDS  # noqa: PLC0415 - needs the models

    shapes = [
        {
            "guard": g.name,
            "on": [kind.value for kind in AskKind if kind in g.on],
            "rule": g.rule,
            "source": g.source,
            "hard": g.hard,
        }
        for g in GUARDS
    ]
    lines = [f"{output.count(len(GUARDS), 'guard')}. Numbers are the defaults; kith policy shows yours.", ""]
    for g in GUARDS:
        on = ", ".join(kind.value for kind in AskKind if kind in g.on)
        lines += [
            output.bold(f"{g.name}{' (hard: no override)' if g.hard else ''}"),
            output.wrap(f"On: {on}.", 4, "  "),
            output.wrap(g.rule, 4, "  "),
            output.wrap(f"From: {g.source}", 4, "  "),
            "",
        ]
    output.say("\n".join(lines).rstrip(), {"guards": shapes})
