"""Holds the repository to what its documents promise."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = ROOT / "docs" / "decisions"
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
HOST_OPTION = re.compile(r"--(?:(?:extra-)?index-url|default-index|find-links|trusted-host)[= ]\S")
CLOCK_OR_CHANCE = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|uuid[1467])\(")
REQUIREMENT = re.compile(r"[\w.-]+(?:\[[\w,-]+\])?==.*--hash=", re.DOTALL)
HOME_FOLDER = re.compile(r"(?<![\w.~-])/(?:home|Users|root)/\w|[A-Za-z]:\\Users\\")
MAKE_TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
MAKE_CALL = re.compile(r"(?:^|`|\$ |&& )make ((?:[a-z][a-z-]* ?)+)", re.MULTILINE)


@cache
def repository_files() -> tuple[Path, ...]:
    """The files that are, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git work tree")
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def repository_texts() -> Iterator[tuple[str, str]]:
    """Every text file of the repository: its name and its text."""
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


def test_no_file_says_where_packages_come_from() -> None:
    assert [name for name, text in repository_texts() if HOST_OPTION.search(text)] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_name_no_host(path: Path) -> None:
    assert "://" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_with_hashes(path: Path) -> None:
    requirements = re.split(r"^(?=\w)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert requirements
    assert [text.split()[0] for text in requirements if not REQUIREMENT.match(text)] == []


def test_requirement_files_agree_on_versions() -> None:
    versions: dict[str, set[str]] = {}
    for path in REQUIREMENTS:
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    wanted = chain(project["project"]["dependencies"], *extras, *groups)
    names = [re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in wanted if isinstance(requirement, str)]
    pinned = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    assert [name for name in names if f"\n{name}==" not in pinned] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    here = re.compile(rf"(?<![\w.~-]){re.escape(ROOT.as_posix())}(?![\w-])")
    assert [name for name, text in repository_texts() if HOME_FOLDER.search(text) or here.search(text)] == []


def test_no_package_file_sits_directly_in_the_namespace() -> None:
    namespaces = [ROOT / "domain" / "kith", ROOT / "workflows" / "kith"]
    assert [str(path) for folder in namespaces for path in folder.iterdir() if path.is_file()] == []


def test_the_domain_is_told_the_time_and_the_ids() -> None:
    modules = (ROOT / "domain").rglob("*.py")
    assert [str(path) for path in modules if CLOCK_OR_CHANCE.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("package", ["domain/kith/domain", "workflows/kith/workflows"])
def test_packages_say_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_every_decision_is_in_the_index() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    records = [path.name for path in DECISIONS.glob("[0-9]*.md")]
    assert records
    assert [name for name in records if f"]({name})" not in index] == []


def test_the_index_lists_only_decisions_that_exist() -> None:
    listed: list[str] = re.findall(r"\]\((\d[^)]*\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert [name for name in listed if not (DECISIONS / name).is_file()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in DECISIONS.glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_has_its_three_parts() -> None:
    parts = ("## Context", "## Decision", "## Consequences")
    texts = {path.name: path.read_text(encoding="utf-8") for path in DECISIONS.glob("[0-9]*.md")}
    assert {name for name, text in texts.items() if not all(part in text for part in parts)} == set()


def test_the_changelog_has_a_place_for_the_next_change() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(MAKE_TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    texts = {name: text for name, text in repository_texts() if name.endswith(".md")}
    called = {(name, call) for name, text in texts.items() for call in " ".join(MAKE_CALL.findall(text)).split()}
    assert {(name, call) for name, call in called if call not in targets} == set()


def test_every_make_target_is_explained_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: ([a-z].+)$", makefile, re.MULTILINE)
    explained = set(re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.MULTILINE))
    assert {target for line in phony for target in line.split()} == explained
