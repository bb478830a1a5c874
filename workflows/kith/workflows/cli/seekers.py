"""``kith seekers``: who shares this store."""

from __future__ import annotations

from kith.workflows.cli import output
from kith.workflows.cli.commands import Reading, words
from kith.workflows.cli.engine import engine

app = words()


@app.command("seekers", cls=Reading)
def seekers() -> None:
    """Everybody who keeps relationships in this store, by name, each with the id that --seeker takes."""
    with engine() as kith:
        found = kith.seekers()
    rows = [(one.name, str(one.id)) for one in found]
    data = {"seekers": [{"id": id_, "name": name} for name, id_ in rows]}
    output.say(lambda: output.table(("Name", "Id"), rows, elastic=1), data)
