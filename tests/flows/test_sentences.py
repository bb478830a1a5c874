"""The one sentence by which each run tells how it ended."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("quiet")


def test_a_sweep_tells_of_what_it_could_not_read() -> None:
    from kith.workflows.flows.sweep import sentence

    report = {"fired": {}, "relationships": 0, "unreadable": ["Event 7.1 can't be read."]}
    assert sentence(report) == "Nothing that can be read was due. 1 row of the log can't be read."


def test_an_empty_inbox_is_told_with_where_it_is() -> None:
    from kith.workflows.flows.import_network import sentence

    assert (
        sentence({"exports": 0})
        == "The inbox is empty: exports go into inbox in the data folder, or where KITH_INBOX says."
    )


@pytest.mark.usefixtures("home")
def test_an_export_that_was_moved_away_meanwhile_is_one_that_can_not_be_read() -> None:
    from kith.workflows.flows.import_network import Brought, bring_in

    assert bring_in.fn("00000000", None) == Brought("00000000", refused=True)


@pytest.mark.parametrize(
    ("checked", "advanced", "told"),
    [
        (0, 0, "Nobody is at that stage."),
        (2, 2, "2 relationships moved on."),
        (3, 1, "1 relationship moved on; 2 stay, and the table says what is missing."),
    ],
)
def test_an_advance_tells_who_moved_and_who_stays(checked: int, advanced: int, told: str) -> None:
    from kith.workflows.flows.advance import sentence

    assert sentence({"checked": checked, "advanced": advanced}) == told
