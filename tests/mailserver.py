"""A real SMTP server for the tests, which keeps what it is handed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.kithtest import free_port


class Sink:
    """What the server does with a letter, and what it has got."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.got: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers_rcpt = "250 OK"
        self.answers_data = "250 OK"

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802 - its name
        """Somebody is named to whom it goes."""
        if self.answers_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answers_rcpt

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - its name
        """A letter is handed over."""
        if self.answers_data.startswith("250"):
            told = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
            self.got.append(told)
            self.to += envelope.rcpt_tos
        return self.answers_data


@contextmanager
def mail_server() -> Generator[Sink]:
    """A server on a port of its own."""
    sink = Sink(free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, auth_require_tls=False)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
