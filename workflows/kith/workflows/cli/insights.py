"""``kith insights``: what the log teaches you about your own asks."""

from __future__ import annotations

from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine

app = words()


@app.command("insights", cls=Reading)
def insights() -> None:
    """What came of your asks, cold or earned, how long each stage takes, and what you gave and asked for."""
    from kith.workflows.cli import learned, learned_json  # noqa: PLC0415 - need the models

    with engine() as kith:
        told, calendar = kith.insights(), kith.seeker().calendar
    output.say(lambda: learned.text(told, calendar), lambda: learned_json.shape(told))
