"""What kith serve says first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kith.workflows.flows import serve
from kith.workflows.flows.claiming import PORT


class Heard:
    """Stands where people listen."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, event: str, text: str, **data: Any) -> None:
        """Keep all of it."""
        self.said.append(f"{event} {text} {data}")


def first_words() -> str:
    heard = Heard()
    serve._open(heard, serve.Place(Path("prefect"), PORT, []), wanted=None)  # type: ignore[arg-type]
    return heard.said[0]


def test_the_password_of_the_store_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_STORE", "postgresql://kith:hunter2@database/kith")
    assert "postgresql://kith@database/kith" in first_words()
    assert "hunter2" not in first_words()


def test_a_clock_that_stands_still_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KITH_NOW", raising=False)
    assert "KITH_NOW" not in first_words()
    monkeypatch.setenv("KITH_NOW", "2026-11-23T09:00:00+00:00")
    assert "KITH_NOW says that it is 2026-11-23T09:00:00+00:00" in first_words()
