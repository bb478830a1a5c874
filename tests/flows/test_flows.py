"""The flows against a real Prefect server: what they do to the store, and what they tell."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.flows.conftest import artifact, done

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
"""Prefect leaves the sockets of its event clients to the garbage collector."""


@pytest.mark.usefixtures("ana")
def test_a_sweep_fires_what_is_due_once() -> None:
    from kith.workflows.flows.sweep import sweep

    first, second = done(sweep(return_state=True)), done(sweep(return_state=True))
    assert first["fired"] == {"answer": 1, "dormant": 1}
    assert second["fired"] == {}
    assert "Nothing was due." in artifact("sweep")


def test_a_guard_that_does_not_hold_is_a_finished_run_with_its_reasons(ana: UUID) -> None:
    from kith.workflows.flows.advance import advance

    report = done(advance(ana, return_state=True))
    assert report["refused_all"]
    assert report["rows"][0]["missing"] == ["a touch on 2 more days", "a touch on 16 March 2026 or later"]
    assert str(ana) in artifact("advance-table")
    assert "Ana" not in artifact("advance-table") + artifact("advance")


@pytest.mark.usefixtures("ana")
def test_an_audit_counts_what_the_guards_did() -> None:
    from kith.workflows.flows.audit import audit

    assert done(audit(return_state=True))["problems"] == []
    assert "The store is sound." in artifact("audit")
