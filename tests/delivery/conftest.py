"""What the tests of delivery share: a mail server, and the settings that name it."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from kith.workflows.delivery.settings import Mail
from tests.mailserver import Sink, mail_server


@pytest.fixture
def sink() -> Generator[Sink]:
    """A mail server."""
    with mail_server() as started:
        yield started


@pytest.fixture
def mail(sink: Sink) -> Mail:
    """The settings that name it."""
    return Mail(host="127.0.0.1", port=sink.port, security="none", sender="Kith <kith@example.org>")
