"""Whatever is killed, every timer fires once and no digest goes out twice; `make crash` does it fifty times."""

from __future__ import annotations

import pytest

from tests.crash.kills import crash


@pytest.mark.slow
def test_workers_and_the_server_are_killed_and_nothing_is_lost_or_doubled() -> None:
    outcome = crash("postgres", kills=5, relationships=800, seekers=4)
    assert outcome.wrong == []
    assert outcome.timers == outcome.relationships * 4
    assert outcome.digests >= 4, "those whom nobody killed sent the digests of the last day"
