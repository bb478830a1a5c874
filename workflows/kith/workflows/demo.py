"""Kith at work on a made-up network: ``python -m kith.workflows.demo`` runs real commands, and says what happens.

With a folder behind it the network stays there, to try other commands on.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from kith.workflows.cli import output
from kith.workflows.cli.main import main as kith

EVENT_ID = re.compile(r"\[([0-9a-f]{8}\.\d+)\]")


@dataclass(frozen=True)
class Scene:
    """One command, what is said before it, and how much of its output is shown."""

    now: str
    says: str
    command: str
    exits: int = 0
    first: int = 200
    last: int = 0


STORY = (
    Scene(
        "2026-11-23T09:00",
        "Mira looks for work as a risk analyst. She tells Kith who she is, and where she would love to work.",
        'init --name "Mira Okafor" --time-zone Europe/Lisbon',
        first=1,
    ),
    Scene("2026-11-23T09:00", "", 'profile --picture --target-company "Northwind Analytics"', first=1),
    Scene(
        "2026-11-23T09:00",
        "Her contacts and messages are in the export that LinkedIn gives everybody. Kith reads it on her own computer.",
        "import linkedin-export.zip",
        first=7,
        last=1,
    ),
    Scene("2026-11-23T09:00", "What is worth doing today, and why?", "today", first=11, last=3),
    Scene("2026-11-23T09:05", "Who was close once, and fell silent? Kith suggests a gift.", "dormant", first=9),
    Scene(
        "2026-11-23T09:30",
        "There is an opening at Northwind Analytics. Who could refer her?",
        'opening add --role "Risk analyst" --company "Northwind Analytics" \\\n'
        "    --link https://northwind.example/jobs/7 --deadline 2027-02-05",
    ),
    Scene(
        "2026-11-23T09:35",
        "Jordan Blake works there too and once accepted her invitation, but they never spoke. Why not ask Jordan at "
        "once? Because such asks fail, and cost goodwill. Kith holds it back, says why, and what would lead there.",
        'refer ask "Jordan Blake" --role "Risk analyst" --company "Northwind Analytics" \\\n'
        '    --link https://northwind.example/jobs/7 --fit "Five years of payment data." \\\n'
        '    --text "Hi Jordan, could you refer me?"',
        exits=3,
    ),
    Scene(
        "2026-11-23T09:40",
        "Which way into Northwind Analytics is the best, then, and whom may she ask for what now?",
        'paths "Northwind Analytics" --limit 1',
        first=5,
    ),
    Scene(
        "2026-11-23T10:00",
        "Ana Silva works there, and Mira knows her. So: first something of use for Ana, then a conversation.",
        'give "Ana Silva" article https://example.org/stress-tests \\\n'
        '    --because "she is rebuilding her stress tests"',
    ),
    Scene(
        "2026-11-23T10:05",
        "",
        'chat prepare "Ana Silva" --question "work: What keeps your team busy?" \\\n'
        '    --question "motivation: Why did you choose risk?" \\\n'
        '    --question "entry: What would you learn first?"',
    ),
    Scene("2026-11-23T10:10", "", 'chat propose "Ana Silva" --minutes 20'),
    Scene("2026-11-24T12:00", "Ana says yes.", 'chat agree "Ana Silva" --when "2026-11-26 15:00"'),
    Scene(
        "2026-11-26T15:30",
        "They talk. Mira writes down what she learned, and thanks Ana the same day.",
        'chat hold "Ana Silva" --learned "Her team checks its models by hand; Jordan Blake decides on tools."',
    ),
    Scene("2026-11-26T17:00", "", 'chat thank "Ana Silva"'),
    Scene(
        "2026-11-30T10:00",
        "Now Mira may ask for one introduction, with a note that Ana can forward as it is.",
        'intro ask "Ana Silva" --to "Jordan Blake" --why "Jordan decides how models are checked." \\\n'
        '    --note "Mira Okafor and I talked about how our team checks its models by \\\n'
        "hand. She moved the reports of a freight company from a weekly spreadsheet to \\\n"
        "a tested pipeline, and has written down what went wrong on the way. She would \\\n"
        "like to learn how you choose the tools for it, and which checks you would never \\\n"
        'automate. Would you have twenty minutes for her next week?"',
    ),
    Scene(
        "2026-12-02T11:00",
        "Ana and Jordan both agree, and Ana introduces them. Mira says thank you, and gives something back.",
        'intro make "Ana Silva" --known "Jordan Blake" --both-agreed',
    ),
    Scene("2026-12-02T12:00", "", 'intro thank "Ana Silva"'),
    Scene(
        "2026-12-04T09:00",
        "",
        'give "Ana Silva" feedback "her talk on scenarios" --because "she holds it again in spring"',
    ),
    Scene(
        "2026-12-18T17:00",
        "Mira has met Jordan since, and tells Ana what came of it.",
        'intro report "Ana Silva" "We talked for half an hour; he showed me how they choose their checks."',
    ),
    Scene(
        "2027-01-05T09:30",
        "A month later the opening is still there. Whom to ask now?",
        "opening show risk",
        first=9,
    ),
    Scene(
        "2027-01-05T09:40",
        "The same ask that was held back has been earned, with Ana.",
        'refer ask "Ana Silva" --role "Risk analyst" --company "Northwind Analytics" \\\n'
        '    --link https://northwind.example/jobs/7 --fit "Five years of payment data." \\\n'
        '    --how "A word to the hiring manager." --seen "You saw how I moved the reports." \\\n'
        '    --comfort "Would you be comfortable to vouch for that?"',
    ),
    Scene("2027-01-07T10:00", "Ana refers her.", 'refer given "Ana Silva"'),
    Scene("2027-01-07T11:00", "", 'refer thank "Ana Silva"'),
    Scene(
        "2027-01-20T16:00", "It led to an interview, and Ana hears of it first.", 'refer outcome "Ana Silva" interview'
    ),
    Scene("2027-01-20T16:05", "", 'refer report "Ana Silva" "They invited me for the 28th."'),
    Scene("2027-01-20T16:10", "Where everybody stands now:", "board", first=1, last=6),
    Scene(
        "2027-01-20T16:10",
        "Nothing is ever overwritten, so Kith can show the same board as it was on any earlier day:",
        "board --as-of 2026-11-24",
        first=1,
        last=9,
    ),
    Scene(
        "2027-01-20T16:20", "Something recorded under the wrong name?", 'log "Leonor Vaz" reply "See you on the 28th"'
    ),
    Scene(
        "2027-01-20T16:21",
        "It can be taken back; the log keeps both, with the reason.",
        'undo {event} --because "wrong name"',
    ),
)

BY_ITSELF = (
    Scene(
        "2027-09-01T09:00",
        "Half a year passes. What time alone makes due happens by itself: kith serve looks every quarter of an hour. "
        "This is one such run, with a Prefect server for it alone, which takes some seconds to start:",
        "flows run sweep",
    ),
)
WHERE_NEXT = (
    "That is all of it: give first, ask late, say thank you, report back. To begin with your own network: "
    "kith init, then kith import with your LinkedIn export, then kith today, and kith serve to have it look by itself. "
    "kith --help lists everything."
)
KEPT = "Mira's network is kept. To try other commands on it, on the day on which the story ends:"
NOT_KEPT = "To keep Mira's network, and try other commands on it: make demo KEEP=some-folder"


def main(keep: str = "") -> int:
    """Tell the story, in the folder ``keep`` if one is named; returns 1 if a command ended otherwise than it says."""
    if keep and Path(keep).exists() and (not Path(keep).is_dir() or any(Path(keep).iterdir())):
        print(f"{keep} holds something already; name a folder that is new or empty.", file=sys.stderr)
        return 1
    with _folder(keep) as folder, _sample(folder), _home(folder):
        event, day = "", ""
        for scene in (*STORY, *BY_ITSELF):
            day = _open(scene, day)
            code, text = _run(scene, event)
            _show(text, scene)
            if code != scene.exits:
                print(f"This ended with {code}, and the story expects {scene.exits}.", file=sys.stderr)
                return 1
            found = EVENT_ID.findall(text)
            event = found[-1] if found else event
    print(f"\n{_wrapped(WHERE_NEXT)}")
    now = f"{(*STORY, *BY_ITSELF)[-1].now}:00+00:00"
    print(
        f"\n{KEPT}\n  export KITH_HOME={shlex.quote(str(folder / 'home'))} KITH_NOW={now}" if keep else f"\n{NOT_KEPT}"
    )
    return 0


@contextmanager
def _folder(keep: str) -> Generator[Path]:
    """The folder that is kept, or one that goes."""
    if keep:
        folder = Path(keep).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with TemporaryDirectory(prefix="kith-demo-") as temporary:
            yield Path(temporary)


@contextmanager
def _sample(folder: Path) -> Generator[None]:
    """The sample export in the folder, and the folder as the working one."""
    before = Path.cwd()
    with as_file(files("kith.workflows") / "sample" / "linkedin-export.zip") as sample:
        (folder / "linkedin-export.zip").write_bytes(sample.read_bytes())
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _home(folder: Path) -> Generator[None]:
    """A Kith of its own, with a clock that the story sets."""
    before: Mapping[str, str] = dict(os.environ)
    os.environ["KITH_HOME"] = str(folder / "home")
    os.environ.pop("KITH_STORE", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _open(scene: Scene, day: str) -> str:
    """Say the day where it is a new one, and what is about to happen."""
    os.environ["KITH_NOW"] = f"{scene.now}:00+00:00"
    today = datetime.fromisoformat(scene.now)
    told = f"{today:%A} {today.day} {today:%B %Y}"
    if told != day:
        print(f"\n{output.bold(f'── {told} ──')}")
    elif scene.says:
        print()
    if scene.says:
        print(_wrapped(scene.says))
    return told


def _run(scene: Scene, event: str) -> tuple[int, str]:
    command = scene.command.replace("{event}", event)
    print(f"$ kith {command}", flush=True)
    with redirect_stdout(io.StringIO()) as said:
        code = kith(shlex.split(command.replace("\\\n", "")))
    return code, said.getvalue()


def _show(text: str, scene: Scene) -> None:
    lines = text.rstrip("\n").split("\n")
    if len(lines) > scene.first + scene.last:
        cut = len(lines) - scene.last
        lines = [*lines[: scene.first], "  …", *(line for line in lines[cut:] if line)]
    print("\n".join(lines))


def _wrapped(text: str) -> str:
    return fill(text, output.width())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
