"""``kith lint``: what is to be said about a draft before it goes out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kith.domain.errors import InvalidInput, NotFound
from kith.workflows.cli import options, output, remarks, shapes
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

if TYPE_CHECKING:
    from kith.domain.lint import Judged
    from kith.domain.lint.draft import DraftKind

app = words()

KINDS = ("first message", "chat", "introduction", "referral", "thanks", "outcome", "nudge")
KIND_HELP = "first-message, chat, intro, referral, thanks or outcome."
MOST_BYTES = 100_000
WITHOUT = "With --for WHO it is also held against what is on record about them."
OTHER_LANGUAGE = (
    "It does not read like English, the only language that Kith knows: whether it says and asks enough was not judged."
)


@app.command("lint", cls=Reading)
def lint(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The draft; - reads standard input.")],
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"{KIND_HELP} nudge, too.")] = None,
    who: Annotated[
        str | None,
        typer.Option("--for", metavar="WHO", help="Whom it is for: a name, an e-mail, a LinkedIn address or an id."),
    ] = None,
) -> None:
    """What is to be said about a draft: each remark with its sentence, why, and what to do. Refuses nothing.

    Without --kind and --for it goes by the first line of an outline that kith draft made; else it is a first message.
    Exit code 3 says that the guards would hold an ask with these words back.
    """
    text = _read(file)
    told, about = _judged(text, kind, who)
    held = any(one.guard for one in told.remarks)
    if about is None and not session().json:
        output.message(WITHOUT)
    data: dict[str, Any] = {
        "ok": not held, "kind": told.kind.value, "person": shapes.person(about) if about else None,
        "words": told.words, "questions": told.questions, "english": told.english,
        "remarks": [remarks.shape(one) for one in told.remarks],
    }  # fmt: skip
    output.say(lambda: _text(told, about), data)
    if held:
        raise typer.Exit(3)


def kind_of(word: str, *, but: str = "") -> DraftKind:
    """The kind of draft that was typed, any ``but`` that one; raises InvalidInput."""
    from kith.domain.lint.draft import DraftKind  # noqa: PLC0415 - needs the models

    return DraftKind(options.one_of(options.CALLED.get(word, word), [k for k in KINDS if k != but], "kind of draft"))


def _read(file: str) -> str:
    """The draft; raises InvalidInput for what is far too long to be one, before all of it is read."""
    if file == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with Path(file).expanduser().open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"{file} is no message: it has more than {MOST_BYTES:,} bytes.")
    return content.decode("utf-8-sig")


def _judged(text: str, kind: str | None, who: str | None) -> tuple[Judged, tuple[UUID, str] | None]:
    from kith.domain.lint import lint as judge  # noqa: PLC0415 - needs the models
    from kith.domain.lint.draft import MARK, DraftKind, read  # noqa: PLC0415 - likewise

    mark = MARK.match(text)
    chosen = kind_of(kind or (mark["kind"] if mark else DraftKind.FIRST_MESSAGE.value))
    whom = who or (mark["who"] if mark else None)
    draft = read(text, chosen)
    try:
        with engine() as kith:
            if whom is None:
                return kith.lint(text, chosen), None
            id_ = kith.find(whom)
            return kith.lint(text, chosen, who=id_), (id_, kith.relationship(id_).person.name)
    except NotFound:
        if whom is not None:
            raise
        return judge(draft), None  # nobody has begun: the default policy, and nothing to compare with


def _text(told: Judged, about: tuple[UUID, str] | None) -> str:
    whom = f", for {about[1]}" if about else ""
    counted = f"{output.count(told.words, 'word')}, {output.count(told.questions, 'question')}"
    verdict = output.count(len(told.remarks), "remark") if told.remarks else "nothing to remark"
    heading = output.bold(output.wrap(f"Draft of: {told.kind.value}{whom}. {counted}: {verdict}."))
    language = [] if told.english else ["", output.wrap(OTHER_LANGUAGE)]
    return "\n".join([heading, *language, *(["", *remarks.lines(told.remarks)] if told.remarks else [])])
