"""What flows may be given: ids and numbers, for Prefect keeps parameters in plain text and shows them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

Shard = Annotated[int, Field(ge=0)]
"""Which part of the seekers; the first is 0."""
Shards = Annotated[int, Field(ge=1, le=1_000)]
"""Into how many parts they are divided."""
Page = Annotated[int, Field(ge=1, le=100_000)]
"""Relationships in one transaction."""
Cohort = Annotated[str, StringConstraints(pattern=r"^stage=[1-6]$")]
"""Everybody at a stage: ``stage=1`` (met) to ``stage=6`` (referral)."""
Who = UUID | list[UUID] | Cohort
"""One relationship, several, or a cohort."""
