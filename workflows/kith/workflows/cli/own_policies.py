"""``kith policy new | check``: a first policy of one's own, and whether Kith understands it."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kith.domain.errors import NotApplicable
from kith.workflows.cli import output

if TYPE_CHECKING:
    from kith.workflows.audits.compiled import Compiled

STARTER = "my-policy.feature"
SUFFIX = ".feature"
"""By which a folder's policies are known."""


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")] = Path(STARTER),
) -> None:
    """Write a first policy of your own, with a comment on every part; its name ends in .feature, or is made to."""
    text = (files("kith.workflows.audits") / "starter.feature").read_text(encoding="utf-8")
    named = (file if file.suffix == SUFFIX else file.with_name(f"{file.name}{SUFFIX}")).expanduser()
    try:
        with named.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        raise NotApplicable(f"{named} is there already, and stays as it is. Name another file.") from None
    output.say(lambda: _written(named), {"file": str(named)})


def _written(file: Path) -> str:
    quoted = shlex.quote(str(file))
    return "\n".join([
        output.wrap(f"Written: {file}. Change it, then:"), f"  kith policy check {quoted}", f"  kith audit {quoted}",
        output.wrap("kith policy steps lists all that it can say."),
    ])  # fmt: skip


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Feature files, or folders with some.")],
) -> None:
    """Say whether Kith understands policies, and try their examples; looks at no store."""
    from kith.workflows.audits.compiling.compiler import compile_policies  # noqa: PLC0415 - needs the models
    from kith.workflows.audits.selftest import check_examples  # noqa: PLC0415 - likewise

    found = compile_policies(paths)
    check_examples(found)
    output.say(lambda: _text(found), lambda: {"policies": [_shape(one) for one in found]})


def _text(found: tuple[Compiled, ...]) -> str:
    rows = [(one.policy.name, one.policy.id, one.policy.severity.value, str(len(one.examples))) for one in found]
    return "\n".join([
        output.table(("Policy", "Id", "Severity", "Examples"), rows, elastic=2), "", output.wrap(_told(found)),
    ])  # fmt: skip


def _told(found: tuple[Compiled, ...]) -> str:
    examples = sum(len(one.examples) for one in found)
    told = f"{output.count(len(found), 'policy', 'policies')} understood"
    if not examples:
        return f"{told}. Without an example nothing shows that a policy says what you mean; kith policy new shows one."
    return f"{told}; {output.count(examples, 'example turns', 'examples turn')} out as told."


def _shape(one: Compiled) -> dict[str, Any]:
    policy = one.policy
    return {
        "policy": policy.id, "name": policy.name, "rule": policy.rule, "feature": policy.feature,
        "severity": policy.severity.value, "guard": policy.guard, "file": policy.place.file, "line": policy.place.line,
        "examples": [example.name for example in one.examples],
    }  # fmt: skip
