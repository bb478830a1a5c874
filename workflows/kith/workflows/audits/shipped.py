"""Where the policies are that ship: beside this module in a wheel, and under ``features/`` where it is built from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGED: Final = Path(__file__).parent / "policies"
_SOURCE: Final = Path(__file__).parents[4] / "features" / "policies"


def shipped() -> Path:
    """The folder with the policies that ship."""
    return _PACKAGED if _PACKAGED.is_dir() else _SOURCE
