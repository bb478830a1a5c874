"""``kith sweep``: fires what became due since the last one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine
from kith.workflows.cli.session import session

if TYPE_CHECKING:
    from kith.workflows.application.sweeping import Swept

app = words()

FIRED = {
    "lapse": ("ask lapsed", "asks lapsed"),
    "dormant": ("tie fell asleep", "ties fell asleep"),
    "thanks": ("thank-you is due", "thank-yous are due"),
    "answer": ("answer is due", "answers are due"),
    "outcome": ("outcome is to be told", "outcomes are to be told"),
    "report": ("introduction is to be told about", "introductions are to be told about"),
    "promise": ("promise is due", "promises are due"),
    "follow-up": ("follow-up is due", "follow-ups are due"),
    "nudge": ("nudge is allowed", "nudges are allowed"),
    "keep-in-touch": ("person is to hear from you", "people are to hear from you"),
    "cooldown": ("person may be asked again", "people may be asked again"),
    "wake": ("snooze is over", "snoozes are over"),
}
"""What fired, by the kind of timer."""


@app.command("sweep", cls=Reading)
def sweep() -> None:
    """Fire what became due: asks lapse, ties fall asleep, reminders come up. A second time there is nothing to fire."""
    with engine() as kith, output.progress("Sweeping") as progress:
        swept = [kith.serving(seeker).sweep(progress=progress) for seeker in kith.due_seekers()]
    unread = [sentence for one in swept for sentence in one.unreadable]
    if session().json:
        output.write_json({"ok": not unread, **_shape(swept), "unreadable": unread})
    else:
        nothing = "Nothing that can be read was due." if unread else "Nothing was due."
        output.write(
            "\n".join([output.wrap(_told(swept) or nothing), *(output.wrap(sentence, 2, "- ") for sentence in unread)])
        )
    if unread:
        raise typer.Exit(1)


def _shape(swept: list[Swept]) -> dict[str, object]:
    fired: Counter[str] = Counter()
    for one in swept:
        fired.update(one.fired)
    return {
        "fired": dict(sorted(fired.items())), "relationships": sum(one.relationships for one in swept),
        "advanced": sum(one.advanced for one in swept),
    }  # fmt: skip


def _told(swept: list[Swept]) -> str:
    counts = {kind: sum(one.fired.get(kind, 0) for one in swept) for kind in FIRED}
    told = [output.count(number, *FIRED[kind]) for kind, number in counts.items() if number]
    advanced = sum(one.advanced for one in swept)
    if advanced:
        told.append(output.count(advanced, "stage was reached", "stages were reached"))
    return f"{', '.join(told)}. kith today shows what to do." if told else ""
