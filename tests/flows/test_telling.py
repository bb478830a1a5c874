"""What a run tells of its end, to people."""

from __future__ import annotations

import pytest

from kith.workflows.flows.telling import plain


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Nothing was due.", "Nothing was due."),
        (None, ""),
        ("Flow run encountered an exception: NotFound: There is no seeker 7.", "There is no seeker 7."),
        ("Flow run encountered an exception: TypeError: no", "TypeError: no"),
    ],
)
def test_an_error_that_kith_knows_is_told_in_its_own_sentence(message: str | None, told: str) -> None:
    assert plain(message) == told
