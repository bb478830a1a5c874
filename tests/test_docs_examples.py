"""Runs every example of the README and the documentation, so that what a reader types does what the page says.

In one document all blocks share one namespace, one working folder and one empty store, from top to bottom:

- ```python: is run; it checks itself with `assert`. Marked ```python illustration, it is only shown.
- ```console: lines `$ kith …` are run; the text that follows, if any, is what they print, where `...` stands for
  anything. A command without a text must succeed; `$ echo $?` shows the exit code. Other commands are only shown.
- ```sh operator: is run by tests/flows/test_organisation.py, which follows that page on servers of its own.
- ```toml file=policy.toml (any language): is written to that file in the working folder.
"""

import difflib
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>```+)(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=indent)(?P=fence) *$", re.MULTILINE | re.DOTALL
)
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
SECONDS_PER_COMMAND = 60


@dataclass(frozen=True)
class Example:
    """One fenced block: the document, the line where its body begins, its language, its mark, and its body."""

    document: Path
    line: int
    language: str
    mark: str
    body: str

    @property
    def place(self) -> str:
        """Where a reader finds it."""
        return f"{self.document.name}:{self.line}"


def examples_in(document: Path) -> Iterator[Example]:
    """The blocks of a document, from top to bottom."""
    text = document.read_text(encoding="utf-8")
    for block in FENCE.finditer(text):
        language, _, mark = block["info"].strip().partition(" ")
        line = text.count("\n", 0, block.start("body")) + 1
        yield Example(document, line, language, mark.strip(), textwrap.dedent(block["body"]))


def run_document(document: Path, folder: Path) -> None:
    """Runs a document's examples in a folder."""
    namespace: dict[str, Any] = {"__name__": "example"}
    for example in examples_in(document):
        match example.language, example.mark:
            case _, mark if mark.startswith("file="):
                (folder / mark.removeprefix("file=")).write_text(example.body, encoding="utf-8")
            case "python", "":
                run_python(example, namespace)
            case "console", "":
                run_console(example, folder)
            case ("python", "illustration") | (_, ""):
                pass
            case "sh", mark if mark.partition("=")[0] == "operator":
                pass
            case _, mark:
                pytest.fail(f"{example.place}: a block can't be marked {mark!r}")


def run_python(example: Example, namespace: dict[str, Any]) -> None:
    """Runs a Python block; a traceback names the document and the line in it."""
    exec(compile("\n" * (example.line - 1) + example.body, str(example.document), "exec"), namespace)


def run_console(example: Example, folder: Path) -> None:
    """Runs the `kith` commands of a console block and compares what they print."""
    last_exit = 0
    for entry in PROMPT.split(example.body)[1:]:
        command, expected = split_entry(entry)
        if command.startswith("kith "):
            last_exit, printed = run_command(command, folder)
            if not expected:
                assert last_exit == 0, f"{example.place}: `{command}` exits {last_exit}:\n{printed}"
        elif command == "echo $?":
            printed = f"{last_exit}\n"
        else:
            continue
        if expected:
            assert matches(expected, printed), f"{example.place}: `{command}` prints\n{difference(expected, printed)}"


def split_entry(entry: str) -> tuple[str, str]:
    """The command, with the lines that continue it after a backslash, and the text that it should print."""
    command, _, expected = re.sub(r"\\\n\s*", "", entry).partition("\n")
    return command.strip(), expected.strip("\n")


def run_command(command: str, folder: Path) -> tuple[int, str]:
    """The exit code of a command line and what it prints, errors included, as on a terminal."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=SECONDS_PER_COMMAND,
        check=False,
    )
    return done.returncode, done.stdout


def matches(expected: str, printed: str) -> bool:
    """Whether a text is the expected one, trailing spaces aside, with `...` for anything."""
    parts = [re.escape(part) for part in tidy(expected).split("...")]
    return re.fullmatch(".*".join(parts), tidy(printed), re.DOTALL) is not None


def tidy(text: str) -> str:
    """The text without spaces at the ends of lines and without empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def difference(expected: str, printed: str) -> str:
    """The lines that differ."""
    return "\n".join(difflib.ndiff(tidy(expected).splitlines(), tidy(printed).splitlines()))


def documents() -> list[Path]:
    """The README and the documentation, without the decision records, which tell of what was."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path for path in found if path.exists() and "decisions" not in path.parts]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and home of their own, with the repository's features at hand."""
    working = tmp_path / "working"
    working.mkdir()
    (working / "features").symlink_to(ROOT / "features")
    monkeypatch.chdir(working)
    for name in [name for name in os.environ if name.startswith(("KITH_", "XDG_"))]:
        monkeypatch.delenv(name)
    home = {"HOME": tmp_path, "USERPROFILE": tmp_path, "KITH_HOME": tmp_path / "kith"}
    terminal = {"COLUMNS": "100", "LINES": "50", "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC", "PYTHONUTF8": "1"}
    for name, value in {**home, **terminal}.items():
        monkeypatch.setenv(name, str(value))
    return working


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_example_does_what_the_page_says(document: Path, folder: Path) -> None:
    run_document(document, folder)


def page(folder: Path, text: str) -> Path:
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_blocks_of_a_page_share_one_namespace(folder: Path) -> None:
    text = "```python\nstages = 3\n```\n\n1. Then:\n   ```python\n   assert stages == 3\n   ```\n"
    run_document(page(folder, text), folder)


def test_a_failing_example_is_found_at_its_line(folder: Path) -> None:
    with pytest.raises(SyntaxError) as failure:
        run_document(page(folder, "# Page\n\n```python\n1 +\n```\n"), folder)
    assert failure.value.lineno == 4


def test_an_illustration_is_not_run(folder: Path) -> None:
    run_document(page(folder, "```python illustration\nkith.ask(ana, …)\n```\n"), folder)


def test_an_unknown_mark_is_refused(folder: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"page\.md:2: a block can't be marked 'ilustration'"):
        run_document(page(folder, "```python ilustration\n…\n```\n"), folder)


def test_a_block_with_a_file_name_is_written_to_it(folder: Path) -> None:
    run_document(page(folder, "```toml file=policy.toml\nweekly = 5\n```\n"), folder)
    assert (folder / "policy.toml").read_text(encoding="utf-8") == "weekly = 5\n"


def test_commands_other_than_kith_are_not_run(folder: Path) -> None:
    run_document(page(folder, "```console\n$ touch file\n$ make demo\nhello\n```\n"), folder)
    assert not (folder / "file").exists()


def test_a_command_that_fails_must_show_what_it_prints(folder: Path) -> None:
    with pytest.raises(AssertionError, match="`kith no-such-command` exits"):
        run_document(page(folder, "```console\n$ kith \\\n    no-such-command\n```\n"), folder)


def test_an_exit_code_can_be_shown(folder: Path) -> None:
    text = "```console\n$ kith no-such-command\n...\n$ echo $?\n{}\n```\n"
    run_document(page(folder, text.format(2)), folder)
    with pytest.raises(AssertionError, match=r"`echo \$\?` prints"):
        run_document(page(folder, text.format(0)), folder)


def test_printed_text_must_match(folder: Path) -> None:
    with pytest.raises(AssertionError, match=r"page\.md:2: `kith --help` prints"):
        run_document(page(folder, "```console\n$ kith --help\nnothing of the kind\n```\n"), folder)


@pytest.mark.parametrize("expected", ["Ana\n<3>  due", "Ana\n...", "... due", "A...due", "Ana  \n...3...\n"])
def test_three_dots_stand_for_anything(expected: str) -> None:
    assert matches(expected, "Ana\n<3>  due  \n")


@pytest.mark.parametrize("expected", ["Ana", "Ana\n<.>  due", "...Ben..."])
def test_anything_else_stands_for_itself(expected: str) -> None:
    assert not matches(expected, "Ana\n<3>  due\n")
