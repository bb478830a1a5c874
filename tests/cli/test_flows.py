"""``kith flows``: what runs by itself, told and started from the command line."""

from __future__ import annotations

import pytest
import yaml  # type: ignore[import-untyped] # it brings no types

from kith.workflows.flows.catalogue import CATALOGUE
from tests.cli.shell import Shell


def test_kith_flows_list_tells_of_every_flow(shell: Shell) -> None:
    assert [one["name"] for one in shell.json("flows", "list")["flows"]] == [one.name for one in CATALOGUE]
    said = " ".join(shell("flows", "list").out.split())
    assert [one.name for one in CATALOGUE if one.tells not in said] == []


@pytest.mark.parametrize(
    ("typed", "exits", "told"),
    [
        (("nope",), 5, "There is no flow called 'nope'"),
        (("audit", "--param", "x"), 2, "Write --param as NAME=VALUE"),
        (("advance",), 2, "do not fit advance: who is missing. It takes who and seeker"),
        (("advance", "--param", "who=ana"), 2, "do not fit advance: who can't be that."),
        (("audit", "--param", "who=1"), 2, "do not fit audit: there is no who. It takes none"),
    ],
)
def test_a_run_that_can_not_be_is_told(kith: Shell, typed: tuple[str, ...], exits: int, told: str) -> None:
    assert told in kith("flows", "run", *typed, exits=exits).err
    assert told in kith.json("flows", "run", *typed, exits=exits)["error"]["message"]


def test_nothing_runs_where_nobody_has_begun(shell: Shell) -> None:
    assert "begin with kith init" in shell("flows", "run", "sweep", exits=5).err
    assert not shell.home.exists()


def test_kith_prints_the_prefect_yaml_of_an_organisation(shell: Shell) -> None:
    assert len(yaml.safe_load(shell("flows", "prefect-yaml").out)["deployments"]) == len(CATALOGUE)


def test_without_prefect_it_says_what_to_install(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kith.workflows.cli.flows.find_spec", lambda _: None)
    assert "kithkin[flows]" in shell("flows", "run", "sweep", exits=1).err
    assert "kithkin[flows]" in shell("serve", exits=1).err
    assert shell.json("flows", "list")["ok"]
