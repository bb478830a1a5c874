"""Holds the reference and the picture to the code that they were made from, and the pages to each other."""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import typer

from kith.domain.guards import GUARDS
from kith.domain.log import EVENTS, personal_fields
from kith.domain.policy import Policy
from kith.domain.speaking import SPEAKING
from kith.workflows import settings
from kith.workflows.cli.main import COMMANDS, app
from kith.workflows.cli.sweeping import FIRED
from kith.workflows.flows import parameters
from kith.workflows.flows.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
GENERATE: dict[str, Any] = runpy.run_path(str(REFERENCE / "generate.py"))
DRAW: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "pictures" / "draw.py"))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
EXPORTED = re.compile(r"^\$ export KITH_NOW=(\S+)$", re.MULTILINE)
SET = re.compile(r'^os\.environ\["KITH_NOW"\] = "(.+)"$', re.MULTILINE)


def page(name: str) -> str:
    """The text of a page of the reference."""
    return (REFERENCE / name).read_text(encoding="utf-8")


def documents() -> list[Path]:
    """Every page that a reader may come to."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", GENERATE["pages"]())
def test_the_reference_says_what_the_code_says(name: str) -> None:
    assert page(name) == GENERATE["pages"]()[name], "python docs/reference/generate.py writes it anew"


def test_the_check_says_nothing_of_pages_that_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert (GENERATE["main"](["--check"]), capsys.readouterr().out) == (0, "")


def test_the_picture_shows_what_kith_prints() -> None:
    drawn = DRAW["picture"](DRAW["output"]())
    assert DRAW["PICTURE"].read_text(encoding="utf-8") == drawn, "python docs/pictures/draw.py draws it anew"


def test_the_picture_loads_nothing_from_elsewhere() -> None:
    drawn = DRAW["PICTURE"].read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"url\(|href|@import|<script|<image", drawn) == []


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and sub-command by what is typed for it."""
    root = typer.main.get_command(app)
    assert isinstance(root, click.Group)
    with click.Context(root, info_name="kith") as context:
        for section in COMMANDS.values():
            for name in section:
                command = root.get_command(context, name)
                assert command is not None
                yield f"kith {name}", command
                if isinstance(command, click.Group):
                    yield from ((f"kith {name} {sub}", found) for sub, found in command.commands.items())


def test_every_command_is_in_the_reference() -> None:
    headings = HEADING.findall(page("commands.md"))
    assert [path for path, _ in commands() if f"`{path}`" not in headings] == []


def test_every_option_is_explained() -> None:
    sections = dict(re.findall(r"^### `(kith [^`]+)`\n(.*?)(?=^##|\Z)", page("commands.md"), re.MULTILINE | re.DOTALL))
    lacking = [
        (path, option.opts)
        for path, command in commands()
        for option in command.params
        if not getattr(option, "hidden", False) and isinstance(option, click.Option)
        if not re.search(
            rf"^\| `{re.escape(', '.join(option.opts))}[ `][^|]*(?:\\\|[^|]*)*\| \S", sections[path], re.MULTILINE
        )
    ]
    assert lacking == []


def test_no_argument_or_option_is_without_its_meaning() -> None:
    assert re.findall(r"^\| `[^|]+` \|\s*\|$", page("commands.md").partition("## Exit codes")[0], re.MULTILINE) == []


def test_every_guard_is_in_the_reference_with_how_solid_it_is() -> None:
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^##|\Z)", page("guards.md"), re.MULTILINE | re.DOTALL))
    assert sorted(sections) == sorted(guard.name for guard in GUARDS)
    assert [guard.name for guard in GUARDS if guard.rule not in sections[guard.name]] == []
    assert [guard.name for guard in GUARDS if not GENERATE["solid"](guard)] == []


def test_the_front_pages_count_the_guards() -> None:
    fronts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGELOG.md")]
    assert {int(number) for text in fronts for number in re.findall(r"(\d+) (?:small rules|guards)", text)} == {
        len(GUARDS)
    }


def test_a_guard_names_the_settings_that_it_goes_by() -> None:
    named = {guard.name: GENERATE["settings_of"](guard) for guard in GUARDS}
    assert named["ask-cooldown"] == ["ask_cooldown_days"]
    assert named["chat-length"] == ["chat_minutes_min", "chat_minutes_max"]
    assert "first_message_words" in named["genuine-first-message"]
    assert named["do-not-contact"] == []


def test_every_setting_is_in_the_reference_with_its_meaning() -> None:
    told = GENERATE["documented"](Policy)
    assert [name for name in Policy.model_fields if name not in told] == []
    assert [name for name in Policy.model_fields if f"### {name}\n\n{told[name]}\n" not in page("policy.md")] == []


def test_every_event_is_in_the_reference_with_its_name() -> None:
    text = page("events.md")
    assert [topic for topic in EVENTS if f"- Topic: `{topic}`\n" not in text] == []
    assert [kind for kind, name in SPEAKING.items() if f"- Speaking name: {name}\n" not in text] == []


def test_every_personal_field_is_marked_as_such() -> None:
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", page("events.md"), re.MULTILINE | re.DOTALL))
    unmarked = [
        (kind.__name__, field)
        for kind in EVENTS.values()
        for field in personal_fields(kind)
        if not re.search(rf"^\| `{field}` \| .* \| personal \|", sections[kind.__name__], re.MULTILINE)
    ]
    assert unmarked == []


def test_every_variable_of_the_environment_is_explained() -> None:
    modules = Path(settings.__file__).parent.rglob("*.py")
    read = {name for path in modules for name in re.findall(r"KITH_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))}
    assert {"KITH_HOME", "KITH_STORE", "KITH_SMTP_HOST"} <= read
    assert {name for name in read if not re.search(rf"`{name}\b", page("settings.md"))} == set()


def test_every_flow_and_every_timer_is_in_the_reference() -> None:
    text = page("flows.md")
    assert [one.name for one in CATALOGUE if f"### {one.name}\n\n{one.tells}\n" not in text] == []
    assert [kind for kind in FIRED if f"| `{kind}` |" not in text] == []
    assert set(FIRED) == set(runpy.run_path(str(REFERENCE / "flowpage.py"))["TIMERS"])


def test_every_artifact_of_a_flow_is_in_the_reference() -> None:
    told = set(re.findall(r"`([a-z-]+)(?:-[A-Z]+)?`", page("flows.md")))
    sources = [Path(path).read_text(encoding="utf-8") for path in Path(parameters.__file__).parent.glob("*.py")]
    keys = {key for text in sources for key in re.findall(r'(?:tell\(|key=|key\()"([a-z-]+)"', text)}
    assert {"sweep", "audit", "introduction", "import-progress"} <= keys
    assert keys - told == set()


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    lost = [
        f"{target}#{anchor}"
        for target, anchor in LINK.findall(text)
        if not (found := document.parent / target if target else document).exists()
        or (anchor and anchor not in anchors(found))
    ]
    assert lost == []


def anchors(document: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = HEADING.findall(FENCED.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_clock_of_an_example_is_the_one_that_the_page_shows(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    shown = EXPORTED.findall(text)
    assert shown == [] or sorted(shown) == sorted(SET.findall(text))


def test_every_page_is_on_the_map() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = [path for path in documents() if "docs" in path.relative_to(ROOT).parts and "decisions" not in path.parts]
    names = [path.relative_to(ROOT / "docs").as_posix() for path in pages if path.name != "index.md"]
    assert [name for name in names if f"]({name})" not in index] == []
