"""The systemd unit and the launchd plist of the how-to: they parse, and start what they should."""

from __future__ import annotations

import plistlib
import re
from configparser import ConfigParser
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "every-day.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The block of the page that is saved under a name."""
    found = re.search(rf"^```\w+ file={re.escape(name)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_systemd_unit_serves_and_starts_again_after_a_failure_only() -> None:
    unit = ConfigParser(interpolation=None)
    unit.read_string(block("kith.service"))
    assert unit["Service"]["ExecStart"] == "%h/.local/bin/kith serve"
    assert (unit["Service"]["Restart"], unit["Service"]["UMask"]) == ("on-failure", "0077")
    assert unit["Install"]["WantedBy"] == "default.target"


def test_the_launchd_plist_serves_and_starts_again_after_a_failure_only() -> None:
    told = plistlib.loads(block("org.kithkin.serve.plist").encode())
    assert told["ProgramArguments"][-1].endswith('kith" serve')
    assert told["KeepAlive"] == {"SuccessfulExit": False}
    assert told["Umask"] == 0o077
