"""What lint says of drafts: a table of good and bad ones, and what holds for any draft."""

from __future__ import annotations

from collections import Counter

import pytest

from kith.domain.lint import lint
from tests.domain.drafts.sample import Sample, samples

GOOD, BAD = samples("good"), samples("bad")


@pytest.mark.parametrize("sample", GOOD, ids=str)
def test_a_good_draft_is_left_alone(sample: Sample) -> None:
    assert lint(sample.draft, sample.background).remarks == ()


@pytest.mark.parametrize("sample", BAD, ids=str)
def test_a_bad_draft_gets_exactly_what_is_to_be_said(sample: Sample) -> None:
    said = [remark.rule for remark in lint(sample.draft, sample.background).remarks]
    assert Counter(said) == Counter(sample.says)
